"""A calendar of one's own: a CSV with month or date, what happens, and its size, in place of England's dates.

Each row becomes a dated event of the scenario. What happens is the name of an act, of a lever or of a parameter that
takes one number at most; everything else is written as an event in the scenario itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ccgsim.foundation.dates import date_of, month_of
from ccgsim.foundation.files.lists import Columns, Listing, Row, first, read_list
from ccgsim.foundation.inputs.hints import date_meant, day_first
from ccgsim.foundation.problems import Problem, Problems, nearest, shown
from ccgsim.foundation.quantity import Quantity
from ccgsim.scenario import events
from ccgsim.scenario.parameters import dated_parameters

ENGLAND, NONE = "england", "none"
COLUMNS = Columns(("what",), ("month", "date", "size"))
MOST = 10_000  # rows
START = "start"  # the row whose date is month 0
ENDING = ".csv"
_TRUE = ("", "1", "yes", "true")


def is_file(given: object) -> bool:
    """Whether a `calendar` names a file."""
    return isinstance(given, str) and given.strip().lower().endswith(ENDING)


def calendar_faults(given: object, file: str = "") -> list[Problem]:
    """The fault of a `calendar` as it is written; a file is not opened."""
    if given in (ENGLAND, NONE) or is_file(given):
        return []
    near = nearest(given, (ENGLAND, NONE)) if isinstance(given, str) else ""
    rule = f'must be "{ENGLAND}", "{NONE}", or the name of a list that ends in {ENDING}'
    return [Problem(file, "calendar", shown(given), rule, near)]


def read(path: Path, file: str = "") -> tuple[tuple[events.Event, ...], list[Problem]]:
    """The valid events of a calendar in the order of the file, and the faults of all other rows.

    `file`: the scenario that names it, for messages on a calendar that cannot be opened.
    """
    try:
        found = read_list(path, COLUMNS, MOST, key="calendar", file=file)
    except Problems as refused:
        return (), list(refused.problems)
    starts = [row for row in found.rows if _named(row) == START]
    faults = [*found.faults, *_start_faults(found, starts)]
    begins = _dated(_when(starts[0])) if starts else 0
    made: list[events.Event] = []
    for row in found.rows:
        if row not in starts:
            event, wrong = _event(row, found, begins or 0)
            made += event
            faults += wrong
    return tuple(made), first(faults, found.file)


def begins(path: Path) -> int | None:
    """The month of month 0 in a calendar without faults, counted from December 2010; None if no row has a date."""
    rows = read_list(path, COLUMNS, MOST, key="calendar").rows
    starts = [_dated(_when(row)) for row in rows if _named(row) == START]
    dated = any(_dated(_when(row)) is not None for row in rows)
    return starts[0] if starts else 0 if dated else None


def _start_faults(found: Listing, starts: list[Row]) -> Iterator[Problem]:
    """Faults of the row that says which date is month 0, and of a list that says nowhere when."""
    if "month" not in found.columns and "date" not in found.columns:
        yield Problem(found.file, "", "", "has neither a column month nor a column date")
    for row in starts[1:]:
        yield row.problem(found.file, "what", f"stands in line {starts[0].line} already: month 0 has one date")
    for row in starts[:1]:
        if _dated(_when(row)) is None:
            rule = "must be a date such as 2025-04: it is that of month 0"
            yield row.problem(found.file, "date", rule, day_first(_when(row)))


def _named(row: Row) -> str:
    """What happens, as a name: 'Broker exit' is broker_exit."""
    return "_".join(row.cells["what"].casefold().replace("-", " ").split())


def _when(row: Row) -> str:
    return row.cells.get("date", "") or row.cells.get("month", "")


def _dated(text: str) -> int | None:
    """The month of a date: 2025-03, and what a spreadsheet may make of it, such as Mar-25. Days first or not: none."""
    return month_of(text) if month_of(text) is not None else month_of(date_meant(text))


def _event(row: Row, found: Listing, begins: int) -> tuple[list[events.Event], list[Problem]]:
    """The event of a row, or its faults."""
    month, faults = _month(row, found, begins)
    acts, wrong = _act(row, found)
    faults += wrong
    if faults or month is None:
        return [], faults
    read_event, problems = events.read([{"month": month, **acts}], found.file)
    rules = [row.problem(found.file, "size", each.rule, each.suggestion) for each in problems]
    origin = f"line {row.line} (month {month})"
    return [dataclasses.replace(each, origin=origin) for each in read_event], rules


def _month(row: Row, found: Listing, begins: int) -> tuple[int | None, list[Problem]]:
    """The month of a row, counted from that of `start`."""
    number, date = row.cells.get("month", ""), row.cells.get("date", "")
    column = "date" if date else "month"
    if number and date:
        return None, [row.problem(found.file, "date", f"stands beside month = {number}: give one of the two")]
    if not (number or date):
        return None, [row.problem(found.file, column, "is empty: each row needs a month or a date")]
    dated = _dated(date) if date else month_of(number)
    if date and dated is None:
        return None, [row.problem(found.file, "date", "is no date: write year and month, 2025-04", day_first(date))]
    value = row.value("month") if dated is None else dated - begins
    if rule := events.MONTH_OF_EVENT.fault(value):
        counted = f"is month {value}, counted from {date_of(begins)}, which " if dated is not None else ""
        return None, [row.problem(found.file, column, f"{counted}{rule}")]
    return int(value), []


def _act(row: Row, found: Listing) -> tuple[dict[str, Any], list[Problem]]:
    """The act of a row as in an event's table."""
    name, size = _named(row), row.cells.get("size", "")
    if name not in kinds():
        acts = ", ".join(kind for kind, each in kinds().items() if not each.within)
        rule = f"is nothing that a calendar can hold: {acts}, a lever, or a parameter, with one number at most"
        return {}, [row.problem(found.file, "what", rule, nearest(name, list(kinds())))]
    kind = kinds()[name]
    if not kind.sized:
        wrong = size.lower() not in _TRUE
        return kind.act(True), [row.problem(found.file, "size", f"{name} takes no size")] if wrong else []
    if not size and kind.usual is None:
        return {}, [row.problem(found.file, "size", f"is empty: {name} needs a number")]
    return kind.act(row.value("size") if size else kind.usual), []


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """Something that a calendar can hold: an act, or within one a lever or a parameter; the size fills `field`."""

    name: str
    within: str = ""  # 'lever', 'set' or '' for an act itself
    field: str = ""
    sized: bool = True
    usual: Any = None  # the size where a row has none; None: it must have one

    def act(self, size: Any) -> dict[str, Any]:
        """The act with this size, as in an event's table."""
        if self.within == "set":
            return {"set": {self.name: size}}
        fields = {self.field: size} if self.field else {}
        if self.within == "lever":
            return {"lever": {"name": self.name, **fields}}
        return {self.name: fields if self.field else size}


@cache
def kinds() -> dict[str, Kind]:
    """Everything that a calendar can hold, by name."""
    acts = (_of_act(name, act) for name, act in events.ACTS.items())
    levers = (_of_fields(name, events.fields_of(lever), "lever") for name, lever in events.LEVERS.items())
    parameters = (Kind(name, "set") for name in dated_parameters())
    return {kind.name: kind for kind in (*acts, *levers, *parameters) if kind is not None}


def _of_act(name: str, act: Quantity | Mapping[str, Quantity] | None) -> Kind | None:
    if isinstance(act, Quantity):
        return Kind(name, usual=act.default or None)  # a size of 0 would be no event
    if act is None:
        return Kind(name, sized=False) if name == "abolish_pct" else None
    return _of_fields(name, act)


def _of_fields(name: str, fields: Mapping[str, Quantity], within: str = "") -> Kind | None:
    """What takes fields: the size fills the one without a default, else the first; None if that takes more than one."""
    needed = [key for key, quantity in fields.items() if quantity.default is None]
    chosen = needed or list(fields)[:1]
    if len(needed) > 1 or any(fields[key].kind is str for key in chosen):
        return None
    if not chosen:
        return Kind(name, within, sized=False)
    return Kind(name, within, chosen[0], usual=fields[chosen[0]].default)
