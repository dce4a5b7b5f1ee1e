"""The circle mapped: where a CCG rests high, low or in either regime, the way up and back, times, signs, other draws.

    python experiments/phase_diagram.py [--seeds 20] [--out phase_diagram] [--quick]

Writes tables and the figures phases (half of the seeds), hysteresis, warning (twice the seeds) and draws.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ccgsim.lab.circle_map import QUICK, Size, map_draws, map_phases, map_signs, map_ways
from ccgsim.lab.draws import APART, DRAWN
from ccgsim.report.circle_figures import hysteresis_figure, phase_figure
from ccgsim.report.experiments import keep
from ccgsim.report.sign_figures import draws_figure, warning_figure

NAMES = dict(
    zip(DRAWN, ("managers' steepness", "noise of choice", "value of being heard", "worth of waiting"), strict=True)
)


def main() -> None:
    """Run the four studies; print what they say; write tables and figures as each is done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--out", type=Path, default=Path("phase_diagram"))
    parser.add_argument("--quick", action="store_true", help="few places, seeds and draws, to see that it runs")
    asked = parser.parse_args()
    size = QUICK if asked.quick else Size(seeds=asked.seeds, map_seeds=max(2, asked.seeds // 2))

    found = map_phases(size)
    phases = found["phases"]
    heading = (
        f"At {(phases['either'] >= 0.5).mean():.0%} of places the past decides between two regimes; dialogue moves them"
    )
    keep(asked.out, found, {"phases": phase_figure(phases, found["folds"], heading)})
    print(f"{len(phases)} places: {(phases['either'] >= 0.5).sum()} keep both regimes in half of worlds or more")

    found = map_ways(size)
    areas, folds = found["areas"].set_index("ramp"), found["ramp_folds"].set_index("condition")
    panels = {
        f"{condition}, slow": (label, list(folds.loc[condition]), f"{title}, {size.slow // 12} years each way")
        for condition, label, title in (
            ("uncertainty", "policy uncertainty", "Uncertainty up and back"),
            ("pressure", "inherited pressure on managers", "Pressure up and back"),
        )
    }
    heading = "What tipped a CCG must fall well below the level that tipped it before participation returns"
    keep(asked.out, found, {"hysteresis": hysteresis_figure(found["ways"], panels, found["times"], heading)})
    print(areas.round(3).to_string())
    print(found["times"].to_string(index=False))

    signs = map_signs(size)
    beyond = signs[signs["world"] == "beyond"]
    clear = int((beyond["low"] > 0).sum())
    heading = f"Early-warning signs: {clear} of {len(beyond)} rise beyond what the same worlds do far from the fold"
    keep(asked.out, {"warning": signs}, {"warning": warning_figure(signs, heading)})
    print(signs.round(3).to_string(index=False))

    found = map_draws(size)
    table, sampled = found["draws"], found["sampled"]
    agree = ((sampled["expected_gap"] >= APART) == (sampled["simulated_gap"] >= APART)).mean()
    share = (table["expected_gap"] >= APART).mean()
    heading = f"{share:.0%} of draws have a window; simulation agrees in {agree:.0%} of a sample"
    keep(asked.out, found, {"draws": draws_figure(table, sampled, NAMES, heading)})
    print(heading)


if __name__ == "__main__":
    main()
