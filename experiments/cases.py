"""The cases that the sources tell: does each come out of the model, and by the mechanism that the source names?

    python experiments/cases.py [--seeds 60] [--out docs] [--quick]

Every claim is judged on first seeds (0, 1, ...) and on fresh ones (1000, 1001, ...), as it stands and without
its mechanism. Prints the table, writes cases.csv and figures/cases.png to the folder and the table into its cases.md.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ccgsim.cli.parts.answers import script
from ccgsim.foundation import vocabulary as v
from ccgsim.lab.validation.bench import Bench, Probe
from ccgsim.lab.validation.judging import t_interval
from ccgsim.lab.validation.patterns.redesign import adopted_inside, adopted_outside, pathways_at_once
from ccgsim.report.experiments import command_line, refresh
from ccgsim.scenario.scenario import load
from ccgsim.studies.claims import case, cases
from ccgsim.world.state import World

BLOCKS = {"first": 0, "fresh": 1000}  # first seed of each block
BLUE, ORANGE, GREY, INK = "#0072B2", "#D55E00", "#8C8C8C", "#222222"
SMALL = 0.1  # effects claimed to be smaller are written with a digit more


# What else a case tells, beside its claim: read off its own worlds.
def using_the_latest(world: World) -> float:
    """Share of practices that use the project begun last."""
    return float(world.projects.adopters[-1] / world.ccgs.practices[0])


def ties_in_the_alliance(world: World) -> float:
    """Ties among mental health and voluntary providers."""
    allied = np.isin(world.actors.sector, (v.MENTAL_HEALTH, v.VOLUNTARY))
    return float((allied[world.ties.source] & allied[world.ties.target]).sum())


def restored(world: World) -> float:
    """Projects whose contract went back to a provider that could not lose it."""
    return float((world.projects.outcome == v.RESTORED).sum())


def overridden(world: World) -> float:
    """Projects that managers overrode."""
    return float((world.projects.outcome == v.OVERRIDDEN).sum())


def taking_part(world: World) -> float:
    """Mean participation of GPs."""
    return float(world.actors.participation[world.actors.practice >= 0].mean())


def knowing_how_to_commission(world: World) -> float:
    """Mean knowledge of commissioning on the board."""
    return float(world.actors.knowledge[world.actors.board == 1, v.COMMISSIONING].mean())


READINGS = (
    ("referral_pathways", "different pathways at once at 24", 24, pathways_at_once),
    ("referral_pathways_no_data", "the same without data", 24, pathways_at_once),
    ("gynaecology_clinic", "practices of its own former group that use it at 48", 48, adopted_inside),
    ("gynaecology_clinic", "practices of the other groups that use it at 48", 48, adopted_outside),
    ("gp_standards", "practices with the mandatory standard at 54", 54, using_the_latest),
    ("gp_higher_standard", "practices with the higher standard at 78", 78, using_the_latest),
    ("federations", "members of the board drawn away by 96", 96, "migration"),
    ("federations_none", "the same without federations", 96, "migration"),
    ("mental_health_alliances", "ties among the providers at 72", 72, ties_in_the_alliance),
    ("mental_health_contracts", "the same on contracts alone", 72, ties_in_the_alliance),
    ("delegated_commissioning", "participation of GPs at 96", 96, taking_part),
    ("delegated_commissioning_none", "the same without delegation", 96, taking_part),
    ("threatened_provider", "contracts restored to a provider by 84", 84, restored),
    ("threatened_provider_joined", "the same where its future is planned with it", 84, restored),
    ("hybrid_officer", "projects of GPs overridden by 84", 84, overridden),
    ("hybrid_officer_manager", "the same under a career manager", 84, overridden),
    ("hybrid_officer", "the board's knowledge of commissioning at 84", 84, knowing_how_to_commission),
    ("hybrid_officer_manager", "the same under a career manager", 84, knowing_how_to_commission),
)


def row_of(name: str, block: str, bench: Bench) -> dict[str, object]:
    """One case on one block of seeds."""
    judged = case(bench, name)
    claim = judged.scenario.claim
    assert claim is not None
    row: dict[str, object] = {"case": name, "source": judged.scenario.source, "seeds": block, "n": len(bench.seeds)}
    row |= {"measure": claim.measure, "month": claim.month, "against": claim.against}
    row |= {"smallest": claim.size, "relative": claim.relative}
    for part, verdict in (("", judged.verdict), ("without_", judged.without)):
        figures = {"value": verdict.value, "low": verdict.low, "high": verdict.high, "held": verdict.held}
        row |= {part + key: figure for key, figure in figures.items()}
    return row | {"shown": judged.shown}


def reading(name: str, label: str, month: int, what: str | Probe, bench: Bench) -> str:
    """A probe's reading in a month, or the sum of a measure up to it, with its 95% interval, as a line of text."""
    world = load(name)
    if isinstance(what, str):
        values = bench.path(world, what, month).sum(axis=1)
    else:
        values = bench.probe(world, [month], what)[:, 0]
    mean, low, high = t_interval(values, 0.95)
    return f"| `{name}` | {label} | {mean:.2f} | {low:.2f} to {high:.2f} |"


def figure_of(row: pd.Series, part: str = "") -> str:
    """Effect with its interval as text, in per cent where it is relative; small effects with a digit more."""
    scale, unit = (100, "%") if row["relative"] else (1, "")
    value, low, high = (row[f"{part}{key}"] * scale for key in ("value", "low", "high"))
    form = "{:+.1f}{}" if unit else "{:+.3f}{}" if abs(row["smallest"]) < SMALL else "{:+.2f}{}"
    return f"{form.format(value, unit)} [{form.format(low, unit)}, {form.format(high, unit)}]"


def verdict(first: pd.Series, fresh: pd.Series) -> str:
    """What both blocks of seeds say of a case."""
    if first["shown"] and fresh["shown"]:
        return "**shown**"
    if first["held"] and fresh["held"]:
        return "holds, but without its mechanism too"
    return "not shown: on one block of seeds only" if first["held"] or fresh["held"] else "not shown"


def table(found: pd.DataFrame) -> str:
    """The cases as a table in Markdown, a line a case: both blocks, without the mechanism, verdict."""
    lines = ["| case | claim | seeds 0 on | fresh seeds | without its mechanism | verdict |", "|" + " --- |" * 6]
    for name, rows in found.groupby("case", sort=False):
        first, fresh = (rows[rows["seeds"] == block].iloc[0] for block in BLOCKS)
        sign = "at least" if first["smallest"] > 0 else "at most"
        bound = f"{first['smallest'] * 100:g}%" if first["relative"] else f"{first['smallest']:g}"
        claim = f"`{first['measure']}` at {first['month']} {sign} {bound} against `{first['against']}`"
        figures = (figure_of(first), figure_of(fresh), figure_of(first, "without_"))
        lines.append(f"| `{name}` | {claim} | {' | '.join(figures)} | {verdict(first, fresh)} |")
    return "\n".join(lines)


def bar(axes, row: pd.Series, part: str, at: float, colour: str) -> None:
    """An interval in units of the smallest effect."""
    value, low, high = (row[f"{part}{key}"] / row["smallest"] for key in ("value", "low", "high"))
    axes.plot([low, high], [at, at], color=colour, lw=2, solid_capstyle="butt")
    axes.plot(value, at, "o" if part == "" else "D", color=colour, ms=6, mec="white", mew=0.7)


def draw(found: pd.DataFrame, path: Path) -> None:
    """Every case as three intervals, in units of the smallest effect that its claim asks for."""
    order = list(dict.fromkeys(found["case"]))
    figure = Figure(figsize=(9.5, 0.62 * len(order) + 1.9), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.axvline(0, color=GREY, lw=1)
    axes.axvline(1, color=INK, lw=1, ls="--")
    for place, name in enumerate(order):
        rows = found[found["case"] == name].set_index("seeds")
        bar(axes, rows.loc["first"], "", place - 0.2, BLUE)
        bar(axes, rows.loc["fresh"], "", place, ORANGE)
        bar(axes, rows.loc["first"], "without_", place + 0.2, GREY)
    shown = found.groupby("case")["shown"].all()
    labels = [name.replace("_", " ") + (" *" if shown[name] else "") for name in order]
    axes.set(yticks=range(len(order)), yticklabels=labels, xlim=axes.get_xlim(), ylim=(len(order) - 0.4, -0.6))
    axes.axvspan(1, axes.get_xlim()[1], color=BLUE, alpha=0.06, lw=0)
    axes.set_xlabel("effect / smallest effect claimed (mean over seeds, 95% interval)")
    axes.set_title(
        f"{shown.sum()} of {len(order)} claims come out by the mechanism that the source names (*)", loc="left"
    )
    keys = ((BLUE, "o", "seeds 0 on"), (ORANGE, "o", "fresh seeds"), (GREY, "D", "without its mechanism"))
    for colour, mark, label in keys:
        axes.plot([], [], mark + "-", color=colour, label=label)
    figure.legend(frameon=False, loc="outside lower center", ncols=3)
    axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=130)


def main() -> None:
    """Judge, print, draw and write."""
    asked = command_line(
        __doc__, seeds=60, out="docs", quick="two cases on three seeds, to see that it runs"
    ).parse_args()
    chosen, seeds = (cases()[:2], 3) if asked.quick else (cases(), asked.seeds)
    benches = {block: Bench(range(start, start + seeds)) for block, start in BLOCKS.items()}
    found = pd.DataFrame([row_of(name, block, bench) for name in chosen for block, bench in benches.items()])
    readings = [reading(*each, benches["first"]) for each in READINGS if not asked.quick or each[0] in chosen]
    text = "\n".join([table(found), "", "| scenario | reading | mean | 95% interval |", "|" + " --- |" * 4, *readings])
    print(text)
    asked.out.mkdir(parents=True, exist_ok=True)
    found.to_csv(asked.out / "cases.csv", index=False, float_format="%.6g")
    draw(found, asked.out / "figures" / "cases.png")
    refresh(asked.out / "cases.md", "cases", text)


if __name__ == "__main__":
    script(main)
