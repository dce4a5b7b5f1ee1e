"""The points of a sensitivity study: the values given to the model, and their positions in the ranges."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ccgsim.foundation.chance import stream, uniforms
from ccgsim.foundation.problems import fault_at
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import Experiment
from ccgsim.lab.experiment.parts import Axis
from ccgsim.lab.sensitivity.indices import Method, Partners, Sobol

FAR = 0.5 - 1e-12  # share of the range: Morris exchanges no numbers of a list that are closer than this
LUCK = 1000  # first index of these draws in the reference stream, two per input
MOST_SAMPLES = 65_536


def varying(experiment: Experiment) -> list[Axis]:
    """The varied parameters: intervals, and lists of more than one value; raises Problems if there are none."""
    found = [axis for axis in experiment.axes if axis.is_interval or len(axis.values) > 1]
    if not found:
        file, rule = str(experiment.file or ""), "nothing varies: give intervals { low = ..., high = ... }"
        raise fault_at(file, "uncertainties", "", rule)
    return found


def words_of(experiment: Experiment) -> set[str]:
    """Names of varied parameters whose values are words, which have no distance."""
    return {axis.name for axis in varying(experiment) if axis.kind is str}


def points_of(experiment: Experiment, method: Method) -> tuple[np.ndarray, pd.DataFrame]:
    """The points of a method as positions in the ranges (0 lowest, 1 highest), and as a design.

    An interval is mapped to the cube's side; the values of a list are chosen by the method.
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
    """Values of a parameter for a column of the cube, and their positions in its range."""
    if axis.is_interval:
        values = axis.at(column)
        return values, column if axis.kind is float else (np.array(values) - axis.low) / (axis.high - axis.low)
    places = _places(axis)
    keys, draws = np.arange(method.size), LUCK + 2 * number
    luck = [uniforms(experiment.design.seed, stream("reference"), keys, draw) for draw in (draws, draws + 1)]
    chosen = method.chosen(column, _partners(axis, places), np.column_stack(luck))
    return [axis.values[step] for step in chosen], places[chosen]


def _places(axis: Axis) -> np.ndarray:
    """Position of each value of a list in its range; words in the order of the list, false and true at 0 and 1."""
    values = np.arange(len(axis.values)) if axis.kind is str else np.array(axis.values, float)
    return np.asarray((values - values.min()) / np.ptp(values))


def _partners(axis: Axis, places: np.ndarray) -> Partners:
    """For each value those that Morris may exchange it for: other words, or numbers at least half the range away.

    Closer numbers are not used: over a short step noise outweighs the effect.
    """
    away = np.abs(places[:, None] - places)
    near = 0.0 if axis.kind is str else FAR
    return [np.flatnonzero(row > near) for row in away]


def check_samples(experiment: Experiment) -> None:
    """Raise Problems if Sobol' has so few base points that parameters are confounded."""
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
    what = f"{axes[i].name} hardly changes" if i == j else f"{axes[i].name} and {axes[j].name} are correlated"
    rule = f"is too few for {len(axes)} ranges: {what} between base points, and shares would be wrong; take {size}"
    raise fault_at(str(experiment.file or ""), "sensitivity.samples", str(asked.samples), rule)


def run_together(experiment: Experiment, samples: int) -> list[tuple[int, int]]:
    """Pairs of parameters that are confounded with this many base points of Sobol'."""
    method = Sobol(samples)
    return method.run_together(points_of(experiment, method)[0])
