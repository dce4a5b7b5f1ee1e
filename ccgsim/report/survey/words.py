"""The description of a surveyed network in plain words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ccgsim.foundation.kinds import TABLE as TABLE_OF_KINDS
from ccgsim.report.words.terminal import cell, print_line, print_table

Row = Mapping[str, Any]
SHOWN = 15  # people of the table, those with most betweenness


def print_survey(file: str, found: Mapping[str, Any]) -> None:
    """Print what was read, what was chosen, what is not known, and the people in between."""
    for line in lines(file, found):
        print_line(line)
    rows = in_order(found["people"])[:SHOWN]
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
    yield f"{people_told(found)}{least}, from who asks to who is asked; {_density(found)}"
    yield from _board(found["board"])
    yield from _over_draws(found)
    if found["kinds_mapped"]:
        yield f"Kinds: {kinds_told(found)}"
    people = many(len(found["isolated"]), "person", "people")
    yield f"Parts without ties between them: {found['components']:,} ({people} without any tie)"
    if found["densities"]:
        yield "If only ties from a frequency on counted:"
        for row in found["densities"]:
            yield (
                f"  from {least_told(row)}: {many(row['ties'], 'tie')}, "
                f"density {cell(row['density'])}, of the board {cell(row['board'])}"
            )
    for warning in found["warnings"]:
        yield f"Note: {warning}"


def columns_told(found: Mapping[str, Any]) -> Iterator[str]:
    """What each column was taken for: a line on those of ties, and one on those of people."""
    for what, columns in (("ties", found["columns"]), ("people", found["people_columns"])):
        if columns:
            yield f"columns of {what}: {', '.join(f'{name} is {key}' for key, name in columns.items())}"


def in_order(people: Iterable[Row]) -> list[Row]:
    """The board before contacts, by the chance to be among the first three, then by betweenness."""
    return sorted(people, key=lambda row: (not row["board"], -(row["top3"] or 0), -row["betweenness"]))


def many(number: int, one: str, more: str = "") -> str:
    """A number with its noun: '1 tie', '2 ties', '2 people'."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def people_told(found: Row) -> str:
    """How many people and ties there are: '22 people with 58 ties'."""
    return f"{many(found['nodes'], 'person', 'people')} with {many(found['ties'], 'tie')}"


def kind_told(kind: str) -> str:
    """What people call a kind: manager for PCTStaff."""
    return TABLE_OF_KINDS[kind].called[-1]


def kinds_told(found: Row) -> str:
    """How many there are of each kind."""
    return ", ".join(f"{kind_told(kind)} {number}" for kind, number in found["kinds_mapped"].items())


def least_told(row: Row) -> str:
    """The least frequency of a row of densities, as the survey has it: 'monthly (1)', or 2."""
    return f"{row['word']} ({row['at_least']:g})" if row.get("word") else f"{row['at_least']:g}"


def asks_told(row: Row) -> str:
    """How many a person asks, with its bounds."""
    return "not asked" if row["answered"] is None else ends_told(row["out_low"], row["out_high"])


def ends_told(low: int, high: int) -> str:
    """One number, or '3 to 5'."""
    return f"{low}" if low == high else f"{low} to {high}"


def between_told(row: Row) -> str:
    """A person's betweenness: over draws where ties are unknown; a dash for contacts, '?' for who did not answer."""
    low, high = row.get("betweenness_q05"), row.get("betweenness_q95")
    if row["answered"] is None:
        return "–"
    if low is None or high is None:
        return f"{row['betweenness']:.3f}" if row["answered"] else "?"
    return f"{low:.3f}" if f"{low:.3f}" == f"{high:.3f}" else f"{low:.3f} to {high:.3f}"


def first_told(row: Row) -> str:
    """The chance to be among the first three; a dash for contacts, whose own ties nobody asked for."""
    return "–" if row["answered"] is None else cell(row["top3"])


def _density(found: Mapping[str, Any]) -> str:
    return f"density {cell(found['density'])} of all ordered pairs"


def _board(board: Mapping[str, Any]) -> Iterator[str]:
    known = f"density {cell(board['density'])}"
    if board["unknown"]:
        known = f"density between {cell(board['low'])} (no unknown tie is there) and {cell(board['high'])} (all are)"
    members = many(board["members"], "member")
    yield f"Board: {members}, {board['answered']:,} answered, {many(board['ties'], 'tie')}; {known}"


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


def _table(rows: list[Row], people: int) -> Any:
    from rich.table import Table
    from rich.text import Text

    from ccgsim.report.words.terminal import TABLE

    title = "The board first, those most in between before others" if people > len(rows) else "People"
    table = Table(title=Text(title), **TABLE)
    table.add_column("person")
    table.add_column("kind")
    for name in ("asks", "is asked by", "betweenness", "among first three"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        kind = kind_told(row["kind"]) + ("" if row["board"] else ", outside")
        into = ends_told(row["in_low"], row["in_high"])
        table.add_row(Text(row["id"]), kind, asks_told(row), into, between_told(row), first_told(row))
    return table
