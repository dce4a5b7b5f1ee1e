"""The key under the drawing of the network: hue, shade, size, width, arrows and shapes."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from ccgsim.foundation.kinds import TABLE
from ccgsim.report.drawing.canvas import HEIGHT, WIDTH
from ccgsim.report.drawing.palette import (
    BOARD,
    INK,
    MUTED,
    OUTSIDE,
    PAPER,
    TIE_BOARD,
    TIE_FAR,
    TIE_INWARD,
    TIE_OUTSIDE,
    ramp,
)
from ccgsim.report.network.nodes import SHAPES
from ccgsim.report.network.picture import Scales
from ccgsim.report.network.ties import widths

_TIES = (
    ("within the board", TIE_BOARD),
    ("board asks outside", TIE_OUTSIDE),
    ("outside asks board", TIE_INWARD),
    ("between others", TIE_FAR),
)
_SIZE = 9.5
_TOP = 0.86


def draw_legend(ax: Axes, scales: Scales, radius: tuple[float, float], arrows: str) -> None:
    """Fill an empty axes with the key; `radius` holds the least and the largest mark's radius in points."""
    ax.set_axis_off()
    across, up = ax.get_position().size
    width, height = WIDTH * across, HEIGHT * up
    ax.set_xlim(0, width)  # inches
    ax.set_ylim(0, height)
    _shapes(ax, 0.1, height)
    _shades(ax, 3.55, height, scales)
    _sizes(ax, 6.75, height, scales, radius)
    _ties(ax, 9.3, height, arrows)


def _head(ax: Axes, x: float, height: float, words: str) -> None:
    ax.text(x, height * _TOP, words, fontsize=_SIZE, fontweight="bold", va="center")


def _note(ax: Axes, x: float, y: float, words: str, colour: str = INK) -> None:
    ax.text(x, y, words, fontsize=_SIZE - 0.5, va="center", color=colour)


def _shapes(ax: Axes, x: float, height: float) -> None:
    _head(ax, x, height, "Shape: kind of actor")
    for n, (kind, (marker, factor)) in enumerate(SHAPES.items()):
        left, y = x + 0.12 + 2.12 * (n // 3), height * (0.6 - 0.225 * (n % 3))
        ax.scatter([left], [y], s=95 * factor, marker=marker, c=[MUTED], edgecolors=PAPER, linewidths=0.8)
        _note(ax, left + 0.17, y, ", ".join(TABLE[kind].called))


def _shades(ax: Axes, x: float, height: float, scales: Scales) -> None:
    _head(ax, x, height, "Darker: more contacts")
    rows = (("board member", BOARD, scales.board_contacts), ("outside contact", OUTSIDE, scales.outside_contacts))
    for row, (words, stops, most) in enumerate(rows):
        y = height * (0.62 - 0.35 * row)
        _note(ax, x, y, words)
        steps = np.unique(np.linspace(1, most, 5).round().astype(int))
        left = x + 1.25 + 0.27 * np.arange(len(steps))
        fill = ramp(stops, scales.shade(steps.astype(float), most))
        ax.scatter(left, np.full(len(left), y), s=100, c=fill, edgecolors=PAPER, linewidths=0.8)
        for at, step in zip(left, steps, strict=True):
            _number(ax, at, y - 0.145, f"{step}")


def _number(ax: Axes, x: float, y: float, words: str) -> None:
    ax.text(x, y, words, fontsize=_SIZE - 1.5, ha="center", va="center", color=MUTED)


def _sizes(ax: Axes, x: float, height: float, scales: Scales, radius: tuple[float, float]) -> None:
    _head(ax, x, height, "Larger: more betweenness")
    values = np.array([0.0, 0.2, 0.5, 1.0]) * scales.betweenness if scales.betweenness > 0 else np.zeros(1)
    points = radius[0] + (radius[1] - radius[0]) * scales.size(values)
    left = x + 0.2 + 0.48 * np.arange(len(values))
    ax.scatter(left, np.full(len(left), height * 0.48), s=(2 * points) ** 2, c=[BOARD[1]], edgecolors=PAPER)
    for at, value in zip(left, values, strict=True):
        _number(ax, at, height * 0.16, f"{value:.3g}")


def _ties(ax: Axes, x: float, height: float, arrows: str) -> None:
    _head(ax, x, height, "Wider: more frequent contact")
    strength = np.array([0.1, 0.3, 0.6, 0.9])
    y = height * 0.65
    lines = [[(at, y), (at + 0.45, y)] for at in x + 0.62 * np.arange(len(strength))]
    ax.add_collection(LineCollection(lines, linewidths=widths(strength), colors=[TIE_OUTSIDE]), autolim=False)
    for n, (words, colour) in enumerate(_TIES):
        at, low = x + 1.8 * (n // 2), height * (0.46 - 0.18 * (n % 2))
        ax.add_collection(LineCollection([[(at, low), (at + 0.25, low)]], linewidths=2, colors=[colour]), autolim=False)
        _note(ax, at + 0.31, low, words)
    _arrow(ax, x, height * 0.1)
    flow = "knowledge flows from adviser to seeker" if arrows == "flow" else "advice is sought: from seeker to adviser"
    _note(ax, x + 0.57, height * 0.1, flow)


def _arrow(ax: Axes, x: float, y: float) -> None:
    ax.add_collection(LineCollection([[(x, y), (x + 0.36, y)]], linewidths=1.6, colors=[TIE_OUTSIDE]), autolim=False)
    head = [[(x + 0.48, y), (x + 0.36, y + 0.045), (x + 0.36, y - 0.045)]]
    ax.add_collection(PolyCollection(head, facecolors=[TIE_OUTSIDE], linewidths=0), autolim=False)
