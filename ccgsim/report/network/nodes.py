"""Actors as marks: shape for kind, hue for the board, shade for contacts, size for betweenness."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.markers import MarkerStyle
from matplotlib.transforms import IdentityTransform

from ccgsim.foundation.kinds import TABLE, Kind
from ccgsim.report.drawing.palette import BOARD, FAR, OUTSIDE, PAPER, ramp
from ccgsim.report.network.layout import Layout
from ccgsim.report.network.picture import Scales

Numbers = npt.NDArray[np.float64]
# Marker of each shape, and the factor on its area that makes shapes look equally large.
MARKS = {
    "circle": ("o", 1.0),
    "square": ("s", 0.8),
    "triangle": ("^", 1.15),
    "diamond": ("D", 0.68),
    "star": ("*", 1.9),
    "hexagon": ("H", 1.1),
}
_ORDER = (1.1, 4, 5)  # far actors are drawn under the ties of the board


def marks_of(kinds: Mapping[str, Kind]) -> dict[str, tuple[str, float]]:
    """Marker and factor of each kind, by its name; raises ValueError where a kind's shape has none."""
    lost = [f"{name} the shape {kind.shape!r}" for name, kind in kinds.items() if kind.shape not in MARKS]
    if lost:
        raise ValueError(f"kinds.TABLE gives {', '.join(lost)}; MARKS of {__name__} has {', '.join(MARKS)}")
    return {name: MARKS[kind.shape] for name, kind in kinds.items()}


SHAPES = marks_of(TABLE)


def radii(actors: pd.DataFrame, scales: Scales, places: Layout) -> Numbers:
    """Radius of each mark in units of the board's radius, shape (actors,): by betweenness; far actors are dots."""
    size = scales.size(actors["betweenness"].to_numpy(float))
    board = _between(size, places.board_gap, 0.065, 0.17)
    outside = _between(size, places.pitch, 0.06, 0.17)
    far = min(0.042, 0.3 * places.pitch)
    return np.where(actors["board"], board, np.where(actors["near"], outside, far))


def _between(size: Numbers, room: float, least: float, most: float) -> Numbers:
    """Radii from `least` to `most`, smaller if neighbours are too close."""
    low, high = min(least, 0.28 * room), min(most, 0.47 * room)
    return low + (high - low) * size


def colours(actors: pd.DataFrame, scales: Scales) -> Numbers:
    """Colour of each mark, shape (actors, 3): blue on the board, grey outside, darker with more contacts."""
    contacts = actors["contacts"].to_numpy(float)
    board, near = actors["board"].to_numpy(bool)[:, None], actors["near"].to_numpy(bool)[:, None]
    inside = ramp(BOARD, scales.shade(contacts, scales.board_contacts))
    outside = ramp(OUTSIDE, scales.shade(contacts, scales.outside_contacts))
    return np.where(board, inside, np.where(near, outside, ramp((FAR, FAR), np.zeros(len(actors)))))


def draw_actors(ax: Axes, actors: pd.DataFrame, radius: Numbers, fill: Numbers, points_per_unit: float) -> None:
    """Draw every actor as the mark of its kind; far ones first, the board on top."""
    level = actors["board"].to_numpy(int) + actors["near"].to_numpy(int)
    spots = actors[["x", "y"]].to_numpy(float)
    areas = (2 * radius * points_per_unit) ** 2
    for kind in sorted(set(actors["kind"])):
        for layer in (0, 1, 2):
            these = np.flatnonzero((actors["kind"] == kind).to_numpy() & (level == layer))
            if len(these):
                marks = _marks(kind, areas[these], fill[these], spots[these], ax)
                marks.set(linewidths=0.8 if layer else 0, zorder=_ORDER[layer])
                ax.add_collection(marks, autolim=False)


def _marks(kind: str, areas: Numbers, fill: Numbers, spots: Numbers, ax: Axes) -> PathCollection:
    """The marks of one kind at their positions, areas in square points; much faster than a scatter for each."""
    marker, factor = SHAPES[kind]
    shape = MarkerStyle(marker)
    path = shape.get_path().transformed(shape.get_transform())
    marks = PathCollection(
        (path,), sizes=factor * areas, offsets=spots, offset_transform=ax.transData, facecolors=fill, edgecolors=PAPER
    )
    marks.set_transform(IdentityTransform())
    return marks
