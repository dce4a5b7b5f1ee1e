"""What changed between two surveys of one board, as a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ccgsim.report.words.board_sentence import listed
from ccgsim.report.words.terminal import cell, print_line, print_table

Row = Mapping[str, Any]
COUNTS = ("before", "after", "kept", "ended", "new")


def print_change(file: str, found: Row) -> None:
    """Print who left and who came, which ties were kept, and a row for each member."""
    print_line("")
    for line in lines(file, found):
        print_line(line)
    print_table(_table(found), 100)


def lines(file: str, found: Row) -> Iterator[str]:
    """The change of the board and of its ties, a sentence a line."""
    yield f"Compared with {file}:"
    yield f"Left the board: {_names(found['left'])}"
    yield f"Came to the board: {_names(found['came'])}"
    yield f"Stayed: {len(found['stayed'])} of {found['members']}"
    either = found["kept"] + found["ended"] + found["new"]
    alike = "" if found["jaccard"] is None else f"; {found['kept']} of {either} in either survey (Jaccard"
    alike += f" {cell(found['jaccard'])})" if alike else ""
    yield f"Ties: {found['kept']} kept, {found['ended']} ended, {found['new']} new{alike}"
    if found["unheard"]:
        yield f"{found['unheard']} pairs are left out, whose answer is missing in one survey or both"


def _names(names: list[str]) -> str:
    return listed(names) if names else "nobody"


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
        table.add_row(Text(row["id"]), *known, cell(row["jaccard"]))
    return table
