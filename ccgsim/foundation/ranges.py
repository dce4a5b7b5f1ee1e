"""The range of single worlds, which stands beside the interval of their average, for which it is easily taken.

An interval of an average narrows with every further world; the range tells where one CCG of its own may come to lie.
"""

from __future__ import annotations

import numpy as np

FEWEST_FOR_PERCENTILES = 20  # with fewer worlds the range reaches from the lowest to the highest
LOW, HIGH = 0.05, 0.95


def range_of(values: np.ndarray) -> tuple[float, float] | tuple[None, None]:
    """5th and 95th percentile of the defined values, lowest and highest of fewer than twenty, None below two."""
    known = values[~np.isnan(values)]
    if len(known) < 2:
        return None, None
    low, high = quantiles(len(known))
    return float(np.quantile(known, low)), float(np.quantile(known, high))


def quantiles(worlds: int) -> tuple[float, float]:
    """Which quantiles of so many worlds are the ends of their range."""
    return (LOW, HIGH) if worlds >= FEWEST_FOR_PERCENTILES else (0.0, 1.0)


def edges(worlds: int) -> str:
    """What the ends of such a range are, in words."""
    return "5th to 95th percentile" if worlds >= FEWEST_FOR_PERCENTILES else "lowest to highest"
