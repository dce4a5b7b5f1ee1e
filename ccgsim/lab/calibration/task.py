"""What a calibration consists of: parameters with uniform priors, a statistic of worlds, and its targets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ccgsim.lab.calibration import luck

SEED = "seed"  # name under which a candidate keeps the seed of its first world
FAULT = "fault"


class Statistic(Protocol):
    """The numbers of a world, or of several, that are compared with targets."""

    def __call__(self, point: Mapping[str, float], seed: int) -> Mapping[str, float]:
        """Each number by name at a point of the parameters, from worlds with seeds from `seed` on; NaN if undefined."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Uniform from low to high; over whole numbers, both ends included, if `whole`."""

    low: float
    high: float
    whole: bool = False

    @property
    def width(self) -> float:
        """Length of the interval that is drawn from; each whole number takes up 1."""
        return self.high - self.low + self.whole

    @property
    def sd(self) -> float:
        """Standard deviation of the prior."""
        return self.width / math.sqrt(12)

    def value(self, drawn: float) -> float:
        """The parameter's value for a drawn number."""
        return min(math.floor(drawn), self.high) if self.whole else drawn


@dataclass(frozen=True, slots=True)
class Goal:
    """The target of one number of a statistic, with its standard deviation."""

    name: str
    value: float
    sd: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A calibration: everything that its posterior depends on."""

    statistic: Statistic
    priors: Mapping[str, Prior]
    goals: tuple[Goal, ...]
    population: int
    generations: int
    seed: int

    @property
    def tolerance(self) -> float:
        """The distance within which the targets count as met, in their sd.

        All points in a ball of this radius count alike; their sd in each direction is 1, the target's own. So the
        targets' error is uniform on a ball instead of normal (Wilkinson 2013, doi:10.1515/sagmb-2013-0010).
        """
        return math.sqrt(len(self.goals) + 2)

    def distance(self, found: Mapping[str, float], _: object = None) -> float:
        """Distance of the numbers from the targets, in their sd; infinite if one is undefined."""
        misses = [(found[goal.name] - goal.value) / goal.sd for goal in self.goals]
        total = math.sqrt(sum(miss * miss for miss in misses))
        return total if math.isfinite(total) else math.inf

    def candidate(self, drawn: Mapping[str, float]) -> dict[str, float | str]:
        """The statistic at the drawn values, on a seed from NumPy's global generator; NaN if the world fails."""
        seed = luck.seed_of_world()
        point = {name: prior.value(drawn[name]) for name, prior in self.priors.items()}
        try:
            return {**self.statistic(point, seed), SEED: float(seed)}
        except Exception as error:  # reported at the end: one failed world must not lose the others
            undefined = {goal.name: math.nan for goal in self.goals}
            return {**undefined, SEED: float(seed), FAULT: f"{type(error).__name__}: {error}"}
