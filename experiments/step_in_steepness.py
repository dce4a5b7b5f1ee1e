"""From which steepness of managers' response does the circle close? Steepness by tolerance (E20).

Every point is run on the same seeds; started again, it goes on where it stopped.

    python experiments/step_in_steepness.py [--seeds 20] [--out step_in_steepness] [--quick]
"""

from __future__ import annotations

import ccgsim
from ccgsim.cli.answers import script
from ccgsim.report.experiments import ask, keep
from ccgsim.report.figures.curves import curves_figure, headings, summary

QUESTION = "From which steepness of managers' response does the circle close after a shock?"
LEVERS = {}
UNCERTAINTIES = {
    "stepping_in.tolerance": [0.34, 0.38, 0.42],
    "stepping_in.steepness": [0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0],
}
MEASURES = ["participation", "manager_control", "plan_delivery_gap"]


def main() -> None:
    """Run the design, or go on with it, and write the table and the figure."""
    asked = ask(__doc__, seeds=20, out="step_in_steepness", quick="a year on two seeds, to see that it runs")
    runs = asked.out / ("quick" if asked.quick else f"{asked.seeds}_seeds")
    months, seeds = (12, 2) if asked.quick else (96, asked.seeds)
    plan = {"scenario": "vicious_circle", "months": months, "measures": MEASURES}
    varied = {"levers": LEVERS, "uncertainties": UNCERTAINTIES, "seeds": {"replicates": seeds}}
    ccgsim.sweep(plan | varied, runs)
    columns = headings(MEASURES, "final")
    found = summary(ccgsim.results(runs), "stepping_in.steepness", "stepping_in.tolerance", columns)
    note = f"vicious_circle, {seeds} seeds, month {months}."
    figure = curves_figure(found, columns, QUESTION, note)
    for path in keep(asked.out, {"step_in_steepness": found}, {"step_in_steepness": figure}):
        print(path)


if __name__ == "__main__":
    script(main)
