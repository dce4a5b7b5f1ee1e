"""The circle mapped: where a CCG rests high, low or in either regime, the way up and back, times, signs, other draws.

    python experiments/phase_diagram.py [--seeds 20] [--out phase_diagram] [--quick]

Writes tables and the figures phases (half of the seeds), hysteresis, warning (twice the seeds) and draws.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ccgsim.cli.parts.answers import script
from ccgsim.report.experiments import keep
from ccgsim.report.figures.circle import hysteresis_figure, phase_figure
from ccgsim.report.figures.signs import draws_figure, warning_figure
from ccgsim.studies.circle_map import QUICK, Size, map_draws, map_lasting, map_phases, map_signs, map_ways


def main() -> None:
    """Run the studies one by one; print what they say and write their tables and figures as each is done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--out", type=Path, default=Path("phase_diagram"))
    parser.add_argument("--quick", action="store_true", help="few places, seeds and draws, to see that it runs")
    asked = parser.parse_args()
    size = QUICK if asked.quick else Size(seeds=asked.seeds, map_seeds=max(2, asked.seeds // 2))

    found = map_phases(size) | {"lasting": map_lasting(size)}
    keep(asked.out, found, {"phases": phase_figure(found["phases"], found["folds"])})
    either = found["phases"]["either"] >= 0.5
    print(f"{len(either)} places: {either.sum()} keep both regimes in half of worlds or more")

    found = map_ways(size)
    figure = hysteresis_figure(found["ways"], found["areas"], found["ramp_folds"], found["times"])
    keep(asked.out, found, {"hysteresis": figure})
    print(found["areas"].round(3).to_string(index=False))
    print(found["times"].round(2).to_string(index=False))

    signs = map_signs(size)
    keep(asked.out, {"warning": signs}, {"warning": warning_figure(signs)})
    print(signs.round(3).to_string(index=False))

    found = map_draws(size)
    keep(asked.out, found, {"draws": draws_figure(found["draws"], found["sampled"])})
    print(found["sampled"].round(3).to_string(index=False))


if __name__ == "__main__":
    script(main)
