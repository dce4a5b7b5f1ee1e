"""Points that a user gives in a file or a table: every value checked, duplicates refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ccgsim.foundation.problems import Problem, Problems, nearest, refuse, shown
from ccgsim.foundation.quantity import Quantity
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import Experiment
from ccgsim.lab.experiment.varying import twice
from ccgsim.scenario.parameters import all_parameters

MOST_TOLD = 20


def given(experiment: Experiment, at: pd.DataFrame) -> pd.DataFrame:
    """The points of a table, in the order and types of the experiment's parameters.

    Raises Problems for missing or unknown columns, invalid values, and points given twice, which would count double.
    """
    if not isinstance(at, pd.DataFrame) or at.empty:
        raise refuse("at", type(at).__name__, "must be a table of points (pandas.DataFrame) with one row per point")
    if found := list(_columns(experiment, [str(name) for name in at.columns])):
        raise Problems(found)
    names, declared = list(experiment.names), all_parameters()
    rows = [dict(zip(names, row, strict=True)) for row in zip(*(at[name].tolist() for name in names), strict=True)]
    faults = [*_values(rows, {name: declared[name] for name in names}), *twice(rows, [f"row {n}" for n in at.index])]
    if faults:
        raise Problems(Problem("", f"at, {fault.key}", fault.value, fault.rule) for fault in faults[:MOST_TOLD])
    return design.as_points(experiment, [list(row.values()) for row in rows])


def _columns(experiment: Experiment, columns: Sequence[str]) -> Iterator[Problem]:
    """Faults of columns that are unknown, repeated or missing."""
    for name in dict.fromkeys(columns):
        if name not in experiment.names:
            yield Problem("", "at", name, "does not vary in this experiment", nearest(name, experiment.names))
        elif columns.count(name) > 1:
            yield Problem("", "at", name, "is there twice")
    for name in experiment.names:
        if name not in columns:
            yield Problem("", "at", name, "is missing: every varied parameter needs a column")


def _values(rows: Sequence[Mapping[str, Any]], declared: Mapping[str, Quantity]) -> Iterator[Problem]:
    for number, row in enumerate(rows):
        for name, value in row.items():
            if rule := declared[name].fault(value):
                yield Problem("", f"row {number}, {name}", shown(value), rule)
