"""A network that somebody brings to a scenario: which file, read how. A name, or a table with file and options."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.problems import Problem, Problems, nearest, shown
from ccgsim.foundation.quantity import quantities
from ccgsim.scenario.sections import Site
from ccgsim.survey.choices import MISSING, Asked
from ccgsim.survey.draws import MOST_PEOPLE, Model, model_of
from ccgsim.survey.network import Network, in_order
from ccgsim.survey.source import survey

FILES = ("people", "kinds", "words")  # options that name files
OPTIONS = tuple(option.name for option in dataclasses.fields(Asked))
KEPT = 8  # networks kept read in a process
DRAWN = "concerns worlds that begin with a network; reading draws nothing"
FORM = "must be the name of a file, or a table with file and options"


@dataclass(frozen=True, slots=True)
class Brought:
    """The file of a surveyed network, how it is read, and which draw of its unknown ties a world takes."""

    file: Path
    asked: Asked = field(default_factory=Asked)
    draw: int | None = None  # which draw of the unknown ties; None: that of the run's seed

    def files(self) -> dict[str, Path]:
        """Every file that is read, by its key in a scenario."""
        named = {f"network.{name}": getattr(self.asked, name) for name in FILES}
        return {"network.file": self.file} | {name: path for name, path in named.items() if path is not None}

    def as_table(self) -> dict[str, Any]:
        """The network as in a scenario file: only what differs from the usual."""
        usual = Asked()
        stated = {
            name: getattr(self.asked, name) for name in OPTIONS if getattr(self.asked, name) != getattr(usual, name)
        }
        stated |= {} if self.draw is None else {"draw": self.draw}
        return {"file": str(self.file)} | {
            name: str(value) if isinstance(value, Path) else value for name, value in stated.items()
        }


def network_faults(given: object, file: str = "") -> list[Problem]:
    """Faults of a `network` as it is written; the files are not opened."""
    if isinstance(given, str | os.PathLike) and str(given).strip():
        return []
    if not isinstance(given, Mapping):
        return [Problem(file, "network", shown(given), FORM)]
    known, found = ("file", *OPTIONS, "draw"), []
    for name, value in given.items():
        if name not in known:
            rule = f"unknown; [network] holds {', '.join(known)}"
            found.append(Problem(file, f"network.{name}", shown(value), rule, nearest(name, known)))
        elif rule := _rule(name, value):
            found.append(Problem(file, f"network.{name}", shown(value), rule))
    if "file" not in given:
        found.append(Problem(file, "network.file", "", "is missing: the file with the ties"))
    return found


def _rule(name: str, value: object) -> str:
    """What a value of [network] breaks, or ''."""
    if name == "reversed":
        return "" if isinstance(value, bool) else "must be true or false"
    if name == "draw":
        whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_SEED
        return "" if whole else "must be a whole number from 0"
    if name == "missing":
        return "" if value in MISSING else f"must be one of {', '.join(MISSING)}"
    number = (
        name in ("wave", "at_least", "no_answer") and isinstance(value, int | float) and not isinstance(value, bool)
    )
    text = isinstance(value, str | os.PathLike) and str(value).strip()
    return "" if number or text else "must be text in quotes"


def read(given: Any, folder: Path = Path()) -> Brought:
    """The network of a value without faults; its paths are seen from this folder."""
    table = dict(given) if isinstance(given, Mapping) else {"file": given}
    options: dict[str, Any] = {name: value if name == "reversed" else str(value) for name, value in table.items()}
    options |= {name: folder / options[name] for name in ("file", *FILES) if name in options}
    draw = options.pop("draw", None)
    return Brought(options.pop("file"), Asked(**options), None if draw is None else int(draw))


def network(file: str | os.PathLike[str], **options: Any) -> Network:
    """The surveyed network of a file; options as those of `ccgsim network` that concern reading, such as people=PATH.

    Raises Problems with every fault of the options and of the files.
    """
    given = {"file": file, **options}
    if found := network_faults(given) + [Problem("", "draw", "", DRAWN)] * ("draw" in options):
        raise Problems(found)
    asked = read(given)
    return survey(asked.file, asked.asked)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A network with people in the order of their ids, and the model of its unknown ties (None: none to draw)."""

    network: Network
    model: Model | None


def surveyed(brought: Brought) -> Surveyed:
    """The network of these files, kept as long as they do not change; raises Problems with every fault."""
    brought = dataclasses.replace(brought, draw=None)
    stamps = []
    for path in brought.files().values():
        try:
            found = os.stat(path)
            stamps.append((found.st_mtime_ns, found.st_size))
        except (OSError, ValueError):  # reading says what is wrong
            stamps.append((0, 0))
    return _read(brought, tuple(stamps))


@lru_cache(maxsize=KEPT)
def _read(brought: Brought, _: tuple[tuple[int, int], ...]) -> Surveyed:
    network = in_order(survey(brought.file, brought.asked))
    return Surveyed(network, model_of(network))


def fit_faults(brought: Brought, many: bool, file: str = "") -> list[Problem]:
    """Why no world can begin from this network: faults of its files, of the size of its board, or of its ties."""
    if many:
        rule = "has no effect on many CCGs: it is the network of one board"
        return [Problem(file, "network", str(brought.file), rule)]
    try:
        network = surveyed(brought).network
    except Problems as refused:
        return [dataclasses.replace(one, key="network" if one.key == "FILE" else one.key) for one in refused.problems]
    people, board, where = network.people, int(network.people.board.sum()), str(brought.file)
    size, found = dict(quantities(Site))["board"], []
    if rule := size.fault(board):
        found.append(Problem(where, "board", shown(board), f"{rule}, the members that a board of the model may have"))
    if len(people) > MOST_PEOPLE:
        found.append(Problem(where, "", shown(len(people)), f"people are more than the {MOST_PEOPLE} of one world"))
    if not network.counted.any():
        found.append(Problem(where, "", "", "has no tie that counts: no simulation can start from it"))
    return found
