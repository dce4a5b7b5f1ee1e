"""A surveyed network as files for other programs, each of which reads back to the same network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from ccgsim.foundation.files.writing import csv_bytes
from ccgsim.foundation.problems import Problem, Problems, fault_at, nearest, shown_path
from ccgsim.foundation.vocabulary import KINDS, ROLES
from ccgsim.report.network.exchange import ARROWS, gexf_bytes, graphml_bytes
from ccgsim.survey.network import Network
from ccgsim.survey.reading.grid import COMMENTS
from ccgsim.survey.sheets import workbook_bytes

MISSING = "NA"  # the frequency of a pair whose answer is missing
_R = """\
# Who asks whom for advice: {n} people, the row asks, the column is asked. NA is unknown, which is not 0: people who
# did not answer, single answers that are missing, and everybody who was not asked. Run it in the folder of its files.
as_text <- function(file) {{
  read.csv(file, check.names = FALSE, colClasses = "character", na.strings = character(0), encoding = "UTF-8")
}}
cells <- as_text("{ties}")
people <- as_text("{people}")
ties <- as.matrix(cells[-1])
ties[ties == "NA"] <- NA
storage.mode(ties) <- "double"
dimnames(ties) <- list(cells[[1]], cells[[1]])
stopifnot(identical(rownames(ties), people$id))
asked <- people$answered != ""  # rows of the others hold NA alone: nobody asked them

# statnet: a network of those who were asked, unknown ties kept as missing
if (requireNamespace("network", quietly = TRUE)) {{
  board <- network::network((ties > 0)[asked, asked] * 1, directed = TRUE, loops = FALSE)
  for (column in c("kind", "role", "locality"))
    board <- network::set.vertex.attribute(board, column, people[asked, column])
  # library(ergm); summary(ergm(board ~ edges + mutual + nodematch("kind") + nodematch("locality")))
}}

# RSiena: one wave as a matrix; give two waves of the same people as an array to sienaDependent()
wave <- (ties > 0)[asked, asked] * 1
diag(wave) <- 0
# library(RSiena); advice <- sienaDependent(array(c(wave, wave2), dim = c(dim(wave), 2)))
"""


def files_of(network: Network, path: Path) -> dict[Path, bytes]:
    """Contents by path, in the form that the ending names; raises Problems for another ending.

    CSV and Pajek cannot hold people and ties in one file: the people stand beside it in NAME-people.csv.
    """
    writers: dict[str, Callable[[Network, Path], dict[Path, bytes]]] = {
        ".csv": _csv,
        ".xlsx": _xlsx,
        ".graphml": _graphml,
        ".gexf": _gexf,
        ".net": _pajek,
        ".json": _json,
        ".r": _r,
    }
    ending = path.suffix.lower()
    if ending not in writers:
        near = nearest(ending, list(writers))
        rule = f"must end in one of {', '.join(writers)}"
        raise fault_at("", "--export", shown_path(path), rule, near)
    return writers[ending](network, path)


def people_path(path: Path) -> Path:
    """Where the people stand beside a file of ties."""
    return path.with_name(f"{path.stem}-people.csv")


def people_frame(network: Network) -> pd.DataFrame:
    """A row a person with the columns that `--people` reads."""
    return pd.DataFrame(list(_people(network)))


def ties_frame(network: Network) -> pd.DataFrame:
    """A row a tie, then a row for each single pair that is unknown: NA, or yes in a column 'unknown' where ties have
    no frequencies. A network without ties has one row of frequency 0."""
    rows = [{"from": one, "to": other, "frequency": value} for one, other, value in _ties(network)]
    if not rows and len(network.people) > 1:
        rows = [{"from": network.people.ids[0], "to": network.people.ids[1], "frequency": "0"}]
    frame = pd.DataFrame(rows, columns=["from", "to", "frequency"])
    if network.valued or not len(network.seeker):
        return frame
    unknown = frame.pop("frequency").map({MISSING: "yes"}).fillna("")
    return frame.assign(unknown=unknown) if len(network.open_seeker) else frame


def _people(network: Network) -> Iterator[dict[str, str]]:
    people = network.people
    told = any(word != KINDS[kind] for word, kind in zip(people.written, people.kinds, strict=True))
    for row in range(len(people)):
        yield {
            "id": people.ids[row],
            "name": people.names[row],
            "kind": KINDS[people.kinds[row]],
            **({"kind_written": people.written[row]} if told else {}),
            "role": ROLES[people.roles[row]],
            "organisation": people.organisations[row],
            "board": "yes" if people.board[row] else "no",
            "locality": people.localities[row],
            "answered": ("yes" if people.answered[row] else "no") if people.asked[row] else "",
        }


def _ties(network: Network) -> Iterator[tuple[str, str, str]]:
    """Seeker, adviser, frequency as written."""
    ids, counted = network.people.ids, network.counted
    ends = (network.seeker[counted].tolist(), network.adviser[counted].tolist(), network.frequency[counted].tolist())
    for one, other, value in zip(*ends, strict=True):
        yield ids[one], ids[other], _written(value)
    for one, other in zip(network.open_seeker.tolist(), network.open_adviser.tolist(), strict=True):
        yield ids[one], ids[other], MISSING


def _written(value: float) -> str:
    """A frequency without loss: 3, 2.5."""
    return str(int(value)) if value.is_integer() else repr(value)


def _csv(network: Network, path: Path) -> dict[Path, bytes]:
    return {path: ties_bytes(network), people_path(path): people_bytes(network)}


def ties_bytes(network: Network) -> bytes:
    """The ties as CSV."""
    return csv_bytes(ties_frame(network).map(_no_comment))


def people_bytes(network: Network) -> bytes:
    """The people as CSV."""
    return csv_bytes(people_frame(network).map(_no_comment))


def _no_comment(cell: str) -> str:
    """A text that a reader would take for a comment gets an apostrophe in front, as formulas do."""
    return f"'{cell}" if cell.startswith(COMMENTS) else cell


def _xlsx(network: Network, path: Path) -> dict[Path, bytes]:
    frames = {"People": people_frame(network), "Ties": ties_frame(network)}
    sheets = {name: [list(frame.columns), *frame.values.tolist()] for name, frame in frames.items()}
    if "frequency" in frames["Ties"]:
        sheets["Ties"][1:] = [[*row[:2], _number(row[2])] for row in sheets["Ties"][1:]]
    return {path: workbook_bytes(sheets)}


def _number(text: str) -> Any:
    return text if text == MISSING else float(text)


def graph_of(network: Network) -> nx.DiGraph:
    """The network as a graph from seeker to adviser: `code`, name, kind, ... of people, frequency of ties."""
    graph = nx.DiGraph(arrows=ARROWS["advice"])
    for person in _people(network):
        name = person.pop("id")
        graph.add_node(name, code=name, label=person["name"], **{key: text for key, text in person.items() if text})
    for one, other, value in _ties(network):
        if value == MISSING:
            graph.add_edge(one, other, unknown="yes")
        elif network.valued:
            graph.add_edge(one, other, frequency=float(value))
        else:
            graph.add_edge(one, other)
    return graph


def _graphml(network: Network, path: Path) -> dict[Path, bytes]:
    return {path: graphml_bytes(graph_of(network))}


def _gexf(network: Network, path: Path) -> dict[Path, bytes]:
    return {path: gexf_bytes(graph_of(network))}


def _json(network: Network, path: Path) -> dict[Path, bytes]:
    links: list[dict[str, Any]] = []
    for one, other, value in _ties(network):
        told = {"unknown": "yes"} if value == MISSING else {"frequency": float(value)} if network.valued else {}
        links.append({"source": one, "target": other, **told})
    nodes = [{**person, "code": person["id"]} for person in _people(network)]
    document = {"directed": True, "multigraph": False, "nodes": nodes, "links": links}
    return {path: (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")}


def _pajek(network: Network, path: Path) -> dict[Path, bytes]:
    """Labels, arcs, and the people beside; a label with a quote and a single unknown pair are more than Pajek holds."""
    faults = [
        Problem("", "--export", repr(name), "holds a quote, which Pajek cannot; choose .csv, .graphml or .json")
        for name in network.people.ids
        if '"' in name
    ]
    if len(network.open_seeker):
        rule = f"{len(network.open_seeker)} single ties are unknown, which Pajek cannot say; choose .csv or .graphml"
        faults.append(Problem("", "--export", shown_path(path), rule))
    if faults:
        raise Problems(faults)
    place = {name: row for row, name in enumerate(network.people.ids, 1)}
    lines = [f"*Vertices {len(place)}", *(f'{row} "{name}"' for name, row in place.items()), "*Arcs"]
    value = {True: " {}", False: ""}[network.valued]
    lines += [f"{place[one]} {place[other]}{value.format(said)}" for one, other, said in _ties(network)]
    return {path: ("\n".join(lines) + "\n").encode("utf-8"), people_path(path): people_bytes(network)}


def _r(network: Network, path: Path) -> dict[Path, bytes]:
    """A script for R, and beside it the matrix with NA wherever nothing is known, and the people."""
    matrix = path.with_name(f"{path.stem}-matrix.csv")
    script = _R.format(n=len(network.people), ties=matrix.name, people=people_path(path).name)
    return {
        path: script.encode("utf-8"),
        matrix: csv_bytes(matrix_frame(network)),
        people_path(path): people_bytes(network),
    }


def matrix_frame(network: Network) -> pd.DataFrame:
    """Frequencies as a matrix with ids above and at the side, 0 for no tie, NA for unknown and for those not asked."""
    n, ids = len(network.people), list(network.people.ids)
    cells = np.full((n, n), "0", object)
    cells[~network.people.asked] = MISSING
    cells[network.unknown_pairs()] = MISSING
    np.fill_diagonal(cells, "0")
    chosen = network.counted
    for one, other, value in zip(
        network.seeker[chosen], network.adviser[chosen], network.frequency[chosen], strict=True
    ):
        cells[one, other] = _written(float(value))
    frame = pd.DataFrame(cells, columns=ids)
    frame.insert(0, "id", ids, allow_duplicates=True)
    return frame.map(_no_comment)
