"""The sensitivity figure of a measure: Morris effects and Sobol' shares of every parameter, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ccgsim.foundation.inputs.texts import capital, listed
from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.palette import BLUE, FAINT, INK, MUTED, ORANGE

SHOWN = {  # index: heading, label of the axis
    "mu_star": ("Morris: size of the effect (mu*)", "change of the measure over the whole range"),
    "S1": ("Sobol': share by itself (S1)", "share of the variance"),
    "ST": ("Sobol': share with interactions (ST)", "share of the variance"),
}
SHARES = ("ST", "S1")
SHORT = {"mu_star": "mu*", "S1": "S1", "ST": "ST"}
LOOKS = {"final": (BLUE, "o", "last month"), "mean": (ORANGE, "s", "mean over months")}
MOST_NAMED = 3  # parameters that a title names beside the first
_ROW, _HEAD, _FOOT, _LINE = 0.36, 1.35, 1.05, 0.17  # inches


def sensitivity_figure(table: pd.DataFrame, noise: pd.DataFrame, measure: str) -> Sheet:
    """Each parameter's indices for one measure, the most important parameter at the top."""
    here = table[table["measure"] == measure]
    shown = [index for index in SHOWN if (here["index"] == index).any()]
    order = _order(here, shown)
    height = _HEAD + _FOOT + _LINE * len(_why(here)) + _ROW * max(len(order), 3)
    with style():
        sheet = new_sheet(13.333, height)
        foot = _FOOT + _LINE * len(_why(here))
        box = {"left": 0.19, "right": 0.985, "wspace": 0.07, "top": 1 - _HEAD / height, "bottom": foot / height}
        axes = sheet.figure.subplots(1, len(shown), sharey=True, squeeze=False, gridspec_kw=box)[0]
        for ax, index in zip(axes, shown, strict=True):
            _draw(ax, here[here["index"] == index], order)
            ax.set_title(SHOWN[index][0], loc="left", fontsize=11.5, fontweight="bold")
            ax.set_xlabel(SHOWN[index][1], fontsize=9.5)
        axes[0].set_yticks(range(len(order)), order, color=INK)
        title_of(finding(here, measure), sheet, 0.012, 1 - 0.3 / height)
        _note(sheet, _legend(axes[0]), here, noise[noise["measure"] == measure], height)
    return sheet


def _order(here: pd.DataFrame, shown: Sequence[str]) -> list[str]:
    """Parameters from the least to the most important, by the last index that has values."""
    defined = here.dropna(subset=["value"])["index"]
    by = next((index for index in reversed(shown) if (defined == index).any()), shown[-1])
    ranked = here[here["index"] == by].groupby("parameter", sort=False)["value"].mean().fillna(0)
    return [str(name) for name in ranked.sort_values(kind="stable").index]


def _draw(ax: Axes, rows: pd.DataFrame, order: list[str]) -> None:
    ax.grid(axis="y", color=FAINT, lw=0.8)
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0)
    for number, (at, (colour, mark, label)) in enumerate(LOOKS.items()):
        some = rows[rows["at"] == at]
        place = np.array([order.index(name) for name in some["parameter"]]) + 0.13 - 0.26 * number
        ax.hlines(place, some["low"], some["high"], color=colour, lw=1.8)
        ax.plot(some["value"], place, mark, color=colour, ms=6, mec="white", mew=0.8, label=label)
    ax.set_ylim(-0.6, len(order) - 0.4)
    if rows["value"].notna().any():
        ax.axvline(0, color=MUTED, lw=0.9, zorder=1)
    else:
        ax.set_xticks([])
        ax.text(0.5, 0.5, "no value", transform=ax.transAxes, ha="center", va="center", color=MUTED)


def _legend(ax: Axes) -> Any:
    return ax.get_legend_handles_labels()


def finding(here: pd.DataFrame, measure: str) -> str:
    """The finding on one measure in a sentence: which parameter matters most and how much of the variance it has, or
    which ones cannot be told apart.
    """
    words = measure.replace("_", " ").capitalize()
    if not here[here["index"].isin(list(SHOWN))]["value"].gt(0).any():
        flat = (here["value"] == 0).any()
        return f"{words}: no parameter moves it" if flat else f"{words}: no index has a value"
    rows = ranked(here[here["at"] == "final"])
    if len(rows) == 0 or not rows["value"].iloc[0] > 0:
        return f"{words}: no parameter is seen to move it in the last month"
    top, level = rows.iloc[0], [str(name) for name in rivals(rows)["parameter"]]
    if level:
        named = f"of {listed([top['parameter'], *level])}" if len(level) <= MOST_NAMED else "parameter"
        return f"{words}: which {named} matters more cannot be told"
    share = f", {top['value']:.0%} of its variance in the last month [{top['low']:.0%} to {top['high']:.0%}]"
    rank = "matters most" if len(rows) > 1 else "alone was varied"
    return f"{words}: {top['parameter']} {rank}{share if top['index'] == 'ST' else ''}"


def ranked(here: pd.DataFrame) -> pd.DataFrame:
    """The rows of the index that ranks the parameters, those with values, largest first."""
    for index in (*SHARES, "mu_star"):
        rows = here[(here["index"] == index) & here["value"].notna()]
        if len(rows):
            return rows.sort_values("value", ascending=False, kind="stable")
    return here.iloc[:0]


def rivals(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of ranked rows after the first whose intervals reach that of the first, or are not known."""
    below: pd.Series[bool] = rows["high"] < rows["low"].iloc[0]
    return rows.loc[~below].iloc[1:]


def _note(sheet: Sheet, legend: Any, here: pd.DataFrame, noise: pd.DataFrame, height: float) -> None:
    """Legend, explanation of the lines, and the share of variance due to chance."""
    handles, labels = legend
    sheet.figure.legend(
        handles, labels, loc="center left", bbox_to_anchor=(0.006, 1 - 0.7 / height), ncols=2, frameon=False
    )
    blocks = here.groupby("method", sort=False)["blocks"].min()
    counts = " and ".join(f"{count} {_BLOCK[str(method)]}" for method, count in blocks.items())
    lines = "\n".join([f"Lines: 95% bootstrap intervals over {counts}. {_luck(noise)}", *_why(here)])
    sheet.figure.text(0.012, 0.2 / height, lines, fontsize=9, color=MUTED, va="bottom", linespacing=1.4)


_BLOCK = {"morris": "trajectories", "sobol": "base points"}
_POINTS = {"morris": "Morris' points", "sobol": "Sobol' points"}


def _luck(noise: pd.DataFrame) -> str:
    """Share of the variance between points due to chance, by method and moment."""
    defined = noise.dropna(subset=["share_of_luck"])
    if defined.empty:
        return f"The share of variance due to chance is unknown: {'; '.join(dict.fromkeys(noise['note']))}."
    parts = [
        f"{' and '.join(map(_share, rows['at'], rows['share_of_luck']))} of {_POINTS[str(method)]}"
        for method, rows in defined.groupby("method", sort=False)
    ]
    seeds = int(noise["seeds"].iloc[0])
    return f"Means over {seeds} seeds.\nShare of the variance due to chance: {', '.join(parts)}."


def _share(at: str, share: float) -> str:
    return f"{share:.1%} ({LOOKS[at][2]})"


def _why(here: pd.DataFrame) -> list[str]:
    """The reasons for missing indices, one line each, with the moment if they hold for one moment only."""
    lines = {at: blanks(here[here["at"] == at]) for at in LOOKS}
    both = [line for line in lines["final"] if line in lines["mean"]]
    once = [f"{LOOKS[at][2].capitalize()}: {line}" for at in LOOKS for line in lines[at] if line not in both]
    return [*(capital(line) for line in both), *once]


def blanks(here: pd.DataFrame) -> list[str]:
    """Why indices of a measure are missing: 'no S1, ST: the measure is the same at every point', one line each."""
    missing = here[(here["note"] != "") & here["index"].isin(list(SHOWN))]
    return [_blank(str(note), rows, here) for note, rows in missing.groupby("note", sort=False)]


def _blank(note: str, rows: pd.DataFrame, here: pd.DataFrame) -> str:
    names, all_names = (list(dict.fromkeys(each["parameter"])) for each in (rows, here))
    whose = "" if len(names) == len(all_names) else f" of {', '.join(names)}"
    kinds = [SHORT[index] for index in dict.fromkeys(rows["index"])]
    return f"no {' and '.join(kinds)}{whose}: {note}"
