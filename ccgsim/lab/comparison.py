"""Scenarios compared on the same seeds: differences paired by seed, and how many seeds are needed to see them.

Random numbers are addressed, so two worlds of one seed differ only by what their scenarios change: paired seeds need
far fewer runs than independent ones.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.inputs.arguments import reads, whole
from ccgsim.foundation.problems import Problem, Problems, gathering, refuse, shown
from ccgsim.foundation.work.progress import Progress
from ccgsim.lab.on_the_way import first_months, on_the_way
from ccgsim.measures.catalogue import MEASURE, NAMES
from ccgsim.run import CALLED, MONTHS, SEED, counted, fingerprints, interval, many_series, provenance
from ccgsim.scenario.scenario import Scenario, any_scenario, with_network

SHARE_THAT_MATTERS = 0.02  # smallest difference that matters in a share
PART_THAT_MATTERS = 0.05  # smallest in a count or ratio, as a part of the base's mean
SURE, POWER = 0.975, 0.8
MOST_REPLICATES = 1_000_000
COLUMNS = (
    "scenario", "measure", "at", "difference", "low", "high", "n", "replicates_needed", "range_low", "range_high",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios on the same seeds: the table of differences from the first, and every measure by month."""

    scenarios: dict[str, Scenario]
    seeds: tuple[int, ...]
    months: int
    table: pd.DataFrame  # columns: COLUMNS; low and high are missing with one seed
    on_the_way: pd.DataFrame  # largest difference over all months, columns: on_the_way.COLUMNS
    series: pd.DataFrame  # scenario, seed, month, measures
    provenance: dict[str, Any]

    @property
    def base(self) -> str:
        """Name of the scenario that the others are compared with."""
        return next(iter(self.scenarios))

    def __repr__(self) -> str:
        return f"Comparison({', '.join(map(repr, self.scenarios))}, {counted(self.seeds)}, months={self.months})"


def named_scenarios(name: str, value: Any) -> dict[str, Scenario]:
    """Argument reader for a table of at least two scenarios by name."""
    if not isinstance(value, Mapping):
        raise refuse(name, value, "must be a table of scenarios by name, such as {'as it was': 'site_b', 'new': mine}")
    found, worlds = list[Problem](), dict[str, Scenario]()
    if len(value) < 2:
        found.append(Problem("", name, shown(len(value)), "needs at least two scenarios to compare"))
    for given, world in value.items():
        if not isinstance(given, str) or not given:
            found.append(Problem("", name, shown(given), "names of scenarios must be text"))
        with gathering(found):
            worlds[str(given)] = any_scenario(f"{name}[{given!r}]", world)
    if found:
        raise Problems(found)
    return worlds


@reads(scenarios=named_scenarios, replicates=whole(1, MOST_REPLICATES), seed=SEED, months=MONTHS, progress=CALLED)
def compare(
    scenarios: Mapping[str, str | Path | Scenario],
    replicates: int = 30,
    seed: int = 0,
    months: int | None = None,
    progress: Progress | None = None,
    *,
    network: Any = None,
) -> Comparison:
    """Each scenario on seeds seed to seed + replicates - 1, and its differences from the first, paired by seed.

    Months: as given, else those of the shortest scenario. `network`: the file of a survey with which every world
    begins, or a table with file and options. Raises Problems for fewer than two scenarios and for invalid values.
    """
    began, given = time.time(), named_scenarios("scenarios", scenarios)
    worlds = {name: with_network(world, network) for name, world in given.items()}
    if seed + replicates - 1 > MAX_SEED:
        raise refuse("replicates", replicates, f"run beyond the last seed, {MAX_SEED}")
    seeds = tuple(range(seed, seed + replicates))
    months = months or min(world.months for world in worlds.values())
    inputs = fingerprints(*worlds.values())
    series = _series(worlds, seeds, months, progress)
    found = differences(series), on_the_way(series, first_months(series))
    return Comparison(worlds, seeds, months, *found, series, provenance(began, inputs))


def _series(
    worlds: Mapping[str, Scenario], seeds: tuple[int, ...], months: int, progress: Progress | None
) -> pd.DataFrame:
    """Every measure of every scenario, seed and month, in that order."""
    frames, planned = {}, len(worlds) * len(seeds)
    for name, world in worlds.items():
        for seed, frame in zip(seeds, many_series(world, seeds, months), strict=True):
            frames[name, seed] = frame
            if progress is not None:
                progress(len(frames), planned)
    return pd.concat(frames, names=["scenario", "seed", "month"]).reset_index()


def differences(series: pd.DataFrame) -> pd.DataFrame:
    """Paired differences of each scenario from the first, in the last month and in the mean over months 1 to the last.

    Columns as in COLUMNS: mean with its 95% t-interval over seeds, number of pairs where both are defined, number of
    pairs needed to detect the smallest difference that matters, and the range of single pairs. Interval, needed pairs
    and range are missing below two pairs.
    """
    rows, (base, *others) = [], series["scenario"].unique()
    means = {
        at: series[series["month"] >= first].groupby(["scenario", "seed"], sort=False)[list(NAMES)].mean()
        for at, first in (("final", series["month"].max()), ("mean", 1))
    }
    for name in others:
        for at, mean in means.items():
            here, there = mean.loc[name], mean.loc[base]
            rows += [(name, each, at, *_difference(each, here[each], there[each])) for each in NAMES]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _difference(measure: str, here: pd.Series, base: pd.Series) -> tuple[Any, ...]:
    pairs = (here - base).to_numpy(float)
    found = interval(pairs)
    spread = pairs[~np.isnan(pairs)]
    needed = replicates_needed(spread, smallest_that_matters(measure, float(base.mean())))
    ends = found["range_low"], found["range_high"]
    return (found["mean"], found["low"], found["high"], found["n"], needed, *ends)


def smallest_that_matters(measure: str, base: float) -> float:
    """0.02 for a share, 5% of the base's mean for a count or ratio; assumed defaults."""
    return SHARE_THAT_MATTERS if MEASURE[measure].unit == "share" else PART_THAT_MATTERS * abs(base)


def replicates_needed(differences: np.ndarray, smallest: float) -> int | None:
    """Pairs needed to detect a true difference of `smallest` (95% interval without 0) with 80% power.

    None below two pairs or if `smallest` is 0; at most a million (Cohen 1988, paired t).
    """
    if len(differences) < 2 or not smallest > 0:
        return None
    scatter = float(differences.std(ddof=1)) / smallest
    normal = float(special.ndtri(SURE) + special.ndtri(POWER))
    needed = max(2, math.ceil((normal * scatter) ** 2))
    while needed < MOST_REPLICATES and needed < (_both_quantiles(needed) * scatter) ** 2:
        needed += 1  # few steps: t is close to the normal
    return min(needed, MOST_REPLICATES)


def _both_quantiles(pairs: int) -> float:
    return float(special.stdtrit(pairs - 1, SURE) + special.stdtrit(pairs - 1, POWER))
