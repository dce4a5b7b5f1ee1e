"""The events of a world as text: the scenario's own dated events and the lesson's actions."""

from __future__ import annotations

from collections.abc import Sequence

from ccgsim.report.drawing.marks import Mark
from ccgsim.report.drawing.marks import marks_of as of_scenario
from ccgsim.teach import actions
from ccgsim.teach.config import Action
from ccgsim.teach.worlds.lane import Lane


def marks_of(lane: Lane, done: Sequence[Action]) -> list[Mark]:
    """Dated events of a world as (month, text): actions in the lesson's wording, the scenario's in the report's."""
    return sorted(own_marks(lane, done) + [(a.month, actions.said(a.action, a.value)) for a in done])


def own_marks(lane: Lane, done: Sequence[Action]) -> list[Mark]:
    """The dated events of a world's scenario without the lesson's actions."""
    own = lane.scenario.resolved()
    return of_scenario({**own, "events": own["events"][: len(own["events"]) - len(done)]}, lane.scenario.months)
