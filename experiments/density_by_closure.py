"""What does a denser board gain and lose? Density of the board, over how much ties close up (E9, E13).

Every point is run on the same seeds; started again, it goes on where it stopped.

    python experiments/density_by_closure.py [--seeds 20] [--out density_by_closure] [--quick]
"""

from __future__ import annotations

import ccgsim
from ccgsim.cli.answers import script
from ccgsim.report.experiments import ask, keep
from ccgsim.report.figures.curves import curves_figure, headings, summary

QUESTION = "What does a denser board gain, and what does it lose?"
LEVERS = {"site.density": [0.3, 0.45, 0.6, 0.75, 0.9]}
UNCERTAINTIES = {"ties.closure": {"low": 0.1, "high": 0.5, "levels": 3}}
MEASURES = ["coherence_internal", "knowledge_mobility", "stability"]


def main() -> None:
    """Run the design, or go on with it, and write the table and the figure."""
    asked = ask(__doc__, seeds=20, out="density_by_closure", quick="a year on two seeds, to see that it runs")
    runs = asked.out / ("quick" if asked.quick else f"{asked.seeds}_seeds")
    months, seeds = (12, 2) if asked.quick else (60, asked.seeds)
    plan = {"scenario": "site_b", "months": months, "measures": MEASURES}
    varied = {"levers": LEVERS, "uncertainties": UNCERTAINTIES, "seeds": {"replicates": seeds}}
    ccgsim.sweep(plan | varied, runs)
    columns = headings(MEASURES, "mean")
    found = summary(ccgsim.results(runs), "site.density", "ties.closure", columns)
    note = f"site_b, {seeds} seeds, means of months 1 to {months}."
    figure = curves_figure(found, columns, QUESTION, note)
    for path in keep(asked.out, {"density_by_closure": found}, {"density_by_closure": figure}):
        print(path)


if __name__ == "__main__":
    script(main)
