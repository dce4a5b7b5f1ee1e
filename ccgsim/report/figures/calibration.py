"""Figures of a calibration: the posterior beside the prior, and the targets beside what it predicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.palette import BLUE, FAINT, INK, MUTED, ORANGE, VERMILION

MOST_PAIRS = 5  # largest number of parameters for which pairs are drawn
MOST_BINS = 24
REACH = 5.0  # sd of a target on either side
BATCH = 4  # marginals in a row if pairs are not drawn


def posterior_figure(particles: pd.DataFrame, summary: pd.DataFrame, heading: str) -> Sheet:
    """Each parameter's posterior over its prior; below, pairs of parameters, if there are few parameters."""
    rows = summary.to_dict("records")
    pairs = 1 < len(rows) <= MOST_PAIRS
    columns = len(rows) if pairs else min(BATCH, len(rows))
    lines = len(rows) if pairs else -(-len(rows) // BATCH)
    width, height = max(7.0, 2.6 * columns + 1.1), 2.35 * lines + 1.75
    with style():
        sheet = new_sheet(width, height)
        box = {"left": 0.95 / width, "right": 1 - 0.2 / width, "top": 1 - 1.25 / height, "bottom": 0.55 / height}
        axes = sheet.figure.subplots(lines, columns, squeeze=False, gridspec_kw=box | {"wspace": 0.3, "hspace": 0.5})
        for place, row in enumerate(rows):
            _marginal(axes[place, place] if pairs else axes.flat[place], particles, row)
        if pairs:
            _pairs(axes, particles, rows)
        else:
            for ax in axes.flat[len(rows) :]:
                ax.set_visible(False)
        title_of(heading, sheet, 0.2 / width, 1 - 0.3 / height)
        words = "Blue: posterior, grey: prior. Dot and line: mean and 95% interval. Number: posterior sd over prior sd."
        sheet.figure.text(0.2 / width, 1 - 0.66 / height, words, fontsize=9, color=MUTED, va="center")
    return sheet


def _marginal(ax: Axes, particles: pd.DataFrame, row: Mapping[Any, Any]) -> None:
    name, low, high = str(row["parameter"]), row["prior_low"], row["prior_high"]
    bins = np.linspace(low, high, min(MOST_BINS, 5 + int(np.sqrt(len(particles)))) + 1)
    ax.axhspan(0, 1 / (high - low), color=FAINT, lw=0)
    ax.hist(particles[name], bins=list(bins), weights=particles["weight"], density=True, color=BLUE, alpha=0.75)
    top = ax.get_ylim()[1] * 1.12
    ax.set_ylim(0, top)
    ax.plot([row["low"], row["high"]], [0.96 * top] * 2, color=INK, lw=1.5)
    ax.plot([row["mean"]], [0.96 * top], "o", color=INK, ms=5)
    ax.set(xlim=(low, high), yticks=[])
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(MaxNLocator(3))
    ax.set_title(f"{name}  {row['sd_left']:.2f}", loc="left", fontsize=10, fontweight="bold")


def _pairs(axes: Any, particles: pd.DataFrame, rows: Sequence[Mapping[Any, Any]]) -> None:
    """Particles of each pair below the diagonal, larger with more weight; nothing above."""
    largest = particles["weight"].max()
    for i, lower in enumerate(rows):
        for j, left in enumerate(rows):
            ax = axes[i, j]
            if j > i:
                ax.set_visible(False)
            elif j < i:
                size = 4 + 22 * particles["weight"] / largest
                ax.scatter(
                    particles[left["parameter"]], particles[lower["parameter"]], s=size, color=BLUE, alpha=0.45, lw=0
                )
                ax.set(xlim=(left["prior_low"], left["prior_high"]), ylim=(lower["prior_low"], lower["prior_high"]))
                ax.xaxis.set_major_locator(MaxNLocator(3))
                ax.yaxis.set_major_locator(MaxNLocator(3))
            if j == 0 and i > 0:
                ax.set_ylabel(str(lower["parameter"]), fontsize=9)
        axes[-1, i].set_xlabel(str(lower["parameter"]), fontsize=9)


def predictive_figure(check: pd.DataFrame, heading: str) -> Sheet:
    """Each target with the posterior's prediction, both in the target's sd."""
    height = 2.0 + 0.42 * len(check)
    with style():
        sheet = new_sheet(11.0, height)
        ax = sheet.figure.add_axes((0.36, 0.75 / height, 0.44, 1 - 1.85 / height))
        ax.axvspan(-2, 2, color=FAINT, alpha=0.8, lw=0)
        ax.axvline(0, color=MUTED, lw=1)
        for place, row in enumerate(check.to_dict("records")):
            _predicted(ax, row, place)
        ax.set(xlim=(-REACH, REACH), ylim=(len(check) - 0.5, -0.5))
        ax.set_yticks(range(len(check)), [_cut(str(name)) for name in check["target"]], fontsize=9, color=INK)
        ax.tick_params(axis="y", length=0)
        ax.set_xlabel("difference from the target, in the target's sd")
        title_of(heading, sheet, 0.02, 1 - 0.3 / height)
        words = "Line: 95% of worlds of the posterior, on new seeds. Band: target, two sd on either side."
        sheet.figure.text(0.02, 1 - 0.66 / height, words, fontsize=9, color=MUTED, va="center")
        sheet.figure.text(0.815, 1 - 0.95 / height, "predicted mean; target, sd", fontsize=9, color=MUTED, va="center")
    return sheet


def _predicted(ax: Axes, row: Mapping[Any, Any], place: int) -> None:
    """Interval and mean of one target's prediction, and the numbers beside it."""
    mean, low, high = ((row[name] - row["value"]) / row["sd"] for name in ("mean", "low", "high"))
    colour = BLUE if row["inside"] else VERMILION
    if np.isfinite(mean):
        ax.plot(np.clip([low, high], -REACH, REACH), [place, place], color=colour, lw=2, solid_capstyle="butt")
        for edge, arrow, beyond in ((-REACH, "<", low < -REACH), (REACH, ">", high > REACH)):
            if beyond:
                ax.plot([edge], [place], arrow, color=colour, ms=6, clip_on=False)
        if abs(mean) <= REACH:
            ax.plot([mean], [place], "o", color=colour, ms=6, mec="white")
    words = f"{row['mean']:.3g}; {row['value']:.3g}, {row['sd']:.2g}" if np.isfinite(mean) else "undefined"
    ax.text(1.035, place, words, transform=ax.get_yaxis_transform(), va="center", fontsize=9)


def _cut(words: str, most: int = 52) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def closing_figure(generations: pd.DataFrame, wanted: float) -> Sheet:
    """Tolerance and acceptance rate of each generation."""
    later = generations[generations["generation"] > 0]
    with style():
        sheet = new_sheet(8.5, 3.9)
        left, right = sheet.figure.subplots(
            1, 2, gridspec_kw={"left": 0.08, "right": 0.97, "top": 0.78, "bottom": 0.15}
        )
        left.axhline(wanted, color=ORANGE, lw=1.4)
        left.plot(later["generation"], later["tolerance"], "o-", color=BLUE)
        left.text(0.02, wanted, "uncertainty of the targets", va="bottom", fontsize=8.5, color=MUTED,
                  transform=left.get_yaxis_transform())  # fmt: skip
        left.set(xlabel="generation", ylim=(0, None))
        left.set_title("Distance allowed, in sd", loc="left", fontsize=10.5, fontweight="bold")
        right.plot(generations["generation"], generations["accepted"] / generations["tried"], "o-", color=BLUE)
        right.set(xlabel="generation", ylim=(0, 1.05))
        right.set_title("Share of candidates accepted", loc="left", fontsize=10.5, fontweight="bold")
        for ax in (left, right):
            ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        title_of(f"{int(generations['tried'].sum()):,} candidates in {len(generations)} generations", sheet, 0.02, 0.93)
    return sheet
