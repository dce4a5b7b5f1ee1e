"""Summary of a posterior: means and intervals, how well the targets identify each parameter, and predictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np
import pandas as pd

from ccgsim.foundation.work.parallel import spread
from ccgsim.lab.calibration import luck
from ccgsim.lab.calibration.task import Prior, Task

BOUNDS = (0.025, 0.975)
PREDICTED = 1 << 20  # "generation" in the random address of predictions, beyond all real ones
DRAWS = 100
WELL, HARDLY = 0.5, 0.9  # posterior sd over prior sd
TRADED = 0.6  # correlation from which only a combination of two parameters is identified


def quantiles(values: np.ndarray, weights: np.ndarray, at: tuple[float, ...]) -> list[float]:
    """Weighted quantiles, interpolated between the midpoints of the cumulated weights."""
    order = np.argsort(values, kind="stable")
    share = np.cumsum(weights[order]) - weights[order] / 2
    return [float(value) for value in np.interp(at, share / weights.sum(), values[order])]


def summary(particles: pd.DataFrame, priors: Mapping[str, Prior]) -> pd.DataFrame:
    """Mean, 95% interval and sd of each parameter beside its prior's, and in words how well it is identified."""
    return pd.DataFrame([_row(particles, name, prior) for name, prior in priors.items()])


def _row(particles: pd.DataFrame, name: str, prior: Prior) -> dict[str, object]:
    weights, values = particles["weight"].to_numpy(), particles[name].to_numpy(float)
    mean = float(weights @ values)
    low, high = quantiles(values, weights, BOUNDS)
    sd = float(np.sqrt(weights @ (values - mean) ** 2))
    left = sd / prior.sd
    verdict = "well identified" if left <= WELL else "hardly identified" if left > HARDLY else "partly identified"
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
        "told": verdict,
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
    """Effective sample size: the number of equally weighted particles with the same precision (Kish)."""
    weights = particles["weight"].to_numpy()
    return float(weights.sum() ** 2 / (weights @ weights)) if len(weights) else 0.0


def predicted(
    task: Task, particles: pd.DataFrame, draws: int = DRAWS, workers: int | None = None
) -> Iterator[dict[str, float | str]]:
    """Posterior predictive draws: the statistic of worlds on new seeds, each with its seed.

    Particles are drawn at equal steps of the cumulated weights. Seeds are new because those of the particles were
    selected for their fit.
    """
    places = np.searchsorted(np.cumsum(particles["weight"].to_numpy()), (np.arange(draws) + 0.5) / draws)
    points = particles[list(task.priors)].iloc[np.minimum(places, len(particles) - 1)].to_dict("records")
    yield from spread(partial(_draw, task), list(enumerate(points)), workers)


def _draw(task: Task, numbered: tuple[int, Mapping[str, float]]) -> dict[str, float | str]:
    number, point = numbered
    with luck.seeded(task.seed, PREDICTED, number):
        return task.candidate(point)


def check(task: Task, draws: pd.DataFrame) -> pd.DataFrame:
    """Each target beside the posterior's prediction: mean, 95% interval of worlds, whether the target lies inside.

    `tail` is the smaller of the shares of draws above and below the target; the target's own error is not added.
    """
    rows = []
    for goal in task.goals:
        values = draws[goal.name].to_numpy(float)
        values = values[np.isfinite(values)]
        low, high = np.quantile(values, BOUNDS) if len(values) else (np.nan, np.nan)
        tail = min((values <= goal.value).mean(), (values >= goal.value).mean()) if len(values) else np.nan
        mean = values.mean() if len(values) else np.nan
        inside = bool(low - 2 * goal.sd <= goal.value <= high + 2 * goal.sd)
        rows.append((goal.name, goal.value, goal.sd, mean, low, high, tail, inside, len(values)))
    return pd.DataFrame(rows, columns=["target", "value", "sd", "mean", "low", "high", "tail", "inside", "n"])
