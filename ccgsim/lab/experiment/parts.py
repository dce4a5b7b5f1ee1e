"""The parts of an experiment: seeds, how points are chosen, limits, and what sensitivity and calibration ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.quantity import choice, count, number, optional, path

MOST_RUNS = 10_000_000
POINTS, LEVELS = 64, 3  # where an experiment states none


def as_written(value: float) -> float:
    """The number as a person would write it, to 12 digits: 0.3 for 0.30000000000000004, so that filters find it."""
    return float(f"{value:.12g}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Seeds:
    """Replicate r of every point has the seed first + r: luck is common to all points."""

    first: int = count(0, 0, MAX_SEED, "Seed of the first replicate")
    replicates: int = count(1, 1, 1_000_000, "Replicates of each point")

    @property
    def all(self) -> range:
        """The seeds, one a replicate."""
        return range(self.first, self.first + self.replicates)


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """How the points of a design are chosen."""

    method: str = choice("grid", ("grid", "list", "lhs", "sobol"), "Grid, list in a file, Latin hypercube, Sobol'")
    points: int | None = optional(int, 1, MOST_RUNS, "Points drawn by lhs or sobol; 64 where left out")
    file: str | None = path("CSV file of the points of a list, a column a parameter")
    seed: int = count(0, 0, 2**32 - 1, "Seed of the points drawn (the worlds' seeds are set under [seeds])")

    @property
    def drawn(self) -> int:
        """How many points lhs or sobol draw; 0 for a grid or a list."""
        return (self.points or POINTS) if self.method in ("lhs", "sobol") else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What one run may take before it is stopped and set aside."""

    seconds: float = number(3600.0, 0.1, 1e7, "Time of one run", unit="s")
    memory_mb: int = count(4096, 128, 10_000_000, "Memory of a worker process", unit="MB")


@dataclass(frozen=True, kw_only=True, slots=True)
class SensitivitySize:
    """How much work an analysis of sensitivity may take."""

    trajectories: int = count(20, 4, 10_000, "Trajectories of Morris; each takes one point more than parameters vary")
    samples: int = count(64, 8, 65_536, "Base points of Sobol', a power of 2; each takes two points more")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sensitivity:
    """Which analyses of sensitivity are asked for, and their size."""

    methods: tuple[str, ...] = ("morris", "sobol")
    trajectories: int = 20
    samples: int = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What calibration aims at: a measure's value in a month, with its standard deviation."""

    measure: str
    month: int
    value: float
    sd: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PatternTarget:
    """What calibration aims at: the two-sided tolerances of a fitted pattern."""

    pattern: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CalibrationSize:
    """How much work calibration may take."""

    population: int = count(200, 10, 100_000, "Particles of a generation")
    generations: int = count(8, 1, 100, "Generations at most")


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibrate:
    """What calibration does: its size and its targets."""

    population: int = 200
    generations: int = 8
    targets: tuple[Target | PatternTarget, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """A parameter that varies: a list of values, or an interval that is sampled (or cut into levels by a grid)."""

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
        """The values of a grid: the list, or so many levels from low to high, three where none are stated."""
        if self.values:
            return self.values
        inner = np.linspace(self.low, self.high, self.levels or LEVELS)[1:-1]
        levels = [self.low, *(as_written(value) for value in inner), self.high]
        return tuple(dict.fromkeys(self._read(value) for value in levels))

    def at(self, shares: np.ndarray) -> list[Any]:
        """Values at shares (0 to 1) of the interval; whole numbers all equally often."""
        if self.kind is int:
            steps = np.floor(shares * (self.high - self.low + 1))
            return [int(value) for value in np.minimum(self.low + steps, self.high)]
        return [float(value) for value in self.low + shares * (self.high - self.low)]

    def as_table(self) -> Any:
        """As an experiment file states it."""
        if self.values:
            return list(self.values)
        levels = {} if self.levels is None else {"levels": self.levels}
        return {"low": self._read(self.low), "high": self._read(self.high), **levels}

    def _read(self, value: float) -> Any:
        return round(value) if self.kind is int else float(value)
