"""The month in which scenarios differed most: the largest difference of each measure, in either direction.

A board that dips after a broker's exit and recovers shows neither in the last month nor in the mean. But the month is
chosen after looking at all months, and the largest of many averages is extreme by chance alone. The intervals here
therefore hold in all months simultaneously (sup-t band, Montiel Olea & Plagborg-Møller 2019).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from ccgsim.foundation.chance import stream, uniforms
from ccgsim.measures.catalogue import NAMES
from ccgsim.run import interval

LARGEST, OPPOSITE = "largest", "opposite"
COLUMNS = ("scenario", "measure", "at", "month", "difference", "low", "high", "n", "range_low", "range_high")
DRAWS = 5000
SURE, ALONE = 0.95, 0.975  # simultaneous coverage; the quantile for a single month
FEWEST = 3  # pairs; two do not show how errors of different months correlate
ENOUGH = 0.5  # share of the pairs that must define a measure in a month; an average of few is too easily the largest
_PLACE = 80  # position of these draws in their random stream


def first_months(series: pd.DataFrame) -> dict[str, int]:
    """The first month after the start in which any measure of any seed differs from the first scenario's; else 1."""
    values = series[series["month"] >= 1].set_index(["scenario", "seed", "month"])[list(NAMES)]
    base, *others = series["scenario"].unique()
    found = {}
    for name in others:
        here, there = values.loc[name], values.loc[base]
        months = here.index.get_level_values("month")
        differs = (here.ne(there) & ~(here.isna() & there.isna())).any(axis=1)
        found[name] = int(months[differs].min() if differs.any() else 1)
    return found


def on_the_way(series: pd.DataFrame, since: Mapping[str, int]) -> pd.DataFrame:
    """The largest paired difference of each measure from the first scenario, and the largest of the other sign.

    Columns as in COLUMNS; months from `since`. Measures that never differ have no row; those whose average never
    changes its sign have one. The 95% interval is simultaneous over all months; it is missing below three pairs.
    """
    values = series.set_index(["scenario", "seed", "month"])[list(NAMES)]
    base = values.loc[series["scenario"].iloc[0]]
    luck = _luck(series["seed"].nunique())
    rows = [
        (name, measure, *found)
        for name, first in since.items()
        for measure, pairs in (values.loc[name] - base).items()
        for found in _turns(pairs.unstack("month").loc[:, first:], luck)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _luck(seeds: int) -> np.ndarray:
    """Standard normal numbers, one row per draw, the same in every comparison."""
    drawn = uniforms(0, stream("reference"), np.arange(DRAWS * seeds), _PLACE)
    return np.asarray(special.ndtri(drawn)).reshape(DRAWS, seeds)


def _turns(pairs: pd.DataFrame, luck: np.ndarray) -> Iterator[tuple[object, ...]]:
    """The largest difference and the largest of the other sign; `pairs` has one row per seed, one column per month."""
    pairs = pairs.loc[:, pairs.count() >= max(1.0, ENOUGH * len(pairs))]
    means = pairs.mean()
    largest = means.abs().max()
    if not largest > 0:
        return
    quantile = _quantile(pairs.to_numpy(float), luck)
    sign = 1 if means.max() == largest else -1
    for at, directed in ((LARGEST, sign * means), (OPPOSITE, -sign * means)):
        if directed.max() > 0:
            month: Any = directed.idxmax()
            found = _widened(interval(pairs[month].to_numpy(float)), quantile)
            yield (at, int(month), *(found[key] for key in ("mean", "low", "high", "n", "range_low", "range_high")))


def _widened(found: dict[str, Any], quantile: float) -> dict[str, Any]:
    """An average whose interval uses this quantile of t instead of that for a single month."""
    if found["n"] < FEWEST:
        return found | {"low": None, "high": None}
    wider = special.stdtrit(found["n"] - 1, [quantile, ALONE])
    half = (found["high"] - found["mean"]) * float(wider[0] / wider[1])
    return found | {"low": found["mean"] - half, "high": found["mean"] + half}


def _quantile(pairs: np.ndarray, luck: np.ndarray) -> float:
    """The quantile of t, as a probability, with which the intervals of all months hold simultaneously with 95%.

    Simulates normal errors with the pairs' correlation between months and takes the largest of each draw. The normal
    quantile is used as one of t, as the variance is estimated. Rounded, as matrix products differ in the last bits.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        known = (~np.isnan(pairs)).sum(axis=0)
        apart = pairs - np.nanmean(pairs, axis=0)
        parts = apart / np.sqrt(np.nansum(apart**2, axis=0))
    furthest = np.abs(luck @ np.nan_to_num(parts[:, known > 1])).max(axis=1, initial=0.0)
    return max(ALONE, float(special.ndtr(round(float(np.quantile(furthest, SURE)), 6))))
