"""One run of an experiment: values and a seed in, the measures asked for out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from ccgsim.lab.sweep.jobs import Measured
from ccgsim.run import series_of

if TYPE_CHECKING:
    from ccgsim.lab.experiment.experiment import Experiment


def columns(experiment: Experiment) -> list[str]:
    """Names of what a run gives, in order: final_MEASURE of all, then mean_MEASURE of all."""
    return [f"{at}_{name}" for at in ("final", "mean") for name in experiment.measures]


def series(experiment: Experiment, values: Mapping[str, Any], seed: int) -> pd.DataFrame:
    """The measures asked for month by month, row 0 the starting world."""
    return series_of(experiment.world(values), seed, experiment.months)[list(experiment.measures)]


def simulate_row(experiment: Experiment, values: Mapping[str, Any], seed: int) -> dict[str, float]:
    """final_ and mean_ of each measure asked for; the mean is over months 1 to the last, as in `Run.mean`.

    `values`: a row of the design by dotted names (plain dict). Raises Problems where they do not fit one another.
    """
    return measured(experiment, values, seed).values


def measured(experiment: Experiment, values: Mapping[str, Any], seed: int) -> Measured:
    """The same, with the series where the experiment keeps it."""
    months, names = series_of(experiment.world(values), seed, experiment.months), list(experiment.measures)
    final, mean = months.iloc[-1], months.iloc[1:].mean()  # of all measures: the last bit is that of `Run.mean`
    numbers = [*final[names].to_list(), *mean[names].to_list()]
    kept = months[names] if experiment.keep_series else None
    return Measured(dict(zip(columns(experiment), numbers, strict=True)), kept)
