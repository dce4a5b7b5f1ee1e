"""Runs beside one another: every repeat runs each contestant once, so that a slow minute of the machine hits all."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Contestant:
    """A program to time: `prepare` builds its start, untimed, and gives the work as a function of nothing."""

    name: str
    steps: int  # agent-steps of the work
    prepare: Callable[[], Callable[[], Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds of each repeat, and what the last one gave."""

    steps: int
    seconds: list[float]
    result: Any

    @property
    def rate(self) -> float:
        """Agent-steps a second, the median of the repeats."""
        return self.steps / median(self.seconds)


def times_as_fast(fast: Outcome, slow: Outcome) -> float:
    """Median over repeats of the ratio of rates within a repeat."""
    each = [a / b for a, b in zip(slow.seconds, fast.seconds, strict=True)]
    return median(each) * fast.steps / slow.steps


def beside_one_another(contestants: Sequence[Contestant], repeats: int) -> dict[str, Outcome]:
    """Every contestant timed `repeats` times, interleaved, after one untimed round that compiles."""
    seconds: dict[str, list[float]] = {c.name: [] for c in contestants}
    results: dict[str, Any] = {}
    for turn in range(repeats + 1):
        for contestant in contestants:
            work = contestant.prepare()
            gc.collect()
            begin = perf_counter()
            results[contestant.name] = work()
            if turn > 0:
                seconds[contestant.name].append(perf_counter() - begin)
            del work
    return {c.name: Outcome(c.steps, seconds[c.name], results[c.name]) for c in contestants}


@dataclass(frozen=True, slots=True)
class Table:
    """What a section found: rows under columns, notes below, and whether its check of numbers held."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    notes: list[str] = field(default_factory=list)
    held: bool = True

    def text(self) -> str:
        """The table for reading."""
        cells = [list(self.columns), *([_shown(cell) for cell in row] for row in self.rows)]
        widths = [max(len(row[k]) for row in cells) for k in range(len(self.columns))]
        lines = ["  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True)) for row in cells]
        return "\n".join([self.title, "", *lines, *(["", *self.notes] if self.notes else [])])

    def as_json(self) -> dict[str, Any]:
        """The table as plain values, each row a dictionary."""
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"title": self.title, "rows": rows, "notes": self.notes, "held": self.held}


def _shown(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "NO"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 1000 else f"{cell:.3g}"
    return "-" if cell is None else f"{cell:,}" if isinstance(cell, int) else cell
