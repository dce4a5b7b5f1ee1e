"""Intervals of averages, by Student's t or by resampling, and the range of single worlds shown beside them.

The interval of an average narrows with more worlds; the range shows where a single CCG may lie.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ccgsim.foundation.chance import stream, uniforms

FEWEST_FOR_PERCENTILES = 20  # with fewer worlds the range is from the lowest to the highest
LOW, HIGH = 0.05, 0.95
# Each use of resampling has its own random numbers; those of levers and costs are never combined with the first two.
OF_RATIOS, OF_INDICES, OF_REGRET, OF_LEVERS, OF_COSTS, OF_SCORES = 77, 78, 79, 78, 79, 80


def half_width(values: np.ndarray, level: float = 0.95) -> float:
    """Half-width of the t-interval of the mean of these (defined) values; NaN below two values."""
    if len(values) < 2:
        return math.nan
    quantile = special.stdtrit(len(values) - 1, (1 + level) / 2)
    return float(quantile * values.std(ddof=1) / math.sqrt(len(values)))


def luck(times: int, number: int, use: int) -> np.ndarray:
    """Uniform numbers, always the same for one use (OF_RATIOS and the like), shape (times, number)."""
    return uniforms(0, stream("reference"), np.arange(times * number), use).reshape(times, number)


def resampled(times: int, number: int, use: int) -> np.ndarray:
    """Indices 0 to number - 1 drawn with replacement, always the same for one use; shape (times, number)."""
    return (luck(times, number, use) * number).astype(int)


def range_of(values: np.ndarray) -> tuple[float, float] | tuple[None, None]:
    """5th and 95th percentile of the defined values; lowest and highest below 20 values; None below two."""
    known = values[~np.isnan(values)]
    if len(known) < 2:
        return None, None
    low, high = quantiles(len(known))
    return float(np.quantile(known, low)), float(np.quantile(known, high))


def quantiles(worlds: int) -> tuple[float, float]:
    """The quantiles at the ends of the range for this number of worlds."""
    return (LOW, HIGH) if worlds >= FEWEST_FOR_PERCENTILES else (0.0, 1.0)


def edges(worlds: int) -> str:
    """The ends of such a range in words."""
    return "5th to 95th percentile" if worlds >= FEWEST_FOR_PERCENTILES else "lowest to highest"
