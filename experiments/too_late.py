"""When is it too late? The last month in which a lever still restores participation, and what a month's delay costs.

Each lever is pulled in one month of a scan. Participation is restored where, in month 96, it lies no more than .10
below that of the same seed without any dated event. Of the seeds that are down without a lever, 80% must be back.

    python experiments/too_late.py [--seeds 40] [--out too_late] [--scenario vicious_circle] [--quick]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ccgsim.cli.parts.answers import script
from ccgsim.foundation.problems import Problems
from ccgsim.report.experiments import keep
from ccgsim.report.figures.signs import clock_figure
from ccgsim.scenario.scenario import load
from ccgsim.studies.clock import PLANS, Clock


def main() -> None:
    """Scan, print the summary, write tables and the figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--out", type=Path, default=Path("too_late"))
    parser.add_argument("--scenario", default="vicious_circle", help="a shipped name, or a path that ends in .toml")
    parser.add_argument("--quick", action="store_true", help="three months on four seeds, to see that it runs")
    asked = parser.parse_args()
    try:
        scenario = load(asked.scenario)
    except Problems as refused:
        print(refused, file=sys.stderr)
        raise SystemExit(3) from None
    clock = Clock(scenario=scenario, months=(12, 36, 60) if asked.quick else tuple(range(0, 85, 6)))
    delays = clock.read(PLANS, range(4 if asked.quick else asked.seeds))
    table, summary = delays.table(), delays.summary()
    print(summary.round(4).to_string(index=False))
    print(f"down in month {clock.judged} without a lever: {delays.down.mean():.0%} of {len(delays.down)} seeds")
    heading = f"{scenario.title}: how late can one begin?"
    axis = f"share of the {delays.down.sum()} fallen worlds back in month {clock.judged}"
    figure = clock_figure(table, summary, clock.share, heading, axis)
    for path in keep(asked.out, {"too_late": table, "too_late_summary": summary}, {"too_late": figure}):
        print(path)


if __name__ == "__main__":
    script(main)
