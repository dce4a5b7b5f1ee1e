"""One figure of a source beside the model's, and what every comparison of them is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from ccgsim.foundation.work.parallel import spread
from ccgsim.run import Progress, interval

__all__ = ["EMERGENT", "FITTED", "SET", "Beside", "Cell", "Place", "Printed", "Progress", "cell", "gathered"]

SET, FITTED, EMERGENT = "set", "fitted", "emergent"
Job = tuple[str, int]  # a shipped scenario and a seed


@dataclass(frozen=True, slots=True)
class Printed:
    """What a source says: a number or words (None for nothing), where, and what is open about it."""

    value: float | str | None
    key: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: the table, its row, its column."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A source's figure beside the model's mean over worlds with its 95% t-interval and the range of single worlds.

    `origin` tells how the model came to its figure: set, fitted or emergent; `agree` in what share of worlds a bound
    of the source ('above 0') holds. What is undefined is None.
    """

    table: str
    row: str
    column: str
    source: float | str | None
    source_key: str
    model: float | None
    low: float | None
    high: float | None
    origin: str
    agree: float | None
    note: str
    range_low: float | None = None
    range_high: float | None = None

    @property
    def difference(self) -> float | None:
        """The model's figure less the source's, None where the source prints no number."""
        if self.model is None or not isinstance(self.source, (int, float)):
            return None
        return self.model - self.source

    def plain(self) -> dict[str, Any]:
        """The cell in JSON's own types."""
        return asdict(self) | {"difference": self.difference}


@dataclass(frozen=True, slots=True)
class Beside:
    """A table of cells with its title, and below it what the source leaves open and what the marks mean."""

    title: str
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]


def cell(place: Place, printed: Printed, worlds: np.ndarray, origin: str) -> Cell:
    """The cell of what a source prints and what each world gives (NaN where it is undefined there)."""
    found = interval(worlds)
    return Cell(
        table=place.table,
        row=place.row,
        column=place.column,
        source=printed.value,
        source_key=printed.key,
        model=found["mean"],
        low=found["low"],
        high=found["high"],
        origin=origin,
        agree=agreeing(printed.value, worlds),
        note=printed.note,
        range_low=found["range_low"],
        range_high=found["range_high"],
    )


def agreeing(printed: float | str | None, worlds: np.ndarray) -> float | None:
    """In what share of worlds a bound such as 'above 0.5' holds; None for a figure, for other words, without worlds."""
    side, _, bound = printed.partition(" ") if isinstance(printed, str) else ("", "", "")
    known = worlds[~np.isnan(worlds)]
    if side not in ("above", "below") or not len(known):
        return None
    return float(np.mean(known > float(bound) if side == "above" else known < float(bound)))


def gathered(
    act: Callable[[Job], np.ndarray], scenarios: Iterable[str], seeds: Sequence[int], progress: Progress | None
) -> dict[str, np.ndarray]:
    """What `act` gives for each seed of each scenario, seeds first, computed on worker processes where many."""
    jobs = [(name, seed) for name in scenarios for seed in seeds]
    found: dict[str, list[np.ndarray]] = {}
    for done, ((name, _), values) in enumerate(zip(jobs, spread(act, jobs), strict=True), start=1):
        found.setdefault(name, []).append(values)
        if progress is not None:
            progress(done, len(jobs))
    return {name: np.array(values, dtype=float) for name, values in found.items()}
