"""The report on a surveyed network: who carries it, and what the survey leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ccgsim.foundation.inputs.texts import capital, listed
from ccgsim.report.figures.intervals import Bar, intervals_figure
from ccgsim.report.network.drawn_survey import MOST_DRAWN, survey_figure
from ccgsim.report.pages.assumed import HEADING, PEOPLE
from ccgsim.report.pages.kept import Kept, document
from ccgsim.report.pages.page import Block, Figure, Items, Page, Section, Table
from ccgsim.report.pages.repeat import repeating
from ccgsim.report.pages.two_waves import two_waves
from ccgsim.report.survey.words import (
    asks_told,
    between_told,
    columns_told,
    ends_told,
    first_told,
    in_order,
    kind_told,
    kinds_told,
    least_told,
    people_told,
)
from ccgsim.report.words.terminal import cell
from ccgsim.survey.choices import Asked
from ccgsim.survey.network import Network
from ccgsim.survey.source import survey

Row = Mapping[str, Any]
QUESTION = "Who carries this network, and what does the survey leave open?"
FIRST, MOST_ROWS = 3, 60
HEAD = ("person", "kind", "asks", "is asked by", "advisers outside", "only theirs", "betweenness", "among first three")
ALONE = "Only theirs: advisers outside the board whom, as far as is known, no other member asks."


def surveyed_page(results: Kept) -> Page:
    """The report on the network in a folder; raises Problems."""
    found = document(results.file("network.json"))
    written = Asked(people=results.file("people.csv"), no_answer="none", decimal="point")
    network = survey(results.file("ties.csv"), written)
    title = f"The advice network of {results.survey}"
    return Page(
        title=title,
        about=about(found),
        question=QUESTION,
        answer=tuple(answer(found)),
        sure=tuple(sure(found)),
        figure=opening(found),
        sections=(
            Section("The network", tuple(_network(network, found, title))),
            Section("Who carries it", (people_table(found),)),
            *([two_waves(found["change"])] if "change" in found else []),
            Section("What is not known", tuple(_unknown(found))),
            Section("What was read, and how", (Items(tuple(choices(found))), *_thresholds(found))),
            Section(HEADING, (Items(tuple(limits(found))),)),
            repeating(results.manifest, results.typed),
        ),
    )


def about(found: Row) -> str:
    """What was read, in a line."""
    board = found["board"]
    return (
        f"A survey of {people_told(found)}, from who asks to who is asked. "
        f"{board['members']:,} of them sit on the board, {board['answered']:,} of whom answered."
    )


def answer(found: Row) -> Iterator[str]:
    """Who lies between the others, what hangs on one member alone, and how dense the board is."""
    board = found["board"]
    yield from _brokers(found)
    alone = [row for row in members(found) if row["alone"]]
    if alone:
        most = sorted(alone, key=lambda row: -row["alone"])[:FIRST]
        told = listed([f"{row['name']} ({row['alone']})" for row in most])
        yield f"Advisers outside whom nobody else on the board is known to ask hang on {told} most."
    if board["density"] is None:
        return
    if not board["unknown"]:
        yield f"Of 100 possible ties on the board {100 * board['density']:.0f} are there."
        return
    likely = found["over_draws"] and found["over_draws"]["density"]
    more = f", likely {100 * likely[0]:.0f} to {100 * likely[1]:.0f}" if likely else ""
    low, high = (f"{100 * board[end]:.0f}" for end in ("low", "high"))
    yield f"Of 100 possible ties on the board between {low} and {high} are there{more}."


def _brokers(found: Row) -> Iterator[str]:
    rows = sorted(members(found), key=lambda row: (-(row["top3"] or 0), -row["betweenness"]))[:FIRST]
    if not rows or not any(row["betweenness"] > 0 for row in found["people"]):
        yield "Nobody lies between two others."
    elif all(row["top3"] is None for row in rows):
        yield "Who lies between the others cannot be told: ties are unknown and nothing was drawn."
    elif found["over_draws"]:
        told = listed([f"{row['name']} ({100 * row['top3']:.0f} in 100)" for row in rows])
        yield f"Most likely among the first three of those who lie between the others: {told}."
    else:
        yield f"Between the others lie, first of all, {listed([row['name'] for row in rows])}."


def members(found: Row) -> list[Row]:
    """The people on the board; everybody where the file says of nobody that she is on it."""
    return [row for row in found["people"] if row["board"]] or list(found["people"])


def sure(found: Row) -> Iterator[str]:
    """How sure the answer is."""
    silent, board = found["nonrespondents"], found["board"]
    if not found["unknown_pairs"]:
        yield "Everybody who was asked answered: the figures of the board are those of the survey."
    else:
        who = f"{len(silent)} of {board['members']} members did not answer" if silent else "Single answers are missing"
        yield f"{who}: {found['unknown_pairs']} ties are unknown, which is not the same as absent."
    if found["over_draws"]:
        yield (
            f"Chances and likely values come from {found['over_draws']['draws']} draws of the unknown ties, as the "
            "answers that there are make likely: an interval holds nine draws of ten."
        )
    if board["members"] < found["nodes"]:
        yield "People outside were not asked: whom they ask is unknown for all of them."


def opening(found: Row) -> Figure:
    """For each member the chance to be among the first three, or her betweenness where everything is known."""
    rows = sorted(members(found), key=lambda row: (-(row["top3"] or 0), -row["betweenness"]))[:15]
    drawn = bool(found["over_draws"])
    values = [100 * ((row["top3"] or 0.0) if drawn else row["betweenness"]) for row in rows]
    bars = [Bar(row["name"], ((value, None, None, 0.0, value),)) for row, value in zip(rows, values, strict=True)]
    title = "Who is likely to be among the first three brokers" if drawn else "Who lies between the others"
    axis = "chance, of 100" if drawn else "% of the shortest ways between two others"
    shows = "; ".join(f"{row['name']} {value:.1f}" for row, value in zip(rows, values, strict=True))
    head = ("member", axis)
    cells = tuple((row["name"], f"{value:.1f}") for row, value in zip(rows, values, strict=True))
    twin = Table(title, head, cells)
    return Figure(title, f"A row for each member. {shows}.", intervals_figure(bars, axis), twin, wide=False)


def _network(network: Network, found: Row, title: str) -> Iterator[Block]:
    sheet = survey_figure(network, title)
    if sheet is None:
        yield f"The network is not drawn: it has no board, or more than {MOST_DRAWN} people."
        return
    shows = (
        "The advice network: board members in the middle, outside contacts around them by kind; arrows lead from the "
        "person who advises to the one who asks. The table lists the same ties."
    )
    if found["unknown_pairs"]:
        yield (
            "Left: the ties as answered; whoever did not answer seems to ask nobody. Right: the same with one draw of "
            "the unknown ties, one of many ways in which it may be."
        )
    yield Figure("Who asks whom for advice", shows, sheet, ties_table(network))


def ties_table(network: Network) -> Table:
    """Whom each person asks, by name, the most frequent first; those who ask nobody are left out."""
    names, asks = network.people.names, dict[int, list[int]]()
    for tie in np.lexsort((network.adviser, -network.frequency, network.seeker)).tolist():
        if network.counted[tie]:
            asks.setdefault(int(network.seeker[tie]), []).append(int(network.adviser[tie]))
    rows = [(names[one], "; ".join(names[other] for other in others)) for one, others in asks.items()]
    rows += [(names[one], "unknown") for one in np.flatnonzero(network.silent) if int(one) not in asks]
    return Table("Who asks whom, the most frequent first", ("who asks", "whom"), tuple(rows))


def people_table(found: Row) -> Table:
    """The people by the chance to be among the first three, then betweenness; counts with their bounds."""
    rows = in_order(found["people"])
    cells = tuple(_cells(row) for row in rows[:MOST_ROWS])
    more = f" The first {MOST_ROWS} of {len(rows):,}; all are in people.csv." if len(rows) > MOST_ROWS else ""
    return Table("People, the board first", HEAD, cells, f"{ALONE}{more}")


def _cells(row: Row) -> tuple[str, ...]:
    kind = kind_told(row["kind"])
    return (
        row["name"] if row["name"] == row["id"] else f"{row['name']} ({row['id']})",
        kind if row["board"] else f"{kind}, outside",
        asks_told(row),
        ends_told(row["in_low"], row["in_high"]),
        _drawn(row, "outside_reach"),
        _drawn(row, "alone"),
        between_told(row),
        first_told(row),
    )


def _drawn(row: Row, name: str) -> str:
    if row[name] is None:
        return "–"
    low, high = row.get(f"{name}_q05"), row.get(f"{name}_q95")
    return f"{row[name]}" if low is None or high is None or low == high else f"{low:.0f} to {high:.0f}"


def _unknown(found: Row) -> Iterator[Block]:
    if not found["unknown_pairs"]:
        yield "Nothing about those who were asked."
    elif found["nonrespondents"]:
        yield f"No answer from {listed(_named(found, found['nonrespondents']))}."
    names = {"board_density": "density of the board", "reciprocity": "share of ties on the board that are returned"}
    names |= {"density": "density of all pairs", "density_if_contacts_too": "the same, outside contacts unknown too"}
    drawn = found["over_draws"] or {}
    likely = {"board_density": drawn.get("density"), "reciprocity": drawn.get("reciprocity")}
    rows = tuple(
        (words, *(cell(end) for end in found["bounds"][key] or (None, None)), _between(likely.get(key)))
        for key, words in names.items()
    )
    head = ("figure", "no unknown tie is there", "all are", "nine draws of ten")
    yield Table("What the unknown ties may make of it", head, rows)


def _between(ends: Sequence[float] | None) -> str:
    return "–" if ends is None else f"{cell(ends[0])} to {cell(ends[1])}"


def _named(found: Row, ids: Sequence[str]) -> list[str]:
    names = {row["id"]: row["name"] for row in found["people"]}
    return [names[each] for each in ids]


def choices(found: Row) -> Iterator[str]:
    """What the file was taken for, and every note of the reader."""
    yield f"The file is {found['form']}."
    yield from (f"{capital(told)}." for told in columns_told(found))
    for what in ("relation", "wave"):
        if found[what]:
            yield f"The {what} is {found[what]}."
    if found["at_least"] is not None:
        yield f"Ties count from a frequency of {found['at_least']:g} on."
    yield f"Kinds: {kinds_told(found)}."
    yield from (f"{capital(note)}." for note in found["warnings"])


def _thresholds(found: Row) -> Iterator[Table]:
    if found["densities"]:
        rows = tuple(
            (least_told(row), f"{row['ties']:,}", cell(row["density"]), cell(row["board"]))
            for row in found["densities"]
        )
        head = ("from", "ties", "density", "density of the board")
        yield Table("If only ties from a frequency on counted", head, rows)


def limits(found: Row) -> Iterator[str]:
    """What a survey does not show."""
    yield "An answer is what a person remembers and wants to say, and a tie does not say what passes along it."
    yield "Who lies between others need not be who knows most."
    if found["nonrespondents"]:
        yield "Contacts whom only people without an answer have are not in the file, nor in any figure."
    yield "It is one moment. What a departure would cost tells `ccgsim depart`."
    yield PEOPLE
