"""The points of a study of sensitivity: what the model is given, and where that lies in its range."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ccgsim.foundation.chance import stream, uniforms
from ccgsim.foundation.problems import Problem, Problems
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import Experiment
from ccgsim.lab.experiment.parts import Axis
from ccgsim.lab.sensitivity.indices import Method, Partners, Sobol

FAR = 0.5 - 1e-12  # of the range: numbers of a list nearer than this are not exchanged by Morris
LUCK = 1000  # from here on numbers of draws in the stream of reference, two a range
MOST_SAMPLES = 65_536


def varying(experiment: Experiment) -> list[Axis]:
    """What varies: intervals, and lists of more than one value; Problems where there is nothing."""
    found = [axis for axis in experiment.axes if axis.is_interval or len(axis.values) > 1]
    if not found:
        file, rule = str(experiment.file or ""), "nothing varies: give intervals { low = ..., high = ... }"
        raise Problems([Problem(file, "uncertainties", "", rule)])
    return found


def words_of(experiment: Experiment) -> set[str]:
    """Names of what varies over words, between which there is no distance."""
    return {axis.name for axis in varying(experiment) if axis.kind is str}


def points_of(experiment: Experiment, method: Method) -> tuple[np.ndarray, pd.DataFrame]:
    """The points of a method as places in the ranges (0 lowest, 1 highest), and the same as a design.

    An interval is spread over the cube's side; a list takes each of its values as the method chooses them.
    """
    axes = varying(experiment)
    cube = method.sample([axis.name for axis in axes], experiment.design.seed)
    columns, places = dict[str, list[Any]](), []
    for number, axis in enumerate(axes):
        columns[axis.name], place = _placed(experiment, method, cube[:, number], axis, number)
        places.append(place)
    columns |= {axis.name: [axis.values[0]] * len(cube) for axis in experiment.axes if axis not in axes}
    rows = list(zip(*(columns[axis.name] for axis in experiment.axes), strict=True))
    return np.column_stack(places), design.as_points(experiment, rows)


def _placed(
    experiment: Experiment, method: Method, column: np.ndarray, axis: Axis, number: int
) -> tuple[list[Any], np.ndarray]:
    """Values of a range at a column of the cube, and where they lie in the range."""
    if axis.is_interval:
        values = axis.at(column)
        return values, column if axis.kind is float else (np.array(values) - axis.low) / (axis.high - axis.low)
    places = _places(axis)
    keys, draws = np.arange(method.size), LUCK + 2 * number
    luck = [uniforms(experiment.design.seed, stream("reference"), keys, draw) for draw in (draws, draws + 1)]
    chosen = method.chosen(column, _partners(axis, places), np.column_stack(luck))
    return [axis.values[step] for step in chosen], places[chosen]


def _places(axis: Axis) -> np.ndarray:
    """Where each value of a list lies in its range; words in the order of the list, false and true at 0 and 1."""
    values = np.arange(len(axis.values)) if axis.kind is str else np.array(axis.values, float)
    return np.asarray((values - values.min()) / np.ptp(values))


def _partners(axis: Axis, places: np.ndarray) -> Partners:
    """Of each value those that Morris may exchange it for: other words, numbers at least half of the range away.

    Near ones would not do: over a short step luck outweighs the effect.
    """
    away = np.abs(places[:, None] - places)
    near = 0.0 if axis.kind is str else FAR
    return [np.flatnonzero(row > near) for row in away]


def check_samples(experiment: Experiment) -> None:
    """Raise Problems where Sobol' is asked for with so few base points that ranges cannot be told apart in them."""
    asked = experiment.sensitivity
    if "sobol" not in asked.methods:
        return
    axes = varying(experiment)
    pairs = run_together(experiment, asked.samples)
    if not pairs:
        return
    size = asked.samples
    while size < MOST_SAMPLES and run_together(experiment, size):
        size *= 2
    i, j = pairs[0]
    what = f"{axes[i].name} hardly changes" if i == j else f"{axes[i].name} and {axes[j].name} run together"
    rule = f"is too few for {len(axes)} ranges: {what} between base points, and shares would be wrong; take {size}"
    raise Problems([Problem(str(experiment.file or ""), "sensitivity.samples", str(asked.samples), rule)])


def run_together(experiment: Experiment, samples: int) -> list[tuple[int, int]]:
    """Pairs of ranges that cannot be told apart with so many base points of Sobol'."""
    method = Sobol(samples)
    return method.run_together(points_of(experiment, method)[0])
