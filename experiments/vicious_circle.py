"""The vicious circle: theory beside simulation, and the shock that outlives its cause.

Question: is there a range of policy uncertainty in which a CCG can rest in either of two regimes, and does a passing
shock move it from one to the other? Levers: start (high, low), shock, loop cut. Measure: participation, control.

    python experiments/vicious_circle.py [--seeds 30] [--out docs/figures/vicious_circle.png] [--quick]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ccgsim.cli_answers import script
from ccgsim.lab.bench import Bench
from ccgsim.lab.mean_field import MeanField
from ccgsim.lab.patterns.circle import HIGH, LOW, still_world
from ccgsim.world.scenario import load

BLUE, ORANGE, GREY, GREEN, INK = "#0072B2", "#D55E00", "#8C8C8C", "#009E73", "#222222"
STORIES = (
    ("vicious_circle_no_shock", "no reform shock", GREY),
    ("vicious_circle", "reform shock, months 12 to 24", ORANGE),
    ("vicious_circle_cut", "same shock, managers' control held", BLUE),
    ("virtuous_circle", "same shock, vision and motivation from 30", GREEN),
)


def regimes(axes, bench: Bench, levels: np.ndarray) -> None:
    """Where worlds rest after 60 months from high and low starts, over the mean-field curve."""
    curve = MeanField().curve(0.0)
    for stable, style in ((True, "-"), (False, ":")):
        shown = np.where(curve.stable == stable, curve.participation, np.nan)
        label = "mean field" if stable else "mean field, unstable"
        axes.plot(curve.uncertainty, shown, style, color=INK, lw=1.6, label=label)
    for start, colour, mark, name in ((HIGH, BLUE, "o", "high start"), (LOW, ORANGE, "s", "low start")):
        worlds = np.stack([bench.at(still_world(float(u), start, {}), "participation", 60) for u in levels])
        axes.plot(levels, worlds, mark, color=colour, ms=3, alpha=0.25, mew=0)
        axes.plot(levels, worlds.mean(axis=1), mark, color=colour, ms=7, mec="white", label=f"simulated, {name}")
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="perceived uncertainty", ylabel="participation of GPs at month 60")
    axes.set_title("Two regimes: where worlds come to rest", loc="left", fontweight="bold")
    axes.legend(frameon=False, fontsize=8, loc="lower left")


def stories(axes, bench: Bench, measure: str, months: int, title: str) -> None:
    """Mean paths with the middle 80% of worlds for each story."""
    ends = []
    for name, label, colour in STORIES:
        paths = bench.path(load(name), measure, months)
        low, high = np.quantile(paths, [0.1, 0.9], axis=0)
        axes.fill_between(range(months + 1), low, high, color=colour, alpha=0.12, lw=0)
        axes.plot(paths.mean(axis=0), color=colour, lw=2, label=label)
        ends.append(paths.mean(axis=0)[-1])
    axes.axvspan(12, 24, color="#F0E442", alpha=0.25, lw=0)
    axes.text(18, 0.97, "shock", ha="center", va="top", fontsize=8)
    axes.set(xlim=(0, months), ylim=(0, 1), xlabel="month")
    axes.set_title(title, loc="left", fontweight="bold")


def main() -> None:
    """Draw the figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--out", type=Path, default=Path("vicious_circle.png"))
    parser.add_argument("--quick", action="store_true", help="few seeds and levels, to see that it runs")
    asked = parser.parse_args()
    bench = Bench(range(2 if asked.quick else asked.seeds))
    levels = np.array([0.3, 0.6]) if asked.quick else np.round(np.arange(0.05, 1.0, 0.05), 2)
    figure = Figure(figsize=(13, 4.4), layout="constrained")
    FigureCanvasAgg(figure)
    left, middle, right = figure.subplots(1, 3)
    regimes(left, bench, levels)
    stories(middle, bench, "participation", 96, "Participation of GPs")
    stories(right, bench, "manager_control", 96, "Managers' control")
    middle.legend(frameon=False, fontsize=8, loc="lower right")
    for axes in (left, middle, right):
        axes.spines[["top", "right"]].set_visible(False)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(asked.out, dpi=130)
    print(asked.out)


if __name__ == "__main__":
    script(main)
