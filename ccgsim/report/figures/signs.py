"""Figures of early-warning signs, of draws of the circle's parameters, and of the too-late clock."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.labels import spread
from ccgsim.report.drawing.palette import BLUE, FAINT, GREEN, GREY, INK, MUTED, ORANGE, PURPLE, VERMILION
from ccgsim.studies.draws import APART

_COLOURS = (BLUE, ORANGE, GREEN, PURPLE, VERMILION, GREY)
_SIGNS = {"variance": "Variance, log of late over early", "autocorrelation": "Lag-1 autocorrelation, late less early"}
_DRAWN = {
    "stepping_in.steepness": "managers' steepness",
    "engagement.noise": "noise of choice",
    "engagement.value": "value of being heard",
    "engagement.waiting": "worth of waiting",
}
_WORLDS = {"moving": ("towards the fold", VERMILION), "kept": ("kept far away", BLUE), "beyond": ("difference", INK)}


def warning_figure(rises: pd.DataFrame) -> Sheet:
    """Rise of each sign towards the fold, in the same worlds kept away from it, and the difference; 95% intervals.

    Columns: approach, sign, world, rise, low, high, share_rising.
    """
    sure = (rises["low"] > 0).groupby(rises["world"]).sum()
    count = (rises["world"] == "beyond").sum()
    heading = (
        f"Of {count} early-warning signs {sure['beyond']} rise against a twin far away, {sure['moving']} by themselves"
    )
    with style():
        sheet = new_sheet(13.333, 4.4)
        box = {"left": 0.165, "right": 0.985, "top": 0.77, "bottom": 0.12, "wspace": 0.08}
        axes = sheet.figure.subplots(1, len(_SIGNS), sharey=True, gridspec_kw=box)
        approaches = list(dict.fromkeys(rises["approach"]))
        for ax, (sign, title) in zip(axes, _SIGNS.items(), strict=True):
            _rises(ax, rises[rises["sign"] == sign], approaches)
            ax.set_title(title, loc="left", fontsize=11, fontweight="bold")
            ax.set_xlabel("rise from the first five years to the last before the fall or the ramp's top")
        axes[0].set_yticks(
            [-n for n in range(len(approaches))], [name.replace(", ", ",\n") for name in approaches], color=INK
        )
        axes[1].legend(frameon=False, fontsize=9.5, loc="upper right", bbox_to_anchor=(1.0, 1.2), ncols=3)
        title_of(heading, sheet, 0.012, 0.94)
    return sheet


def _rises(ax: Axes, rows: pd.DataFrame, approaches: list[str]) -> None:
    ax.axvline(0, color=MUTED, lw=0.9)
    ax.tick_params(axis="y", length=0)
    for number, (world, (label, colour)) in enumerate(_WORLDS.items()):
        here = rows[rows["world"] == world]
        place = np.array([-approaches.index(name) for name in here["approach"]]) + 0.22 * (1 - number)
        ax.hlines(place, here["low"], here["high"], color=colour, lw=2)
        ax.plot(here["rise"], place, "o", color=colour, ms=6, label=label)
        for x, y, share in zip(here["high"], place, here["share_rising"], strict=True):
            ax.annotate(
                f"{share:.0%}", (x, y), (5, 0), textcoords="offset points", va="center", fontsize=8.5, color=MUTED
            )
    ax.set_ylim(-len(approaches) + 0.45, 0.55)
    ax.margins(x=0.12)


def draws_figure(table: pd.DataFrame, sampled: pd.DataFrame) -> Sheet:
    """Drawn parameters with and without a window, and expected against simulated gaps on a sample."""
    agree = ((sampled["expected_gap"] >= APART) == (sampled["simulated_gap"] >= APART)).mean()
    share = (table["expected_gap"] >= APART).mean()
    heading = f"{share:.0%} of draws have a window; simulation agrees in {agree:.0%} of a sample of {len(sampled)}"
    with style():
        sheet = new_sheet(13.333, 4.6)
        box = {"left": 0.055, "right": 0.985, "top": 0.77, "bottom": 0.135, "wspace": 0.28}
        left, middle, right = sheet.figure.subplots(1, 3, gridspec_kw=box)
        columns = list(_DRAWN)
        for ax, pair in ((left, columns[:2]), (middle, columns[2:])):
            _scatter(ax, table, *pair)
            ax.set(xlabel=_DRAWN[pair[0]], ylabel=_DRAWN[pair[1]])
        left.set_title("Draws with a window (filled)", loc="left", fontsize=11, fontweight="bold")
        middle.set_title("The same draws", loc="left", fontsize=11, fontweight="bold")
        right.plot([0, 0.8], [0, 0.8], color=FAINT, lw=1.5)
        right.axhline(APART, color=MUTED, lw=0.8, ls=(0, (3, 3)))
        right.axvline(APART, color=MUTED, lw=0.8, ls=(0, (3, 3)))
        right.plot(sampled["expected_gap"], sampled["simulated_gap"], "o", color=BLUE, ms=6, alpha=0.75, mew=0)
        right.set(
            xlim=(-0.03, 0.8), ylim=(-0.03, 0.8), xlabel="gap between regimes, mean field", ylabel="gap, simulated"
        )
        right.set_title("Theory against simulation", loc="left", fontsize=11, fontweight="bold")
        title_of(heading, sheet, 0.012, 0.94)
    return sheet


def _scatter(ax: Axes, table: pd.DataFrame, across: str, up: str) -> None:
    window = table["expected_gap"] >= APART
    ax.plot(table[across][~window], table[up][~window], "o", ms=4, mfc="white", mec=GREY, mew=0.9)
    ax.plot(table[across][window], table[up][window], "o", ms=5, color=VERMILION, mew=0)


def clock_figure(table: pd.DataFrame, summary: pd.DataFrame, wanted: float, heading: str, axis: str) -> Sheet:
    """Share of worlds restored by the month in which a lever is pulled, one line per lever; the wanted share dashed."""
    with style():
        sheet = new_sheet(10.5, 5.4)
        ax = sheet.figure.subplots(gridspec_kw={"left": 0.075, "right": 0.72, "top": 0.83, "bottom": 0.12})
        ax.axhline(wanted, color=MUTED, lw=1.0, ls=(0, (4, 3)))
        ax.text(
            0.005,
            wanted + 0.012,
            f"{wanted:.0%} of worlds",
            transform=ax.get_yaxis_transform(),
            fontsize=9,
            color=MUTED,
        )
        ends, names = [], []
        for number, (colour, (lever, rows)) in enumerate(
            zip(_COLOURS, table.groupby("lever", sort=False), strict=False)
        ):
            width = 2.0 + 0.7 * max(0, 3 - number)  # so that coinciding lines stay visible
            ax.plot(rows["month"], rows["restored"], "o-", color=colour, lw=width, ms=width + 3, clip_on=False)
            last = float(summary.loc[summary["lever"] == lever, "last_month"].iloc[0])
            until = "never in time" if np.isnan(last) else f"in time until month {last:.0f}"
            ends.append(float(rows["restored"].iloc[-1]))
            names.append((f"{str(lever).replace('_', ' ')}: {until}", colour))
        taken = spread([*ends], 0.07, 0.0, 1.0)
        for (name, colour), end, place in zip(names, ends, taken, strict=True):
            ax.plot([1.0, 1.03], [end, place], transform=ax.get_yaxis_transform(), color=colour, lw=0.7, clip_on=False)
            ax.text(1.035, place, name, transform=ax.get_yaxis_transform(), va="center", fontsize=9.5, color=colour)
        span = (table["month"].min(), table["month"].max())
        ax.set(xlim=span, ylim=(-0.02, 1.02), xlabel="month in which the lever is pulled", ylabel=axis)
        title_of(heading, sheet, 0.02, 0.93)
    return sheet
