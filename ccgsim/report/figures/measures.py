"""The measures of a run by month, in six panels on a slide."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ccgsim.foundation.statistics import edges, quantiles
from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.inputs import Result, first_run, monthly, seeds_of
from ccgsim.report.drawing.labels import spread
from ccgsim.report.drawing.marks import Mark, begins_of, marks_of
from ccgsim.report.drawing.palette import FAINT, INK, MARK, MUTED
from ccgsim.report.drawing.panels import PANELS, Line, Panel
from ccgsim.report.drawing.time_axis import moment, name_months

_LEFT, _RIGHT, _TOP, _BOTTOM = 0.045, 0.9, 0.845, 0.135
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def measures_figure(result: Result, marks: Sequence[Mark] | None = None) -> Sheet:
    """Six panels with one time axis: lines, bands over replicates, and vertical lines at dated events.

    `marks` are (month, text); by default the events of the scenario and, if it applies, of the English calendar.
    """
    resolved = result.scenario.resolved()
    begins = begins_of(resolved)
    months = int(first_run(result).months)
    shown = list(marks) if marks is not None else marks_of(resolved, months, first_run(result).ccgs)
    with style():
        sheet = new_sheet()
        grid = {"left": _LEFT, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM, "hspace": 0.3, "wspace": 0.62}
        axes = sheet.figure.subplots(2, 3, sharex=True, gridspec_kw=grid)
        series = monthly(result)
        for ax, panel in zip(axes.flat, PANELS, strict=True):
            _draw_panel(ax, panel, series, months)
            draw_marks(ax, shown, months)
        name_months(axes[1], months, begins)
        _headings(sheet, result, shown, begins)
        for ax, panel in zip(axes.flat, PANELS, strict=True):
            _name_lines(sheet, ax, panel, series)
    return sheet


def _draw_panel(ax: Axes, panel: Panel, series: pd.DataFrame, months: int) -> None:
    ax.set_title(panel.title, loc="left", fontsize=12, fontweight="bold", pad=14)
    ax.grid(axis="y", color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.tick_params(labelsize=9, length=3)
    for line in reversed(panel.lines):
        if line.measure in series.columns:
            _draw_line(ax, line, series)
    ax.set_xlim(0, max(months, 1))
    if panel.share:
        ax.set_ylim(0, 1)
        ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "", ".5", "", "1"])
    else:
        ax.set_ylim(bottom=0)
        ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))


def _draw_line(ax: Axes, line: Line, series: pd.DataFrame) -> None:
    worlds = series.groupby("month")[line.measure]
    middle = worlds.mean()
    if "seed" in series.columns and series["seed"].nunique() > 1:
        low, high = band(series, line.measure)
        ax.fill_between(low.index, low, high, color=line.colour, alpha=0.18 if line.main else 0.08, linewidth=0)
    ax.plot(middle.index, middle, color=line.colour, linewidth=line.width, linestyle=line.dash, label=line.name)


def band(series: pd.DataFrame, measure: str) -> tuple[pd.Series, pd.Series]:
    """Lower and upper end of the range of single worlds by month."""
    worlds = series.groupby("month")[measure]
    low, high = quantiles(series["seed"].nunique())
    return worlds.quantile(low), worlds.quantile(high)


def draw_marks(ax: Axes, marks: Sequence[Mark], months: int, gap: float = 0.04) -> None:
    """A thin line at each event, with its letter above the panel; letters of close months are moved apart.

    `gap` is the least distance between letters, as a share of the panel's width.
    """
    places = spread([float(month) for month, _ in marks], gap * max(months, 1), 0, max(months, 1))
    for (month, _), place, letter in zip(marks, places, _letters(len(marks)), strict=True):
        ax.axvline(month, color=MARK, linewidth=0.9, linestyle=(0, (3, 3)), zorder=1.5)
        ax.annotate(
            letter,
            (place, 1.0),
            (0, 3),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            color=MUTED,
            fontweight="bold",
        )


def _letters(count: int) -> list[str]:
    return [_LETTERS[n % 26] * (1 + n // 26) for n in range(count)]


def _headings(sheet: Sheet, result: Result, marks: Sequence[Mark], begins: int | None) -> None:
    """Title, explanation of the lines, and key of the letters."""
    title_of(result.scenario.title or result.scenario.name, sheet, _LEFT - 0.02, 0.965)
    sheet.figure.text(_LEFT - 0.02, 0.925, _what_is_drawn(result), fontsize=10.5, va="center", color=MUTED)
    tell_marks(sheet, marks, begins, _LEFT - 0.02)


def tell_marks(sheet: Sheet, marks: Sequence[Mark], begins: int | None, left: float) -> None:
    """The key of the letters, in two lines at the foot of the sheet."""
    words = [f"{a} ({moment(m, begins)}): {words}" for (m, words), a in zip(marks, _letters(len(marks)), strict=True)]
    for n, line in enumerate(_wrapped(words, 170)):
        sheet.figure.text(left, 0.034 - 0.022 * n, line, fontsize=9, va="center", color=INK)


def _what_is_drawn(result: Result) -> str:
    seeds = seeds_of(result)
    of_many = "" if first_run(result).ccgs is None else "; means over the CCGs that there are"
    if len(seeds) == 1:
        return f"One world, seed {seeds[0]}{of_many}"
    bands = f"Bands: single worlds, {edges(len(seeds))}{of_many}"
    return f"Lines: average of {len(seeds)} worlds (seeds {seeds[0]} to {seeds[-1]}). {bands}"


def _wrapped(words: Sequence[str], width: int) -> list[str]:
    """At most two lines of about `width` characters; the rest is counted."""
    lines = [""]
    for n, word in enumerate(words):
        if lines[-1] and len(lines[-1]) + len(word) > width:
            if len(lines) == 2:
                lines[-1] += f"     and {len(words) - n} more"
                break
            lines.append("")
        lines[-1] += ("     " if lines[-1] else "") + word
    return lines


def _name_lines(sheet: Sheet, ax: Axes, panel: Panel, series: pd.DataFrame) -> None:
    """Each line's name at its end, moved apart if ends are close, connected to the line by a thin stroke."""
    ends = _ends(panel, series)
    height = ax.get_window_extent(sheet.renderer()).height
    low, high = ax.get_ylim()
    gap = 13.2 * sheet.figure.dpi / 72 / height
    wanted = [(value - low) / (high - low) for _, value in ends]
    for (line, _), start, place in zip(ends, wanted, spread(wanted, gap, 0.0, 1.0), strict=True):
        bold = "bold" if line.main else "normal"
        ax.plot([1.0, 1.035], [start, place], transform=ax.transAxes, color=line.colour, lw=0.7, clip_on=False)
        ax.text(
            1.045,
            place,
            line.name,
            transform=ax.transAxes,
            va="center",
            fontsize=9.5,
            color=line.colour,
            fontweight=bold,
            gid="line-name",
        )


def _ends(panel: Panel, series: pd.DataFrame) -> list[tuple[Line, float]]:
    """Each line that is ever defined, with its last defined value."""
    found: list[tuple[Line, float]] = []
    for line in panel.lines:
        if line.measure in series.columns:
            values = series.groupby("month")[line.measure].mean().dropna()
            found += [(line, float(values.iloc[-1]))] if len(values) else []
    return found
