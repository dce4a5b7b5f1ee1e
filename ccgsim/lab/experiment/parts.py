"""The parts of an experiment: seeds, choice of points, limits, settings of sensitivity and calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.quantity import choice, count, number, optional, path

MOST_RUNS = 10_000_000
POINTS, LEVELS = 64, 3  # defaults


def as_written(value: float) -> float:
    """The number rounded to 12 digits: 0.3 for 0.30000000000000004, so that filters find it."""
    return float(f"{value:.12g}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Seeds:
    """Replicate r of every point has the seed first + r: random numbers are common to all points."""

    first: int = count(0, 0, MAX_SEED, "Seed of the first replicate")
    replicates: int = count(1, 1, 1_000_000, "Replicates of each point")

    @property
    def all(self) -> range:
        """The seeds, one per replicate."""
        return range(self.first, self.first + self.replicates)


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """How the points of a design are chosen."""

    method: str = choice("grid", ("grid", "list", "lhs", "sobol"), "Grid, list in a file, Latin hypercube, Sobol'")
    points: int | None = optional(int, 1, MOST_RUNS, "Points drawn by lhs or sobol; default 64")
    file: str | None = path("CSV file of the points, one column per parameter (method list)")
    seed: int = count(0, 0, 2**32 - 1, "Seed of the points drawn (the worlds' seeds are set under [seeds])")

    @property
    def drawn(self) -> int:
        """Number of points that lhs or sobol draw; 0 for a grid or a list."""
        return (self.points or POINTS) if self.method in ("lhs", "sobol") else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Time and memory that one run may take before it is stopped and marked as failed."""

    seconds: float = number(3600.0, 0.1, 1e7, "Time of one run", unit="s")
    memory_mb: int = count(4096, 128, 10_000_000, "Memory of a worker process", unit="MB")


@dataclass(frozen=True, kw_only=True, slots=True)
class SensitivitySize:
    """Sizes of a sensitivity analysis."""

    trajectories: int = count(20, 4, 10_000, "Trajectories of Morris; each takes k + 1 points for k parameters")
    samples: int = count(64, 8, 65_536, "Base points of Sobol', a power of 2; each takes k + 2 points for k parameters")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sensitivity:
    """Which sensitivity analyses to do, and their sizes."""

    methods: tuple[str, ...] = ("morris", "sobol")
    trajectories: int = 20
    samples: int = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A calibration target: a measure's value in a month, with its standard deviation."""

    measure: str
    month: int
    value: float
    sd: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PatternTarget:
    """A calibration target: the two-sided tolerances of a fitted pattern."""

    pattern: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CalibrationSize:
    """Sizes of a calibration."""

    population: int = count(200, 10, 100_000, "Particles of a generation")
    generations: int = count(8, 1, 100, "Largest number of generations")


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibrate:
    """Calibration settings: sizes and targets."""

    population: int = 200
    generations: int = 8
    targets: tuple[Target | PatternTarget, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """A varied parameter: a list of values, or an interval that is sampled (or cut into levels by a grid)."""

    name: str  # dotted
    role: str  # lever or uncertainty
    kind: type
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    levels: int | None = None

    @property
    def is_interval(self) -> bool:
        """True where the parameter has bounds instead of a list of values."""
        return not self.values

    def grid(self) -> tuple[Any, ...]:
        """The values of a grid: the list, or `levels` values from low to high (default three)."""
        if self.values:
            return self.values
        inner = np.linspace(self.low, self.high, self.levels or LEVELS)[1:-1]
        levels = [self.low, *(as_written(value) for value in inner), self.high]
        return tuple(dict.fromkeys(self._read(value) for value in levels))

    def at(self, shares: np.ndarray) -> list[Any]:
        """Values at shares (0 to 1) of the interval; all whole numbers are equally likely."""
        if self.kind is int:
            steps = np.floor(shares * (self.high - self.low + 1))
            return [int(value) for value in np.minimum(self.low + steps, self.high)]
        return [float(value) for value in self.low + shares * (self.high - self.low)]

    def as_table(self) -> Any:
        """The form used in an experiment file."""
        if self.values:
            return list(self.values)
        levels = {} if self.levels is None else {"levels": self.levels}
        return {"low": self._read(self.low), "high": self._read(self.high), **levels}

    def _read(self, value: float) -> Any:
        return round(value) if self.kind is int else float(value)
