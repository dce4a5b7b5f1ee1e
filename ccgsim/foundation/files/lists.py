"""The reader for all CSV lists: rows with line numbers, faults with the name of the list.

A list has a header line, then one line per row, values separated by commas, in UTF-8. Blank lines are ignored, spaces
around values are dropped, and a value with a comma must be quoted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ccgsim.foundation.files.reading import MOST_LIST, Unreadable, text_of
from ccgsim.foundation.inputs.hints import value_of
from ccgsim.foundation.inputs.texts import one_line, trimmed
from ccgsim.foundation.problems import Problem, Problems, fault_at, nearest, shown, shown_path
from ccgsim.foundation.quantity import Quantity

MOST_TOLD = 1_000  # most faults reported for one list
_OTHERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_ALIKE = 0.75  # largest similarity of a user's own column to a known column that is missing


@dataclass(frozen=True, slots=True)
class Columns:
    """Required and optional columns of a list; all others are the user's notes."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """Every column that is read."""
        return (*self.needed, *self.optional)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its first line number, and its values as text by column."""

    line: int
    cells: dict[str, str]

    def problem(self, file: str, column: str, rule: str, suggestion: str = "") -> Problem:
        """A fault of one value of the row, with line and column."""
        text = self.cells.get(column, "")
        return Problem(file, f"line {self.line}, {column}", shown(text) if text else "", rule, suggestion)

    def value(self, column: str) -> Any:
        """A value as number, boolean or text; None if empty."""
        text = self.cells.get(column, "")
        return value_of(text) if text else None

    def faults(self, file: str, column: str, quantity: Quantity, *, needed: bool) -> Iterator[Problem]:
        """The fault of a value that is required but missing, or not allowed by its declaration."""
        value = self.value(column)
        if value is None and needed:
            yield self.problem(file, column, "is empty")
        elif value is not None and (rule := quantity.fault(value)):
            yield self.problem(file, column, rule, quantity.meant(value))


@dataclass(frozen=True, slots=True)
class Listing:
    """The contents of a list: its columns, its valid rows, and the faults of the others."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Problem, ...] = ()


def read_list(path: Path, columns: Columns | None, most: int, *, key: str, file: str = "") -> Listing:
    """The list in a file, of 1 to `most` rows; without `columns`, all columns are read.

    Raises Problems: for `key` in `file`, which name the list, if the list is not a readable file; for the list itself
    if its header is invalid or it has too few or too many rows.
    """
    try:
        text = text_of(path, MOST_LIST)
    except Unreadable as why:
        if why.line is None:
            raise fault_at(file, key, shown_path(path), str(why)) from None
        raise fault_at(str(path), f"line {why.line}", "", str(why)) from None
    lines = _lines(text, str(path))
    line, header = next(lines, (1, []))
    if not header:
        rule = "is empty: a list has a line of names, then one line per row"
        raise fault_at(str(path), "", "", rule)
    if separator := _separator(header):
        rule = f"separates values by {separator}; save the list with commas between them ('CSV UTF-8')"
        raise fault_at(str(path), f"line {line}", shown(header[0]), rule)
    names = _names(header, columns)
    if found := [*_header_faults(names, line, columns, str(path))]:
        raise Problems(found)
    listing = _listing(islice(lines, most + 1), names, str(path))
    if not 1 <= len(listing.rows) + len(listing.faults) <= most:
        has = "has no rows below its names" if not (listing.rows or listing.faults) else "has more"
        raise fault_at(str(path), "", "", f"must hold 1 to {most:,} rows, and {has}")
    return listing


def first(faults: Iterable[Problem], file: str) -> list[Problem]:
    """The faults, or the first MOST_TOLD of them and a note on the rest."""
    found = list(islice(faults, MOST_TOLD + 1))
    if len(found) > MOST_TOLD:
        found[MOST_TOLD] = Problem(file, "", "", f"has further faults; the first {MOST_TOLD:,} are listed")
    return found


def csv_rows(text: str, file: str, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """First line number and cells of each row; raises Problems at the first invalid row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise fault_at(file, f"line {start}", "", _reason(str(error))) from None
        yield start, cells
        start = reader.line_num + 1


def _lines(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """First line number and values of each non-blank row; raises Problems at the first invalid row."""
    for line, row in csv_rows(text, file):
        cells = [trimmed(cell) for cell in row]
        names_comma = line == 1 and cells[:1] == ["sep="] and not any(cells[1:])  # a line that some spreadsheets write
        if any(cells) and not names_comma:
            yield line, cells


def _reason(error: str) -> str:
    if "unexpected end" in error:
        return "opens a quote that is never closed"
    if "expected after" in error:
        return "has text after a closing quote; a quote within a value is written twice"
    if "field larger" in error:
        return "has a value longer than 131,072 characters; is a quote left open?"
    return f"is not a row of a list: {error}"


def _names(header: Sequence[str], columns: Columns | None) -> list[str]:
    """The names of columns; known names are matched without regard to case."""
    known = {name.lower(): name for name in columns.known} if columns else {}
    return [known.get(one_line(name).lower(), one_line(name)) for name in header]


def _separator(header: Sequence[str]) -> str:
    """The word for a separator other than the comma between the names, or ''."""
    signs = (word for sign, word in _OTHERS.items() if len(header) == 1 and sign in header[0])
    return next(signs, "")


def _header_faults(names: list[str], line: int, columns: Columns | None, file: str) -> Iterator[Problem]:
    for name in dict.fromkeys(name for name in names if name and names.count(name) > 1):
        yield Problem(file, f"line {line}, {name}", "", "this column occurs twice")
    if columns is None:
        return
    own = [name for name in names if name not in columns.known]
    absent = [name for name in columns.known if name not in names]
    for name in absent:
        if name in columns.needed:
            rule = f"this column is missing; the list needs {', '.join(columns.needed)}"
            yield Problem(file, f"line {line}, {name}", "", rule, nearest(name, own))
    for name in own:
        near = nearest(name, absent, alike=_ALIKE)
        if near in columns.optional:
            yield Problem(file, f"line {line}, {name}", "", "is no column of this list; rename it", near)


def _listing(lines: Iterable[tuple[int, list[str]]], names: list[str], file: str) -> Listing:
    """The rows that fit the header, and the faults of the others."""
    rows: list[Row] = []
    faults: list[Problem] = []
    for line, cells in lines:
        if problem := _row_fault(line, cells, names, file):
            faults.append(problem)
        else:
            rows.append(Row(line, {name: cell for name, cell in zip(names, cells, strict=False) if name}))
    return Listing(file, tuple(name for name in names if name), tuple(rows), tuple(faults))


def _row_fault(line: int, cells: list[str], names: list[str], file: str) -> Problem | None:
    """The fault of a row with too few or too many values (empty ones at its end are allowed), or None."""
    beyond = [place for place, cell in enumerate(cells) if cell and (place >= len(names) or not names[place])]
    if len(cells) < len(names):
        rule = f"has {len(cells)} values where the header has {len(names)} names; keep the commas of empty ones"
    elif beyond and beyond[-1] >= len(names):
        rule = f"has {beyond[-1] + 1} values where the header has {len(names)} names; quote a value that holds a comma"
    elif beyond:
        rule = f"has a value in column {beyond[0] + 1}, which has no name"
    else:
        return None
    return Problem(file, f"line {line}", shown(", ".join(cells)), rule)
