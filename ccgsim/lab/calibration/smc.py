"""ABC-SMC by pyABC: generations that come ever closer to the targets, each kept in a database once it is done.

Toni et al. 2009, doi:10.1098/rsif.2008.0172; pyABC: Schälte et al. 2022, doi:10.21105/joss.04304.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyabc
from sqlalchemy import URL

from ccgsim.lab.calibration.failures import Failures
from ccgsim.lab.calibration.sampler import InOrder
from ccgsim.lab.calibration.task import SEED, Task

LEAST_ACCEPTED = 0.01  # where fewer candidates come close enough, it ends with the generation before
TWICE = 2.0  # candidates leave particles by twice their covariance (Beaumont et al. 2009, doi:10.1093/biomet/asp052)
EVERYTHING = sys.float_info.max  # the first generation takes whatever is defined
FROM = 0.5  # each generation asks for what this share of the last one met
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Particles:
    """The last generation and the way there."""

    particles: pd.DataFrame  # weight, distance, seed, parameters, then numbers under their names
    generations: pd.DataFrame  # generation, tolerance, accepted, tried
    tolerance: float  # the one wanted

    @property
    def reached(self) -> bool:
        """Whether the last generation meets the targets as closely as they are known."""
        return len(self.generations) > 0 and bool(self.generations["tolerance"].iloc[-1] <= self.tolerance)


class _Closing(pyabc.QuantileEpsilon):  # type: ignore[misc]
    """The tolerance of each generation: what half of the last one met, never below the one wanted."""

    def __init__(self, wanted: float) -> None:
        super().__init__(initial_epsilon=EVERYTHING, alpha=FROM)
        self._wanted = wanted

    def follow(self, generation: int, distances: pd.DataFrame) -> None:
        """Set the tolerance of a generation by the distances of the one before."""
        self._update(generation, distances)

    def _update(self, t: int, weighted_distances: pd.DataFrame) -> None:
        super()._update(t, weighted_distances)
        self._look_up[t] = max(self._wanted, float(self._look_up[t]))


def calibrate(
    task: Task, database: Path, failures: Failures, progress: Progress, workers: int | None = None
) -> Particles:
    """The particles of the last generation, begun or gone on with in the database; the same for one seed.

    Done when the targets are met as closely as they are known, after so many generations, or when fewer than one
    candidate in a hundred comes close enough. Nothing is accepted where every world is undefined.
    """
    logging.getLogger("ABC").setLevel(logging.WARNING)

    def watch(generation: int, accepted: int, _: int) -> None:
        progress(generation * task.population + accepted, task.generations * task.population)

    sampler = InOrder(task.seed, workers, watch, failures)
    closing = _Closing(task.tolerance)
    kernel = pyabc.MultivariateNormalTransition(scaling=TWICE, bandwidth_selector=_whole)
    how = {"transitions": kernel, "eps": closing, "sampler": sampler}
    smc = pyabc.ABCSMC(task.candidate, _priors(task), task.distance, task.population, **how)
    history = _history(smc, closing, task, database)
    left = task.generations - history.n_populations
    if left > 0 and not _close_enough(history, task.tolerance):
        smc.run(minimum_epsilon=task.tolerance, max_nr_populations=left, min_acceptance_rate=LEAST_ACCEPTED)
    return Particles(_particles(history, task), _generations(history), task.tolerance)


def _whole(*_: float) -> float:
    """No narrower for many particles: narrow steps give the few that stray a weight beyond all others."""
    return 1.0


def _priors(task: Task) -> Any:
    return pyabc.Distribution(
        {name: pyabc.RV("uniform", prior.low, prior.width) for name, prior in task.priors.items()}
    )


def _history(smc: Any, closing: _Closing, task: Task, database: Path) -> Any:
    """The database's history, new or as far as it has come."""
    observed = {goal.name: goal.value for goal in task.goals}
    if not database.exists():
        address = URL.create("sqlite", database=str(database), query={"timeout": "120"})
        smc.new(address.render_as_string(), observed)  # with a query, pyABC takes no other file for it
    smc.history, smc.x_0 = _History(database), observed  # as its `load` would
    history = smc.history
    if history.n_populations > 0:
        closing.follow(history.n_populations, history.get_weighted_distances(history.max_t))
    return history


class _History(pyabc.History):  # type: ignore[misc]
    """The history in a database at any path; pyABC's own would read the path as part of an address with `?` and `%`."""

    db: Any

    def __init__(self, database: Path) -> None:
        self._database = database
        super().__init__(f"sqlite:///{database}")

    def _make_session(self) -> Any:
        said, self.db = self.db, URL.create("sqlite", database=str(self._database))
        try:
            return super()._make_session()
        finally:
            self.db = said


def _close_enough(history: Any, wanted: float) -> bool:
    done = _generations(history)
    return len(done) > 0 and bool(done["tolerance"].iloc[-1] <= wanted)


def _generations(history: Any) -> pd.DataFrame:
    done: pd.DataFrame = history.get_all_populations().query("t >= 0").sort_values("t")
    named = {"t": "generation", "epsilon": "tolerance", "particles": "accepted", "samples": "tried"}
    return done.rename(columns=named)[list(named.values())].astype({"accepted": int}).reset_index(drop=True)


def _particles(history: Any, task: Task) -> pd.DataFrame:
    """One row a particle, as the database keeps them."""
    names = [goal.name for goal in task.goals]
    columns = ["weight", "distance", SEED, *task.priors, *names]
    if history.n_populations == 0:
        return pd.DataFrame(columns=columns)
    rows = [
        {
            "weight": particle.weight,
            "distance": particle.distance,
            SEED: int(particle.sum_stat[SEED]),
            **{name: prior.value(particle.parameter[name]) for name, prior in task.priors.items()},
            **{name: float(particle.sum_stat[name]) for name in names},
        }
        for particle in history.get_population().particles
    ]
    return pd.DataFrame(rows, columns=columns)
