"""The figure of robust choice: regret of each set of levers over all draws, with mean and worst case."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.palette import BLUE, FAINT, INK, MUTED, VERMILION

_ROW = 0.36  # inches


def regret_figure(regret: pd.DataFrame, judged: pd.DataFrame, heading: str, note: str) -> Sheet:
    """One row per set, lowest regret at the top: one faint point per draw, mean and worst case with 95% intervals."""
    height = 2.3 + _ROW * len(judged)
    with style():
        sheet = new_sheet(11.5, height)
        ax = sheet.figure.add_axes((0.27, 0.95 / height, 0.6, 1 - 2.1 / height))
        ax.grid(axis="y", color=FAINT, lw=0.8)
        ax.set_axisbelow(True)
        for place, row in enumerate(judged.to_dict("records")):
            _draw(ax, regret[row["set"]].to_numpy(float), place)
            for value, colour, mark, apart in (("mean", BLUE, "o", -0.14), ("worst", VERMILION, "D", 0.14)):
                ax.plot([row[f"{value}_low"], row[f"{value}_high"]], [place + apart] * 2, color=colour, lw=2)
                ax.plot([row[value]], [place + apart], mark, color=colour, ms=6, mec="white")
            ax.text(1.02, place, f"{row['best_in']:.0%}", transform=ax.get_yaxis_transform(), va="center", fontsize=9.5)
        ax.set_yticks(range(len(judged)), list(judged["set"]), color=INK)
        ax.tick_params(axis="y", length=0)
        ax.set(ylim=(len(judged) - 0.4, -0.6), xlabel="regret: how much more the best set of the same draw gives")
        title_of(heading, sheet, 0.012, 1 - 0.3 / height)
        _explain(sheet, ax, note, height)
    return sheet


def _draw(ax: Axes, values: np.ndarray, place: int) -> None:
    """Every draw as a faint point with a fixed vertical jitter."""
    jitter = 0.6 * ((np.arange(len(values)) * 0.618034) % 1 - 0.5)
    ax.plot(values, place + jitter, ".", color=MUTED, ms=3.5, alpha=0.45, mew=0)


def _explain(sheet: Sheet, ax: Axes, note: str, height: float) -> None:
    for colour, mark, words in (
        (BLUE, "o", "mean over draws"),
        (VERMILION, "D", "worst case: 95 of 100 draws are better"),
    ):
        ax.plot([], [], mark + "-", color=colour, ms=6, mec="white", lw=2, label=words)
    ax.plot([], [], ".", color=MUTED, ms=5, label="one draw")
    sheet.figure.legend(
        *ax.get_legend_handles_labels(), ncols=3, frameon=False, fontsize=9.5, loc="center left",
        bbox_to_anchor=(0.005, 1 - 0.68 / height),
    )  # fmt: skip
    ax.text(1.02, -0.75, "best in", transform=ax.get_yaxis_transform(), va="bottom", fontsize=9.5, color=MUTED)
    sheet.figure.text(
        0.012, 0.16 / height, f"{note} Lines: 95% bootstrap intervals over draws.", fontsize=9, color=MUTED
    )
