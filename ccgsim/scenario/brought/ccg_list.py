"""A user's list of CCGs: a CSV file with name, population and, optionally, practices, localities and footprint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ccgsim.foundation.files import lists
from ccgsim.foundation.files.lists import Columns, Listing, Row
from ccgsim.foundation.inputs.texts import one_line, text_fault
from ccgsim.foundation.problems import Problem, Problems
from ccgsim.foundation.quantity import Quantity
from ccgsim.processes.finance import LIST

COLUMNS = Columns(("name", "population"), ("practices", "localities", "footprint"))
MOST = 1_000  # keys leave room for 1,024 CCGs


def _whole(low: int, high: int, meaning: str) -> Quantity:
    return Quantity(None, low, high, "", meaning, "given by the user", int)


SIZES = {
    "population": _whole(5_000, 10_000_000, "Registered patients"),
    "practices": _whole(2, 30_000, "Practices"),
    "localities": _whole(1, 3_000, "Localities"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One CCG of a list; localities are None if the list does not state them."""

    name: str
    population: int
    practices: int
    localities: int | None
    footprint: int


def read_list(file: str, footprints: int) -> list[Listed]:
    """The CCGs of a CSV file, in order; raises Problems with every fault.

    Without practices there is one for every 7,000 patients. Without footprints the list is cut into `footprints`
    consecutive groups; if only some CCGs lack one, each of these has its own.
    """
    found = lists.read_list(Path(file), COLUMNS, MOST, key="england.file")
    if faults := lists.first(_faults(found), found.file):
        raise Problems(faults)
    codes = _footprints([one_line(row.cells.get("footprint", "")) for row in found.rows], footprints)
    return [_listed(row, code) for row, code in zip(found.rows, codes, strict=True)]


def _faults(found: Listing) -> Iterator[Problem]:
    yield from found.faults
    seen: dict[str, int] = {}
    for row in found.rows:
        name = one_line(row.cells["name"])
        if rule := text_fault(row.cells["name"]) or _name_rule(name, seen):
            yield row.problem(found.file, "name", rule)
        seen.setdefault(name, row.line)
        for column, size in SIZES.items():
            yield from row.faults(found.file, column, size, needed=column in COLUMNS.needed)
        yield from _locality_faults(row, found.file)


def _name_rule(name: str, seen: dict[str, int]) -> str:
    if not name:
        return "is empty"
    return f"is the name of the CCG in line {seen[name]} already" if name in seen else ""


def _locality_faults(row: Row, file: str) -> Iterator[Problem]:
    """The fault of more localities than practices, if the row's numbers are otherwise valid."""
    if any(row.value(name) is not None and size.fault(row.value(name)) for name, size in SIZES.items()):
        return
    if row.value("population") is not None and row.value("localities") is not None:
        practices = _practices(row)
        if row.value("localities") > practices:
            yield row.problem(file, "localities", f"must not exceed the practices, {practices:,}")


def _footprints(stated: list[str], footprints: int) -> list[int]:
    """A number for each footprint in the order of the list, and for each CCG without one."""
    if not any(stated):
        return [place * min(footprints, len(stated)) // len(stated) for place in range(len(stated))]
    codes: dict[str | int, int] = {}
    return [codes.setdefault(name or place, len(codes)) for place, name in enumerate(stated)]


def _practices(row: Row) -> int:
    return int(row.value("practices") or max(2, round(int(row.value("population")) / LIST)))


def _listed(row: Row, footprint: int) -> Listed:
    localities = None if row.value("localities") is None else int(row.value("localities"))
    name, population = one_line(row.cells["name"]), int(row.value("population"))
    return Listed(name, population, _practices(row), localities, footprint)
