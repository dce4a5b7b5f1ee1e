"""The regimes of English commissioning since 1991 as one family: what the mapping of each entails.

Question: which of the features that the sources give each regime follow, in this model, from how it was set up?
Levers: the regime (docs/regimes.md). Measures: each regime's claim, with and without its mechanism, on two blocks of
seeds; eight measures side by side.

    python experiments/regimes.py [--seeds 60] [--out results/regimes] [--quick]

Writes claims.csv, measures.csv, regimes.png and regimes.svg.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ccgsim.cli.parts.answers import script
from ccgsim.lab.validation import judging
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import Verdict
from ccgsim.report.drawing.canvas import Sheet, new_sheet, style
from ccgsim.report.drawing.palette import BLUE, FAINT, INK, MUTED, VERMILION
from ccgsim.report.experiments import command_line
from ccgsim.scenario.scenario import load
from ccgsim.studies import regimes
from ccgsim.studies.regimes import Outcome

FRESH = 1000  # first seed of the second block
MONTH = 60
MEASURES = {
    "stability": "Network stability",
    "coherence": "Network coherence",
    "participation": "Participation of GPs",
    "manager_control": "Managers' control",
    "vision_clinical": "Clinicians' part in the vision",
    "adoption": "Adoption of live projects",
    regimes.GINI: "Gini of adoption over practices",
    regimes.HOURS: "GPs' hours for 1,000 patients",
}
SHARES = set(MEASURES) - {regimes.HOURS}


def row_of(outcome: Outcome, block: str) -> dict[str, object]:
    """A part of a claim as a row: with its mechanism and without."""
    part, claim = outcome.part, outcome.part.claim
    row: dict[str, object] = {"block": block, "regime": part.regime, "measure": claim.measure, "month": claim.month}
    row |= {"against": claim.against, "smallest": str(claim.effect)}
    row |= numbers("", outcome.verdict) | {"mechanism": part.mechanism}
    return row | numbers("without_", outcome.without) | {"shown": outcome.shown}


def numbers(prefix: str, verdict: Verdict) -> dict[str, object]:
    """A verdict's numbers as columns."""
    values = {"effect": verdict.value, "low": verdict.low, "high": verdict.high}
    return {f"{prefix}{key}": round(value, 4) for key, value in values.items()} | {f"{prefix}held": verdict.held}


def claims(blocks: dict[str, Bench]) -> pd.DataFrame:
    """Every part of every claim on every block of seeds."""
    rows = []
    for part in regimes.parts():
        for name, bench in blocks.items():
            rows.append(row_of(regimes.judged(bench, part), name))
            tell(rows[-1])
    return pd.DataFrame(rows)


def tell(row: dict[str, object]) -> None:
    """Print a row of the table of claims."""
    fate = "shown" if row["shown"] else "holds without its mechanism too" if row["held"] else "does not hold"
    effect = f"{row['effect']:+.3f} [{row['low']:+.3f}, {row['high']:+.3f}]"
    without = f"{row['without_effect']:+.3f} [{row['without_low']:+.3f}, {row['without_high']:+.3f}]"
    print(f"{row['regime']}, {row['measure']} at {row['month']} against {row['against']}, {row['block']} seeds: {fate}")
    print(f"   {effect}, wanted {row['smallest']}; without ({row['mechanism']}) {without}", flush=True)


def side_by_side(bench: Bench) -> pd.DataFrame:
    """Mean of each measure in each regime in month 60, its 95% interval over seeds, and the middle 80% of worlds."""
    rows = []
    for regime in regimes.REGIMES:
        for measure in MEASURES:
            values = regimes.at(bench, load(regime), measure, MONTH)
            mean, low, high = judging.t_interval(values, 0.95)
            tenth, ninetieth = np.nanquantile(values, [0.1, 0.9])
            row = {"regime": regime, "measure": measure, "mean": mean, "low": low, "high": high}
            rows.append(row | {"tenth": tenth, "ninetieth": ninetieth, "worlds": int(np.isfinite(values).sum())})
    return pd.DataFrame(rows).round(4)


def names_of_regimes() -> list[str]:
    """Names for the figure, with years."""
    titles = ("Fundholding", "Total purchasing", "Primary care trust", "Practice-based", "CCG", "Integrated care")
    return [f"{title}\n{years}" for title, years in zip(titles, regimes.YEARS, strict=True)]


def panel(axes, table: pd.DataFrame, measure: str) -> None:
    """One measure: a row a regime, in the order of years; the CCG's mean as a line to compare with."""
    rows = table[table["measure"] == measure].set_index("regime").loc[list(regimes.REGIMES)]
    heights = np.arange(len(rows))
    colours = [VERMILION if regime == regimes.CCG else BLUE for regime in rows.index]
    axes.axvline(rows.loc[regimes.CCG, "mean"], color=VERMILION, lw=0.8, ls=":", zorder=1)
    axes.hlines(heights, rows["tenth"], rows["ninetieth"], color=FAINT, lw=7, zorder=0)
    axes.hlines(heights, rows["low"], rows["high"], color=colours, lw=2.2)
    axes.scatter(rows["mean"], heights, s=30, color=colours, zorder=3)
    missing_worlds(axes, rows)
    axes.set_title(MEASURES[measure], loc="left", fontsize=10.5, color=INK)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    if measure in SHARES:
        axes.set_xlim(-0.02, 1.02)
    else:
        axes.set_xlim(left=0)
    axes.tick_params(left=False, labelsize=8.5)
    axes.spines["left"].set_visible(False)


def missing_worlds(axes, rows: pd.DataFrame) -> None:
    """Say of how many worlds a mean is, where the measure is missing in more than a tenth of them."""
    most = rows["worlds"].max()
    for height, (mean, worlds) in enumerate(zip(rows["mean"], rows["worlds"], strict=True)):
        if worlds < 0.9 * most:
            side, place = ("right", 1.0) if mean < 0.5 else ("left", 0.0)
            axes.text(place, height, f"{worlds} of {most}", ha=side, va="center", fontsize=8, color=MUTED)


def figure_of(table: pd.DataFrame, verdicts: pd.DataFrame, seeds: int) -> Sheet:
    """The small multiple, with a title that says how many of the claims are shown."""
    in_both = verdicts.groupby(["regime", "measure", "against"])["shown"].all().groupby("regime")
    whole, some = int(in_both.all().sum()), int(in_both.any().sum())
    with style():
        sheet = new_sheet(13.333, 7.2)
        grid = sheet.figure.subplots(2, 4, sharey=True)
        for axes, measure in zip(grid.flat, MEASURES, strict=True):
            panel(axes, table, measure)
        grid[0, 0].set_yticks(range(len(regimes.REGIMES)), names_of_regimes())
        sheet.figure.subplots_adjust(left=0.105, right=0.985, top=0.83, bottom=0.09, wspace=0.1, hspace=0.3)
        claimed = f"{whole} of {len(in_both)} claims made beforehand shown in full, {some - whole} in part"
        title = f"Six regimes in one model: {claimed}"
        sheet.figure.text(0.012, 0.95, title, fontsize=16, color=INK)
        what = (
            f"Month {MONTH}, {seeds} seeds: mean with 95% interval; pale, the middle 80% of worlds; dotted, the CCG's "
            f"mean;\n'n of {seeds}', worlds where a measure is defined. Consequences of the mapping, not history."
        )
        sheet.figure.text(0.012, 0.925, what, fontsize=10, va="top", color=MUTED)
    return sheet


def main() -> None:
    """Judge the claims, tabulate the measures, draw the figure."""
    asked = command_line(
        __doc__, seeds=60, out="results/regimes", quick="two seeds a block, to see that it runs"
    ).parse_args()
    seeds = 2 if asked.quick else asked.seeds
    blocks = {"first": Bench(range(seeds)), "fresh": Bench(range(FRESH, FRESH + seeds))}
    asked.out.mkdir(parents=True, exist_ok=True)
    verdicts = claims(blocks)
    verdicts.to_csv(asked.out / "claims.csv", index=False)
    table = side_by_side(blocks["first"])
    table.to_csv(asked.out / "measures.csv", index=False)
    for name, content in figure_of(table, verdicts, seeds).files("regimes"):
        (asked.out / name).write_bytes(content)
    print(asked.out)


if __name__ == "__main__":
    script(main)
