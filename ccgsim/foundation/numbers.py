"""Small compiled functions that several rules use."""

from __future__ import annotations

import math

from ccgsim.foundation.compiled import njit


@njit
def logistic(x):
    """The logistic function, in (0, 1); large arguments are clipped so that the exponential stays finite."""
    if x < -700.0:
        return 0.0
    return 1.0 / (1.0 + math.exp(-x))


@njit
def clip(x, low, high):
    """x clipped to [low, high]."""
    return low if x < low else high if x > high else x


@njit
def distance(a, b):
    """Total variation between two distributions of equal length, in [0, 1]: half the sum of absolute differences."""
    total = 0.0
    for c in range(a.shape[0]):
        total += abs(a[c] - b[c])
    return 0.5 * total


@njit
def saturating(x):
    """1 - exp(-x): from 0 towards 1 as x grows."""
    return 1.0 - math.exp(-x)


@njit
def within_reach(practices, span):
    """Part of so many practices that somebody reaches who can reach `span` of them, at most 1 (E10)."""
    return min(1.0, span / practices)


@njit
def onto_simplex(x):
    """Clip a vector at 0 and scale it to sum 1, in place; equal parts if all are 0."""
    total = 0.0
    for c in range(x.shape[0]):
        if x[c] < 0.0:
            x[c] = 0.0
        total += x[c]
    for c in range(x.shape[0]):
        x[c] = x[c] / total if total > 0.0 else 1.0 / x.shape[0]


@njit
def of_parts(a, b, c):
    """Geometric mean of the defined ones of three non-negative parts; NaN if none is defined."""
    product, parts = 1.0, 0
    if not math.isnan(a):
        product *= a
        parts += 1
    if not math.isnan(b):
        product *= b
        parts += 1
    if not math.isnan(c):
        product *= c
        parts += 1
    if parts == 0:
        return math.nan
    return math.pow(product, 1.0 / parts) if product > 0.0 else 0.0
