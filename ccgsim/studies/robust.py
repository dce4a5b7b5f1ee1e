"""Robust choice: the set of levers with the least regret over the uncertain parameters.

The regret of a set in one draw of the parameters is the outcome of the best set for that draw less its own. A set that
is never best may still have the least regret (Savage 1951, doi:10.1080/01621459.1951.10500768).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.foundation.statistics import OF_REGRET, resampled

RESAMPLES = 1000
BOUNDS = (0.025, 0.975)
WORST = 0.95  # quantile of regret over draws used as the worst case
COLUMNS = ("set", "mean", "mean_low", "mean_high", "worst", "worst_low", "worst_high", "best_in")


def crossed(draws: pd.DataFrame, sets: Mapping[str, Mapping[str, Any]], start: Mapping[str, Any]) -> pd.DataFrame:
    """Every set of levers in every draw, ordered by set: columns of the draw, then values of all levers."""
    frames = [draws.assign(**{**start, **changed}) for changed in sets.values()]
    return pd.concat(frames, ignore_index=True)


def outcomes(table: pd.DataFrame, column: str, sets: Sequence[str]) -> pd.DataFrame:
    """The outcome of each set in each draw, a mean over seeds: one row per draw, one column per set.

    `table` is the table of a sweep at the points of `crossed`. Draws with an undefined outcome are left out.
    """
    by_point = table.groupby("point")[column].agg(lambda values: values.mean(skipna=False))
    grid = by_point.to_numpy(float).reshape(len(sets), -1).T
    return pd.DataFrame(grid[np.isfinite(grid).all(axis=1)], columns=list(sets))


def regrets(outcome: pd.DataFrame) -> pd.DataFrame:
    """The best outcome in each draw less each set's outcome, same shape; larger outcomes are better."""
    return outcome.rsub(outcome.max(axis=1), axis=0)


def judged(regret: pd.DataFrame) -> pd.DataFrame:
    """Each set's mean regret, worst-case regret, and the share of draws in which no set is better.

    Columns as in COLUMNS, sorted by worst-case regret; intervals are 95% bootstrap over draws.
    """
    values = regret.to_numpy(float)
    again = values[resampled(RESAMPLES, len(values), OF_REGRET)]  # resample, draw, set
    mean = np.quantile(again.mean(axis=1), BOUNDS, axis=0)
    worst = np.quantile(np.quantile(again, WORST, axis=1), BOUNDS, axis=0)
    table = pd.DataFrame(
        {
            "set": regret.columns,
            **{"mean": values.mean(axis=0), "mean_low": mean[0], "mean_high": mean[1]},
            **{"worst": np.quantile(values, WORST, axis=0), "worst_low": worst[0], "worst_high": worst[1]},
            "best_in": (values <= 0).mean(axis=0),
        }
    )
    return table.sort_values(["worst", "mean"], kind="stable", ignore_index=True)
