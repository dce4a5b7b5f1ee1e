"""Do localities let a large CCG keep its frontline? Network size by localities (E10, E44, E52).

Every point is run on the same seeds; started again, it goes on where it stopped.

    python experiments/size_by_localities.py [--seeds 20] [--out size_by_localities] [--quick]
"""

from __future__ import annotations

import ccgsim
from ccgsim.cli.answers import script
from ccgsim.report.experiments import ask, keep
from ccgsim.report.figures.curves import curves_figure, headings, summary

QUESTION = "Do localities let a larger CCG keep its frontline?"
LEVERS = {"site.practices": [12, 24, 48, 96], "site.localities": [1, 3, 6, 12]}
UNCERTAINTIES = {}
MEASURES = ["participation_frontline", "coherence_frontline", "stability"]


def main() -> None:
    """Run the design, or go on with it, and write the table and the figure."""
    asked = ask(__doc__, seeds=20, out="size_by_localities", quick="a year on two seeds, to see that it runs")
    runs = asked.out / ("quick" if asked.quick else f"{asked.seeds}_seeds")
    months, seeds = (12, 2) if asked.quick else (60, asked.seeds)
    plan = {"scenario": "site_b", "months": months, "measures": MEASURES}
    varied = {"levers": LEVERS, "uncertainties": UNCERTAINTIES, "seeds": {"replicates": seeds}}
    ccgsim.sweep(plan | varied, runs)
    columns = headings(MEASURES, "mean")
    found = summary(ccgsim.results(runs), "site.practices", "site.localities", columns)
    note = f"site_b, {seeds} seeds, means of months 1 to {months}."
    figure = curves_figure(found, columns, QUESTION, note)
    for path in keep(asked.out, {"size_by_localities": found}, {"size_by_localities": figure}):
        print(path)


if __name__ == "__main__":
    script(main)
