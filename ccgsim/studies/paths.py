"""Measures of many worlds on common seeds, computed as one list of jobs on worker processes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ccgsim.foundation.work.parallel import spread
from ccgsim.run import series_of
from ccgsim.scenario.scenario import Scenario

CIRCLE = ("participation", "manager_control")


def paths(
    worlds: Sequence[Scenario],
    seeds: Sequence[int],
    months: int,
    measures: Sequence[str] = CIRCLE,
    workers: int | None = None,
) -> np.ndarray:
    """The measures by month, shape (worlds, seeds, months + 1, measures), independent of the number of workers."""

    def act(job: tuple[Scenario, int]) -> np.ndarray:
        return series_of(*job, months)[list(measures)].to_numpy()

    jobs = [(world, seed) for world in worlds for seed in seeds]
    found = np.stack(list(spread(act, jobs, workers)))
    return found.reshape(len(worlds), len(seeds), months + 1, len(measures))
