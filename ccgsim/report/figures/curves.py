"""Curves of an experiment: measures over one parameter, one line per value of another, with intervals over seeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ccgsim.foundation.statistics import half_width, range_of
from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.palette import FAINT, INK, MUTED, ramp

STOPS = ("#7FB7DA", "#2A6FA8", "#08203F")  # from the least to the most
MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")


def summary(table: pd.DataFrame, over: str, by: str, measures: Mapping[str, str]) -> pd.DataFrame:
    """Mean and 95% t-interval of each measure over seeds (and any other variation): one row per pair of values.

    `measures` maps a column of the table to its heading; columns: measure, the two parameters, mean, low, high, n, and
    the range of seeds.
    """
    rows = []
    for column in measures:
        for (line, place), here in table.groupby([by, over], sort=True):
            values = here.groupby("seed")[column].mean().dropna().to_numpy(float)
            half = half_width(values)
            mean = float(values.mean()) if len(values) else float("nan")
            rows.append((column, line, place, mean, mean - half, mean + half, len(values), *range_of(values)))
    names = ["measure", by, over, "mean", "low", "high", "n", "range_low", "range_high"]
    return pd.DataFrame(rows, columns=names).astype({"range_low": float, "range_high": float})


def curves_figure(summary: pd.DataFrame, measures: Mapping[str, str], heading: str, note: str) -> Sheet:
    """One panel per measure: lines over one parameter, one per value of the other, with 95% intervals as bars."""
    by, over = str(summary.columns[1]), str(summary.columns[2])
    lines = sorted(summary[by].unique())
    colours = ramp(STOPS, np.linspace(0, 1, max(2, len(lines))))
    with style():
        sheet = new_sheet(13.333, 4.9)
        box = {"left": 0.05, "right": 0.985, "top": 0.745, "bottom": 0.2, "wspace": 0.2}
        axes = sheet.figure.subplots(1, len(measures), squeeze=False, gridspec_kw=box)[0]
        for ax, (column, title) in zip(axes, measures.items(), strict=True):
            here = summary[summary["measure"] == column]
            aside = 0.012 * (summary[over].max() - summary[over].min())  # bars of one place stand side by side
            for number, line in enumerate(lines):
                rows = here[here[by] == line]
                rows = rows.assign(place=rows[over] + aside * (number - (len(lines) - 1) / 2))
                _line(ax, rows, tuple(colours[number]), number, f"{line:g}")
            ax.set_xticks(sorted(summary[over].unique()))
            ax.set_title(title, loc="left", fontsize=11, fontweight="bold")
            ax.set_xlabel(over)
            ax.grid(axis="y", color=FAINT, lw=0.8)
            ax.set_axisbelow(True)
        title_of(heading, sheet, 0.012, 0.94)
        handles, labels = axes[0].get_legend_handles_labels()
        sheet.figure.legend(
            handles, labels, title=by, alignment="left", ncols=len(lines), frameon=False, loc="upper left",
            bbox_to_anchor=(0.008, 0.905), title_fontproperties={"size": 9.5}, borderaxespad=0.0,
        )  # fmt: skip
        sheet.figure.text(
            0.012,
            0.03,
            f"{note} Bars: 95% intervals of the average over seeds, the same at all points; single worlds: the table.",
            fontsize=9,
            color=MUTED,
        )
    return sheet


def _line(ax: Axes, rows: pd.DataFrame, colour: tuple[float, ...], number: int, label: str) -> None:
    rows = rows.sort_values("place")
    ax.vlines(rows["place"], rows["low"], rows["high"], color=colour, lw=1.4)
    ax.plot(rows["place"], rows["mean"], MARKS[number % len(MARKS)] + "-", color=colour, ms=5, mec="white", label=label)
    ax.tick_params(colors=INK)


def headings(measures: Iterable[str], at: str) -> dict[str, str]:
    """Columns of a sweep's table for measures at a moment (final or mean), with their labels."""
    return {f"{at}_{name}": MEASURE[name].label for name in measures}
