"""ABC-SMC by pyABC: generations that come closer and closer to the targets, each saved in a database when finished.

Toni et al. 2009, doi:10.1098/rsif.2008.0172; pyABC: Schälte et al. 2022, doi:10.21105/joss.04304.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyabc
from sqlalchemy import URL

from ccgsim.foundation.work.progress import Progress
from ccgsim.lab.calibration.failures import Failures
from ccgsim.lab.calibration.sampler import InOrder
from ccgsim.lab.calibration.task import SEED, Task

LEAST_ACCEPTED = 0.01  # at a lower acceptance rate the calibration ends with the generation before
TWICE = 2.0  # kernel covariance over the particles' (Beaumont et al. 2009, doi:10.1093/biomet/asp052)
EVERYTHING = sys.float_info.max  # the first generation accepts everything that is defined
FROM = 0.5  # the tolerance of a generation is this quantile of the last one's distances


@dataclass(frozen=True)
class Particles:
    """The last generation, and a row for each generation."""

    particles: pd.DataFrame  # weight, distance, seed, parameters, then numbers under their names
    generations: pd.DataFrame  # generation, tolerance, accepted, tried
    tolerance: float  # the tolerance aimed at

    @property
    def reached(self) -> bool:
        """Whether the last generation meets the targets within their own uncertainty."""
        return len(self.generations) > 0 and bool(self.generations["tolerance"].iloc[-1] <= self.tolerance)


class _Closing(pyabc.QuantileEpsilon):  # type: ignore[misc]
    """The tolerance of each generation: the median distance of the last one, never below the tolerance aimed at."""

    def __init__(self, wanted: float) -> None:
        super().__init__(initial_epsilon=EVERYTHING, alpha=FROM)
        self._wanted = wanted

    def follow(self, generation: int, distances: pd.DataFrame) -> None:
        """Set the tolerance of a generation from the distances of the one before."""
        self._update(generation, distances)

    def _update(self, t: int, weighted_distances: pd.DataFrame) -> None:
        super()._update(t, weighted_distances)
        self._look_up[t] = max(self._wanted, float(self._look_up[t]))


def calibrate(
    task: Task, database: Path, failures: Failures, progress: Progress, workers: int | None = None
) -> Particles:
    """The particles of the last generation, started or resumed in the database; the same for the same seed.

    Ends when the targets are met within their own uncertainty, after the given number of generations, or when fewer
    than one candidate in a hundred is accepted. Nothing is accepted if every world is undefined.
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
    """Scale the kernel by 1, whatever the number of particles: a narrower one gives a few outliers extreme weights."""
    return 1.0


def _priors(task: Task) -> Any:
    return pyabc.Distribution(
        {name: pyabc.RV("uniform", prior.low, prior.width) for name, prior in task.priors.items()}
    )


def _history(smc: Any, closing: _Closing, task: Task, database: Path) -> Any:
    """The database's history, new or with the finished generations."""
    observed = {goal.name: goal.value for goal in task.goals}
    if not database.exists():
        address = URL.create("sqlite", database=str(database), query={"timeout": "120"})
        smc.new(address.render_as_string(), observed)  # the query keeps pyABC from opening another file
    smc.history, smc.x_0 = _History(database), observed  # as pyABC's `load` does
    history = smc.history
    if history.n_populations > 0:
        closing.follow(history.n_populations, history.get_weighted_distances(history.max_t))
    return history


class _History(pyabc.History):  # type: ignore[misc]
    """A history in a database at any path; pyABC's own misreads paths with `?` and `%` as parts of a URL."""

    db: Any

    def __init__(self, database: Path) -> None:
        self._database = database
        super().__init__(f"sqlite:///{database}")

    def _make_session(self) -> Any:
        address, self.db = self.db, URL.create("sqlite", database=str(self._database))
        try:
            return super()._make_session()
        finally:
            self.db = address


def _close_enough(history: Any, wanted: float) -> bool:
    done = _generations(history)
    return len(done) > 0 and bool(done["tolerance"].iloc[-1] <= wanted)


def _generations(history: Any) -> pd.DataFrame:
    done: pd.DataFrame = history.get_all_populations().query("t >= 0").sort_values("t")
    named = {"t": "generation", "epsilon": "tolerance", "particles": "accepted", "samples": "tried"}
    return done.rename(columns=named)[list(named.values())].astype({"accepted": int}).reset_index(drop=True)


def _particles(history: Any, task: Task) -> pd.DataFrame:
    """One row per particle, from the database."""
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
