"""What changed between two surveys of one board, as a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ccgsim.foundation.inputs.texts import listed
from ccgsim.report.words.terminal import cell, print_line, print_table

Row = Mapping[str, Any]
COUNTS = ("before", "after", "kept", "ended", "new")


def print_change(file: str, found: Row) -> None:
    """Print who left and who came, which ties were kept, and a row for each member."""
    print_line("")
    print_line(f"Compared with {file}:")
    for line in lines(found):
        print_line(line)
    print_table(_table(found), 100)


def lines(found: Row) -> Iterator[str]:
    """The change of the board and of its ties, a sentence a line."""
    yield f"Left the board: {_names(found, found['left'])}"
    yield f"Came to the board: {_names(found, found['came'])}"
    yield f"Stayed: {len(found['stayed'])} of {found['members']}"
    either = found["kept"] + found["ended"] + found["new"]
    alike = "" if found["jaccard"] is None else f"; {found['kept']} of {either} in either survey (Jaccard"
    alike += f" {cell(found['jaccard'])})" if alike else ""
    yield f"Ties: {found['kept']} kept, {found['ended']} ended, {found['new']} new{alike}"
    if found["unheard"]:
        left = "1 pair is" if found["unheard"] == 1 else f"{found['unheard']:,} pairs are"
        yield f"{left} left out: an answer is missing in one survey or both"
    if "expected" in found and found["jaccard"] is not None:
        yield against_model(found["jaccard"], found["expected"])


def against_model(jaccard: float, expected: Row) -> str:
    """Whether as many ties were kept as in worlds that begin with the first survey."""
    months, worlds = expected["months"], expected["worlds"]
    if expected["jaccard"] is None:
        return f"What the model expects after {months} months cannot be told: no world has a tie among these pairs"
    low, high = expected["low"], expected["high"]
    place = "among them" if low <= jaccard <= high else "below them" if jaccard < low else "above them"
    return (
        f"The model expects a Jaccard index of {cell(expected['jaccard'])} after {months} months "
        f"({cell(low)} to {cell(high)} in nine of ten of {worlds} worlds that begin with the first survey): "
        f"that of the surveys, {cell(jaccard)}, lies {place}"
    )


def called(found: Row, one: str) -> str:
    """The name of a person of either survey."""
    return str(found["called"].get(one, one))


def _names(found: Row, ids: list[str]) -> str:
    return listed([called(found, one) for one in ids]) if ids else "nobody"


def _table(found: Row) -> Any:
    from rich.table import Table
    from rich.text import Text

    from ccgsim.report.words.terminal import TABLE

    table = Table(title=Text("Whom each asks, among the people in both surveys"), **TABLE)
    table.add_column("person")
    for name in (*COUNTS, "Jaccard"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in found["people"]:
        known = [f"{row[name]}" for name in COUNTS] if row["answered_both"] else ["?"] * len(COUNTS)
        table.add_row(Text(called(found, row["id"])), *known, cell(row["jaccard"]))
    return table
