"""Luck for pyABC, which draws from NumPy's global generator: lent from an address, and given back as it was.

With every candidate of every generation drawing from its own address, neither workers nor an interruption can change
a posterior. The luck of worlds is not touched: a candidate draws a seed, and chance.py does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from ccgsim.foundation.chance import MAX_SEED


@contextmanager
def lent(seed: int, generation: int, candidate: int) -> Iterator[None]:
    """Inside the block NumPy's global generator starts at the address; afterwards it is where it was."""
    before = np.random.get_state()  # noqa: NPY002
    np.random.seed([seed % 2**32, seed >> 32, generation, candidate])  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002


def seed_of_world() -> int:
    """The next seed of a world from the luck that is lent, from 0 to 2^53 - 1."""
    return int(np.random.randint(0, MAX_SEED + 1, dtype=np.int64))  # noqa: NPY002
