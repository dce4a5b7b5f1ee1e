"""How much uncertainty does dialogue make bearable? Policy uncertainty by dialogue (E18, E20, E41).

Every point is run on the same seeds; started again, it goes on where it stopped.

    python experiments/uncertainty_by_dialogue.py [--seeds 20] [--out uncertainty_by_dialogue] [--quick]
"""

from __future__ import annotations

import ccgsim
from ccgsim.cli.answers import script
from ccgsim.report.experiments import ask, keep
from ccgsim.report.figures.curves import curves_figure, headings, summary

QUESTION = "How much policy uncertainty does dialogue make bearable?"
LEVERS = {"policy.dialogue": [0.0, 0.4, 0.8]}
UNCERTAINTIES = {"policy.uncertainty": [0.1, 0.25, 0.4, 0.55, 0.7]}
MEASURES = ["participation", "manager_control", "coherence"]


def main() -> None:
    """Run the design, or go on with it, and write the table and the figure."""
    asked = ask(__doc__, seeds=20, out="uncertainty_by_dialogue", quick="a year on two seeds, to see that it runs")
    runs = asked.out / ("quick" if asked.quick else f"{asked.seeds}_seeds")
    months, seeds = (12, 2) if asked.quick else (96, asked.seeds)
    plan = {"scenario": "vicious_circle_no_shock", "months": months, "measures": MEASURES}
    varied = {"levers": LEVERS, "uncertainties": UNCERTAINTIES, "seeds": {"replicates": seeds}}
    ccgsim.sweep(plan | varied, runs)
    columns = headings(MEASURES, "final")
    found = summary(ccgsim.results(runs), "policy.uncertainty", "policy.dialogue", columns)
    note = f"vicious_circle_no_shock, {seeds} seeds, month {months}."
    figure = curves_figure(found, columns, QUESTION, note)
    for path in keep(asked.out, {"uncertainty_by_dialogue": found}, {"uncertainty_by_dialogue": figure}):
        print(path)


if __name__ == "__main__":
    script(main)
