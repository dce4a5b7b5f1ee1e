"""Rows of cells, from text with any separator or from a sheet, each with its place."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ccgsim.foundation.files.lists import csv_rows
from ccgsim.foundation.inputs.texts import trimmed
from ccgsim.survey.reading.raw import FORMULA, Context, listed

SEPARATORS = (";", "\t", ",", "|")
BLANKS = " "
CALLED = {";": "semicolons", "\t": "tabs", ",": "commas", "|": "bars", BLANKS: "blanks"}
_TRIED = 200  # lines that the separator is judged by
_WORD = re.compile(r'"((?:[^"]|"")*)"|(\S+)')
_SAYS = re.compile(r":(\s|$)|\s=\s")
_MOST_OF_A_NAME = 4  # words
COMMENTS = ("#", "%", "//")


@dataclass(slots=True)
class Grid:
    """Rows of trimmed cells; `lines[r]` is the line of the file or the row of the sheet."""

    rows: list[list[str]]
    lines: list[int]
    sheet: str = ""
    separator: str = ""
    notes: list[str] = field(default_factory=list)  # what is to be said of rows that were left out

    def place(self, row: int, column: int, name: str = "") -> str:
        """Where a cell stands: 'line 5, to' in text, 'Ties!B5' in a sheet."""
        if self.sheet:
            return f"{self.sheet}!{cell_name(self.lines[row], column)}"
        return f"line {self.lines[row]}, {name}" if name else f"line {self.lines[row]}"

    def cell_place(self, row: int, column: int) -> str:
        """The name of a cell as a spreadsheet shows it, for matrices."""
        name = cell_name(self.lines[row], column)
        return f"{self.sheet}!{name}" if self.sheet else f"cell {name}"

    def below(self, row: int, column: int) -> list[str]:
        """The cells of a column below a row."""
        return [cells[column] if column < len(cells) else "" for cells in self.rows[row + 1 :]]

    def without_notes(self) -> Grid:
        """The grid without notes below its table: after an empty row, lone cells that hold a sentence or a sign."""
        end = len(self.rows)
        while end > 1 and _is_note(self.rows[end - 1]):
            end -= 1
        if end == len(self.rows) or self.lines[end] - self.lines[end - 1] < 2:
            return self
        below = range(end, len(self.rows))
        left = listed([self.place(row, 0) for row in below])  # without their words, which may name people
        told = [*self.notes, f"notes below the table are left out: {left}"]
        return replace(self, rows=self.rows[:end], lines=self.lines[:end], notes=told)


def _is_note(cells: list[str]) -> bool:
    """Whether a row says something, 'Source: ...', or holds one text alone that looks like no name."""
    first, *more = [cell for cell in cells if cell]
    long = len(first.split()) > _MOST_OF_A_NAME or first[0] in "*("
    return bool(_SAYS.search(first)) or (long and not more)


def cell_name(line: int, column: int) -> str:
    """'P7' for line 7 and column 15 (from 0)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{line}"


def grid_of(text: str, context: Context, separator: str = "") -> Grid:
    """The rows of a text, without comments and blank lines; raises Problems for a quote that is never closed."""
    named = re.match(r"\s*\"?sep=([;,|\t])\"?[^\n]*\r?\n", text)  # a line that some spreadsheets write and read
    used = separator or (named[1] if named else separator_of(text))
    rows, lines, comments = [], [], []
    written = re.split(r"\r\n|\n|\r", text)
    for line, cells in _split(text, used, context):
        held = [trimmed(cell) for cell in cells]
        if not any(held) or (named and line == 1):
            continue
        if _is_aside(held, written[line - 1], used):
            comments += [f"line {line}"] * (used != BLANKS and sum(map(bool, held)) > 1)
            continue
        rows.append([unescaped(cell) for cell in held])
        lines.append(line)
    told = [f"a line that begins with {', '.join(COMMENTS)} is a comment, left out: {listed(comments)}"]
    return Grid(rows, lines, separator=used, notes=told if comments else []).without_notes()


def unescaped(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it; this program writes such."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith((*FORMULA, *COMMENTS)) else cell


def _is_aside(cells: list[str], line: str, separator: str) -> bool:
    """Whether a row is a comment, or what Qualtrics writes below its header. '#' alone may be a column's name."""
    if all(cell.startswith('{"ImportId"') for cell in cells if cell):
        return True
    names_column = cells[0] == "#" and len(cells) > 1 and separator != BLANKS
    return _is_comment(cells) and not names_column and not line.lstrip().startswith('"')


def _is_comment(cells: list[str]) -> bool:
    return cells[0].startswith(COMMENTS)


def separator_of(text: str) -> str:
    """The separator that gives most lines the same number of cells, at least two; commas where none does."""
    head = "".join(text.splitlines(keepends=True)[:_TRIED])
    best, chosen = 0.0, ","
    for separator in (*SEPARATORS, BLANKS):
        counts = Counter(len(cells) for cells in _tried(head, separator) if any(cells) and not _is_comment(cells))
        many = Counter({width: times for width, times in counts.items() if width > 1})
        if not many:
            continue
        share = many.most_common(1)[0][1] / sum(counts.values())
        if share > best + 1e-9:
            best, chosen = share, separator
    return chosen


def _tried(text: str, separator: str) -> Iterator[list[str]]:
    if separator == BLANKS:
        yield from (_words(line) for line in text.splitlines())
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = ["?"]  # a row that this separator does not fit
        yield [trimmed(cell) for cell in cells] or [""]


def _words(line: str) -> list[str]:
    found = [quoted.replace('""', '"') if quoted else word for quoted, word in _WORD.findall(line)]
    return found or [""]


def _split(text: str, separator: str, context: Context) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row."""
    if separator == BLANKS:
        yield from enumerate((_words(line) for line in re.split(r"\r\n|\n|\r", text)), 1)
        return
    for line, cells in csv_rows(text, context.file, separator):
        yield line, cells or [""]
