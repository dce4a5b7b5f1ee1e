"""What a scenario's own question is about, where the headline measures do not answer it."""

from __future__ import annotations

from collections.abc import Iterator

from ccgsim.lab.comparison import Comparison
from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.drawing.marks import all_begin
from ccgsim.report.drawing.time_axis import moment
from ccgsim.report.pages import effects as e
from ccgsim.report.words.board_sentence import ASKED


def claimed(found: Comparison, scenario: str, title: str) -> Iterator[str]:
    """How the measure of the scenario's claim against the first differs in its month, unless it is a headline."""
    base, there = (found.scenarios[name].resolved() for name in (found.base, scenario))
    claim = there.get("claim") or {}
    if claim.get("against") != base["name"] or claim["measure"] in ASKED:
        return
    if claim["month"] > found.months or len(found.seeds) < 2:
        return
    when = moment(claim["month"], all_begin(found.scenarios))
    for each in e.effects_in(claim["month"], found, scenario, [claim["measure"]]):
        yield f"What '{title}' asks about, '{MEASURE[each.measure].label}': in {when}, {_told(each)}."


def _told(each: e.Effect) -> str:
    if each.verdict == e.UNTOLD:
        return "these worlds do not tell whether the average is higher, lower or the same"
    if each.verdict in (e.NONE, e.NO_MATTER):
        return f"{each.verdict} of averages"
    pairs = f"{each.same} of {each.worlds} pairs of worlds"
    how = f" by {e.amount(each)}" if each.clear else ""
    return f"on average {each.verdict}{how} (the same sign in {pairs})"
