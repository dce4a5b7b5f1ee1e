"""The calibration that an experiment asks for: its posterior, a summary of it, and its predictions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ccgsim.foundation.work.progress import Progress
from ccgsim.lab.calibration import posterior
from ccgsim.lab.calibration.failures import Failures, failure_of
from ccgsim.lab.calibration.folder import DATABASE, FAILURES
from ccgsim.lab.calibration.smc import Particles, calibrate
from ccgsim.lab.calibration.task import SEED, Task


@dataclass(frozen=True, kw_only=True)
class Found:
    """The results of a calibration; tables have no rows if nothing was accepted."""

    task: Task
    posterior: Particles
    summary: pd.DataFrame
    correlations: pd.DataFrame
    predictions: pd.DataFrame  # seed, parameters of the drawn particle, numbers by name
    check: pd.DataFrame
    failures: list[dict[str, Any]]  # run, reason

    @property
    def runs(self) -> int:
        """Candidates tried and predictions drawn."""
        return int(self.posterior.generations["tried"].sum()) + len(self.predictions)

    @property
    def effective(self) -> float:
        """Effective number of particles (Kish)."""
        return posterior.effective(self.posterior.particles)


def carry_out(task: Task, folder: Path, progress: Progress, workers: int | None = None) -> Found:
    """Calibrate in an open folder (see `folder.opened`), and summarise the posterior."""
    failures = Failures(folder / FAILURES)
    found = calibrate(task, folder / DATABASE, failures, progress, workers)
    particles = found.particles
    empty = particles.empty
    draws = [] if empty else list(posterior.predicted(task, particles, workers=workers))
    beyond = posterior.PREDICTED
    failures.keep(beyond, [each for number, draw in enumerate(draws) for each in failure_of(draw, beyond, number)])
    predictions = pd.DataFrame(draws, columns=[SEED, *(goal.name for goal in task.goals)])
    return Found(
        task=task,
        posterior=found,
        summary=pd.DataFrame() if empty else posterior.summary(particles, task.priors),
        correlations=pd.DataFrame() if empty else posterior.correlations(particles, task.priors),
        predictions=predictions.astype({SEED: "int64"}),
        check=pd.DataFrame() if empty else posterior.check(task, predictions),
        failures=[
            {"run": _run(failure.generation, failure.candidate), "reason": f"{failure.reason} (seed {failure.seed})"}
            for failure in failures.all()
        ],
    )


def _run(generation: int, candidate: int) -> str:
    kind = "prediction" if generation == posterior.PREDICTED else f"generation {generation}, candidate"
    return f"{kind} {candidate}"
