"""Declared parameters: default, range, unit, meaning and source, stated once beside the rule that uses them.

Validation, `ccgsim parameters`, the tables of docs/odd.md and the numbers that compiled rules read all come from
these declarations.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import numpy as np

from ccgsim.foundation.dates import date_of, month_of
from ccgsim.foundation.inputs.hints import meant
from ccgsim.foundation.problems import Problem, Problems, nearest_dotted, shown
from ccgsim.foundation.table import record_type
from ccgsim.foundation.tables import CCGS, Table, as_table, dtype_of

_KEY = "quantity"
MONTH = "month"  # unit of values that may also be given as dates
ABOVE_0 = math.ulp(0.0)  # the least number above 0


@dataclass(frozen=True, slots=True)
class Quantity:
    """The declaration of a parameter: default, bounds (inclusive), unit, meaning and source."""

    default: Any
    low: float | None
    high: float | None
    unit: str
    meaning: str
    source: str
    kind: type
    options: tuple[str, ...] = ()
    each_ccg: bool = False  # a state of each CCG (a column of the table of CCGs), not one number for all
    dated: bool = True  # whether an event may change it during a run

    def fault(self, value: object) -> str:
        """The rule that `value` breaks, or '' if it is allowed."""
        if value is None and self.default is None:
            return ""
        if self.unit == MONTH and (month := month_of(value)) is not None:
            return self._date_fault(month)
        if self.kind is bool:
            return "" if isinstance(value, bool) else "must be true or false"
        if self.kind is str and not self.options:
            return "" if isinstance(value, str) and value else "must be the name of a file"
        if self.kind is str:
            return "" if value in self.options else f"must be one of {', '.join(self.options)}"
        if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
            date = " or a date such as '2013-06'" if self.unit == MONTH else ""
            return f"must be {'a whole number' if self.kind is int else 'a number'}{date}"
        if isinstance(value, (float, np.floating)):  # integers of any length are finite and whole
            if not math.isfinite(value):
                return "must be a finite number"
            if self.kind is int and not float(value).is_integer():
                return "must be a whole number"
        if not self.low <= value <= self.high:  # type: ignore[operator]
            above_0 = self.low == ABOVE_0 and self.high == math.inf
            return "must be above 0" if above_0 else f"lies outside {plain(self.low)} to {plain(self.high)}"
        return ""

    def _date_fault(self, month: int) -> str:
        low, high = int(self.low or 0), int(self.high or 0)
        if low <= month <= high:
            return ""
        return f"is month {month}, outside {plain(low)} to {plain(high)} ({date_of(low)} to {date_of(high)})"

    def problems(self, value: object, key: str, file: str = "") -> list[Problem]:
        """The fault of `value` at its place in a file, if it has one."""
        rule = self.fault(value)
        return [Problem(file, key, shown(value), rule, self.meant(value))] if rule else []

    def meant(self, value: object) -> str:
        """How an invalid text should probably be written, such as 0.5 for '50%'; '' if unknown."""
        return meant(value, self.fault, self.options)

    def read(self, value: Any) -> Any:
        """The value in the type that the rules use; None stays None."""
        if self.unit == MONTH and (month := month_of(value)) is not None:
            return month
        return None if value is None else self.kind(value)


def plain(bound: float | None) -> str:
    """A bound as text: 10,000,000 and 0.05, without exponents for whole numbers."""
    if bound is None:
        return ""
    return f"{int(bound):,}" if float(bound).is_integer() else f"{bound:g}"


def _field(quantity: Quantity) -> Any:
    return dataclasses.field(default=quantity.default, metadata={_KEY: quantity})


def number(
    default: float, low: float, high: float, meaning: str, *, unit: str = "", source: str = "assumed", **flags: bool
) -> Any:
    """A real parameter between `low` and `high`."""
    return _field(Quantity(float(default), low, high, unit, meaning, source, float, (), **flags))


def share(default: float, meaning: str, *, source: str = "assumed", **flags: bool) -> Any:
    """A parameter between 0 and 1."""
    return number(default, 0, 1, meaning, unit="share", source=source, **flags)


def count(
    default: int, low: int, high: int, meaning: str, *, unit: str = "", source: str = "assumed", **flags: bool
) -> Any:
    """A whole-number parameter between `low` and `high`."""
    return _field(Quantity(default, low, high, unit, meaning, source, int, (), **flags))


def switch(default: bool, meaning: str, *, source: str = "assumed") -> Any:
    """A boolean parameter, fixed at the start."""
    return _field(Quantity(default, None, None, "", meaning, source, bool, dated=False))


def choice(default: str, options: tuple[str, ...], meaning: str, *, source: str = "assumed") -> Any:
    """One of a few words, fixed at the start."""
    return _field(Quantity(default, None, None, "", meaning, source, str, options, dated=False))


def optional(kind: type, low: float, high: float, meaning: str, *, unit: str = "", source: str = "assumed") -> Any:
    """A number that may be left unset (None; NaN in the records of compiled rules), fixed at the start."""
    return _field(Quantity(None, low, high, unit, meaning, source, kind, dated=False))


def path(meaning: str) -> Any:
    """The name of a file, or None."""
    return _field(Quantity(None, None, None, "", meaning, "given by the user", str, dated=False))


def quantities(section: type) -> Iterator[tuple[str, Quantity]]:
    """Name and declaration of each parameter of a section, in the order of the source."""
    for field in dataclasses.fields(section):
        yield field.name, field.metadata[_KEY]


Sections = TypeVar("Sections", bound=Mapping[str, type])


def sound(sections: Sections) -> Sections:
    """These sections; raises Problems with every field that is not declared, or whose declaration is at odds."""
    found = []
    for name, section in sections.items():
        file = section.__module__.replace(".", "/") + ".py"
        for field in dataclasses.fields(section):
            stated = "" if field.default is dataclasses.MISSING else shown(field.default)
            found += [Problem(file, f"{name}.{field.name}", stated, rule) for rule in _at_odds(field)]
    if found:
        raise Problems(found)
    return sections


def _at_odds(field: dataclasses.Field[Any]) -> Iterator[str]:
    """What is wrong with the declaration of a field."""
    if _KEY not in field.metadata:
        yield "is no parameter: write number(default, low, high, meaning), or share, count, switch, choice, optional"
        return
    quantity: Quantity = field.metadata[_KEY]
    if not (quantity.meaning.strip() and quantity.source.strip()):
        yield "needs a meaning and a source that are not empty"
    if quantity.low is not None and quantity.high is not None and not quantity.low < quantity.high:
        yield f"has bounds {plain(quantity.low)} to {plain(quantity.high)}: the lower one comes first"
    elif rule := quantity.fault(quantity.default):
        yield f"its default {rule}"
    if quantity.each_ccg and field.name not in dtype_of(CCGS).fields:  # type: ignore[operator]
        yield "is a state of each CCG, so CCGS in foundation/tables.py needs a column of this name"


def faults(
    section: type, values: dict[str, Any], name: str, file: str = "", others: Iterable[str] = ()
) -> list[Problem]:
    """Faults of unknown names and invalid values among `values` of section `name`.

    `others`: dotted names of parameters, of which one in another section may be meant.
    """
    declared = dict(quantities(section))
    found = []
    for key, value in values.items():
        if key not in declared:
            near = nearest_dotted(f"{name}.{key}", [*(f"{name}.{own}" for own in declared), *others])
            known = ", ".join(declared)
            rule = f"unknown; [{name}] holds {known}" if not near else f"unknown parameter of [{name}]"
            found.append(Problem(file, f"{name}.{key}", shown(value), rule, near))
        else:
            found += declared[key].problems(value, f"{name}.{key}", file)
    return found


def stated_faults(declared: Mapping[str, Quantity], values: Mapping[str, Any], file: str = "") -> list[Problem]:
    """Faults of the declared ones among `values`, by their own names."""
    return [p for key, q in declared.items() if key in values for p in q.problems(values[key], key, file)]


@cache
def _columns(section: type) -> np.dtype[Any]:
    """The record type of a section's numbers. States of each CCG are left out: they are in the table of CCGs, and here
    they would keep their start values.
    """
    numeric = [(name, q) for name, q in quantities(section) if q.kind is not str and not q.each_ccg]
    whole = (int, bool)
    fields = [(n, np.int64 if q.kind in whole and q.default is not None else np.float64) for n, q in numeric]
    return record_type(np.dtype(fields))


def record(section: Any) -> Table:
    """The numbers of one section as a record table of one row (shape (1,)), as compiled rules read them."""
    columns = _columns(section.__class__)
    values = (getattr(section, name) for name in columns.names or ())
    row = tuple(math.nan if value is None else value for value in values)
    return as_table(np.array([row], columns))


def records(sections: dict[str, Any]) -> Table:
    """All sections with numbers in one table of one row (shape (1,)), with nested records: rules[0].ties.closure."""
    rows = {name: row for name, section in sections.items() if (row := record(section)).dtype.names}
    table = np.zeros(1, dtype=[(name, row.dtype) for name, row in rows.items()])
    for name, row in rows.items():
        table[name] = row
    return as_table(table)
