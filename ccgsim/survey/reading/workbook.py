"""Workbooks of spreadsheets (xlsx, xlsm, xlsb, xls, ods): their visible sheets as grids, formulas without a value."""

from __future__ import annotations

import datetime
import io
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

from ccgsim.foundation.inputs.texts import trimmed
from ccgsim.foundation.problems import Problem, Problems, gathering
from ccgsim.survey.reading.columns import READ_ME
from ccgsim.survey.reading.grid import Grid
from ccgsim.survey.reading.raw import Context, PeopleTable, Raw, Said, listed
from ccgsim.survey.reading.shapes import NO_PERSON, any_ties, people_of, ties_of
from ccgsim.survey.reading.text import MOST

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>]*?(?:/>|>(.*?)</(?:\w+:)?c>)', re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>[^<]|<(?:\w+:)?is\b")
_DAMAGED = (zipfile.BadZipFile, zlib.error, ValueError, OSError, KeyError, RuntimeError, EOFError)
_PARTS = ("xl/", "content.xml")  # what an xlsx and an ods hold
_MOST_CELLS = 5_000_000


def is_workbook(data: bytes, path: Path) -> bool:
    """Whether the bytes or the name are those of a workbook."""
    return data.startswith((ZIP, OLE)) or path.suffix.lower() in ENDINGS


def workbook(data: bytes, context: Context) -> tuple[Raw, PeopleTable | None]:
    """Ties, and people if a sheet has them; raises Problems for what is no workbook or has no ties."""
    grids, hidden, formulas = sheets(data, context)
    faults = list(formulas)
    with gathering(faults):
        raw, people = _read(grids, hidden, context)
        cells = {formula.key for formula in formulas}
        raw.faults = [*formulas, *(fault for fault in raw.faults if fault.key not in cells)]
        if people is not None:
            people.faults = _of_sheet(people, formulas)
        return raw, people
    raise Problems(faults)


def _of_sheet(people: PeopleTable, formulas: list[Problem]) -> list[Problem]:
    return [formula for formula in formulas if formula.key.startswith(f"{people.sheet}!")]


def _read(grids: list[Grid], hidden: list[str], context: Context) -> tuple[Raw, PeopleTable | None]:
    people, found, others = None, [], []
    for grid in grids:
        table = people_of(grid, context.file)
        if table is not None and not table.rows:
            raise context.refuse(NO_PERSON, grid.place(0, 0))
        if (ties := None if table is not None and people is None else ties_of(grid, context)) is not None:
            found.append((grid.sheet, ties))
        elif table is not None and people is None:
            people = table
        elif grid.sheet != READ_ME:
            others.append(grid.sheet)
    if not found and people is None and len(grids) == 1 and len(grids[0].rows[0]) > 1:
        found.append((grids[0].sheet, any_ties(grids[0], context)))
        others = []
    if not found:
        raise _no_ties([grid.sheet for grid in grids], people, context)
    raw = _together(found)
    raw.form = f"a workbook: {raw.form} in the sheet {listed([sheet for sheet, _ in found])}"
    raw.form += f", people in the sheet {people.sheet}" if people is not None else ""
    for what, names in (("hidden, not read", hidden), ("not read", others)):
        if names:
            raw.notes.append(f"sheets {what}: {listed(names)}")
    return raw, people


def people_in(data: bytes, context: Context) -> PeopleTable:
    """The table of people of a workbook given with --people."""
    grids, _, formulas = sheets(data, context)
    for grid in grids:
        if (table := people_of(grid, context.file)) is not None:
            table.faults = _of_sheet(table, formulas)
            return table
    rule = "has no sheet with a table of people: a row of names such as code, name, kind, board"
    raise Problems([*formulas, context.fault("", "", rule)])


def _no_ties(names: list[str], people: PeopleTable | None, context: Context) -> Problems:
    if not names:
        return context.refuse("has no sheet with anything in it")
    has = f"; the sheet {people.sheet} holds people" if people else ""
    rule = f"has no ties in its sheets {listed(names)}{has}; a sheet Ties has the columns From, To and Frequency"
    return context.refuse(rule)


def _together(found: list[tuple[str, Raw]]) -> Raw:
    """One `Raw` of several sheets of ties, each a relation called after its sheet."""
    first = found[0][1]
    if len(found) == 1:
        return first
    what = "wave" if _are_waves([sheet for sheet, _ in found]) else "relation"
    first.said = [_named(said, what, found[0][0]) for said in first.said]
    for sheet, raw in found[1:]:
        first.said += [_named(said, what, sheet) for said in raw.said]
        first.ids |= {name: place for name, place in raw.ids.items() if name not in first.ids}
        if first.answered is not None:
            first.answered |= raw.answered or set()
        first.notes += raw.notes
        first.faults += raw.faults
    return first


def _are_waves(names: list[str]) -> bool:
    """Whether sheets are called alike but for a number: 'Wave 1' and 'Wave 2', '2014' and '2015'."""
    return len({re.sub(r"\d+", "", name).strip().casefold() for name in names}) == 1


def _named(said: Said, what: str, sheet: str) -> Said:
    """A pair with its sheet as relation or, by its number, as wave, unless the sheet itself has such a column."""
    if what == "wave":
        return said._replace(wave=said.wave or "".join(re.findall(r"\d+", sheet)))
    return said._replace(relation=said.relation or sheet)


def sheets(data: bytes, context: Context) -> tuple[list[Grid], list[str], list[Problem]]:
    """Visible sheets that are not empty, the names of hidden ones, and formulas without a value; raises Problems."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    _check(data, context)
    try:
        with _silent():
            book = load_workbook(io.BytesIO(data))
            about = [(each.name, each.visible == SheetVisibleEnum.Visible, each.typ) for each in book.sheets_metadata]
            hidden = [name for name, visible, _ in about if not visible]
            read = [name for name, visible, kind in about if visible and kind == SheetTypeEnum.WorkSheet]
            shown = [_grid(book.get_sheet_by_name(name), context) for name in read]
        formulas = list(_formulas(data, [grid.sheet for grid in shown], context))
    except (PasswordError, CalamineError, *_DAMAGED) as error:
        if isinstance(error, Problems):
            raise
        locked = isinstance(error, PasswordError) or data.startswith(OLE)
        rule = "is encrypted with a password, or damaged; open it and save it as .xlsx without a password"
        raise context.refuse(rule if locked else f"is a damaged workbook ({error}); save it again as .xlsx") from None
    return [grid for grid in shown if grid.rows], hidden, formulas


@contextmanager
def _silent() -> Iterator[None]:
    """Turn a crash of the reader's own, which it prints as well, into a fault: damaged files of Excel 97 cause it."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError("its parts do not fit together") from None
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _check(data: bytes, context: Context) -> None:
    if not data:
        raise context.refuse("is empty")
    if not data.startswith((ZIP, OLE)):
        raise context.refuse("is not a workbook but looks like text: rename it to end in .csv")
    if data.startswith(ZIP):
        try:
            parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
            size = sum(part.file_size for part in parts)
        except (zipfile.BadZipFile, ValueError, OSError):
            raise context.refuse("is a damaged workbook or another packed file; save it again as .xlsx") from None
        if not any(part.filename.startswith(_PARTS) for part in parts):
            raise context.refuse(
                "is a packed file without a spreadsheet; unpack it, or save its table as .xlsx or .csv"
            )
        if size > 8 * MOST:
            raise context.refuse(f"unpacks to {size // 1_000_000:,} MB; at most {8 * MOST // 1_000_000} MB are read")


def _grid(sheet: Any, context: Context) -> Grid:
    """The cells of a sheet as text, those of a merged column filled with its one value."""
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise context.refuse(f"has more than {_MOST_CELLS:,} cells in the sheet {sheet.name}; delete the empty ones")
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    _fill_down(rows, sheet)
    kept = [(line, row) for line, row in enumerate(rows, 1) if any(row)]
    return Grid([row for _, row in kept], [line for line, _ in kept], sheet=str(sheet.name)).without_notes()


def _fill_down(rows: list[list[str]], sheet: Any) -> None:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right and top < bottom:
            for row in range(top + 1, min(bottom + 1, len(rows))):
                rows[row][left] = rows[top][left]


def _text(cell: Any) -> str:
    """A cell as the user reads it: 5.0 is '5', a date without a time has none."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return trimmed(str(cell))


def _formulas(data: bytes, names: list[str], context: Context) -> Iterator[Problem]:
    """Formulas whose value was never computed: a reader of values would take them for empty cells."""
    if not data.startswith(ZIP):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name, part in _parts(packed):
            if name not in names:
                continue
            for cell, inside in _CELL.findall(packed.read(part)):
                formula = _FORMULA.search(inside)
                if formula and not _VALUE.search(inside):
                    written = "=" + unescape((formula[1] or b"").decode("utf-8", "replace"))
                    rule = "is a formula without a value; copy the sheet and paste it as values"
                    yield context.fault(f"{name}!{cell.decode()}", written, rule)


def _parts(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Names of the sheets of an xlsx and the parts that hold them."""
    found = set(packed.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= found:
        return
    relations = packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {}
    for tag in re.findall(r"<Relationship\b[^>]*>", relations):
        key, target = re.search(r'\bId="([^"]*)"', tag), re.search(r'\bTarget="([^"]*)"', tag)
        if key and target:
            targets[key[1]] = target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"
    for tag in re.findall(r"<sheet\b[^>]*>", packed.read("xl/workbook.xml").decode("utf-8", "replace")):
        name, key = re.search(r'\bname="([^"]*)"', tag), re.search(r'\br:id="([^"]*)"', tag)
        if name and key and targets.get(key[1]) in found:
            yield unescape(name[1]), targets[key[1]]
