"""Is a board that relies on one broker hurt more when brokers leave? Exits by reliance (E4, E8).

Every point is run on the same seeds; started again, it goes on where it stopped.

    python experiments/broker_exits_by_reliance.py [--seeds 20] [--out broker_exits_by_reliance] [--quick]
"""

from __future__ import annotations

import ccgsim
from ccgsim.cli.answers import script
from ccgsim.report.experiments import ask, keep
from ccgsim.report.figures.curves import curves_figure, headings, summary

QUESTION = "Is a board that relies on one broker hurt more when brokers leave?"
LEVERS = {"turnover.broker_exits": [0, 1, 2, 3]}
UNCERTAINTIES = {"site.top_brokerage": [1.0, 5.0, 15.0]}
MEASURES = ["outside_reach", "stability_resilience", "knowledge_mobility"]


def main() -> None:
    """Run the design, or go on with it, and write the table and the figure."""
    asked = ask(__doc__, seeds=20, out="broker_exits_by_reliance", quick="a year on two seeds, to see that it runs")
    runs = asked.out / ("quick" if asked.quick else f"{asked.seeds}_seeds")
    months, seeds = (12, 2) if asked.quick else (72, asked.seeds)
    plan = {"scenario": "site_a", "months": months, "measures": MEASURES}
    varied = {"levers": LEVERS, "uncertainties": UNCERTAINTIES, "seeds": {"replicates": seeds}}
    ccgsim.sweep(plan | varied, runs)
    columns = headings(MEASURES, "mean")
    found = summary(ccgsim.results(runs), "turnover.broker_exits", "site.top_brokerage", columns)
    note = f"site_a, {seeds} seeds, means of months 1 to {months}; exits in months 24, 36, 48."
    figure = curves_figure(found, columns, QUESTION, note)
    for path in keep(asked.out, {"broker_exits_by_reliance": found}, {"broker_exits_by_reliance": figure}):
        print(path)


if __name__ == "__main__":
    script(main)
