"""Measures over one parameter, a line for each value of another: five questions, or those that are named.

Every point is run on the same seeds; started again, it goes on where it stopped.

    python experiments/curves.py [CURVE ...] [--seeds 20] [--out curves] [--quick]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ccgsim
from ccgsim.cli.parts.answers import script
from ccgsim.report.experiments import command_line, keep
from ccgsim.report.figures.curves import curves_figure, headings, summary


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A question, and the design that answers it: `over` lies along the axis, each value of `by` has a line."""

    question: str
    scenario: str
    over: str
    by: str
    levers: dict[str, Any] = field(default_factory=dict)
    uncertainties: dict[str, Any] = field(default_factory=dict)
    measures: tuple[str, ...]
    months: int = 96
    at: str = "final"  # or mean: of which month the measures are
    note: str = ""


CURVES = {
    # E10, E44, E52
    "size_by_localities": Curve(
        question="Do localities let a larger CCG keep its frontline?",
        scenario="site_b",
        over="site.practices",
        by="site.localities",
        levers={"site.practices": [12, 24, 48, 96], "site.localities": [1, 3, 6, 12]},
        measures=("participation_frontline", "coherence_frontline", "stability"),
        months=60,
        at="mean",
    ),
    # E9, E13
    "density_by_closure": Curve(
        question="What does a denser board gain, and what does it lose?",
        scenario="site_b",
        over="site.density",
        by="ties.closure",
        levers={"site.density": [0.3, 0.45, 0.6, 0.75, 0.9]},
        uncertainties={"ties.closure": {"low": 0.1, "high": 0.5, "levels": 3}},
        measures=("coherence_internal", "knowledge_mobility", "stability"),
        months=60,
        at="mean",
    ),
    # E4, E8
    "broker_exits_by_reliance": Curve(
        question="Is a board that relies on one broker hurt more when brokers leave?",
        scenario="site_a",
        over="turnover.broker_exits",
        by="site.top_brokerage",
        levers={"turnover.broker_exits": [0, 1, 2, 3]},
        uncertainties={"site.top_brokerage": [1.0, 5.0, 15.0]},
        measures=("outside_reach", "stability_resilience", "knowledge_mobility"),
        months=72,
        at="mean",
        note="; exits in months 24, 36, 48",
    ),
    # E18, E20, E41
    "uncertainty_by_dialogue": Curve(
        question="How much policy uncertainty does dialogue make bearable?",
        scenario="vicious_circle_no_shock",
        over="policy.uncertainty",
        by="policy.dialogue",
        levers={"policy.dialogue": [0.0, 0.4, 0.8]},
        uncertainties={"policy.uncertainty": [0.1, 0.25, 0.4, 0.55, 0.7]},
        measures=("participation", "manager_control", "coherence"),
    ),
    # E20
    "step_in_steepness": Curve(
        question="From which steepness of managers' response does the circle close after a shock?",
        scenario="vicious_circle",
        over="stepping_in.steepness",
        by="stepping_in.tolerance",
        uncertainties={
            "stepping_in.tolerance": [0.34, 0.38, 0.42],
            "stepping_in.steepness": [0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0],
        },
        measures=("participation", "manager_control", "plan_delivery_gap"),
    ),
}


def draw(name: str, out: Path, seeds: int, quick: bool) -> list[Path]:
    """Run the design of one curve, or go on with it; returns the paths of its table and its figure."""
    curve = CURVES[name]
    months, seeds = (12, 2) if quick else (curve.months, seeds)
    runs = out / name / ("quick" if quick else f"{seeds}_seeds")
    plan = {"scenario": curve.scenario, "months": months, "measures": list(curve.measures)}
    varied = {"levers": curve.levers, "uncertainties": curve.uncertainties, "seeds": {"replicates": seeds}}
    ccgsim.sweep(plan | varied, runs)
    columns = headings(curve.measures, curve.at)
    found = summary(ccgsim.results(runs), curve.over, curve.by, columns)
    moment = f"means of months 1 to {months}" if curve.at == "mean" else f"month {months}"
    note = f"{curve.scenario}, {seeds} seeds, {moment}{curve.note}."
    return keep(out, {name: found}, {name: curves_figure(found, columns, curve.question, note)})


def main() -> None:
    """Draw the curves that are named, or all."""
    reader = command_line(__doc__, seeds=20, out="curves", quick="a year on two seeds, to see that it runs")
    reader.add_argument("curves", nargs="*", metavar="CURVE", help=f"of {', '.join(CURVES)}; all by default")
    asked = reader.parse_args()
    if unknown := [name for name in asked.curves if name not in CURVES]:
        reader.error(f"there is no curve {', '.join(unknown)}: there are {', '.join(CURVES)}")
    for name in asked.curves or CURVES:
        for path in draw(name, asked.out, asked.seeds, asked.quick):
            print(path)


if __name__ == "__main__":
    script(main)
