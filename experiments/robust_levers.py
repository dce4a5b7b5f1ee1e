"""Which two levers are least regretted, whatever the uncertain parameters turn out to be? (E36 to E44)

At most two levers can be paid for. Each goes half way from its start value to the highest. Every set meets the same
draws of the uncertainties on the same seeds; regret is how much more the best set of a draw would have given.

    python experiments/robust_levers.py [--seeds 2] [--out robust_levers] [--quick]
"""

from __future__ import annotations

from itertools import combinations

import ccgsim
from ccgsim.cli.parts.answers import script
from ccgsim.lab.experiment import design
from ccgsim.report.experiments import command_line, keep
from ccgsim.report.figures.robust import regret_figure
from ccgsim.studies import robust

LEVERS = {  # start value, and half way to the highest
    "policy.dialogue": [0.2, 0.6],
    "engagement.soft_incentive": [0.0, 0.15],
    "engagement.backfill": [0.0, 20.0],
    "site.localities": [4, 8],
    "knowledge.depository": [0.0, 0.5],
}
UNCERTAINTIES = {
    "policy.uncertainty": {"low": 0.2, "high": 0.5},
    "stepping_in.inherited": {"low": 0.0, "high": 0.25},
    "stepping_in.tolerance": {"low": 0.38, "high": 0.46},
    "insecurity.withholding": {"low": 0.2, "high": 0.6},
    "engagement.value": {"low": 0.6, "high": 0.8},
}
MEASURES = ["participation", "coherence", "stability"]


def lever_sets() -> dict[str, dict[str, float]]:
    """Nothing, each lever, and each pair, by name."""
    found = [set_ for size in range(3) for set_ in combinations(LEVERS, size)]
    words = [" + ".join(name.split(".")[1].replace("_", " ") for name in set_) or "nothing" for set_ in found]
    return {word: {name: LEVERS[name][1] for name in set_} for word, set_ in zip(words, found, strict=True)}


def main() -> None:
    """Run every set in every draw, or go on with it; print and draw what is regretted."""
    reader = command_line(__doc__, seeds=2, out="robust_levers", quick="four draws of a year, to see that it runs")
    asked = reader.parse_args()
    runs, sets = asked.out / ("quick" if asked.quick else f"{asked.seeds}_seeds"), lever_sets()
    months, count = (12, 4) if asked.quick else (60, 40)
    plan = {"scenario": "vicious_circle_no_shock", "months": months, "measures": MEASURES}
    plan |= {"seeds": {"replicates": asked.seeds}, "design": {"method": "lhs", "points": count}}
    draws = design.points(ccgsim.experiment(plan | {"uncertainties": UNCERTAINTIES}))
    whole = ccgsim.experiment(plan | {"levers": LEVERS, "uncertainties": UNCERTAINTIES})
    at = robust.crossed(draws, sets, {name: values[0] for name, values in LEVERS.items()})[list(whole.names)]
    ccgsim.sweep(whole, runs, at=at)
    for measure in MEASURES:
        regret = robust.regrets(robust.outcomes(ccgsim.results(runs), f"mean_{measure}", list(sets)))
        found = robust.judged(regret)
        heading = f"For {measure}, {found['set'][0]} is least regretted"
        note = f"{plan['scenario']}, mean of months 1 to {months}; {len(regret)} draws, seeds a draw: {asked.seeds}."
        figure = regret_figure(regret, found, heading, note)
        print(heading, *keep(asked.out, {measure: found}, {measure: figure}), sep="\n")


if __name__ == "__main__":
    script(main)
