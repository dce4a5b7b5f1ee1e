"""Costs of levers: a user's file of costs, break-even costs, and the certainty of a ranking."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.foundation.files.lists import Columns, read_list
from ccgsim.foundation.inputs.hints import value_of
from ccgsim.foundation.problems import Problem, Problems, nearest
from ccgsim.foundation.statistics import OF_COSTS, OF_LEVERS, luck, resampled
from ccgsim.lab.validation import judging

UNITS = ("hours", "money")
BOUNDS = {unit: (f"{unit}_low", f"{unit}_high") for unit in UNITS}
COLUMNS = ("lever", *BOUNDS["hours"], *BOUNDS["money"], "source")
MOST = 1_000  # largest number of rows in a file of costs
DRAWS = 2000
LEAST = 0.001  # smaller mean effects count as none


def read_costs(path: Path, levers: Sequence[str]) -> pd.DataFrame:
    """A file of monthly costs: lever, lowest and highest hours and money (NaN if empty), source.

    Raises Problems with every fault: unknown or repeated levers, bounds that are not numbers, below 0 or in the wrong
    order, a row without any cost or without a source.
    """
    listing = read_list(path, Columns(COLUMNS), MOST, key="costs")
    found = [*listing.faults]
    rows = [_row(row.cells, f"line {row.line}", levers, found) for row in listing.rows]
    names: dict[str, int] = {}
    for row in listing.rows:
        if (line := names.setdefault(row.cells["lever"], row.line)) != row.line:
            found.append(row.problem(listing.file, "lever", f"is in line {line} already"))
    if found:
        raise Problems(replace(p, file=listing.file) for p in found)
    return pd.DataFrame(rows)


def _row(cells: Mapping[str, str], place: str, levers: Sequence[str], found: list[Problem]) -> dict[str, Any]:
    """One row of the file; faults are added to `found`."""
    if cells["lever"] not in levers:
        rule = f"must be one of {', '.join(levers)}"
        found.append(Problem("", f"{place}, lever", repr(cells["lever"]), rule, nearest(cells["lever"], levers)))
    if not cells["source"]:
        found.append(Problem("", f"{place}, source", "", "is missing: where the numbers come from, or 'invented'"))
    numbers = {name: _number(cells[name], f"{place}, {name}", found) for pair in BOUNDS.values() for name in pair}
    for low, high in BOUNDS.values():
        if bool(cells[low]) != bool(cells[high]):
            found.append(Problem("", f"{place}, {low} and {high}", "", "give both or neither"))
        elif numbers[low] > numbers[high]:
            found.append(Problem("", f"{place}, {low}", cells[low], f"must not lie above {high}, {cells[high]}"))
    if not any(cells[name] for name in numbers):
        found.append(Problem("", place, "", "gives neither hours nor money"))
    return {"lever": cells["lever"], **numbers, "source": cells["source"]}


def _number(text: str, key: str, found: list[Problem]) -> float:
    if not text:
        return math.nan
    number = value_of(text)
    if isinstance(number, (bool, str)) or not (math.isfinite(number) and number > 0):
        found.append(Problem("", key, repr(text), "must be a number above 0"))
        return math.nan
    return float(number)


def middle_costs(costs: pd.DataFrame, unit: str) -> dict[str, float]:
    """The midpoint of each lever's range in that unit, for levers that have one."""
    low, high = BOUNDS[unit]
    stated = costs[costs[low].notna()]
    return dict(zip(stated["lever"], (stated[low] + stated[high]) / 2, strict=True))


def break_even(effects: Mapping[str, np.ndarray], costs: Mapping[str, float]) -> pd.DataFrame:
    """Levers ranked by effect per unit of cost, each with the cost at which the next lever is as effective per unit.

    break_even = effect / (effect of the next / cost of the next); undefined for the last lever and if the next has no
    positive effect. With all costs 1 it is a multiple of the next lever's cost. Interval: 90%, bootstrap.
    """
    mean = {name: float(np.nanmean(effects[name])) for name in costs}
    order = sorted(costs, key=lambda name: -mean[name] / costs[name])
    rows = []
    for name, after in zip_longest(order, order[1:]):
        row: dict[str, Any] = {"lever": name, "effect": mean[name], "cost": costs[name], "next": after}
        row |= {"per_unit": mean[name] / costs[name], "break_even": math.nan, "low": math.nan, "high": math.nan}
        if after is not None and mean[after] > 0:
            verdict = judging.ratio("", effects[name], effects[after])
            parts = {"break_even": verdict.value, "low": verdict.low, "high": verdict.high}
            row |= {key: value * costs[after] for key, value in parts.items()}
        rows.append(row)
    return pd.DataFrame(rows)


def ranks(effects: Mapping[str, np.ndarray], costs: pd.DataFrame, unit: str, draws: int = DRAWS) -> pd.DataFrame:
    """Share of draws in which each lever has each rank by effect per unit of cost; columns lever, rank_1, rank_2, ...

    A draw takes every cost uniformly from its range and resamples the seeds, the same for all levers.
    """
    low, high = BOUNDS[unit]
    stated = costs[costs[low].notna()]
    if stated.empty:
        return pd.DataFrame(columns=["lever"])
    per_seed = np.stack([effects[name] for name in stated["lever"]], axis=1)
    seeds, count = per_seed.shape
    gained = np.nanmean(per_seed[resampled(draws, seeds, OF_LEVERS)], axis=1)
    cost = stated[low].to_numpy() + luck(draws, count, OF_COSTS) * (stated[high] - stated[low]).to_numpy()
    place = np.argsort(np.argsort(-gained / cost, axis=1, kind="stable"), axis=1)
    shares = {f"rank_{n + 1}": (place == n).mean(axis=0) for n in range(count)}
    table = pd.DataFrame({"lever": stated["lever"].to_numpy(), "mean_rank": 1 + place.mean(axis=0), **shares})
    return table.sort_values("mean_rank", ignore_index=True)


def helpful(effects: Mapping[str, np.ndarray]) -> list[str]:
    """The levers whose mean effect is at least LEAST and whose 95% interval lies above 0."""
    found = {name: judging.t_interval(values, 0.95) for name, values in effects.items()}
    return [name for name, (mean, low, _) in found.items() if mean >= LEAST and low > 0]


def by_world(
    effects: Mapping[str, Mapping[str, np.ndarray]], given: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """Break-even costs of the helpful levers in each world and, if costs are given, in each unit; ranks of all levers.

    Tables `break_even` and `ranks`, with columns world and unit; without given costs every lever costs 1.
    """
    even, placed = [], []
    for world, found in effects.items():
        good = helpful(found)
        even.append(break_even(found, dict.fromkeys(good, 1.0)).assign(world=world, unit="cost of the next"))
        if given is None:
            continue
        for unit in UNITS:
            middle = {name: cost for name, cost in middle_costs(given, unit).items() if name in good}
            even.append(break_even(found, middle).assign(world=world, unit=unit))
            placed.append(ranks(found, given, unit).assign(world=world, unit=unit))
    tables = {"break_even": pd.concat(even, ignore_index=True)}
    return tables | ({"ranks": pd.concat(placed, ignore_index=True)} if placed else {})
