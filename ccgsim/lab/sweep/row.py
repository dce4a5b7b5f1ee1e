"""One run of an experiment: from parameter values and a seed to the requested measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from ccgsim.lab.sweep.jobs import Measured
from ccgsim.run import series_of

if TYPE_CHECKING:
    from ccgsim.lab.experiment.experiment import Experiment


def columns(experiment: Experiment) -> list[str]:
    """Names of a run's results, in order: final_MEASURE of all measures, then mean_MEASURE of all."""
    return [f"{at}_{name}" for at in ("final", "mean") for name in experiment.measures]


def series(experiment: Experiment, values: Mapping[str, Any], seed: int) -> pd.DataFrame:
    """The requested measures by month; row 0 is the starting world."""
    return series_of(experiment.world(values), seed, experiment.months)[list(experiment.measures)]


def simulate_row(experiment: Experiment, values: Mapping[str, Any], seed: int) -> dict[str, float]:
    """final_ and mean_ of each requested measure; the mean is over months 1 to the last, as in `Run.mean`.

    `values`: a row of the design by dotted names (plain dict). Raises Problems if values contradict one another.
    """
    return measured(experiment, values, seed).values


def measured(experiment: Experiment, values: Mapping[str, Any], seed: int) -> Measured:
    """The same, with the series if the experiment keeps it."""
    months, names = series_of(experiment.world(values), seed, experiment.months), list(experiment.measures)
    final, mean = months.iloc[-1], months.iloc[1:].mean()  # of all measures, bit by bit as `Run.mean`
    numbers = [*final[names].to_list(), *mean[names].to_list()]
    kept = months[names] if experiment.keep_series else None
    return Measured(dict(zip(columns(experiment), numbers, strict=True)), kept)
