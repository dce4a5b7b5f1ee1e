"""Every process of the month, declared once and in order.

From here follow the sections of a scenario file, the fields of a Scenario, what `ccgsim parameters` lists, and the
steps of the month: `course.Course` has a method of the same name for each, or refuses to load.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from ccgsim.processes.collaboration import Collaboration
from ccgsim.processes.decisions import Decisions
from ccgsim.processes.engagement import Engagement
from ccgsim.processes.finance import Finance
from ccgsim.processes.insecurity import Insecurity
from ccgsim.processes.knowledge import Knowledge
from ccgsim.processes.patients import Patients
from ccgsim.processes.policy import Policy
from ccgsim.processes.priorities import Priorities
from ccgsim.processes.projects.redesign import Redesign
from ccgsim.processes.rating import Rating
from ccgsim.processes.stepping_in import SteppingIn
from ccgsim.processes.ties.fading import Ties
from ccgsim.processes.transparency import Transparency
from ccgsim.processes.turnover import Turnover

STEPLESS = {"step": False}  # parameters alone, which other processes read


@dataclass(frozen=True, kw_only=True)
class Processes:
    """The parameters of every process, one field each, in the order of the month."""

    policy: Policy = field(default_factory=Policy)
    insecurity: Insecurity = field(default_factory=Insecurity)
    ties: Ties = field(default_factory=Ties)
    knowledge: Knowledge = field(default_factory=Knowledge)
    priorities: Priorities = field(default_factory=Priorities)
    patients: Patients = field(default_factory=Patients, metadata=STEPLESS)  # heard where priorities move
    decisions: Decisions = field(default_factory=Decisions, metadata=STEPLESS)  # read where a board's course is
    transparency: Transparency = field(default_factory=Transparency)
    stepping_in: SteppingIn = field(default_factory=SteppingIn)
    engagement: Engagement = field(default_factory=Engagement)
    turnover: Turnover = field(default_factory=Turnover)
    redesign: Redesign = field(default_factory=Redesign)
    finance: Finance = field(default_factory=Finance)
    collaboration: Collaboration = field(default_factory=Collaboration)
    rating: Rating = field(default_factory=Rating)


PARAMETERS: dict[str, type] = {each.name: each.default_factory for each in fields(Processes)}  # type: ignore[misc]
STEPS = tuple(each.name for each in fields(Processes) if each.metadata.get("step", True))
