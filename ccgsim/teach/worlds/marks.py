"""The events of a world as text: the scenario's own dated events and the lesson's actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccgsim.report.drawing.marks import Mark
from ccgsim.report.drawing.marks import marks_of as of_scenario
from ccgsim.teach import actions

if TYPE_CHECKING:
    from ccgsim.teach.worlds.run import LessonRun


def marks_of(run: LessonRun, world: int) -> list[Mark]:
    """Dated events of a world as (month, text): actions in the lesson's wording, the scenario's in the report's."""
    done = run.config.worlds[world].actions
    return sorted(own_marks(run, world) + [(a.month, actions.said(a.action, a.value)) for a in done])


def own_marks(run: LessonRun, world: int) -> list[Mark]:
    """The dated events of a world's scenario without the lesson's actions."""
    lane, done = run.lanes[world], run.config.worlds[world].actions
    own = lane.scenario.resolved()
    return of_scenario({**own, "events": own["events"][: len(own["events"]) - len(done)]}, lane.scenario.months)
