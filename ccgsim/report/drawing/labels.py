"""Positions for labels without overlap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Box = tuple[float, float, float, float]  # left, bottom, right, top


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions in [low, high] nearest to `wanted`, at least `gap` apart and in the same order.

    Blocks of touching labels move together to the mean of their wanted positions. If they do not fit, the gap shrinks.
    """
    if not wanted:
        return []
    step = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = np.argsort(np.asarray(wanted, float), kind="stable")
    offsets = np.arange(len(wanted)) * step
    settled = _rising(np.asarray(wanted, float)[order] - offsets)
    placed = np.clip(settled, low, high - offsets[-1]) + offsets
    out = np.empty(len(wanted))
    out[order] = placed
    return [float(value) for value in out]


def _rising(values: np.ndarray) -> np.ndarray:
    """Isotonic regression: the nearest non-decreasing sequence in least squares (violating neighbours are pooled)."""
    means: list[float] = []
    sizes: list[int] = []
    for value in values:
        means.append(float(value))
        sizes.append(1)
        while len(means) > 1 and means[-2] > means[-1]:
            size = sizes[-2] + sizes[-1]
            means[-2:] = [(means[-2] * sizes[-2] + means[-1] * sizes[-1]) / size]
            sizes[-2:] = [size]
    return np.repeat(means, sizes)


def overlap(one: Box, other: Box) -> float:
    """Overlapping area of two boxes."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0.0) * max(height, 0.0)


def first_free(candidates: Sequence[Box], taken: Sequence[Box]) -> int:
    """Index of the first candidate that overlaps no taken box, else of the one that overlaps least."""
    covered = [sum(overlap(box, other) for other in taken) for box in candidates]
    return int(np.argmin(covered))
