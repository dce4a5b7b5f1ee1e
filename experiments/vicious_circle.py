"""The vicious circle: theory beside simulation, and the shock that outlives its cause.

Question: is there a range of policy uncertainty in which a CCG can rest in either of two regimes, and does a passing
shock move it from one to the other? Levers: start (high, low), shock, loop cut. Measure: participation, control.

    python experiments/vicious_circle.py [--seeds 30] [--out docs/figures/vicious_circle.png] [--quick]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from ccgsim.cli.parts.answers import script
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.mean_field import MeanField
from ccgsim.lab.validation.patterns.circle import HIGH, LOW, still_world
from ccgsim.report.drawing.canvas import new_sheet, style, title_of
from ccgsim.report.drawing.labels import spread
from ccgsim.report.drawing.palette import BLUE, FAINT, GREEN, GREY, INK, MUTED, VERMILION
from ccgsim.scenario.scenario import load

MONTHS, SHOCK = 96, (12, 24)
STORIES = {
    "virtuous_circle": ("shock, then\nmotivation", GREEN),
    "vicious_circle_cut": ("shock, but\nmanagers'\ncontrol held", BLUE),
    "vicious_circle_no_shock": ("no shock", GREY),
    "vicious_circle": ("shock", VERMILION),
}
STARTS = ((HIGH, BLUE, "o", "start high"), (LOW, VERMILION, "s", "start low"))
TITLE = "Clinicians hold back, managers step in: two regimes, and a shock that outlives its cause"


def regimes(axes: Axes, bench: Bench, levels: np.ndarray) -> None:
    """Where worlds rest after 60 months from high and low starts, over the mean-field curve."""
    curve = MeanField().curve(0.0)
    for stable, line, label in ((True, "-", "mean field"), (False, ":", "unstable")):
        shown = np.where(curve.stable == stable, curve.participation, np.nan)
        axes.plot(curve.uncertainty, shown, line, color=INK, lw=1.4, label=label)
    for start, colour, mark, label in STARTS:
        worlds = np.stack([bench.at(still_world(float(level), start, {}), "participation", 60) for level in levels])
        axes.plot(levels, worlds, mark, color=colour, ms=3, alpha=0.2, mew=0)
        axes.plot(levels, worlds.mean(axis=1), mark, color=colour, ms=7, mec="white", label=label)
    axes.set(xlim=(0, 1), xlabel="perceived uncertainty")
    axes.set_title("Where participation comes to rest", loc="left", fontsize=11, fontweight="bold")
    axes.legend(frameon=False, fontsize=8.5, loc="lower left", borderaxespad=0.1, labelspacing=0.3)


def stories(axes: Axes, bench: Bench, measure: str, title: str) -> None:
    """Mean path of each story with the middle 80% of worlds, named at its end."""
    ends = {}
    for name, (_, colour) in STORIES.items():
        paths = bench.path(load(name), measure, MONTHS)
        low, high = np.quantile(paths, [0.1, 0.9], axis=0)
        axes.fill_between(range(MONTHS + 1), low, high, color=colour, alpha=0.1, lw=0)
        axes.plot(paths.mean(axis=0), color=colour, lw=2.2)
        ends[name] = float(paths.mean(axis=0)[-1])
    for name, height in zip(ends, spread(list(ends.values()), 0.115, 0.06, 0.94), strict=True):
        label, colour = STORIES[name]
        axes.text(MONTHS + 2, height, label, color=colour, va="center", fontsize=9, linespacing=1.05)
    axes.axvspan(*SHOCK, color=FAINT, alpha=0.8, lw=0, zorder=0)
    axes.text(sum(SHOCK) / 2, 0.985, "reforms", ha="center", va="top", fontsize=9, color=MUTED)
    axes.set(xlim=(0, MONTHS), xlabel="month", xticks=range(0, MONTHS + 1, 24))
    axes.set_title(title, loc="left", fontsize=11, fontweight="bold")


def main() -> None:
    """Draw the figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--out", type=Path, default=Path("vicious_circle.png"))
    parser.add_argument("--quick", action="store_true", help="few seeds and levels, to see that it runs")
    asked = parser.parse_args()
    seeds = 2 if asked.quick else asked.seeds
    bench = Bench(range(seeds))
    levels = np.array([0.3, 0.6]) if asked.quick else np.round(np.arange(0.05, 1.0, 0.05), 2)
    with style():
        sheet = new_sheet(13.333, 5.2)
        box = {"left": 0.04, "right": 0.885, "top": 0.81, "bottom": 0.16, "wspace": 0.52}
        left, middle, right = sheet.figure.subplots(1, 3, gridspec_kw=box)
        regimes(left, bench, levels)
        stories(middle, bench, "participation", "Participation of GPs")
        stories(right, bench, "manager_control", "Decisions that managers take")
        for axes in (left, middle, right):
            axes.set_ylim(0, 1)
        title_of(TITLE, sheet, 0.012, 0.945)
        note = f"{seeds} worlds of each, on the same seeds. Left: small marks worlds, large ones means, month 60."
        note += " Middle and right: means, bands the middle 80% of worlds."
        sheet.figure.text(0.012, 0.03, note, fontsize=9, color=MUTED)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    _, png = next(sheet.files("figure"))
    asked.out.write_bytes(png)
    print(asked.out)


if __name__ == "__main__":
    script(main)
