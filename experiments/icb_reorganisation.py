"""An integrated care board loses half of its running costs: a rehearsal on primary care trusts, then today.

Question: with parameters frozen, does the mechanism of a staff cut give the signs that the sources report of the
primary care trusts of 2010 to 2013 (E14: withholding, fewer approvals, knowledge lost, less where co-located)? And what
does it then say of an integrated care board, and which of the five events brings it about?

    python experiments/icb_reorganisation.py [--seeds 60] [--out docs] [--quick]

Writes icb_reorganisation.csv and figures/icb_reorganisation.png to the folder, and the tables into its
icb_reorganisation.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.cli.parts.answers import script
from ccgsim.foundation.files.writing import put
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import t_interval
from ccgsim.lab.validation.patterns.redesign import approvals
from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.experiments import command_line, refresh
from ccgsim.report.figures.intervals import Bar, intervals_figure
from ccgsim.scenario.scenario import Scenario, load
from ccgsim.world.state import World

NOTICE = 28  # months from the announcement to April 2013
READINGS = {"40% of posts": 0.4, "every post": 1.0}  # staff expected to leave (E14); the employer ended as a whole
AFTER = 34  # half a year after it
BOARD, PLAIN = "icb_reorganisation", "regime_integrated_care"
MEASURES = (
    "board_commissioning", "knowledge_mobility", "participation", "manager_control", "stability", "coherence",
)  # fmt: skip
MONTHS = (12, 24, 48)
ALONE = {"all five events": None, "the cut": "cut_staff", "the announcements": "announce", "the cluster": "cluster",
         "functions moved": "move_functions"}  # fmt: skip
AS_SAID, AGAINST, UNTOLD = "as E14 says", "against E14", "cannot be told"


def withheld(world: World) -> float:
    """Part of cooperation that staff withhold."""
    return float(world.ccgs.withheld[0])


def trust(colocation: float, share: float) -> Scenario:
    """Site B without England's dates; its staff learn in month 0 that a share of them goes in month 28; 0: nothing."""
    events = [{"month": 0, "cut_staff": {"share": share, "after": NOTICE}}] if share else []
    return load("site_b").with_(calendar="none", site={"colocation": colocation}, events=events, months=AFTER + 1)


def changes(bench: Bench, colocation: float, share: float) -> dict[str, np.ndarray]:
    """What the cut changes, one value per seed, where board and trust share so much of a building."""
    there, base = trust(colocation, share), trust(colocation, 0.0)
    passed = [np.diff(bench.probe(world, [3, NOTICE], approvals), axis=1)[:, 0] for world in (there, base)]
    return {
        "cooperation withheld in month 27": bench.probe(there, [27], withheld)[:, 0],
        "projects approved in months 3 to 27": passed[0] - passed[1],
        "what the board knows of commissioning, month 34": _difference(bench, there, base, "board_commissioning"),
        "knowledge mobility, month 34": _difference(bench, there, base, "knowledge_mobility"),
    }


def _difference(bench: Bench, there: Scenario, base: Scenario, measure: str, month: int = AFTER) -> np.ndarray:
    return bench.at(there, measure, month) - bench.at(base, measure, month)


def rehearsal(bench: Bench) -> Iterator[dict[str, object]]:
    """Two rows for each sign of E14 and each reading of how many posts were at risk: apart, apart less co-located."""
    for reading, share in READINGS.items():
        apart, together = changes(bench, 0.0, share), changes(bench, 1.0, share)
        for name, values in apart.items():
            wanted = 1 if name.startswith("cooperation") else -1
            for where, each in (("apart", values), ("apart less co-located", values - together[name])):
                yield row_of(reading, name, where, each) | {"verdict": verdict(each, wanted)}


def row_of(part: str, name: str, where: str, values: np.ndarray) -> dict[str, object]:
    """Mean, its 95% interval over seeds, and the share of worlds with its sign."""
    mean, low, high = t_interval(values, 0.95)
    same = float((np.sign(values) == np.sign(mean)).mean())
    return {"part": part, "what": name, "where": where, "mean": mean, "low": low, "high": high, "same": same,
            "worlds": len(values)}  # fmt: skip


def verdict(values: np.ndarray, wanted: int) -> str:
    """Whether the interval of the mean lies on the side that E14 says."""
    _, low, high = t_interval(values, 0.95)
    if low <= 0 <= high:
        return UNTOLD
    return AS_SAID if wanted * low > 0 else AGAINST


def only(act: str | None) -> Scenario:
    """The reorganisation with the events of one kind alone, beside those of the board without it; None: with all."""
    world, base = load(BOARD), load(PLAIN)
    kept = [event for event in world.events if act is None or event.act == act or event in base.events]
    return world.with_(events=kept)


def today(bench: Bench) -> Iterator[dict[str, object]]:
    """What the reorganisation changes in each measure and month, and what each of its events does alone."""
    base = load(PLAIN).with_(months=load(BOARD).months)
    for name, act in ALONE.items():
        months = MONTHS if act is None else MONTHS[1:2]
        for measure in MEASURES:
            for month in months:
                values = _difference(bench, only(act), base, measure, month)
                yield row_of(name, measure, f"month {month}", values) | {"verdict": ""}


def tables(found: pd.DataFrame) -> str:
    """Every table of the page, in Markdown."""
    head = [
        "| at risk | what the cut changes | where | mean [95% interval] | same sign | verdict |",
        "|" + " --- |" * 6,
    ]
    lines = [
        f"| {row['part']} | {row['what']} | {row['where']} | {numbers(row)} | {row['same']:.0%} | {row['verdict']} |"
        for row in found[found["part"].isin(READINGS)].to_dict("records")
    ]
    months = [f"month {month}" for month in MONTHS]
    lines += ["", f"| all five events | {' | '.join(months)} |", "|" + " --- |" * (len(months) + 1)]
    lines += [
        f"| {MEASURE[name].label} | {' | '.join(cells(found, 'all five events', name, months))} |" for name in MEASURES
    ]
    alone = [name for name, act in ALONE.items() if act is not None]
    lines += [
        "",
        f"| month {MONTHS[1]}, one kind of event alone | {' | '.join(alone)} |",
        "|" + " --- |" * (len(alone) + 1),
    ]
    for name in MEASURES:
        each = [cells(found, part, name, [f"month {MONTHS[1]}"])[0] for part in alone]
        lines.append(f"| {MEASURE[name].label} | {' | '.join(each)} |")
    return "\n".join([*head, *lines])


def cells(found: pd.DataFrame, part: str, measure: str, months: list[str]) -> list[str]:
    """The differences of a measure in these months."""
    rows = found[(found["part"] == part) & (found["what"] == measure)].set_index("where")
    return [numbers(rows.loc[month].to_dict()) for month in months]


def numbers(row: Mapping[Any, Any]) -> str:
    """Mean with its interval, a star where that lies on one side of 0."""
    star = "*" if row["low"] * row["high"] > 0 else ""
    return f"{row['mean']:+.3f} [{row['low']:+.3f}, {row['high']:+.3f}]{star}"


def draw(found: pd.DataFrame, path: Path) -> None:
    """What the reorganisation changes, a row a measure, a colour a month."""
    bars = []
    for name in MEASURES:
        rows = found[(found["part"] == "all five events") & (found["what"] == name)].to_dict("records")
        marks = [(100 * row["mean"], 100 * row["low"], 100 * row["high"], None, None) for row in rows]
        bars.append(Bar(MEASURE[name].label, tuple(marks)))
    sheet = intervals_figure(bars, "points, against no reorganisation", [f"month {month}" for month in MONTHS])
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, sheet.png(160))


def main() -> None:
    """Rehearse, look, print, draw and write."""
    reader = command_line(__doc__, seeds=60, out="docs", quick="three seeds, to see that it runs")
    asked = reader.parse_args()
    bench = Bench(range(3 if asked.quick else asked.seeds))
    found = pd.DataFrame([*rehearsal(bench), *today(bench)])
    text = tables(found)
    print(text)
    asked.out.mkdir(parents=True, exist_ok=True)
    found.to_csv(asked.out / "icb_reorganisation.csv", index=False, float_format="%.6g")
    draw(found, asked.out / "figures" / "icb_reorganisation.png")
    refresh(asked.out / "icb_reorganisation.md", "tables", text)


if __name__ == "__main__":
    script(main)
