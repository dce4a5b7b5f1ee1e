"""Worlds for judging patterns: each scenario is run once per seed on worker processes, and the results are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from ccgsim.course import Course
from ccgsim.foundation.work.parallel import FEW, spread
from ccgsim.measures.catalogue import NAMES
from ccgsim.run import series_of, under_way
from ccgsim.scenario.scenario import Scenario
from ccgsim.world.state import World

Probe = Callable[[World], float]
Found = TypeVar("Found")


@dataclass
class Bench:
    """Runs on common seeds. Repeated requests are computed once."""

    seeds: Sequence[int]
    workers: int | None = None
    worlds: int = 0  # number run so far
    watcher: Callable[[int], None] | None = None  # called with that number after each world
    _kept: dict[str, Any] = field(default_factory=dict)

    def each(self, act: Callable[[int], Found], few: int = FEW) -> list[Found]:
        """The result of `act` for each seed, in order; up to `few` seeds are done in this process."""
        found = []
        for result in spread(act, self.seeds, self.workers, few):
            found.append(result)
            self.worlds += 1
            if self.watcher is not None:
                self.watcher(self.worlds)
        return found

    def measures(self, scenario: Scenario, months: int) -> np.ndarray:
        """All measures of the scenario, shape (seeds, months + 1, measures)."""

        def act(seed: int) -> np.ndarray:
            return series_of(scenario, seed, months).to_numpy()

        return self._once(f"measures {months} {_name(scenario)}", lambda: np.stack(self.each(act)))

    def at(self, scenario: Scenario, measure: str, month: int) -> np.ndarray:
        """A measure in a month, one value per seed."""
        return self.path(scenario, measure, month)[:, month]

    def path(self, scenario: Scenario, measure: str, months: int) -> np.ndarray:
        """A measure month by month, shape (seeds, months + 1)."""
        return self.measures(scenario, _rounded(months))[:, : months + 1, NAMES.index(measure)]

    def mean(self, scenario: Scenario, measure: str, first: int, last: int) -> np.ndarray:
        """A measure's mean over the months from first to last, one value per seed."""
        return np.asarray(np.nanmean(self.path(scenario, measure, last)[:, first : last + 1], axis=1))

    def probe(self, scenario: Scenario, months: Sequence[int], probe: Probe) -> np.ndarray:
        """The probe's value in each world and each of the (ascending) months, shape (seeds, len(months))."""

        def act(seed: int) -> list[float]:
            course = Course(scenario, seed)
            return [probe(course.world) for month in under_way(course, max(months)) if month in months]

        name = f"{probe.__module__}.{probe.__qualname__} {list(months)} {_name(scenario)}"
        return self._once(name, lambda: np.array(self.each(act), dtype=float))

    def kept(self, name: str, act: Callable[[int], Found]) -> list[Found]:
        """The results of a long `act` for each seed, kept under a name that identifies what they depend on."""
        if name not in self._kept:
            self._kept[name] = self.each(act, few=1)
        found: list[Found] = self._kept[name]
        return found

    def _once(self, name: str, make: Callable[[], np.ndarray]) -> np.ndarray:
        if name not in self._kept:
            self._kept[name] = make()
        found: np.ndarray = self._kept[name]
        return found


def _name(scenario: Scenario) -> str:
    return json.dumps(scenario.resolved() | {"name": ""}, sort_keys=True, default=str)


def _rounded(months: int) -> int:
    """The next common last month: runs end at common months, so that one run serves many questions."""
    return next(m for m in (12, 24, 36, 60, 84, 96, 140, 1200) if m >= months)
