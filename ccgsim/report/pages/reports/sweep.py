"""The report on a sweep: what each varied parameter does to each measure in the last month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ccgsim.foundation.inputs.texts import listed
from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.drawing.canvas import Sheet
from ccgsim.report.figures.intervals import Bar, Mark, intervals_figure
from ccgsim.report.pages import effects as e
from ccgsim.report.pages.assumed import assumed, parameters_table
from ccgsim.report.pages.kept import Kept
from ccgsim.report.pages.page import Figure, Page, Section, Table
from ccgsim.report.pages.patterns import behind
from ccgsim.report.pages.repeat import repeating
from ccgsim.report.pages.swept import Finding, Swept, finding, levels, stated, swept_in
from ccgsim.report.words.board_sentence import span
from ccgsim.run import interval
from ccgsim.scenario.contrasts import value_words

MOST_TOLD, MOST_POINTS = 3, 60  # sentences a measure, rows of the table
NO_PEOPLE = "A sweep keeps measures only: no people, no ties. `ccgsim run` writes and `ccgsim report` draws them."
NO_COMMAND = (
    "The experiment's file gives the same numbers again: `ccgsim sweep EXPERIMENT.toml --out DIR`. All its values are "
    "under `facts` in manifest.json."
)


def sweep_page(results: Kept) -> Page:
    """The report on the sweep in a folder; raises Problems."""
    swept = swept_in(results)
    found = [finding(swept, axis, measure) for measure in swept.measures for axis in swept.axes]
    ranges = {name: _range(stated) for name, stated in stated(swept.facts).items()}
    told = swept.measures
    return Page(
        title=str(results.manifest.get("title") or f"A sweep over {listed(list(swept.axes))}"),
        about=about(swept),
        question=str(results.manifest.get("question") or f"What do {listed(list(swept.axes))} change?"),
        answer=tuple(answer(swept, found)),
        sure=tuple(sure(swept)),
        figure=opening(swept, found),
        sections=(
            Section("Every finding", (_findings_table(found),)),
            Section("Every setting", (points_table(swept),)),
            Section("The network before and after", (NO_PEOPLE,)),
            behind(told, "the measures above" if len(told) > 2 else listed([_label(name).lower() for name in told])),
            assumed(tuple(limits(swept)), parameters_table(swept.axes, "What was varied", ranges)),
            repeating(_told_facts(swept), None, NO_COMMAND),
        ),
    )


def _range(stated: Any) -> str:
    if isinstance(stated, Mapping):
        return f"{value_words(stated['low'])} to {value_words(stated['high'])}"
    values = [value_words(value) for value in stated]
    return ", ".join(values) if len(values) <= MOST_POINTS else f"{len(values)} values"


def about(swept: Swept) -> str:
    """What was run, in a line."""
    counts = {key: int(swept.manifest.get(key, 0)) for key in ("planned", "done", "failed", "pending")}
    left = "".join(f", {counts[key]:,} {key}" for key in ("failed", "pending") if counts[key])
    points = swept.runs["point"].nunique()
    return (
        f"A sweep: {points:,} settings on {swept.runs['seed'].nunique()} seeds each over {span(swept.facts['months'])}"
        f", {counts['done']:,} of {counts['planned']:,} runs done{left}."
    )


def answer(swept: Swept, found: Sequence[Finding]) -> Iterator[str]:
    """For each measure which parameters move it clearly, the strongest first."""
    if swept.crossed and swept.runs["seed"].nunique() < 2:
        yield "One seed for each setting does not tell chance from effect; ask for more replicates."
        return
    for measure in swept.measures[:MOST_TOLD]:
        mine = sorted((each for each in found if each.measure == measure), key=lambda each: -each.weight)
        clear = [each for each in mine if each.clear]
        if not clear:
            none = f"None of {listed(list(swept.axes))} changes {_label(measure).lower()}"
            yield f"{none} clearly and by enough to matter."
            continue
        yield f"{_label(measure)} in the last month is {listed([_told(each) for each in clear[:MOST_TOLD]])}."
    more = len(swept.measures) - MOST_TOLD
    if more > 0:
        yield f"{more} more measures stand in the table of every finding."


def _told(each: Finding) -> str:
    first, last = each.ends
    if each.effect is not None:
        return f"{each.effect.verdict} by {e.amount(each.effect)} with {each.axis} = {last} than with {first}"
    way = e.HIGHER if each.correlation and each.correlation[0] > 0 else e.LOWER
    return f"{way} where {each.axis} is high"


def sure(swept: Swept) -> Iterator[str]:
    """How sure the answer is."""
    seeds = swept.runs["seed"].nunique()
    if swept.crossed:
        yield (
            f"Each range is the 95% interval of an average over {seeds} seeds, the other settings averaged; the same "
            "seed is the same chance at each setting."
        )
    else:
        yield (
            "Settings are sampled over all ranges at once, so a rank correlation over them tells which way a "
            f"parameter goes with a measure, with its 95% interval; each is an average of {seeds} seeds."
        )
    yield "The intervals hold chance, not doubt about the model itself: see what is assumed, below."


def opening(swept: Swept, found: Sequence[Finding]) -> Figure:
    """The first measure: its average at each value of each parameter, or its correlation with each parameter."""
    measure = swept.measures[0]
    if not swept.crossed:
        mine = [each for each in found if each.measure == measure and each.correlation is not None]
        bars = [Bar(each.axis, ((*each.correlation, None, None),)) for each in mine if each.correlation]
        title = f"{_label(measure)}: rank correlation with each parameter"
        return _drawn(title, intervals_figure(bars, "rank correlation"), bars)
    bars = [bar for axis in swept.axes for bar in levels(swept, axis, measure)]
    title = f"{_label(measure)} in the last month at each value"
    times = 100.0 if e.is_share(measure) else 1.0
    unit = "% on average" if e.is_share(measure) else f"{MEASURE[measure].unit} on average"
    scaled = [Bar(bar.label, (_times(bar.marks[0], times),)) for bar in bars]
    return _drawn(title, intervals_figure(scaled, unit, nought=False), scaled)


def _times(mark: Mark | None, times: float) -> Mark | None:
    return None if mark is None else (times * mark[0], *(None if x is None else times * x for x in mark[1:]))  # type: ignore[return-value]


def _drawn(title: str, sheet: Sheet, bars: Sequence[Bar]) -> Figure:
    marks = [(bar.label, bar.marks[0]) for bar in bars if bar.marks[0] is not None]
    rows = tuple((label, f"{mark[0]:.3g}", _ends(mark[1], mark[2])) for label, mark in marks)
    shows = "; ".join(f"{label}: {value} {ends}" for label, value, ends in rows)
    twin = Table(f"{title}, in numbers", ("row", "value", "95% interval"), rows)
    return Figure(title, f"A row each, with intervals. {shows}.", sheet, twin, wide=False)


def _ends(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{low:.3g} to {high:.3g}"


def _findings_table(found: Sequence[Finding]) -> Table:
    head = ("measure", "parameter", "from", "to", "difference or correlation", "95% interval", "told")
    note = "Differences in points for shares. Told: what the interval says of the average."
    return Table("What each parameter does to each measure in the last month", head, tuple(map(_row, found)), note)


def _row(each: Finding) -> tuple[str, ...]:
    start = (_label(each.measure), each.axis, *each.ends)
    if each.effect is not None:
        size = e.in_points(each.measure, each.effect.mean)
        return (*start, size, e.between(each.measure, each.effect.low, each.effect.high), each.effect.verdict)
    if each.correlation is None:
        return (*start, "–", "–", e.UNTOLD)
    told = e.UNTOLD if not each.clear else e.HIGHER if each.correlation[0] > 0 else e.LOWER
    return (*start, f"{each.correlation[0]:+.2f}", f"{each.correlation[1]:+.2f} to {each.correlation[2]:+.2f}", told)


def points_table(swept: Swept) -> Table:
    """The average of each measure at each point, at most MOST_POINTS points."""
    columns = [f"final_{measure}" for measure in swept.measures]
    points = list(swept.runs.groupby("point", sort=True))
    rows = tuple(
        (str(point), *(value_words(runs[axis].iloc[0]) for axis in swept.axes), *_averages(runs, columns))
        for point, runs in points[:MOST_POINTS]
    )
    head = ("setting", *swept.axes, *(_label(measure) for measure in swept.measures))
    more = f"{len(points) - MOST_POINTS:,} more settings stand in table.csv. " if len(points) > MOST_POINTS else ""
    note = f"{more}Averages over seeds with 95% intervals; shares in %."
    return Table("Measures in the last month at each setting", head, rows, note)


def _averages(runs: pd.DataFrame, columns: Sequence[str]) -> Iterator[str]:
    for column in columns:
        measure = column.removeprefix("final_")
        times = 100 if e.is_share(measure) else 1
        found = interval(times * runs[column].to_numpy(float))
        ends = "" if found["low"] is None else f" [{found['low']:.1f}, {found['high']:.1f}]"
        yield "–" if found["mean"] is None else f"{found['mean']:.1f}{ends}"


def limits(swept: Swept) -> Iterator[str]:
    """What these results do not show."""
    yield "Values of the parameters outside those that were run."
    if swept.crossed:
        yield "Averages over the other settings hide where a parameter works differently: see every setting."
    else:
        yield "A rank correlation says which way, not how far, and misses effects that go up and down again."
    if int(swept.manifest.get("failed", 0)):
        yield f"{int(swept.manifest['failed']):,} runs failed and are left out; table.csv has the reasons."
    if int(swept.manifest.get("pending", 0)):
        yield f"{int(swept.manifest['pending']):,} runs are still to be done: these are interim results."


def _told_facts(swept: Swept) -> dict[str, Any]:
    seeds = sorted(int(seed) for seed in swept.runs["seed"].unique())
    return {**swept.manifest, "seeds": seeds, "months": swept.facts["months"]}


def _label(measure: str) -> str:
    return MEASURE[measure].label
