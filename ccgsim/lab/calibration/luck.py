"""Random numbers for pyABC, which uses NumPy's global generator: seeded for a block, restored afterwards.

Every candidate of every generation has its own address (seed, generation, candidate), so neither the number of
workers nor an interruption changes a posterior. Worlds do not use this generator: a candidate draws a seed, and
chance.py gives that world's random numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from ccgsim.foundation.chance import MAX_SEED


@contextmanager
def seeded(seed: int, generation: int, candidate: int) -> Iterator[None]:
    """Seed NumPy's global generator from the address inside the block; restore its state afterwards."""
    before = np.random.get_state()  # noqa: NPY002
    np.random.seed([seed % 2**32, seed >> 32, generation, candidate])  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002


def seed_of_world() -> int:
    """Draw a seed of a world from NumPy's global generator, 0 to 2^53 - 1."""
    return int(np.random.randint(0, MAX_SEED + 1, dtype=np.int64))  # noqa: NPY002
