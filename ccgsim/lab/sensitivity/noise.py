"""How much of the variance between points is chance, and when an outcome does not vary at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SAME = 1e-12  # relative to the outcome's size: smaller differences are rounding errors
FLAT = "the measure is the same at every point"
ONE_SEED = "with one seed the share of chance is unknown"


def same(values: np.ndarray) -> bool:
    """Whether all values are equal, except for rounding."""
    return bool(np.ptp(values) <= SAME * np.abs(values).max())


@dataclass(frozen=True, slots=True)
class Noise:
    """Variance due to chance in the data of the indices; None if unknown, with the reason in `note`."""

    seeds: int
    variance_points: float  # of the means over seeds, between points
    variance_seeds: float | None  # within a point, between seeds, averaged over points
    share_of_luck: float | None  # of variance_points
    note: str = ""  # why the share is unknown


def noise(values: np.ndarray) -> Noise:
    """The noise of replicates in outcomes of shape (points, seeds), without points that have an undefined outcome.

    Seeds are common to all points, so an effect of a seed that is the same at all points changes no index. The
    residual variance (seed by point), divided by the number of seeds, is the variance between points due to chance.
    """
    values = values[np.isfinite(values).all(axis=1)]
    points, seeds = values.shape
    if points < 2:
        return Noise(seeds, float("nan"), None, None, f"undefined at all points but {points}")
    between = float(values.mean(axis=1).var(ddof=1))
    if seeds < 2:
        return Noise(seeds, between, None, None, ONE_SEED)
    rest = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()
    left = float((rest * rest).sum()) / ((points - 1) * (seeds - 1))
    within = float(values.var(axis=1, ddof=1).mean())
    if same(values.mean(axis=1)):
        return Noise(seeds, between, within, None, FLAT)
    return Noise(seeds, between, within, min(1.0, left / seeds / between))
