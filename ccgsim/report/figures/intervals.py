"""One narrow figure for a first page: averages as points, their intervals as lines, single worlds as thin lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ccgsim.report.drawing.canvas import Sheet, new_sheet, style
from ccgsim.report.drawing.palette import BLACK, BLUE, FAINT, GREEN, INK, MUTED, ORANGE, PURPLE, VERMILION

WIDTH = 5.0  # inches: a telephone's width, or half a page
COLOURS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, BLACK)
SHAPES = ("o", "s", "^", "D", "v", "P")
_ROW, _EACH, _FOOT, _HEAD, _LEFT = 0.3, 0.16, 0.52, 0.12, 1.95  # inches
_LONGEST, _FITS = 26, 21  # letters of a label, and of one in large type


Mark = tuple[float, float | None, float | None, float | None, float | None]  # value, interval, range of single worlds


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its label, and for each colour the value, its interval and the range of single worlds."""

    label: str
    marks: tuple[Mark | None, ...]


def intervals_figure(bars: Sequence[Bar], axis: str, names: Sequence[str] = (), nought: bool = True) -> Sheet:
    """The rows from top to bottom over one axis; `names` of the colours, if there are several; a line at 0."""
    several = max((len(bar.marks) for bar in bars), default=1)
    row = _ROW + _EACH * (several - 1)
    head = _HEAD + 0.22 * len(names)
    height = head + _FOOT + row * max(len(bars), 1)
    with style():
        sheet = new_sheet(WIDTH, height)
        box = (_LEFT / WIDTH, _FOOT / height, 1 - (_LEFT + 0.15) / WIDTH, row * max(len(bars), 1) / height)
        ax = sheet.figure.add_axes(box)
        for place, bar in enumerate(bars):
            _draw(ax, bar, place, _EACH / row)
        _frame(ax, [bar.label for bar in bars], axis, nought)
        if names:
            handles = [ax.plot([], [], SHAPES[n % 6], color=COLOURS[n % 6], lw=2, ls="-")[0] for n in range(len(names))]
            sheet.figure.legend(handles, list(names), loc="upper left", frameon=False, fontsize=10, borderpad=0)
    return sheet


def _draw(ax: Axes, bar: Bar, place: int, apart: float) -> None:
    middle = (len(bar.marks) - 1) / 2
    for n, mark in enumerate(bar.marks):
        if mark is None:
            continue
        value, low, high, range_low, range_high = mark
        y, colour = place + apart * (n - middle), COLOURS[n % 6]
        if range_low is not None and range_high is not None:
            ax.plot([range_low, range_high], [y, y], color=colour, lw=1.1, alpha=0.55, solid_capstyle="butt")
        if low is not None and high is not None:
            ax.plot([low, high], [y, y], color=colour, lw=4, solid_capstyle="butt")
        ax.plot([value], [y], SHAPES[n % 6], color=colour, ms=7, mec="white", mew=0.9)


def _frame(ax: Axes, labels: Sequence[str], axis: str, nought: bool) -> None:
    ax.set_ylim(len(labels) - 0.5, -0.5)
    words = [label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…" for label in labels]
    size = 10.5 if max(map(len, words), default=0) <= _FITS else 9
    ax.set_yticks(range(len(labels)), words, fontsize=size, color=INK)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=9.5, length=3)
    ax.grid(axis="both", color=FAINT, lw=0.8)
    ax.set_axisbelow(True)
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.set_xlabel(axis, fontsize=10, x=0.5 - _LEFT / 2 / (WIDTH - _LEFT), color=INK)
    if nought:
        ax.axvline(0, color=MUTED, lw=1.2, zorder=1)
