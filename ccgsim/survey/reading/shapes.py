"""Which shape a table has: a list of ties, a matrix, a survey in wide form, or people."""

from __future__ import annotations

import re

from ccgsim.survey.reading.columns import PEOPLE, TIES, matched, plain, wave_columns
from ccgsim.survey.reading.edges import edges, has_header, headerless
from ccgsim.survey.reading.grid import Grid
from ccgsim.survey.reading.left_out import is_sum
from ccgsim.survey.reading.matrix import (
    bare_square,
    has_names_above,
    is_bare_square,
    labels_at,
    matrix,
    other_people_above,
)
from ccgsim.survey.reading.named import named, named_at
from ccgsim.survey.reading.raw import Context, PeopleTable, Raw, is_whole
from ccgsim.survey.reading.wide import asked_at, no_respondent, two_rows, wide

NO_PERSON = "has a header and no row of a person below it"
_SEARCHED = 30  # rows among which a header may stand, below titles
_OF_A_SURVEY = re.compile(r"respon(se|dent) id|collector id|record(ed)? (id|date)|ip address|user language|duration.*")
_SURVEYS = 5  # and that of a survey of which a part stands in two rows, or that asks for names


def _headers(grid: Grid) -> range:
    return range(min(_SEARCHED, len(grid.rows)))


def ties_of(grid: Grid, context: Context) -> Raw | None:
    """The ties of a table whose header is found; None if no header is."""
    if (place := _second_table(grid)) is not None:
        rule = "begins a second table; put each into a sheet or a file of its own (people: --people FILE)"
        raise context.refuse(rule, grid.place(place, 0), ", ".join(filter(None, grid.rows[place])))
    raw = _under_a_header(grid, context)
    if raw is not None:
        raw.notes += grid.notes
    return raw


def _second_table(grid: Grid) -> int | None:
    """The row of a second header: after an empty row, names of columns again, of the same or another table."""
    names = set(grid.rows[0][1:]) - {""} if grid.rows else set()
    is_matrix, headers = len(names) > 2 and not any(map(is_whole, names)), False
    for row, cells in enumerate(grid.rows):
        after_a_gap = row > 0 and grid.lines[row] - grid.lines[row - 1] > 1
        if not after_a_gap and row >= _SEARCHED:
            continue
        header = _names_columns(cells)
        if after_a_gap and ((header and headers) or (is_matrix and set(cells[1:]) - {""} == names)):
            return row
        headers = headers or header
    return None


def _names_columns(cells: list[str]) -> bool:
    return _is_people(cells) or {"from", "to"} <= set(matched(cells, TIES))


def _under_a_header(grid: Grid, context: Context) -> Raw | None:
    for row in _headers(grid):
        if {"from", "to"} <= set(matched(grid.rows[row], TIES)):
            return edges(grid, row, context)
    for row in _headers(grid)[:_SURVEYS]:
        if (columns := named_at(grid, row, context)) is not None:
            return named(grid, row, columns, context)
    for row in _headers(grid):
        if (labels := labels_at(grid, row)) is not None:
            return matrix(grid, row, labels, context)
    if any(_is_people(grid.rows[row]) for row in _headers(grid)):
        return None
    for row in _headers(grid):
        if (asked := asked_at(grid, row, context)) is not None:
            return wide(grid, row, asked, context)
    for row in _headers(grid)[:_SURVEYS]:
        joined = two_rows(grid, row)
        if joined is not None and (asked := asked_at(joined, 0, context)) is not None:
            return wide(joined, 0, asked, context)
    return None


def people_of(grid: Grid, file: str) -> PeopleTable | None:
    """The table of people whose header is found; None if there is none."""
    for row in _headers(grid):
        if _is_people(grid.rows[row]):
            return table_of(grid, row, file)
    return None


def _is_people(header: list[str]) -> bool:
    """Whether a row names the columns of a table of people, and few others: a survey may hold names and roles too."""
    if any(_OF_A_SURVEY.fullmatch(plain(name)) for name in header):
        return False
    found = matched(header, PEOPLE)
    others = sum(map(bool, header)) - len(found) - len(wave_columns(header))
    known = bool({"id", "name", "last"} & set(found)) and len(found) >= 2 and others <= max(3, 2 * len(found))
    return known and not {"from", "to"} <= set(matched(header, TIES))


def table_of(grid: Grid, header: int, file: str) -> PeopleTable:
    """The rows below a header as people, the cells filled up to its width."""
    columns = grid.rows[header]
    rows, places = [], []
    for row in range(header + 1, len(grid.rows)):
        cells = grid.rows[row]
        first = next(filter(None, cells), "")
        if is_sum(first):
            grid.notes.append(f"{grid.place(row, 0)} holds a sum and no person, left out")
        elif first:
            rows.append(cells + [""] * (len(columns) - len(cells)))
            places.append(f"{grid.sheet} row {grid.lines[row]}" if grid.sheet else f"line {grid.lines[row]}")
    return PeopleTable(file, columns, rows, places, grid.sheet, grid.notes)


def any_ties(grid: Grid, context: Context) -> Raw:
    """The ties of a table of text, with and without a header; raises Problems if it holds none."""
    if not grid.rows:
        raise context.refuse("is empty but for comments and blank lines")
    if (found := ties_of(grid, context)) is not None:
        return found
    raw = _without_a_header(grid, context)
    raw.notes += grid.notes
    return raw


def _without_a_header(grid: Grid, context: Context) -> Raw:
    if is_bare_square(grid, context):
        return bare_square(grid, context)
    if has_names_above(grid, context):
        return bare_square(grid, context, grid.rows[0], 1)
    if len(grid.rows[0]) > 1 and _is_people(grid.rows[0]):
        rule = "is a table of people, without ties; give the file of ties, and this one with --people"
        raise context.refuse(rule, grid.place(0, 0), ", ".join(grid.rows[0]))
    if (why := no_respondent(grid.rows[0])) is not None:
        raise context.refuse(why, grid.place(0, 0))
    if (others := other_people_above(grid, context)) is not None:
        raise context.refuse(others, grid.place(0, 0), ", ".join(grid.rows[0]))
    if len(grid.rows[0]) < 2 or has_header(grid, context) or _names_a_frequency(grid):
        return edges(grid, 0, context)
    return headerless(grid, context)


def _names_a_frequency(grid: Grid) -> bool:
    return bool({"frequency", "from", "to"} & set(matched(grid.rows[0], TIES))) and not is_whole(grid.rows[0][0])
