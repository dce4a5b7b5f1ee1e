"""The number of workers: what is allowed, for the command line and for Python, and how many cores there are."""

from __future__ import annotations

import math
import os
from pathlib import Path

import numpy as np

from ccgsim.foundation.problems import Problem, shown

MOST_WORKERS = 1024
ADDRESS = "the address of a Dask scheduler such as tcp://HOST:8786"


def workers_fault(workers: object) -> str:
    """The rule that a number of worker processes breaks, '' if it is allowed; None means one per core."""
    if workers is None:
        return ""
    if isinstance(workers, bool) or not isinstance(workers, (int, np.integer)):
        return f"must be a whole number, or {ADDRESS}"
    return "" if 1 <= workers <= MOST_WORKERS else f"lies outside 1 to {MOST_WORKERS}"


def workers_out_of_range(workers: int | None) -> list[Problem]:
    """A fault of --workers."""
    rule = workers_fault(workers)
    return [Problem("", "--workers", shown(workers), rule)] if rule else []


def cores() -> int:
    """Processor cores that this process may use, by its affinity and by the quota of its container."""
    affine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        return max(1, min(affine, math.ceil(int(quota) / int(period))))
    except (OSError, ValueError):  # elsewhere, or no quota
        return affine
