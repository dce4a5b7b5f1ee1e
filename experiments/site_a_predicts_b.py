"""Site A to predict site B: what is fitted on A alone, and which of B's figures follow from it.

Question: do the numbers that one surveyed board gives say anything of another board? Lever: the fitted parameters of
ties and exits. Measures: ties by kind, density, former groups' gap, persistence, loss of bridges (P1 to P3, P7, P8).

    python experiments/site_a_predicts_b.py [--seeds 60] [--points 24] [--steps 24] [--out DIR] [--quick]

The search is kept in DIR/fit.csv and goes on there when started again. Seeds of the fit are 3000 and on, a quarter as
many; those of the prediction 5000 and on.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from scipy.stats import qmc

from ccgsim.cli.parts.answers import script
from ccgsim.foundation.work.parallel import spread
from ccgsim.lab.reproduce.table4 import PRINTED, ROWS
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.changes import by_section
from ccgsim.scenario.parameters import all_parameters
from ccgsim.studies import transfer

FITTED = {  # rates by kind are left out: flow balance takes out what a common factor of a kind puts in
    "ties.base_loss": (0.015, 0.05),
    "ties.bridge_loss": (0.8, 2.5),
    "ties.strength_loss": (0.3, 2.0),
    "ties.search": (0.5, 3.5),
    "turnover.base": (0.002, 0.008),
}
BATCH = 2  # points tried at once; the next ones are chosen when all are judged, whatever the cores
FIRST_STEP, SHRINK, LEAST_STEP = 0.15, 0.95, 0.03  # of the searched range; smaller after a step that won nothing
GAP, LESS, OVER, LOSS = (
    "within less between former groups",
    "density, B less A",
    "practice ties, B over A",
    "loss, bridges over embedded",
)
HELD_AGAINST = dict(zip(ROWS.values(), PRINTED["site_b"], strict=True)) | {GAP: 0.0, LESS: -0.115, OVER: 2.0, LOSS: 2.0}
KINDS = [words for words in ROWS.values() if words != "board density"]
PANELS = (  # title, rows, what the mark stands for
    ("Ties of B's board at month 12", KINDS, "table 4"),
    ("Shares", ["board density", GAP, LESS, "persistence (Jaccard index), at 24"], "source; 0 for a sign"),
    ("Ratios", [OVER, LOSS], "source; bound"),
)
COLOURS = {
    "default": "#8C8C8C",
    "fitted on A": "#0072B2",
    "fitted on A, no search": "#56B4E9",
    "the same, A's flow balance": "#D55E00",
}


def judged_on_a(seeds: int, point: dict[str, float]) -> dict[str, float]:
    """What a point misses of site A, by target: one of the search's two processes."""
    return transfer.misses_of_a(Bench(range(3000, 3000 + seeds), workers=1), by_section(point))


def place_of(number: int, tried: pd.DataFrame, points: int) -> tuple[np.ndarray, str]:
    """Where to look: the defaults, a Latin hypercube, then near the best of those tried, nearer as steps win less."""
    low, high = (np.array([bounds[n] for bounds in FITTED.values()]) for n in (0, 1))
    if number == 0:
        return np.array([all_parameters()[name].default for name in FITTED]), "defaults"
    if number < points:
        unit = qmc.LatinHypercube(len(FITTED), rng=0).random(points)[number]
        return low + unit * (high - low), "hypercube"
    leader = int(tried["loss"].to_numpy().argmin())
    best = tried[list(FITTED)].to_numpy(float)[leader]
    step = max(LEAST_STEP, FIRST_STEP * SHRINK ** (len(tried) - max(points, leader)))
    rng = np.random.default_rng(number)
    moved = rng.random(len(FITTED)) < 0.3
    moved[rng.integers(len(FITTED))] = True
    return np.clip(best + moved * step * rng.standard_normal(len(FITTED)) * (high - low), low, high), "local"


def search(judged: Callable[[dict[str, float]], dict[str, float]], size: tuple[int, int], out: Path) -> pd.DataFrame:
    """Judge points until there are `size` (hypercube, local steps) of them: a row each with its loss, kept in `out`."""
    tried = pd.read_csv(out) if out.exists() else pd.DataFrame()
    while len(tried) < sum(size):
        stage_ends = size[0] if len(tried) < size[0] else sum(size)  # local steps need the hypercube judged
        numbers = range(len(tried), min(len(tried) + BATCH, stage_ends))
        places, stages = zip(*(place_of(n, tried, size[0]) for n in numbers), strict=True)
        points = [dict(zip(FITTED, place.tolist(), strict=True)) for place in places]
        rows = zip(stages, points, spread(judged, points, few=0), strict=True)
        found = pd.DataFrame([{"stage": s, "loss": sum(of.values()), **point, **of} for s, point, of in rows])
        tried = pd.concat([tried, found], ignore_index=True)
        tried.to_csv(out, index=False)
        losses = " ".join(f"{loss:.3f}" for loss in found["loss"])
        print(f"{len(tried):3} {stages[-1]:9} loss {losses}, best {tried['loss'].min():.3f}", flush=True)
    return tried


def table(bench: Bench, fitted: dict[str, float]) -> pd.DataFrame:
    """A row for each statistic under each set of numbers."""
    change = by_section(fitted)
    factors = transfer.factors_of(bench, "site_a", change)
    sets = (
        transfer.predictions_of_b(bench, {}),
        transfer.predictions_of_b(bench, change),
        transfer.levels_without_search(bench, change),
        transfer.levels_without_search(bench, change, factors),
    )
    return pd.DataFrame(
        {"numbers": name, "statistic": words, "source": HELD_AGAINST.get(words), **asdict(said)}
        for name, found in zip(COLOURS, sets, strict=True)
        for words, said in found.items()
    )


def panel(axes, rows: pd.DataFrame, title: str, names: list[str], mark: str) -> None:
    """Each statistic a line: middle 90% of worlds thin, 90% interval of the mean thick, the source a black tick."""
    for shift, (name, colour) in zip((0.27, 0.09, -0.09, -0.27), COLOURS.items(), strict=True):
        for row in rows[(rows["numbers"] == name) & rows["statistic"].isin(names)].to_dict("records"):
            at = len(names) - names.index(row["statistic"]) + shift
            axes.plot([row["world_low"], row["world_high"]], [at, at], color=colour, lw=1.2, alpha=0.6)
            axes.plot([row["low"], row["high"]], [at, at], color=colour, lw=3.5, solid_capstyle="butt")
            axes.plot(row["value"], at, "o", color=colour, ms=5, mec="white")
            if row["source"] is not None and pd.notna(row["source"]):
                axes.plot(row["source"], len(names) - names.index(row["statistic"]), "k|", ms=30, mew=1.6)
    axes.set_yticks(range(len(names), 0, -1), names)
    axes.set(ylim=(0.4, len(names) + 0.6), xlabel=f"black: {mark}")
    axes.set_title(title, loc="left", fontweight="bold", fontsize=11)
    axes.spines[["top", "right"]].set_visible(False)


def draw(rows: pd.DataFrame, path: Path) -> None:
    """The figure: three panels, one key, a title that tells B's outside ties."""
    figure = Figure(figsize=(14.5, 5.4), layout="constrained")
    FigureCanvasAgg(figure)
    for axes, (title, names, mark) in zip(figure.subplots(1, 3, width_ratios=(1.3, 1, 1)), PANELS, strict=True):
        panel(axes, rows, title, names, mark)
    outside = rows[rows["statistic"] == "all outside ties"].set_index("numbers")["value"]
    own, borrowed = outside["fitted on A, no search"], outside["the same, A's flow balance"]
    figure.suptitle(
        f"B's outside ties at month 12, printed 36: {own:.0f} with its own flow balance, {borrowed:.0f} with A's",
        x=0.01,
        ha="left",
    )
    handles = [figure.axes[0].plot([], [], "o-", color=colour, lw=3, label=name)[0] for name, colour in COLOURS.items()]
    figure.legend(handles=handles, loc="outside lower center", ncols=4, frameon=False)
    figure.savefig(path, dpi=110)


def main() -> None:
    """Fit on A, predict B, write fit.csv, prediction.csv and the figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=60)
    parser.add_argument("--points", type=int, default=24)
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--out", type=Path, default=Path("site_a_predicts_b"))
    parser.add_argument("--quick", action="store_true", help="two points, four seeds, to see that it runs")
    asked = parser.parse_args()
    seeds, size = (4, (1, 1)) if asked.quick else (asked.seeds, (asked.points, asked.steps))
    asked.out.mkdir(parents=True, exist_ok=True)
    tried = search(partial(judged_on_a, max(2, seeds // 4)), size, asked.out / "fit.csv")
    fitted = tried.loc[tried["loss"].idxmin(), list(FITTED)].to_dict()
    rows = table(Bench(range(5000, 5000 + seeds)), fitted)
    rows.to_csv(asked.out / "prediction.csv", index=False)
    draw(rows, asked.out / "site_a_predicts_b.png")
    print("fitted on A:", {name: round(value, 4) for name, value in fitted.items()})
    print(rows.round(3).to_string(index=False))


if __name__ == "__main__":
    script(main)
