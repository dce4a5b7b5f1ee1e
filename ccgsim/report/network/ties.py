"""Ties as curved arrows: one collection of shafts and one of heads, so that hundreds are drawn as fast as one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba

Numbers = npt.NDArray[np.float64]
_BEND = 0.10  # curvature of a shaft relative to its length; the two ties of a pair curve apart
_STEPS = np.linspace(0, 1, 14)


@dataclass(frozen=True, slots=True)
class TieLook:
    """How a layer of ties is drawn: colour, opacity, whether it has heads, and its z-order."""

    colour: str
    opacity: float
    heads: bool
    order: float
    width: float = 1.0  # factor on the width of its ties


def widths(strength: Numbers) -> Numbers:
    """Width of a tie [points] for strengths in (0, 1]: wider with more frequent contact."""
    return np.asarray(0.3 + 2.5 * np.clip(strength, 0, 1) ** 1.5)


def draw_ties(ax: Axes, ends: Numbers, gaps: Numbers, strength: Numbers, look: TieLook) -> None:
    """Draw arrows from ends[:, 0] to ends[:, 1], shape (ties, 2, 2), stopping `gaps` short of either, (ties, 2)."""
    if not len(ends):
        return
    lengths = _head_lengths(strength) if look.heads else np.zeros(len(ends))
    paths = shafts(ends, gaps + np.column_stack([np.zeros(len(ends)), lengths]))
    colours = np.tile(to_rgba(look.colour), (len(ends), 1))
    colours[:, 3] = look.opacity * (0.45 + 0.55 * np.clip(strength, 0, 1))
    lines = LineCollection(list(paths), linewidths=look.width * widths(strength), colors=colours, zorder=look.order)
    lines.set_capstyle("butt")
    ax.add_collection(lines, autolim=False)
    if look.heads:
        tips = heads(paths, lengths)
        ax.add_collection(
            PolyCollection(list(tips), facecolors=colours, linewidths=0, zorder=look.order), autolim=False
        )


def _head_lengths(strength: Numbers) -> Numbers:
    return np.asarray(0.045 + 0.055 * np.clip(strength, 0, 1))


def shafts(ends: Numbers, gaps: Numbers) -> Numbers:
    """Points along each curved shaft between its gaps, shape (ties, steps, 2)."""
    start, end = ends[:, 0], ends[:, 1]
    along = end - start
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    sideways = np.column_stack([along[:, 1], -along[:, 0]])
    control = (start + end) / 2 + _BEND * sideways
    low = np.minimum(gaps[:, :1] / length, 0.45)
    high = 1 - np.minimum(gaps[:, 1:] / length, 0.5)
    at = (low + (high - low) * _STEPS)[:, :, None]
    bowed = (1 - at) ** 2 * start[:, None] + 2 * at * (1 - at) * control[:, None] + at**2 * end[:, None]
    return np.asarray(bowed)


def heads(paths: Numbers, lengths: Numbers) -> Numbers:
    """A triangle at the end of each shaft, in its direction, shape (ties, 3, 2)."""
    last = paths[:, -1]
    ahead = last - paths[:, -2]
    ahead = ahead / np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, None]
    side = np.column_stack([-ahead[:, 1], ahead[:, 0]]) * (0.36 * lengths)[:, None]
    return np.stack([last + ahead * lengths[:, None], last + side, last - side], axis=1)
