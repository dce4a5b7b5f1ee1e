"""Figures of compared levers: effects with intervals in each world, and interactions of pairs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.palette import BLUE, FAINT, INK, MUTED, ORANGE, PURPLE, ramp

COLOURS = (BLUE, ORANGE, PURPLE)
MARKS = ("o", "s", "^")
_DIVERGING = ("#8C3A00", "#F2F3F5", "#00466F")
LEAST = 0.005  # the smallest interaction that is marked


def words(name: str) -> str:
    """A lever's name as text."""
    return name.replace("_", " ")


def effects_figure(table: pd.DataFrame, heading: str) -> Sheet:
    """Effect of each lever alone: one panel per measure, one mark per world, lines for 95% intervals."""
    single = table[table["second"].isna()]
    largest = single[single["measure"] == single["measure"].iloc[0]].groupby("lever")["effect"].max()
    order = list(largest.sort_values().index)
    with style():
        height = 1.9 + 0.34 * len(order)
        sheet = new_sheet(13.333, height)
        box = {"left": 0.13, "right": 0.985, "wspace": 0.06, "top": 1 - 1.15 / height, "bottom": 0.65 / height}
        axes = sheet.figure.subplots(1, single["measure"].nunique(), sharey=True, gridspec_kw=box)
        for ax, (measure, rows) in zip(axes, single.groupby("measure", sort=False), strict=True):
            _marks(ax, rows, order)
            ax.set_title(f"on {words(str(measure))}", loc="left", fontsize=12, fontweight="bold")
            ax.set_xlabel(f"difference with the lever [{MEASURE[str(measure)].unit}]")
        axes[0].set_yticks(range(len(order)), [words(name) for name in order], color=INK)
        axes[-1].legend(frameon=False, ncols=3, loc="lower right", bbox_to_anchor=(1.0, 1 + 0.32 / (height - 1.8)))
        title_of(heading, sheet, 0.012, 1 - 0.35 / height)
    return sheet


def _marks(ax: Axes, rows: pd.DataFrame, order: list[str]) -> None:
    ax.axvline(0, color=MUTED, lw=0.9)
    ax.grid(axis="y", color=FAINT, lw=0.8)
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0)
    for number, (world, here) in enumerate(rows.groupby("world", sort=False)):
        place = np.array([order.index(name) for name in here["lever"]]) + 0.24 * (1 - number)
        colour = COLOURS[number % len(COLOURS)]
        ax.hlines(place, here["low"], here["high"], color=colour, lw=1.6)
        ax.plot(here["effect"], place, MARKS[number % len(MARKS)], color=colour, ms=5.5, mec="white", label=world)
    ax.set_ylim(-0.6, len(order) - 0.4)


def pairs_figure(table: pd.DataFrame, measure: str = "participation") -> Sheet:
    """Interaction of each pair on a measure: one heat map per world; a dot if at least LEAST and clearly not 0."""
    pairs = table[table["second"].notna() & (table["measure"] == measure)]
    names = list(dict.fromkeys([*pairs["lever"], *pairs["second"]]))
    limit = max(float(pairs["interaction"].abs().max()), 0.01)
    with style():
        sheet = new_sheet(13.333, 6.2)
        box = {"left": 0.115, "right": 0.93, "top": 0.83, "bottom": 0.23, "wspace": 0.05}
        axes = sheet.figure.subplots(1, pairs["world"].nunique(), sharey=True, gridspec_kw=box)
        for ax, (world, rows) in zip(axes, pairs.groupby("world", sort=False), strict=True):
            image = _heat(ax, rows, names, limit)
            ax.set_title(str(world), loc="left", fontsize=12, fontweight="bold")
        axes[0].set_yticks(range(len(names)), [words(name) for name in names], fontsize=9)
        bar = sheet.figure.colorbar(image, cax=sheet.figure.add_axes((0.945, 0.3, 0.012, 0.45)))
        bar.outline.set_visible(False)
        note = f"Brown: less together than the sum of both. Blue: more. Dot: {LEAST:g} or more, 95% interval without 0."
        sheet.figure.text(0.012, 0.9, note, color=MUTED, fontsize=10.5, va="center")
        less, more = (int((_sure(pairs) & (sign * pairs["interaction"] > 0)).sum()) for sign in (-1, 1))
        finding = f"Pairs do less for {measure} than the sum of their levers in {less} cases, more in {more}"
        title_of(f"{finding}, of {len(pairs)}", sheet, 0.012, 0.955)
    return sheet


def _sure(pairs: pd.DataFrame) -> pd.Series:
    """Whether each interaction is at least LEAST in size and its 95% interval excludes 0."""
    sure = (pairs["interaction_low"] > 0) | (pairs["interaction_high"] < 0)
    return sure & (pairs["interaction"].abs() >= LEAST)


def _heat(ax: Axes, rows: pd.DataFrame, names: list[str], limit: float) -> Any:
    grid = np.full((len(names), len(names)), np.nan)
    for row, sure in zip(rows.to_dict("records"), _sure(rows), strict=True):
        high, low = sorted((names.index(row["lever"]), names.index(row["second"])), reverse=True)
        grid[high, low] = row["interaction"]
        if sure:
            ax.plot(low, high, ".", color=INK, ms=5)
    colours = ListedColormap(ramp(_DIVERGING, np.linspace(0, 1, 201)))
    image = ax.imshow(grid, cmap=colours, vmin=-limit, vmax=limit, aspect="auto")
    ax.set_xticks(range(len(names)), [words(name) for name in names], rotation=90, fontsize=9)
    ax.tick_params(length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    return image
