"""The section on two surveys of one board: who left and came, which ties were kept, what the model expects of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ccgsim.report.figures.intervals import Bar, intervals_figure
from ccgsim.report.pages.page import Block, Figure, Items, Section, Table
from ccgsim.report.survey.waves import COUNTS, called, lines
from ccgsim.report.words.terminal import cell

Row = Mapping[str, Any]
MODEL, ALL = "the model expects", "everybody"
Mark = tuple[float, float | None, float | None, float | None, float | None]
NOT_ASKED = (
    "What the model expects of these ties was not asked: `ccgsim network` with --months says how many months lie "
    "between the surveys, and tells it."
)
NOTE = (
    "Of people who are in both surveys, pairs whose answer is known in both. Jaccard: ties kept over ties in either "
    "survey, 1 if all are the same. A question mark: no answer in one survey."
)


def two_waves(found: Row) -> Section:
    """What changed up to the second survey."""
    return Section(f"What changed up to {found['file']}", tuple(_blocks(found)))


def _blocks(found: Row) -> Iterator[Block]:
    yield Items(tuple(f"{line}." for line in lines(found)))
    if "expected" not in found:
        yield NOT_ASKED
    rows = _bars(found)
    if rows:
        drawn = intervals_figure([Bar(name, (mark,)) for name, mark in rows], "Jaccard index, of 100")
        shows = "; ".join(f"{name} {mark[0]:.0f}" for name, mark in rows)
        title = "How many of the ties in either survey are in both"
        yield Figure(title, f"A row for each person who answered both. {shows}.", drawn, _table(found), wide=False)
    else:
        yield _table(found)


def _bars(found: Row) -> list[tuple[str, Mark]]:
    """All ties, what the model expects of them, then each person's, the most lasting first."""
    people = [row for row in found["people"] if row["jaccard"] is not None]
    people = sorted(people, key=lambda row: -row["jaccard"])
    rows = [(called(found, row["id"]), _mark(row["jaccard"])) for row in people]
    model = found.get("expected", {})
    if model.get("jaccard") is not None:
        rows.insert(0, (MODEL, _mark(model["jaccard"], model["low"], model["high"])))
    return [(ALL, _mark(found["jaccard"])), *rows] if found["jaccard"] is not None else rows


def _mark(value: float, low: float | None = None, high: float | None = None) -> Mark:
    ends = (None, None) if low is None or high is None else (100 * low, 100 * high)
    return 100 * value, *ends, None, None


def _table(found: Row) -> Table:
    cells = [(ALL, *_counts(found))]
    model = found.get("expected", {})
    if model.get("jaccard") is not None:
        between = f"{cell(model['jaccard'])} ({cell(model['low'])} to {cell(model['high'])})"
        cells.append((MODEL, *["–"] * len(COUNTS), between))
    for row in found["people"]:
        counts = _counts(row) if row["answered_both"] else ("?",) * (len(COUNTS) + 1)
        cells.append((called(found, row["id"]), *counts))
    head = ("who asks", *COUNTS, "Jaccard")
    return Table("Ties of each person in both surveys", head, tuple(cells), NOTE)


def _counts(row: Row) -> Sequence[str]:
    return (*(str(row[name]) for name in COUNTS), cell(row["jaccard"]))
