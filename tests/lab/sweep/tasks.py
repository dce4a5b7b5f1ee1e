"""Tasks for sweeps in tests: quick, or failing in every way that a run can fail.

Workers import them by name, so nothing heavy is imported here: a worker starts in a fifth of a second.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ccgsim.lab.sweep.jobs import Measured, Task


def quick(values: Mapping[str, Any], seed: int) -> Measured:
    """Two numbers that depend on everything; undefined now and then."""
    x = float(values["toy.x"])
    return Measured({"final_toy": float("nan") if seed % 7 == 3 else x / 3 + seed, "mean_toy": x * seed / 7})


def slow(values: Mapping[str, Any], seed: int) -> Measured:
    """The same, after a hundredth of a second."""
    time.sleep(0.01)
    return quick(values, seed)


def with_months(values: Mapping[str, Any], seed: int) -> Measured:
    """The same, with a series of three months."""
    import numpy as np
    import pandas as pd

    found = quick(values, seed)
    months = pd.DataFrame({"toy": [1.0, np.nan, float(seed)]}, index=pd.RangeIndex(3, name="month"))
    return Measured(found.values, months)


def failing_at(points: Mapping[float, str], values: Mapping[str, Any], seed: int) -> Measured:
    """Fails at some values of toy.x, each in its way."""
    WAYS[points.get(values["toy.x"], "")]()
    return quick(values, seed)


def dying_once(folder: str, values: Mapping[str, Any], seed: int) -> Measured:
    """The worker is killed at the first attempt of every fifth seed."""
    mark = Path(folder) / f"{values['toy.x']}-{seed}"
    if seed % 5 == 0 and not mark.exists():
        mark.touch()
        die()
    return quick(values, seed)


def endless() -> None:
    """Never ends."""
    while True:
        pass


def greedy() -> None:
    """Takes ever more memory."""
    kept = []
    while True:
        kept.append(b"x" * 8_000_000)
        time.sleep(0.002)


def die() -> None:
    """Kills its own process."""
    os.kill(os.getpid(), signal.SIGKILL)


def raises() -> None:
    """Raises."""
    raise ValueError("no such\nworld")


def leaves() -> None:
    """Tries to end its process politely."""
    raise SystemExit(3)


def overdrawn() -> None:
    """Asks for more memory than any machine has."""
    bytes(2**62)


def prints() -> None:
    """Says something on standard output."""
    os.write(1, b"hello\n")


def nothing() -> None:
    """Does nothing: for what needs no preparation."""


WAYS = {way.__name__: way for way in (endless, greedy, overdrawn, die, raises, leaves, prints)} | {"": nothing}


def failing(points: Mapping[float, str]) -> Task:
    """The task that fails at these values."""
    return partial(failing_at, dict(points))
