"""A sweep read from its folder, and what each varied parameter does to each measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.figures.intervals import Bar
from ccgsim.report.pages import effects as e
from ccgsim.report.pages.kept import Kept
from ccgsim.run import interval
from ccgsim.scenario.contrasts import value_words

GRID, DONE = "grid", "done"
FEWEST = 8  # points for a correlation


@dataclass(frozen=True, slots=True)
class Swept:
    """A sweep read from its folder: the finished runs, and what was varied."""

    facts: Mapping[str, Any]
    manifest: Mapping[str, Any]
    runs: pd.DataFrame
    axes: tuple[str, ...]
    measures: tuple[str, ...]

    @property
    def crossed(self) -> bool:
        """Whether every value of a parameter meets every value of the others."""
        return bool(self.facts["design"]["method"] == GRID)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a parameter does to a measure: in a grid from its first to its last value, else as a rank correlation."""

    axis: str
    measure: str
    effect: e.Effect | None
    ends: tuple[str, str]
    correlation: tuple[float, float, float] | None = None

    @property
    def clear(self) -> bool:
        """Whether it is clear, and in a grid large enough to matter."""
        if self.effect is not None:
            return self.effect.clear
        return self.correlation is not None and self.correlation[1] * self.correlation[2] > 0

    @property
    def weight(self) -> float:
        """For the order: how large it is, in units of what matters."""
        if self.effect is not None:
            return abs(self.effect.mean) / max(self.effect.matters, 1e-9)
        return abs(self.correlation[0]) if self.correlation is not None else 0.0


def swept_in(results: Kept) -> Swept:
    """The finished runs of the sweep in a folder; raises Problems if there are none."""
    facts = results.fact("facts", dict)
    table = results.table("table")
    runs = table[table["status"] == DONE]
    if runs.empty:
        raise results.damaged("table.parquet", "holds no finished run")
    axes = tuple(name for name in stated(facts) if name in runs)
    known = tuple(name for name in facts["measures"] if name in MEASURE)
    return Swept(facts, results.manifest, runs, axes, known)


def stated(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What was varied, by name: values or an interval."""
    return {**facts["levers"], **facts["uncertainties"]}


def finding(swept: Swept, axis: str, measure: str) -> Finding:
    """From the first to the last value of a parameter in a grid, else the rank correlation over points."""
    values = swept.runs[axis]
    order = sorted(values.unique()) if pd.api.types.is_numeric_dtype(values) else list(dict.fromkeys(values))
    ends = _short(order[0]), _short(order[-1])
    column = f"final_{measure}"
    if not swept.crossed:
        return Finding(axis, measure, None, ends, _correlation(swept.runs, axis, column))
    first, last = (swept.runs[values == end].groupby("seed")[column].mean() for end in (order[0], order[-1]))
    seeds = first.index.intersection(last.index)
    if len(order) < 2 or not len(seeds):
        return Finding(axis, measure, None, ends)
    return Finding(axis, measure, e.effect(measure, first[seeds].to_numpy(float), last[seeds].to_numpy(float)), ends)


def _short(value: Any) -> str:
    """A value with three digits if it is no whole number or word."""
    return f"{value:.3g}" if isinstance(value, float) else value_words(value)


def _correlation(runs: pd.DataFrame, axis: str, column: str) -> tuple[float, float, float] | None:
    """Rank correlation over points with its 95% interval (Fisher); None for words, constants and few points."""
    points = runs.groupby("point")[[axis, column]].mean(numeric_only=True).dropna()
    if axis not in points or column not in points or len(points) < FEWEST or (points.nunique() < 2).any():
        return None
    found = float(points[axis].rank().corr(points[column].rank()))
    middle = np.arctanh(np.clip(found, -0.999999, 0.999999))
    half = special.ndtri(0.975) * 1.03 / np.sqrt(len(points) - 3)
    return found, float(np.tanh(middle - half)), float(np.tanh(middle + half))


def levels(swept: Swept, axis: str, measure: str) -> Iterator[Bar]:
    """The average of a measure at each value of a parameter, over seeds."""
    values = swept.runs[axis]
    order = sorted(values.unique()) if pd.api.types.is_numeric_dtype(values) else list(dict.fromkeys(values))
    for value in order:
        seeds = swept.runs[values == value].groupby("seed")[f"final_{measure}"].mean().to_numpy(float)
        found = interval(seeds)
        if found["mean"] is not None:
            mark = (float(found["mean"]), found["low"], found["high"], found["range_low"], found["range_high"])
            yield Bar(f"{axis.partition('.')[2]} = {value_words(value)}", (mark,))
