"""One figure of a source beside the model's, and the parts that all such comparisons share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from ccgsim.foundation.work.parallel import spread
from ccgsim.foundation.work.progress import Progress
from ccgsim.run import interval

__all__ = ["EMERGENT", "FITTED", "SET", "Beside", "Cell", "Place", "Printed", "cell", "gathered"]

SET, FITTED, EMERGENT = "set", "fitted", "emergent"
Job = tuple[str, int]  # a shipped scenario and a seed


@dataclass(frozen=True, slots=True)
class Printed:
    """What a source prints: a number or words (None for nothing), its key, and a note on what is uncertain."""

    value: float | str | None
    key: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The position of a figure: table, row, column."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A source's figure beside the model's mean over worlds with its 95% t-interval and the range of single worlds.

    `origin`: whether the model's figure is set, fitted or emergent; `agree`: the share of worlds in which a bound of
    the source ('above 0') holds. Undefined values are None.
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
        """The model's figure less the source's, None if the source prints no number."""
        if self.model is None or not isinstance(self.source, (int, float)):
            return None
        return self.model - self.source

    def plain(self) -> dict[str, Any]:
        """The cell in JSON's own types."""
        return asdict(self) | {"difference": self.difference}


@dataclass(frozen=True, slots=True)
class Beside:
    """A table of cells with a title, and notes on uncertainties of the source and the meaning of the marks."""

    title: str
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]


def cell(place: Place, printed: Printed, worlds: np.ndarray, origin: str) -> Cell:
    """The cell from a printed figure and the value in each world (NaN if undefined)."""
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
    """Share of worlds in which a bound such as 'above 0.5' holds; None for a number, other words, or no worlds."""
    side, _, bound = printed.partition(" ") if isinstance(printed, str) else ("", "", "")
    known = worlds[~np.isnan(worlds)]
    if side not in ("above", "below") or not len(known):
        return None
    return float(np.mean(known > float(bound) if side == "above" else known < float(bound)))


def gathered(
    act: Callable[[Job], np.ndarray], scenarios: Iterable[str], seeds: Sequence[int], progress: Progress | None
) -> dict[str, np.ndarray]:
    """The result of `act` for each seed of each scenario, seeds first; on worker processes if there are many."""
    jobs = [(name, seed) for name in scenarios for seed in seeds]
    found: dict[str, list[np.ndarray]] = {}
    for done, ((name, _), values) in enumerate(zip(jobs, spread(act, jobs), strict=True), start=1):
        found.setdefault(name, []).append(values)
        if progress is not None:
            progress(done, len(jobs))
    return {name: np.array(values, dtype=float) for name, values in found.items()}
