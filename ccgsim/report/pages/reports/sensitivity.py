"""The report on a sensitivity study: which parameters matter for which measure, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ccgsim.foundation.inputs.texts import listed
from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.figures.intervals import Bar, Mark, intervals_figure
from ccgsim.report.figures.sensitivity import SHARES, blanks, finding, ranked, rivals, sensitivity_figure
from ccgsim.report.findings.sensitivity import FIGURES, TITLES, index_rows, luck_of
from ccgsim.report.pages.assumed import assumed, parameters_table
from ccgsim.report.pages.kept import Kept
from ccgsim.report.pages.page import Figure, Items, Page, Section, Table
from ccgsim.report.pages.patterns import behind
from ccgsim.report.pages.repeat import repeating
from ccgsim.report.words.board_sentence import span
from ccgsim.scenario.contrasts import value_words

MOST_TOLD = 3
NO_PEOPLE = "A sensitivity study keeps measures only: no people, no ties, so no network is drawn here."
NO_COMMAND = (
    "The experiment's file gives the same numbers again: `ccgsim sensitivity EXPERIMENT.toml --out DIR`. All its "
    "values are in manifest.json."
)


def sensitivity_page(results: Kept) -> Page:
    """The report on the study in a folder; raises Problems."""
    indices, noise = results.table("indices"), results.table("noise")
    last = indices[(indices["at"] == "final") & indices["index"].isin(list(TITLES))]
    measures = list(dict.fromkeys(last["measure"]))
    facts = results.manifest
    ranges = {name: _range(stated) for name, stated in {**facts["levers"], **facts["uncertainties"]}.items()}
    varied = tuple(ranges)
    told = "the measures above" if len(measures) > 2 else listed([_label(name).lower() for name in measures])
    return Page(
        title=str(facts.get("title") or f"Which of {listed(list(varied))} matter?"),
        about=f"A sensitivity study of {len(varied)} parameters over {span(facts['months'])}.",
        question=str(facts.get("question") or f"Which of {listed(list(varied))} matter, and for what?"),
        answer=tuple(answer(last, measures)),
        sure=tuple(sure(noise, measures)),
        figure=opening(last, measures[0]),
        sections=(
            *(_on(indices, noise, last, measure) for measure in measures[:FIGURES]),
            Section("The network before and after", (NO_PEOPLE,)),
            behind([name for name in measures if name in MEASURE], told),
            assumed(tuple(limits()), parameters_table(varied, "What was varied", ranges)),
            repeating(_facts(facts), None, NO_COMMAND),
        ),
    )


def _range(stated: Any) -> str:
    if isinstance(stated, Mapping):
        return f"{value_words(stated['low'])} to {value_words(stated['high'])}"
    return ", ".join(value_words(value) for value in stated)


def answer(last: pd.DataFrame, measures: Sequence[str]) -> Iterator[str]:
    """The finding on each measure, and whether the interval of the first parameter leaves the second behind."""
    for measure in measures[:MOST_TOLD]:
        yield _finding(last[last["measure"] == measure], measure)
    if len(measures) > MOST_TOLD:
        yield f"{len(measures) - MOST_TOLD} more measures have their own sections below."


def _finding(here: pd.DataFrame, measure: str) -> str:
    """The first parameter, and whether intervals tell it from all others."""
    total = ranked(here)
    if len(total) < 2 or not total["value"].iloc[0] > 0:
        return f"{finding(here, measure)}."
    if (level := rivals(total)).empty:
        return f"{finding(here, measure)}; the interval lies above those of all others."
    overlapping = listed([_size(row) for _, row in level.iloc[:MOST_TOLD].iterrows()])
    return (
        f"{_label(measure)}: {_size(total.iloc[0])} stands first, but its interval overlaps that of {overlapping}: "
        "which of them matters more cannot be told."
    )


def _size(row: pd.Series[Any]) -> str:
    """'policy.dialogue, 73% of the variance [28% to 155%]'."""
    values = [row[key] for key in ("value", "low", "high")]
    if row["index"] in SHARES:
        middle, low, high = (f"{value:.0%}" for value in values)
        return f"{row['parameter']}, {middle} of the variance [{low} to {high}]"
    middle, low, high = (f"{value:.2g}" for value in values)
    return f"{row['parameter']}, which moves it by {middle} [{low} to {high}]"


def sure(noise: pd.DataFrame, measures: Sequence[str]) -> Iterator[str]:
    """How sure the answer is."""
    yield "Intervals hold 95 of 100 resamples of the settings that were tried; they narrow with more of them."
    for measure in measures[:MOST_TOLD]:
        yield f"{_label(measure)}: {luck_of(noise, measure)}."


def opening(last: pd.DataFrame, measure: str) -> Figure:
    """The index that ranks the parameters, for the first measure."""
    rows = ranked(last[last["measure"] == measure])
    index = str(rows["index"].iloc[0]) if len(rows) else "ST"
    name = "share of the variance, with interactions" if index == "ST" else TITLES[index]
    bars = [
        Bar(str(row["parameter"]), ((row["value"], row["low"], row["high"], None, None),))
        for row in rows.to_dict("records")
    ]
    cells = tuple((bar.label, f"{bar.marks[0][0]:.2f}", _ends(bar.marks[0])) for bar in bars if bar.marks[0])
    title = f"{_label(measure)} in the last month: what each parameter has to do with it"
    shows = f"{name}. {'; '.join(' '.join(row) for row in cells)}."
    twin = Table(f"{_label(measure)}: {name}", ("parameter", "value", "95% interval"), cells)
    return Figure(title, shows, intervals_figure(bars, name), twin, wide=False)


def _ends(mark: Mark) -> str:
    low, high = mark[1], mark[2]
    return "–" if low is None or high is None or low != low else f"{low:.2f} to {high:.2f}"


def _on(indices: pd.DataFrame, noise: pd.DataFrame, last: pd.DataFrame, measure: str) -> Section:
    here = last[last["measure"] == measure]
    twin = None
    if here["value"].notna().any():
        head, *rows = index_rows(here)
        note = (
            "Morris mu*: the change of the measure over the whole range of the parameter. Sobol' S1: its share of the "
            "variance by itself; ST: with its interactions. In brackets 95% intervals."
        )
        twin = Table(f"{_label(measure)} in the last month: every index", head, tuple(rows), note)
    shows = "A row for each parameter, a column for each index, points with intervals; the table says the same."
    figure = Figure(f"{_label(measure)}: every index", shows, sensitivity_figure(indices, noise, measure), twin)
    missing = tuple(blanks(here))
    return Section(f"What moves {_label(measure).lower()}", (figure, *((Items(missing),) if missing else ())))


def limits() -> Iterator[str]:
    """What these results do not show."""
    yield "Anything outside the ranges in the table: a parameter that matters little here may matter beyond them."
    yield "Which value is right: that a parameter matters says nothing about its value."
    yield "In which direction a parameter works: an index tells how much, not which way."


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    seeds = facts["seeds"]
    first, count = int(seeds["first"]), int(seeds["replicates"])
    return {**facts, "seeds": list(range(first, first + count))}


def _label(measure: str) -> str:
    return MEASURE[measure].label if measure in MEASURE else measure
