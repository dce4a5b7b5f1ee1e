"""Predicting site B from site A: fit on A's data alone, and what the fitted numbers predict for B (E2 to E4)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from ccgsim.course import Course
from ccgsim.lab.reproduce.table4 import PRINTED, ROWS
from ccgsim.lab.validation import judging
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.patterns import network
from ccgsim.lab.validation.patterns.pattern import Change, world_of
from ccgsim.measures.observer import Observer
from ccgsim.run import under_way
from ccgsim.scenario.scenario import Scenario

FIRST_YEAR, SECOND_YEAR = 12, 24
LEVELS = tuple(name for name in ROWS if name != "ties_outside")
GAP, PERSISTENCE, HAZARDS = "legacy gap", "persistence", "bridges over embedded"
AGREED = 0.475, 0.0875  # P8: mean and sd; the middle of 0.30 to 0.65, whose ends are 2 sd away; assumed, not from A
LEAST_HAZARDS, HAZARDS_SD = 2.0, 0.5  # P7 (Burt 2002): at least two
DENSITY_SD = 0.04


@dataclass(frozen=True, slots=True)
class Prediction:
    """One prediction for B: mean with its 90% interval, and the middle 90% of worlds (NaN for ratios)."""

    value: float
    low: float
    high: float
    world_low: float = math.nan
    world_high: float = math.nan


def worlds_of(bench: Bench, site: str, change: Change, factors: np.ndarray | None = None) -> pd.DataFrame:
    """One row per seed: levels at month 12 and, with suffix ' at 0', at month 0; legacy gap at 12, persistence at 24.

    `factors` replace the site's own flow balance, shape (8,).
    """
    rows = bench.each(partial(_world, world_of(site, change), factors))
    return pd.DataFrame(rows, index=pd.Index(bench.seeds, name="seed"))


def _world(scenario: Scenario, factors: np.ndarray | None, seed: int) -> dict[str, float]:
    course = Course(scenario, seed)
    if factors is not None:
        course.world.ccgs.flow_balance[:] = factors
    observer = Observer(course.world, SECOND_YEAR)
    row: dict[str, float] = {}
    for month in under_way(course, SECOND_YEAR):
        observer.observe(course.world)
        if month in (0, FIRST_YEAR):
            ending = "" if month else " at 0"
            row |= {f"{name}{ending}": observer.latest()[name] for name in ROWS}
        if month == FIRST_YEAR:
            row[GAP] = network.legacy_gap(course.world)
    return row | {PERSISTENCE: observer.latest()["stability_persistence"]}


def factors_of(bench: Bench, site: str, change: Change) -> np.ndarray:
    """A site's flow balance by category of tie: geometric mean over the seeds, shape (8,)."""
    logs = [np.log(factors) for factors in bench.each(partial(_factors, world_of(site, change)))]
    return np.asarray(np.exp(np.mean(logs, axis=0)))


def _factors(scenario: Scenario, seed: int) -> np.ndarray:
    return np.array(Course(scenario, seed).world.ccgs.flow_balance[0])


def misses_of_a(bench: Bench, change: Change) -> dict[str, float]:
    """For each target the squared distance of A's mean from it, in the target's sd (the spread of one board).

    Targets: ties by kind and density at month 12 as printed (P1, P3; the sd of a count is its square root, at least 1),
    persistence at 24 in the middle of its tolerance (P8), bridges lost at least twice as often (P7).
    """
    found = worlds_of(bench, "site_a", change)
    wanted = dict(zip(ROWS, PRINTED["site_a"], strict=True))
    sd = {name: DENSITY_SD if name == "board_density" else math.sqrt(max(1.0, wanted[name])) for name in LEVELS}
    parts = {name: ((found[name].mean() - wanted[name]) / sd[name]) ** 2 for name in LEVELS}
    parts[PERSISTENCE] = ((found[PERSISTENCE].mean() - AGREED[0]) / AGREED[1]) ** 2
    parts[HAZARDS] = (max(0.0, LEAST_HAZARDS - network.bridges(bench, change)[0].value) / HAZARDS_SD) ** 2
    return {name: float(part) for name, part in parts.items()}


def predictions_of_b(bench: Bench, change: Change) -> dict[str, Prediction]:
    """Predictions for B and for B against A: levels, contrasts (P2), persistence (P7, P8), changes."""
    a, b = (worlds_of(bench, site, change) for site in ("site_a", "site_b"))
    found = levels_of(b)
    found["within less between former groups"] = _prediction(b[GAP])
    found["density, B less A"] = _prediction(b["board_density"] - a["board_density"])
    found["practice ties, B over A"] = _ratio(b["ties_to_practices"], a["ties_to_practices"])
    verdict = network.bridges(bench, change)[1]
    found["loss, bridges over embedded"] = Prediction(verdict.value, verdict.low, verdict.high)
    found["persistence (Jaccard index), at 24"] = _prediction(b[PERSISTENCE])
    found["PCT ties, month 12 less 0"] = _prediction(b["ties_to_pct"] - b["ties_to_pct at 0"])
    found["mix of outside ties moved by 12"] = _prediction(_moved(b))
    return found


def levels_of(worlds: pd.DataFrame) -> dict[str, Prediction]:
    """Ties by kind and density at month 12."""
    return {words: _prediction(worlds[name]) for name, words in ROWS.items()}


def levels_without_search(bench: Bench, change: Change, factors: np.ndarray | None = None) -> dict[str, Prediction]:
    """B's levels at month 12 without search pulling it back to its own start, with its own factors or with others."""
    free = {**change, "ties": {**change.get("ties", {}), "search": 0.0}}
    return levels_of(worlds_of(bench, "site_b", free, factors))


def _moved(worlds: pd.DataFrame) -> pd.Series:
    """Total variation distance between the shares of kinds of outside ties at months 0 and 12."""
    kinds = [name for name in LEVELS if name != "board_density"]
    later = worlds[kinds].div(worlds["ties_outside"], axis=0).to_numpy()
    first = worlds[[f"{name} at 0" for name in kinds]].div(worlds["ties_outside at 0"], axis=0).to_numpy()
    return pd.Series(np.abs(later - first).sum(axis=1) / 2, index=worlds.index)


def _prediction(worlds: pd.Series) -> Prediction:
    known = worlds.dropna().to_numpy(float)
    mean, low, high = judging.t_interval(known, 0.90)
    least, most = np.quantile(known, [0.05, 0.95]) if len(known) else (math.nan, math.nan)
    return Prediction(mean, low, high, float(least), float(most))


def _ratio(above: pd.Series, below: pd.Series) -> Prediction:
    verdict = judging.ratio("", above.to_numpy(float), below.to_numpy(float))
    return Prediction(verdict.value, verdict.low, verdict.high)
