"""Figures of the map of the circle: phases, and hysteresis."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.palette import BLUE, GREY, INK, MUTED, VERMILION, ramp

HIGH, EITHER, LOW = "#8DBFE3", "#F7E08A", "#E9A27C"
_SHADES = ("#F5F5F5", "#8B7BB8", "#2A1A5E")


def phase_figure(phases: pd.DataFrame, folds: pd.DataFrame) -> Sheet:
    """Regimes and gap over uncertainty and pressure, one column per level of dialogue; mean-field folds as lines."""
    with style():
        sheet = new_sheet(13.333, 7.6)
        box = {"left": 0.07, "right": 0.925, "top": 0.83, "bottom": 0.085, "hspace": 0.2, "wspace": 0.07}
        columns = list(phases.groupby("dialogue"))
        axes = sheet.figure.subplots(2, len(columns), sharex=True, sharey=True, squeeze=False, gridspec_kw=box)
        for place, (dialogue, cells) in enumerate(columns):
            line = folds[folds["dialogue"] == dialogue]
            _shares(axes[0, place], cells)
            image = _gap(axes[1, place], cells)
            axes[0, place].set_title(f"dialogue {dialogue:g}", loc="left", fontsize=12, fontweight="bold")
            axes[1, place].set_xlabel("policy uncertainty")
            for ax in axes[:, place]:
                for fold in ("lower", "upper"):
                    ax.plot(line[fold], line["pressure"], color=INK, lw=1.8, ls="-" if fold == "upper" else (0, (4, 2)))
        edges = _extent(phases)[0]
        axes[0, 0].set(xlim=edges[:2], ylim=edges[2:])
        for ax in axes[:, 0]:
            ax.set_ylabel("inherited pressure on managers")
        _keys(sheet, axes, image)
        share = (phases["either"] >= 0.5).mean()
        years = phases["months"].iloc[0] / 12
        heading = f"At {share:.0%} of places a CCG's past still decides its regime after {years:g} years"
        title_of(heading, sheet, 0.012, 0.96)
    return sheet


def _keys(sheet: Sheet, axes: np.ndarray, image: object) -> None:
    names = ("high from both starts", "either: the past decides", "low from both starts")
    patches = [Patch(color=colour, label=name) for colour, name in zip((HIGH, EITHER, LOW), names, strict=True)]
    lines = [axes[0, 0].plot([], [], color=INK, lw=1.8, ls=ls, label=f"mean field, {name} fold")[0] for ls, name in (
        ((0, (4, 2)), "lower"), ("-", "upper"))]  # fmt: skip
    sheet.figure.legend(
        handles=[*patches, *lines], ncols=5, frameon=False, loc="upper left", bbox_to_anchor=(0.05, 0.935), fontsize=10
    )
    bar = sheet.figure.colorbar(image, cax=sheet.figure.add_axes((0.94, 0.085, 0.012, 0.33)))  # type: ignore[arg-type]
    bar.set_label("gap in participation, high less low start")
    bar.outline.set_visible(False)


def _extent(cells: pd.DataFrame) -> tuple[tuple[float, float, float, float], int, int]:
    """Edges of the map, and its numbers of rows and columns of cells."""
    across, up = np.sort(cells["uncertainty"].unique()), np.sort(cells["pressure"].unique())
    half = [(axis[1] - axis[0]) / 2 if len(axis) > 1 else 0.05 for axis in (across, up)]
    edges = (across[0] - half[0], across[-1] + half[0], up[0] - half[1], up[-1] + half[1])
    return edges, len(up), len(across)


def _shares(ax: Axes, cells: pd.DataFrame) -> None:
    """Colours mixed by the share of worlds in each state."""
    cells = cells.sort_values(["pressure", "uncertainty"])
    edges, rows, columns = _extent(cells)
    colours = np.array([[int(c[n : n + 2], 16) / 255 for n in (1, 3, 5)] for c in (HIGH, EITHER, LOW)])
    mixed = cells[["high", "either", "low"]].to_numpy() @ colours
    ax.imshow(mixed.reshape(rows, columns, 3), origin="lower", extent=edges, aspect="auto", interpolation="nearest")


def _gap(ax: Axes, cells: pd.DataFrame) -> object:
    cells = cells.sort_values(["pressure", "uncertainty"])
    edges, rows, columns = _extent(cells)
    grid = cells["gap"].to_numpy().reshape(rows, columns)
    colours = ListedColormap(ramp(_SHADES, np.linspace(0, 1, 101)))
    return ax.imshow(grid, origin="lower", extent=edges, aspect="auto", cmap=colours, vmin=0, vmax=0.5)


_CONDITIONS = {"uncertainty": "policy uncertainty", "pressure": "inherited pressure on managers"}


def hysteresis_figure(lines: pd.DataFrame, areas: pd.DataFrame, folds: pd.DataFrame, times: pd.DataFrame) -> Sheet:
    """Participation on the slow ramp of each condition up and back, with folds; then times after a jump."""
    tips = areas.set_index("ramp")
    with style():
        sheet = new_sheet(13.333, 4.9)
        box = {"left": 0.05, "right": 0.985, "top": 0.77, "bottom": 0.125, "wspace": 0.2}
        axes = sheet.figure.subplots(1, len(_CONDITIONS) + 1, gridspec_kw=box)
        turns = []
        for ax, (condition, label) in zip(axes, _CONDITIONS.items(), strict=False):
            name = f"{condition}, slow"
            ends = folds.loc[folds["condition"] == condition, ["lower", "upper"]].to_numpy()[0]
            _loop(ax, lines[lines["ramp"] == name], ends)
            ax.set(xlabel=label, ylim=(0, 1))
            years = f"{tips['months'][name] / 12:.0f} years each way"
            ax.set_title(f"{condition.capitalize()} up and back, {years}", loc="left", fontsize=11, fontweight="bold")
            turns.append(_turn(condition, tips["falls_at"][name], tips["returns_at"][name]))
        axes[0].set_ylabel("participation of GPs")
        axes[0].legend(frameon=False, fontsize=9, loc="upper right")
        _times(axes[-1], times)
        title_of(f"In half of worlds managers take over at {'; at '.join(turns)}", sheet, 0.012, 0.94)
    return sheet


def _turn(condition: str, taken: float, let_go: float) -> str:
    """Where managers take over and let go in half of worlds (NaN: nowhere), to follow the words 'take over at'."""
    if not np.isfinite(taken):
        return f"no {condition} tried"
    return f"{condition} {taken:.2f} and {f'let go at {let_go:.2f}' if np.isfinite(let_go) else 'never let go'}"


def _loop(ax: Axes, lines: pd.DataFrame, folds: np.ndarray) -> None:
    for fold in folds:
        ax.axvline(fold, color=MUTED, lw=1.0, ls=(0, (3, 3)), label="mean-field folds" if fold == folds[0] else None)
    for way, colour, mark in (("up", BLUE, "way up"), ("down", VERMILION, "way back")):
        here = lines[lines["way"] == way].groupby("value", as_index=False).mean(numeric_only=True)
        ax.fill_between(here["value"], here["q10"], here["q90"], color=colour, alpha=0.15, lw=0)
        ax.plot(here["value"], here["participation"], color=colour, lw=2.2, label=mark)


def _times(ax: Axes, times: pd.DataFrame) -> None:
    """Median months after a step, bars for the middle half of worlds; hollow if fewer than half have crossed."""
    top = 120.0
    for way, colour, mark in (("collapse", VERMILION, "o"), ("recovery", BLUE, "s")):
        here = times[(times["way"] == way) & (times["n"] > 0)]
        cut = here[["q25", "median", "q75"]].clip(upper=top)
        known = np.isfinite(here["median"])
        ax.vlines(here["level"], cut["q25"], cut["q75"], color=colour, lw=1.4)
        ax.plot(here["level"][known], cut["median"][known], mark, color=colour, ms=6, label=way)
        ax.plot(here["level"][~known], cut["median"][~known], mark, color=colour, ms=6, mfc="white")
    ax.axhline(top, color=GREY, lw=0.8, ls=(0, (2, 3)))
    ax.text(0.02, top + 2, "not within ten years in half of worlds (hollow)", fontsize=8.5, color=MUTED, va="bottom")
    ax.set(xlim=(0, 1), ylim=(0, 132), xlabel="policy uncertainty after a jump")
    ax.set_title("Months until managers step in, or back", loc="left", fontsize=11, fontweight="bold")
    ax.legend(frameon=False, fontsize=9, loc="center right", bbox_to_anchor=(1.0, 0.6))
