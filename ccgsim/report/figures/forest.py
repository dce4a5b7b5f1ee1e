"""The forest plot of patterns as a figure: each statistic against its tolerance, with and without its mechanism."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.margins import ORIGINS, ForestRow, Mark, digits, forest_rows, short, shown_of
from ccgsim.report.drawing.palette import BLUE, FAINT, INK, MUTED, PAPER, VERMILION

REACH = 2.2  # range on either side of the bound, in units of the scale
_WIDTH, _ROW, _HEAD, _FOOT = 11.0, 0.36, 0.95, 1.25  # inches
_LEFT, _RIGHT = 0.42, 0.68  # shares of the width: start and end of the axis
_APART = 0.17  # share of a row: offset of the marks with (above) and without (below)
_FOOTNOTE = (
    "0 is the bound of the tolerance; allowed values lie to its right. A unit is the half-width of a two-sided "
    "tolerance (folded: 1 is its middle),\nelse the larger of the two distances from the bound: compare lengths "
    "within a row, not between rows. A contrast holds if its mean passes\nthe bound and its interval excludes no "
    "effect. 80% of worlds must agree too, so an open circle may lie inside. Arrows lead off the scale."
)


def forest_figure(document: Mapping[str, Any]) -> Sheet:
    """One row per pattern, grouped by origin, statistics on the scale of `margins`."""
    groups = [(origin, list(rows)) for origin, rows in groupby(forest_rows(document), key=lambda row: row.origin)]
    lines = sum(len(rows) + 1 for _, rows in groups)
    height = _HEAD + _FOOT + _ROW * lines
    with style():
        sheet = new_sheet(_WIDTH, height)
        ax = sheet.figure.add_axes((_LEFT, _FOOT / height, _RIGHT - _LEFT, _ROW * lines / height))
        _frame(ax, lines)
        place = 0
        for origin, rows in groups:
            _write(ax, 0.02, place, f"{origin.capitalize()}: {ORIGINS[origin]}", fontsize=10, color=MUTED)
            for row in rows:
                place += 1
                _draw_row(ax, row, place)
            place += 1
        _headings(sheet, document, height)
        _legend(ax)
    return sheet


def _frame(ax: Axes, lines: int) -> None:
    """The tolerance as a pale area, its bound as a line; rows count downwards."""
    ax.set_xlim(-REACH, REACH)
    ax.set_ylim(lines - 0.5, -0.5)
    ax.axvspan(0, REACH, color=FAINT, alpha=0.55, linewidth=0, zorder=0)
    ax.axvline(0, color=INK, linewidth=1.1, zorder=1)
    ax.set_yticks([])
    ax.set_xticks([-2, -1, 0, 1, 2])
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("outside     tolerance     inside", fontsize=9.5)


def _draw_row(ax: Axes, row: ForestRow, place: int) -> None:
    part = row.part
    ax.axhline(place - 0.5, color=FAINT, linewidth=0.6, zorder=0)
    _write(ax, 0.02, place - 0.18, f"{row.id}  {row.claim}", fontsize=9.5)
    words = part["statistic"] if row.other is None else f"{part['statistic']} (without: another statistic)"
    _write(ax, 0.02, place + 0.2, _cut(words, 84), fontsize=7.5, color=MUTED)
    value = f"{digits(part['value'])} [{digits(part['low'])}, {digits(part['high'])}]"
    _write(ax, _RIGHT + 0.015, place - 0.18, value if part["value"] is not None else "undefined", fontsize=9)
    _write(ax, _RIGHT + 0.015, place + 0.2, short(part["tolerance"]), fontsize=7.5, color=MUTED)
    _write(ax, 0.88, place, row.verdict, fontsize=9.5, fontweight="bold" if row.verdict == "shown" else "normal")
    if row.without is not None:
        _draw_mark(ax, row.without, place + _APART, VERMILION, "X")
    if row.standing is not None:
        _draw_mark(ax, row.standing, place - _APART, BLUE, "o")


def _draw_mark(ax: Axes, mark: Mark, y: float, colour: str, shape: str) -> None:
    """An interval and its value; arrows if it extends beyond the scale, an open point if it does not hold."""
    low, high = max(mark.low, -REACH), min(mark.high, REACH)
    if low < high:
        ax.plot([low, high], [y, y], color=colour, linewidth=1.8, solid_capstyle="butt", zorder=2)
    for beyond, edge, arrow in ((mark.low < -REACH, -REACH, "<"), (mark.high > REACH, REACH, ">")):
        if beyond:
            ax.plot([edge], [y], arrow, color=colour, markersize=5.5, clip_on=False, zorder=3)
    if abs(mark.value) <= REACH:
        face = colour if mark.held else PAPER
        ax.plot([mark.value], [y], shape, color=colour, markerfacecolor=face, markersize=6, zorder=4, clip_on=False)


def _write(ax: Axes, x: float, place: float, words: str, **look: Any) -> None:
    """Write text at a share of the sheet's width, in a row of the axis."""
    across = blended_transform_factory(ax.figure.transFigure, ax.transData)
    ax.text(x, place, words, transform=across, va="center", **look)


def _headings(sheet: Sheet, document: Mapping[str, Any], height: float) -> None:
    """The finding as title, the headings of the columns, and how to read the scale."""
    title_of(f"{shown_of(document)} by the model's own dynamics", sheet, 0.02, 1 - 0.25 / height)
    seeds = f"{document['seeds']} seeds, ccgsim {document['ccgsim']}; 'shown': holds, and fails without its mechanism"
    for x, words in ((0.02, seeds), (_RIGHT + 0.015, "value, interval, tolerance"), (0.88, "verdict")):
        sheet.figure.text(x, 1 - 0.6 / height, words, fontsize=9.5, color=MUTED, va="center")
    sheet.figure.text(0.02, 0.08 / height, _FOOTNOTE, fontsize=8, color=MUTED, va="bottom", linespacing=1.35)


def _legend(ax: Axes) -> None:
    """Key of circles and crosses, filled and open, beside the axis."""
    kinds = ((BLUE, "o", "as the model stands"), (VERMILION, "X", "without the mechanism"))
    for colour, shape, words in kinds:
        ax.plot([], [], color=colour, marker=shape, markersize=6, linewidth=1.8, label=words)
    ax.plot([], [], "o", color=MUTED, markersize=6, label="filled: holds")
    ax.plot([], [], "o", color=MUTED, markerfacecolor=PAPER, markersize=6, label="open: does not hold")
    figure = ax.figure
    place = {"loc": "lower left", "bbox_to_anchor": (0.01, 0.72 / figure.get_figheight())}  # type: ignore[union-attr]
    figure.legend(frameon=False, fontsize=8.5, ncols=2, handlelength=2.2, **place)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
