"""A user's list of CCGs: a CSV with name, population and, where known, practices, localities and footprint."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ccgsim.problems import Problem, Problems, nearest, refuse, shown
from ccgsim.processes.finance import LIST

NEEDED, KNOWN = ("name", "population"), ("name", "population", "practices", "localities", "footprint")
BOUNDS = {"population": (5_000, 10_000_000), "practices": (2, 30_000), "localities": (1, 3_000)}
MOST = 1_000  # keys leave room for 1,024 CCGs
MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """One CCG of a list; localities are None where the list leaves them open."""

    name: str
    population: int
    practices: int
    localities: int | None
    footprint: int


def read_list(file: str, footprints: int) -> list[Listed]:
    """The CCGs of a CSV file in its order; raises Problems with every fault.

    Without practices there is one for every 7,000 patients; without footprints the list is cut into as many runs as
    the scenario says.
    """
    rows = _rows(file)
    found = [*_column_faults(rows, file)]
    if found:
        raise Problems(found)
    found = [*_row_faults(rows, file)]
    if found:
        raise Problems(found[:MOST_FAULTS])
    places = rows.get("footprint", pd.Series(range(len(rows))) * min(footprints, len(rows)) // len(rows))
    codes, _ = pd.factorize(places)
    return [_listed(row, int(code)) for row, code in zip(_cells(rows), codes, strict=True)]


def _listed(row: dict[str, str], footprint: int) -> Listed:
    population = int(float(row["population"]))
    practices = int(float(row.get("practices") or max(2, round(population / LIST))))
    localities = int(float(row["localities"])) if row.get("localities") else None
    return Listed(row["name"], population, practices, localities, footprint)


def _rows(file: str) -> pd.DataFrame:
    """The rows of the file as text, empty cells as ''."""
    try:
        rows = pd.read_csv(Path(file), dtype=str, keep_default_na=False)
    except (OSError, ValueError) as fault:
        raise refuse("england.file", file, f"must be a CSV file with a header ({type(fault).__name__})") from fault
    if not 1 <= len(rows) <= MOST:
        raise refuse("england.file", file, f"must hold 1 to {MOST:,} CCGs, not {len(rows):,}")
    return rows


def _cells(rows: pd.DataFrame) -> list[dict[str, str]]:
    """Each row as text by column."""
    return [{str(name): str(cell) for name, cell in row.items()} for row in rows.to_dict("records")]


def _column_faults(rows: pd.DataFrame, file: str) -> Iterator[Problem]:
    for name in NEEDED:
        if name not in rows:
            yield Problem(file, name, "", f"this column is missing; the list needs {' and '.join(NEEDED)}")
    for name in map(str, rows):
        if name not in KNOWN:
            yield Problem(file, name, "", f"unknown column; known are {', '.join(KNOWN)}", nearest(name, list(KNOWN)))


def _row_faults(rows: pd.DataFrame, file: str) -> Iterator[Problem]:
    repeated = rows["name"][rows["name"].duplicated()]
    for line, name in zip(repeated.index + 2, repeated, strict=True):
        yield Problem(file, f"line {line}, name", shown(name), "names an earlier CCG again")
    for line, row in enumerate(_cells(rows), start=2):
        if not row["name"].strip():
            yield Problem(file, f"line {line}, name", "", "is empty")
        for column, (low, high) in BOUNDS.items():
            text = row.get(column, "")
            if (text or column in NEEDED) and not _whole_within(text, low, high):
                rule = f"must be a whole number from {low:,} to {high:,}"
                yield Problem(file, f"line {line}, {column}", shown(text), rule)
        if not _fits(row):
            yield Problem(file, f"line {line}, localities", shown(row["localities"]), "must not exceed the practices")


def _whole_within(text: str, low: int, high: int) -> bool:
    try:
        value = float(text)
    except ValueError:
        return False
    return math.isfinite(value) and value.is_integer() and low <= value <= high


def _fits(row: dict[str, str]) -> bool:
    try:
        return float(row.get("localities") or 1) <= float(row.get("practices") or math.inf)
    except ValueError:
        return True  # told of already
