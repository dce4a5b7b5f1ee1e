"""How much faster than its peers the engine was, run by run: ratios alone, which another machine changes little.

`python -m benchmarks.run --record` appends to history.csv; `python -m docs.benchmarks` draws it.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.timing import Table

FILE = Path(__file__).parent / "history.csv"
RATIO = "x "  # how the head of a column of ratios begins
COLUMNS = ("date", "commit", "ccgsim", "quick", "python", "numba", "cores", "section", "what", "ratio", "value")


def ratios(table: Table) -> Iterator[tuple[str, str, float]]:
    """Each ratio of a table but those of a program with itself: which row, which ratio, its value."""
    for row in table.rows:
        cells = dict(zip(table.columns, row, strict=True))
        words = ", ".join(f"{name} {cell}" for name, cell in list(cells.items())[:3] if isinstance(cell, str | int))
        for name, value in cells.items():
            if name.startswith(RATIO) and isinstance(value, float) and value != 1.0:
                yield words, name, value


def commit() -> tuple[str, str]:
    """The commit that is checked out, and its date; empty where git knows none."""
    words = ["git", "log", "-1", "--format=%h %cs"]
    told = subprocess.run(words, cwd=FILE.parent, capture_output=True, text=True).stdout.split()
    return (told[0], told[1]) if len(told) == 2 else ("", "")


def record(tables: Mapping[str, Table], quick: bool, with_what: Mapping[str, object]) -> None:
    """Append the ratios of these tables."""
    short, day = commit()
    about = (day, short, with_what["ccgsim"], int(quick), with_what["python"], with_what["numba"], with_what["cores"])
    new = not FILE.exists()
    with FILE.open("a", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        if new:
            lines.writerow(COLUMNS)
        for section, table in tables.items():
            lines.writerows((*about, section, what, name, f"{value:.4g}") for what, name, value in ratios(table))
