"""The configured worlds on many seeds, as bands that are updated during the computation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ccgsim.foundation.problems import nearest, refuse, shown
from ccgsim.measures.catalogue import MEASURE
from ccgsim.run import series_of
from ccgsim.scenario.scenario import Scenario
from ccgsim.teach import config as configs
from ccgsim.teach.config import Config
from ccgsim.teach.messages import Band

EDGES = (10, 50, 90)  # percentiles: low, middle, high
TOLD_EVERY = 2  # seeds


def bands(config: Config, asked: Band) -> Iterator[dict[str, Any]]:
    """Messages with the band of each world over the seeds so far, starting from the run's own seed."""
    if asked.measure not in MEASURE:
        raise refuse(
            "measure",
            shown(asked.measure),
            "there is no such measure",
            suggestion=nearest(asked.measure, list(MEASURE)),
        )
    scenarios = configs.scenarios_of(config)
    worlds: list[list[np.ndarray]] = [[] for _ in scenarios]
    for n in range(asked.seeds):
        for scenario, found in zip(scenarios, worlds, strict=True):
            found.append(one(scenario, config.seed + n, asked.measure))
        done = n + 1 == asked.seeds
        if done or (n + 1) % TOLD_EVERY == 0:
            yield _message(asked, n + 1, worlds, done)


def one(scenario: Scenario, seed: int, measure: str) -> np.ndarray:
    """A measure by month in one world, shape (months + 1,)."""
    return series_of(scenario, seed, scenario.months)[measure].to_numpy(float)


def _message(asked: Band, seeds: int, worlds: list[list[np.ndarray]], done: bool) -> dict[str, Any]:
    return {
        "type": "band",
        "job": asked.job,
        "measure": asked.measure,
        "seeds": seeds,
        "of": asked.seeds,
        "done": done,
        "cancelled": False,
        "worlds": [band_of(np.array(found)) for found in worlds],
    }


def band_of(values: np.ndarray) -> dict[str, list[Any]]:
    """Percentiles by month of values of shape (worlds, months); None if undefined in all worlds."""
    known = ~np.isnan(values).all(axis=0)
    edges = np.full((3, values.shape[1]), np.nan)
    edges[:, known] = np.nanpercentile(values[:, known], EDGES, axis=0)
    lists = [[None if np.isnan(x) else round(float(x), 4) for x in edge] for edge in edges]
    return {"month": list(range(values.shape[1])), **dict(zip(("low", "middle", "high"), lists, strict=True))}
