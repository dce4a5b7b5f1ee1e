"""The figure of a comparison: paths of headline measures in each scenario, and differences from the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator
from scipy import special

from ccgsim.foundation.statistics import edges, quantiles
from ccgsim.lab.comparison import Comparison
from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.marks import Mark, all_begin, marks_of
from ccgsim.report.drawing.palette import BLACK, BLUE, FAINT, GREEN, MUTED, ORANGE, PURPLE, VERMILION
from ccgsim.report.drawing.time_axis import name_months
from ccgsim.report.figures.measures import band, draw_marks, tell_marks

DRAWN = ("stability", "coherence", "knowledge_mobility", "participation", "manager_control")
COLOURS = (BLACK, BLUE, VERMILION, GREEN, PURPLE, ORANGE)
SHAPES = ("o", "s", "^", "D", "v", "P")
SURE = 0.975
_LEFT = 0.038
_LETTERS_APART = 0.07  # share of a panel's width


def comparison_figure(found: Comparison) -> Sheet:
    """Paths of headline measures in each scenario above, differences from the base below, with bands."""
    begins = all_begin(found.scenarios)
    marks = event_marks(found.scenarios, found.months)
    with style():
        sheet = new_sheet()
        grid = {"left": 0.056, "right": 0.985, "top": 0.8, "bottom": 0.14, "hspace": 0.26, "wspace": 0.32}
        axes = sheet.figure.subplots(2, len(DRAWN), sharex=True, gridspec_kw=grid)
        for column, measure in enumerate(DRAWN):
            _draw_paths(axes[0, column], found.series, measure)
            _draw_differences(axes[1, column], found.series, measure)
            axes[0, column].set_title(MEASURE[measure].label, fontsize=11.5, loc="left", weight="bold", pad=14)
        for ax in axes.flat:
            draw_marks(ax, marks, found.months, _LETTERS_APART)
            ax.set_xlim(0, found.months)
            ax.tick_params(labelsize=9, length=3)
        name_months(axes[1], found.months, begins, most=4)
        _headings(sheet, found, axes[0, 0].get_lines()[: len(found.scenarios)])
        tell_marks(sheet, marks, begins, _LEFT)
    return sheet


def event_marks(scenarios: Mapping[str, Any], months: int) -> list[Mark]:
    """The dated events of all scenarios; events not in all scenarios are followed by the scenarios' names."""
    having: dict[Mark, list[str]] = {}
    for name, world in scenarios.items():
        for mark in marks_of(world.resolved(), months):
            having.setdefault(mark, []).append(name)
    by_month: dict[int, list[str]] = {}
    for (month, words), names in sorted(having.items(), key=lambda each: each[0][0]):
        whose = "" if len(names) == len(scenarios) else f" ({', '.join(names)})"
        by_month.setdefault(month, []).append(words + whose)
    return [(month, "; ".join(words)) for month, words in by_month.items()]


def _headings(sheet: Sheet, found: Comparison, lines: Sequence[Any]) -> None:
    """Title, explanation, and key of colours."""
    title_of(f"{' and '.join(list(found.scenarios)[1:])} against {found.base}", sheet, _LEFT, 0.965)
    seeds = f"seed {found.seeds[0]}" if len(found.seeds) == 1 else f"seeds {found.seeds[0]} to {found.seeds[-1]}"
    words = f"One world of each, {seeds}. Below: differences, paired by seed"
    if len(found.seeds) > 1:
        words = (
            f"Averages over {seeds}. Above: single worlds, {edges(len(found.seeds))}. "
            "Below: paired differences; dark: 95% interval of a month's average, pale: single pairs"
        )
    sheet.figure.text(_LEFT, 0.925, words, fontsize=10, va="center", color=MUTED)
    names = [name if len(name) <= 40 else f"{name[:39]}…" for name in found.scenarios]
    place = {"loc": "upper left", "bbox_to_anchor": (_LEFT - 0.012, 0.91)}
    sheet.figure.legend(lines, names, ncols=min(6, len(names)), frameon=False, **place)


def _look(n: int, months: int) -> dict[str, Any]:
    marks = {"marker": SHAPES[n % 6], "markevery": max(1, months // 5), "markersize": 4}
    return {"color": COLOURS[n % 6], "lw": 1.8, **marks}


def _draw_paths(ax: Any, series: pd.DataFrame, measure: str) -> None:
    for n, (_, worlds) in enumerate(series.groupby("scenario", sort=False)):
        mean = worlds.groupby("month")[measure].mean()
        ax.plot(mean.index, mean, **_look(n, len(mean)))
        if worlds["seed"].nunique() > 1:
            low, high = band(worlds, measure)
            ax.fill_between(mean.index, low, high, color=COLOURS[n % 6], alpha=0.13, lw=0)
    ax.set_ylim(0, 1)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "", ".5", "", "1"])
    ax.grid(axis="y", color=FAINT, linewidth=0.8)


def _draw_differences(ax: Any, series: pd.DataFrame, measure: str) -> None:
    """Each scenario less the base: the average, the interval of the average, and the range of single pairs."""
    base, *others = series["scenario"].unique()
    values = series.pivot(index=["seed", "month"], columns="scenario", values=measure)
    ax.axhline(0, color=MUTED, lw=1)
    for n, name in enumerate(others, start=1):
        months = (values[name] - values[base]).groupby("month")
        pairs = months.agg(["mean", "sem", "count"])
        half = special.stdtrit((pairs["count"] - 1).clip(lower=1), SURE) * pairs["sem"]  # missing below two pairs
        _band(ax, pairs["mean"] - half, pairs["mean"] + half, n, 0.32)
        if series["seed"].nunique() > 1:
            low, high = quantiles(series["seed"].nunique())
            _band(ax, months.quantile(low), months.quantile(high), n, 0.1)
        ax.plot(pairs.index, pairs["mean"], **_look(n, len(pairs)))
    ax.yaxis.set_major_locator(MaxNLocator(5))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _short(value)))


def _band(ax: Any, low: pd.Series, high: pd.Series, n: int, alpha: float) -> None:
    ax.fill_between(low.index, low, high, color=COLOURS[n % 6], alpha=alpha, lw=0)


def _short(value: float) -> str:
    """A difference as an axis label, without the leading zero."""
    text = f"{value:+.3g}" if abs(value) > 1e-12 else "0"
    return text.replace("0.", ".", 1)
