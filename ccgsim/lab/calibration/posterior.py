"""What a posterior says: means and intervals, how much the targets tell of each parameter, and what would be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np
import pandas as pd

from ccgsim.foundation.work.parallel import spread
from ccgsim.lab.calibration import luck
from ccgsim.lab.calibration.task import Prior, Task

BOUNDS = (0.025, 0.975)
PREDICTED = 1 << 20  # where the luck of predictions is lent from, beyond all generations
DRAWS = 100
WELL, HARDLY = 0.5, 0.9  # posterior sd over prior sd
TRADED = 0.6  # correlation from which two parameters stand for one another


def quantiles(values: np.ndarray, weights: np.ndarray, at: tuple[float, ...]) -> list[float]:
    """Weighted quantiles, between the middles of the weights."""
    order = np.argsort(values, kind="stable")
    share = np.cumsum(weights[order]) - weights[order] / 2
    return [float(value) for value in np.interp(at, share / weights.sum(), values[order])]


def summary(particles: pd.DataFrame, priors: Mapping[str, Prior]) -> pd.DataFrame:
    """Mean, 95% interval and sd of each parameter beside its prior's, and in words what the targets tell of it."""
    return pd.DataFrame([_row(particles, name, prior) for name, prior in priors.items()])


def _row(particles: pd.DataFrame, name: str, prior: Prior) -> dict[str, object]:
    weights, values = particles["weight"].to_numpy(), particles[name].to_numpy(float)
    mean = float(weights @ values)
    low, high = quantiles(values, weights, BOUNDS)
    sd = float(np.sqrt(weights @ (values - mean) ** 2))
    left = sd / prior.sd
    told = "well identified" if left <= WELL else "hardly identified" if left > HARDLY else "partly identified"
    return {
        "parameter": name,
        "mean": mean,
        "low": low,
        "high": high,
        "sd": sd,
        "prior_low": prior.low,
        "prior_high": prior.high,
        "prior_sd": prior.sd,
        "sd_left": left,
        "told": told,
    }


def correlations(particles: pd.DataFrame, priors: Mapping[str, Prior]) -> pd.DataFrame:
    """Correlation of each pair of parameters in the posterior: first, second, correlation, traded."""
    names = list(priors)
    values = particles[names].to_numpy(float)
    spread_of = np.cov(values.T, aweights=particles["weight"].to_numpy(), ddof=0).reshape(len(names), len(names))
    sd = np.sqrt(np.diag(spread_of))
    rows = []
    for i, first in enumerate(names):
        for j, second in enumerate(names[:i]):
            both = float(spread_of[i, j] / (sd[i] * sd[j])) if sd[i] > 0 and sd[j] > 0 else float("nan")
            rows.append((second, first, both, abs(both) >= TRADED))
    return pd.DataFrame(rows, columns=["first", "second", "correlation", "traded"])


def effective(particles: pd.DataFrame) -> float:
    """How many equally weighted particles would tell as much (Kish)."""
    weights = particles["weight"].to_numpy()
    return float(weights.sum() ** 2 / (weights @ weights)) if len(weights) else 0.0


def predicted(
    task: Task, particles: pd.DataFrame, draws: int = DRAWS, workers: int | None = None
) -> Iterator[dict[str, float | str]]:
    """What worlds of the posterior show on luck of their own: the statistic of each draw, with its seed.

    Draws are taken at equal steps of the weights. The seeds are new: those of the particles were chosen for their fit.
    """
    places = np.searchsorted(np.cumsum(particles["weight"].to_numpy()), (np.arange(draws) + 0.5) / draws)
    points = particles[list(task.priors)].iloc[np.minimum(places, len(particles) - 1)].to_dict("records")
    yield from spread(partial(_draw, task), list(enumerate(points)), workers)


def _draw(task: Task, numbered: tuple[int, Mapping[str, float]]) -> dict[str, float | str]:
    number, point = numbered
    with luck.lent(task.seed, PREDICTED, number):
        return task.candidate(point)


def check(task: Task, draws: pd.DataFrame) -> pd.DataFrame:
    """Each target beside what the posterior predicts: mean, 95% interval of worlds, whether the target lies inside.

    `tail` is the share of draws on the thinner side of the target, the target's own error added to none.
    """
    rows = []
    for goal in task.goals:
        seen = draws[goal.name].to_numpy(float)
        seen = seen[np.isfinite(seen)]
        low, high = np.quantile(seen, BOUNDS) if len(seen) else (np.nan, np.nan)
        tail = min((seen <= goal.value).mean(), (seen >= goal.value).mean()) if len(seen) else np.nan
        mean = seen.mean() if len(seen) else np.nan
        inside = bool(low - 2 * goal.sd <= goal.value <= high + 2 * goal.sd)
        rows.append((goal.name, goal.value, goal.sd, mean, low, high, tail, inside, len(seen)))
    return pd.DataFrame(rows, columns=["target", "value", "sd", "mean", "low", "high", "tail", "inside", "n"])
