"""Which lever helps most, where, and what may it cost? Each lever and each pair, paired by seed, in three worlds.

Worlds: site B without national dates, calm, under pressure, collapsed. Levers are pulled in month 36 and judged by the
mean of months 85 to 96. Ranks by cost need a file of costs: scenarios/costs_example.csv shows its form.

    python experiments/levers.py [--seeds 20] [--out levers] [--costs FILE] [--quick]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ccgsim.cli.parts.answers import script
from ccgsim.foundation.problems import Problems
from ccgsim.report.experiments import keep
from ccgsim.report.figures.levers import effects_figure, pairs_figure, words
from ccgsim.studies import costs
from ccgsim.studies.levers import PLANS, Comparison, plan_table


def main() -> None:
    """Compare, print where worlds stand and what is best, write tables and figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--out", type=Path, default=Path("levers"))
    parser.add_argument("--costs", type=Path, help="a CSV of what levers cost a month")
    parser.add_argument("--quick", action="store_true", help="five levers on two seeds, to see that it runs")
    asked = parser.parse_args()
    plans = PLANS[:5] if asked.quick else PLANS
    try:
        given = costs.read_costs(asked.costs, [plan.name for plan in PLANS]) if asked.costs else None
    except Problems as refused:
        print(refused, file=sys.stderr)
        raise SystemExit(3) from None
    if given is not None:
        given = given[given["lever"].isin([plan.name for plan in plans])]
    comparison = Comparison(seeds=range(2 if asked.quick else asked.seeds), plans=plans)
    print(f"{comparison.runs} runs")
    found = comparison.effects()
    table, extra = found.table(), costs.by_world({world: found.singles(world) for world in found.worlds}, given)
    best = [max(found.singles(world).items(), key=lambda item: item[1].mean()) for world in found.worlds]
    for world, (name, values) in zip(found.worlds, best, strict=True):
        print(f"{world}: {words(name)} adds most to participation, {values.mean():.3f}")
    least, most = (f"{min(v.mean() for _, v in best):.2f}", f"{max(v.mean() for _, v in best):.2f}")
    heading = f"The strongest lever adds {least} to {most} to participation, depending on the world"
    tables = {
        "outcomes": found.outcomes(comparison.seeds),
        "effects": table,
        "base": found.base(),
        "plans": plan_table(plans),
        **extra,
    }
    for path in keep(asked.out, tables, {"levers": effects_figure(table, heading), "pairs": pairs_figure(table)}):
        print(path)


if __name__ == "__main__":
    script(main)
