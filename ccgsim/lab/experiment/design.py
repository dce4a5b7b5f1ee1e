"""Designs: the points of an experiment, and its runs, one per point and seed, in a fixed order."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.lab.experiment.experiment import Experiment
from ccgsim.lab.experiment.parts import Axis, Method

HEAD = ("run", "point", "seed")


def points(experiment: Experiment) -> pd.DataFrame:
    """The points of an experiment: one row per point, one column per parameter under its dotted name.

    Lists are fully crossed, the last parameter varying fastest. lhs and sobol draw points from the intervals and cross
    each with all combinations of the lists, so every combination of levers meets the same draws.
    """
    axes, design = experiment.axes, experiment.design
    if design.method == "list":
        return as_points(experiment, [[point[name] for name in experiment.names] for point in experiment.listed])
    if design.method == "grid":
        return as_points(experiment, [list(row) for row in itertools.product(*(axis.grid() for axis in axes))])
    intervals = [axis for axis in axes if axis.is_interval]
    lists = [axis for axis in axes if not axis.is_interval]
    rows = []
    for chosen in itertools.product(*(axis.values for axis in lists)):
        for draw in drawn(intervals, design):
            row = dict(zip(lists, chosen, strict=True)) | dict(zip(intervals, draw, strict=True))
            rows.append([row[axis] for axis in axes])
    return as_points(experiment, rows)


def drawn(intervals: Sequence[Axis], design: Method) -> list[tuple[Any, ...]]:
    """Points drawn from the intervals, one value per interval; the same design seed gives the same points."""
    from scipy.stats import qmc

    count = design.drawn
    if design.method == "sobol":  # the first points of a sequence of 2^n points, which keeps it balanced
        sequence = qmc.Sobol(len(intervals), scramble=True, seed=design.seed)
        shares = sequence.random_base2((count - 1).bit_length())[:count]
    else:
        shares = qmc.LatinHypercube(len(intervals), seed=design.seed).random(count)
    return list(zip(*(axis.at(column) for axis, column in zip(intervals, shares.T, strict=True)), strict=True))


def as_points(experiment: Experiment, rows: Sequence[Sequence[Any]] | np.ndarray) -> pd.DataFrame:
    """Rows of values in the order of the experiment's parameters, as a table with the parameters' types."""
    columns = {
        axis.name: pd.Series([axis.kind(row[place]) for row in rows], dtype=_TYPES[axis.kind])
        for place, axis in enumerate(experiment.axes)
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(len(rows), name="point"))


_TYPES = {int: "int64", float: "float64", bool: "bool", str: "object"}


def runs(experiment: Experiment, at: pd.DataFrame | None = None) -> pd.DataFrame:
    """The runs: columns run, point, seed, then the parameters; ordered by point, then seed.

    `at`: points to use instead of the experiment's own. Run numbers do not depend on workers or interruptions.
    """
    at = points(experiment) if at is None else at
    seeds = experiment.seeds.all
    point = np.repeat(np.arange(len(at)), len(seeds))
    head = {
        "run": np.arange(len(point)),
        "point": point,
        "seed": np.tile(np.arange(seeds.start, seeds.stop), len(at)),
    }
    return pd.DataFrame(head).join(at.iloc[point].reset_index(drop=True))
