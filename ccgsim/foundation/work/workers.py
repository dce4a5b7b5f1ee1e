"""The allowed number of workers, for the command line and for Python."""

from __future__ import annotations

import numpy as np

MOST_WORKERS = 1024
ADDRESS = "the address of a Dask scheduler such as tcp://HOST:8786"


def workers_fault(workers: object) -> str:
    """The rule that a number of worker processes breaks, '' if it is allowed; None means one per core."""
    if workers is None:
        return ""
    if isinstance(workers, bool) or not isinstance(workers, (int, np.integer)):
        return f"must be a whole number, or {ADDRESS}"
    return "" if 1 <= workers <= MOST_WORKERS else f"lies outside 1 to {MOST_WORKERS}"
