"""The description of a surveyed network in plain words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ccgsim.report.terminal import cell, print_line, print_table

SHOWN = 15  # people of the table, those with most betweenness


def print_survey(file: str, found: Mapping[str, Any]) -> None:
    """Print what was read, what was chosen, what is not known, and the people in between."""
    for line in lines(file, found):
        print_line(line)
    rows = sorted(found["people"], key=lambda row: -row["betweenness"])[:SHOWN]
    if rows:
        print_line("")
        print_table(_table(rows, len(found["people"])), 100)


def lines(file: str, found: Mapping[str, Any]) -> Iterator[str]:
    """The description, a sentence a line."""
    yield f"{file}: {found['form']}"
    yield from (f"  {told}" for told in columns_told(found))
    for what in ("relation", "wave"):
        if found[what]:
            yield f"  {what} {found[what]}"
    least = "" if found["at_least"] is None else f" of frequency {found['at_least']:g} or more"
    yield f"{found['nodes']:,} people, {found['ties']:,} ties{least}, from who asks to who is asked; {_density(found)}"
    yield from _board(found["board"])
    yield from _over_draws(found)
    if found["kinds_mapped"]:
        yield f"Kinds: {', '.join(f'{kind} {number}' for kind, number in found['kinds_mapped'].items())}"
    alone = len(found["isolated"])
    yield f"Parts without ties between them: {found['components']:,} ({alone:,} people without any tie)"
    if found["thresholds"]:
        yield "If only ties from a frequency on counted:"
        for row in found["densities"]:
            yield (
                f"  from {row['at_least']:g}: {row['ties']:,} ties, "
                f"density {cell(row['density'])}, of the board {cell(row['board'])}"
            )
    for warning in found["warnings"]:
        yield f"Note: {warning}"


def columns_told(found: Mapping[str, Any]) -> Iterator[str]:
    """What each column was taken for: a line on those of ties, and one on those of people."""
    for what, columns in (("ties", found["columns"]), ("people", found["people_columns"])):
        if columns:
            yield f"columns of {what}: {', '.join(f'{name} is {key}' for key, name in columns.items())}"


def _density(found: Mapping[str, Any]) -> str:
    return f"density {cell(found['density'])} of all ordered pairs"


def _board(board: Mapping[str, Any]) -> Iterator[str]:
    known = f"density {cell(board['density'])}"
    if board["unknown"]:
        known = f"density between {cell(board['low'])} (no unknown tie is there) and {cell(board['high'])} (all are)"
    yield f"Board: {board['members']:,} members, {board['answered']:,} answered, {board['ties']:,} ties; {known}"


def _over_draws(found: Mapping[str, Any]) -> Iterator[str]:
    """Bounds and 90% intervals of the board where something is unknown."""
    ends = found["bounds"]["reciprocity"]
    if found["board"]["unknown"] and ends:
        yield f"Returned ties on the board: between {cell(ends[0])} and {cell(ends[1])}"
    if found["over_draws"]:
        told = [f"{name} {_ends(found['over_draws'][name])}" for name in ("density", "reciprocity")]
        yield f"Board over {found['over_draws']['draws']} draws of unknown ties, 90% intervals: {', '.join(told)}"


def _ends(ends: list[float] | None) -> str:
    return f"{cell(ends[0])} to {cell(ends[1])}" if ends else "undefined"


def _table(rows: list[dict[str, Any]], people: int) -> Any:
    from rich.table import Table
    from rich.text import Text

    from ccgsim.report.terminal import TABLE

    title = "Most in between" if people > len(rows) else "People"
    table = Table(title=Text(title), **TABLE)
    table.add_column("person")
    table.add_column("kind")
    for name in ("asks", "is asked by", "betweenness", "among first three"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        out = f"{row['out_low']}" if row["out_low"] == row["out_high"] else f"{row['out_low']} to {row['out_high']}"
        into = f"{row['in_low']}" if row["in_low"] == row["in_high"] else f"{row['in_low']} to {row['in_high']}"
        kind = row["kind"] + ("" if row["board"] else ", outside")
        table.add_row(Text(row["id"]), kind, out, into, f"{row['betweenness']:.4f}", cell(row["top3"]))
    return table
