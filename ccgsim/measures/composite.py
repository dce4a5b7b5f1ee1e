"""Composite measures: the geometric mean of the parts that are there."""

from __future__ import annotations

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import of_parts


@njit
def composites(out):
    """Fill stability, coherence and knowledge mobility of each CCG from their parts."""
    for g in range(out.shape[0]):
        row = out[g]
        row.stability = of_parts(row.stability_persistence, row.stability_retention, row.stability_resilience)
        row.coherence = of_parts(row.coherence_internal, row.coherence_frontline, row.coherence_external)
        row.knowledge_mobility = of_parts(row.mobility_reach, row.mobility_circulation, row.mobility_openness)
