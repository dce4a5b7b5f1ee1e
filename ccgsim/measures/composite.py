"""Composite measures: the geometric mean of the parts that are there."""

from __future__ import annotations

import math

from ccgsim.compiled import njit


@njit
def of_parts(a, b, c):
    """Geometric mean of those of three parts (each at least 0) that are not missing; missing where all are."""
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


@njit
def composites(out):
    """Fill stability, coherence and knowledge mobility of each CCG from their parts."""
    for g in range(out.shape[0]):
        row = out[g]
        row.stability = of_parts(row.stability_persistence, row.stability_retention, row.stability_resilience)
        row.coherence = of_parts(row.coherence_internal, row.coherence_frontline, row.coherence_external)
        row.knowledge_mobility = of_parts(row.mobility_reach, row.mobility_circulation, row.mobility_openness)
