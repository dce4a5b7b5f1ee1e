"""The course of a world: burn-in, then month after month, each the processes in the order they are declared in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from ccgsim.foundation import tables
from ccgsim.foundation.problems import attempt
from ccgsim.foundation.vocabulary import ABOLITION_MONTH
from ccgsim.processes import (
    collaboration,
    decisions,
    declared,
    engagement,
    finance,
    insecurity,
    knowledge,
    policy,
    priorities,
    rating,
    stepping_in,
    transparency,
    turnover,
)
from ccgsim.processes.projects import adoption, arenas, redesign, results, stock
from ccgsim.processes.ties import fading, forming
from ccgsim.processes.ties.balance import balance_flows
from ccgsim.processes.ties.contacts import Contacts, contacts_of
from ccgsim.processes.ties.renewal import renew
from ccgsim.scenario.brought.control_path import read_control_path
from ccgsim.scenario.events import Event
from ccgsim.scenario.scenario import Scenario
from ccgsim.world import happenings, mergers, projects, reorganisation, seats
from ccgsim.world.build import boards_aims, build
from ccgsim.world.state import World

STEPS = ("happenings", *declared.STEPS)  # methods of Course; what others add comes after, or where it asks to
SETTLING = ("policy", "ties", "knowledge", "priorities", "transparency", "stepping_in", "engagement")  # burn-in
YEAR_ENDS = 3  # 'yearly' means this month of twelve: March
_NO_PATH = np.zeros(0)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the month that is not the model's own: `act` changes the tables of the world, once a month.

    `after`: the step of the month that it follows, one of STEPS or an added one; else it comes last.
    """

    name: str
    act: Callable[[World], None]
    after: str = STEPS[-1]


class Course:
    """A world under way: `step()` simulates one month. The world is settled (burnt in) when the course begins.

    `steps`: those that others add, in turn. Raises ValueError where one follows a step that there is not.
    """

    def __init__(self, scenario: Scenario, seed: int, steps: Sequence[Step] = ()) -> None:
        self.world = build(scenario, seed)
        self.month = {name: getattr(self, name) for name in STEPS}
        for step in steps:
            self.add(step)
        self.events: dict[int, list[Event]] = {}
        for event in scenario.timeline():
            self.events.setdefault(event.month, []).append(event)
        self.control_path = _control_path(scenario)
        self._settle(scenario)

    def add(self, step: Step) -> None:
        """Add a step to every month from now on; raises ValueError as the constructor does."""
        self.month = _with(self.month, step, partial(_added, step, self.world))

    # The month
    def step(self) -> None:
        """One month: what happens at its beginning, every process in its order, and the clock moves on."""
        for act in self.month.values():
            act()
        self.world.clock.month += 1
        self.world.clock.luck_month += 1

    def happenings(self) -> None:
        """Dated events, the national calendar first: in month 28 abolition and statutory seats, each April mergers."""
        world, month = self.world, self.world.month
        world.ccgs.exits = world.ccgs.migrated = 0
        if world.english and month == ABOLITION_MONTH:
            if world.nation.abolished[0] == 0:
                happenings.abolish_pct(world)
            happenings.statutory_seats(world)
        if world.english and month % 12 == mergers.APRIL and len(world.neighbours):
            mergers.merge_in_april(world)
        if month == world.nation.cut_month[0]:
            reorganisation.make_cut(world)
        for event in self.events.get(month, ()):
            happenings.happen(world, event)

    def policy(self) -> None:
        """Uncertainty, national priorities and logic move, and what each CCG perceives of them."""
        w = self.world.plain
        policy.sweep(w.nation, w.actors, w.ccgs, w.contacts.first, w.contacts.other, w.rules, w.clock)

    def insecurity(self) -> None:
        """PCT staff withhold and leave as abolition nears; trust moves."""
        w = self.world.plain
        insecurity.sweep(w.nation, w.actors, w.ccgs, w.rules, w.clock)

    def ties(self) -> None:
        """Ties form, strengthen, fade and break, all judged by the network at the month's beginning."""
        w = self.world.plain
        made = forming.form(w.actors, w.ties, w.contacts, w.ccgs, w.localities, w.rules, w.clock)
        gone = fading.fade(w.actors, w.ties, w.contacts, w.ccgs, w.rules, w.clock)
        self.world.ties = tables.empty(tables.TIES, len(w.ties) - int(gone.sum()) + len(made))
        kept = self.world.ties.view(np.ndarray)
        renew(w.ties, gone, made, w.actors, w.rules["ties"]["start_strength"][0], kept)
        self.world.contacts = Contacts(*contacts_of(kept, len(w.actors)))

    def knowledge(self) -> None:
        """People learn from their advisers and forget."""
        w = self.world.plain
        knowledge.sweep(w.actors, w.ties, w.contacts.out_first, w.ccgs, w.rules)

    def priorities(self) -> None:
        """Priorities move with contacts, needs, national aims and, for the board, patients' voice."""
        priorities.sweep(self.world.plain)

    def transparency(self) -> None:
        """Comparative data and knowledge of providers' costs grow and age."""
        w = self.world.plain
        transparency.sweep(w.actors, w.ties, w.ccgs, w.rules)

    def stepping_in(self) -> None:
        """Managers take the control that low participation and pressure call for."""
        w = self.world.plain
        stepping_in.sweep(w.nation, w.actors, w.ccgs, w.rules, self.control_path, w.clock)

    def engagement(self) -> None:
        """GPs find out whether they are heard, and choose how much to give."""
        w = self.world.plain
        work = arenas.work_on_projects(w.actors, w.ccgs, w.projects)
        seen = results.in_sight(w.actors, w.ccgs, w.localities, w.projects, w.adoption, w.rules, w.clock)
        engagement.sweep(w, work, seen)

    def turnover(self) -> None:
        """Some holders leave their seats, and vacant seats find successors."""
        w = self.world.plain
        fates = turnover.leave(w.actors, w.ccgs, w.seats, w.rules, w.clock)
        leaving = np.flatnonzero(fates != turnover.STAYS)
        seats.vacate(self.world, leaving, fates[leaving] == turnover.MIGRATES)
        seats.fill(self.world)

    def redesign(self) -> None:
        """Projects are born; they pass arenas, fail, are overridden or fade; practices take up those that live."""
        w = self.world.plain
        born = redesign.births(w)
        if len(born):
            projects.enter(self.world, born)
            w = self.world.plain
        arenas.sweep(w.actors, w.ties, w.ccgs, w.localities, w.projects, w.rules, w.clock)
        adoption.sweep(w)

    def finance(self) -> None:
        """Each March the balance is struck."""
        if self.world.month % 12 == YEAR_ENDS:
            w = self.world.plain
            finance.sweep(w.ccgs, w.rules, w.clock)

    def collaboration(self) -> None:
        """Plans imitate the field's, neighbours work together or apart, officers come to be shared."""
        w = self.world.plain
        collaboration.sweep(w.nation, w.ccgs, w.neighbours, w.rules, w.clock)

    def rating(self) -> None:
        """Each March every CCG is rated, once CCGs are live."""
        live = not self.world.english or self.world.month >= ABOLITION_MONTH
        if live and self.world.month % 12 == YEAR_ENDS:
            w = self.world.plain
            courses = decisions.courses(w.actors, w.ccgs, w.rules)
            rating.sweep(w.actors, w.ccgs, w.projects, courses, w.rules, w.clock)

    # Before month 0
    def _settle(self, scenario: Scenario) -> None:
        """Burn-in: surveyed ties and seats are held while everything else finds its level; then month 0 begins."""
        for _ in range(scenario.start.burn_in):
            for name in SETTLING:
                self.month[name]()
            self.world.clock.luck_month += 1
        self._begin(scenario)

    def _begin(self, scenario: Scenario) -> None:
        """Fix the flow balance, put given start values in place, and let the clock and the calendar run."""
        w, p = self.world, scenario.insecurity
        w.clock.luck_month, w.clock.burning, w.clock.english = 0, 0, int(w.english)
        leaving = p.exits if w.english else 0.0
        balance_flows(np.arange(len(w.ccgs)), w.plain, scenario.turnover.base, leaving)
        w.nation.uncertainty = scenario.policy.uncertainty
        w.ccgs.plans = boards_aims(w)
        gps = w.actors.practice >= 0
        if scenario.start.participation is not None:
            w.actors.participation[gps] = scenario.start.participation
        if scenario.start.efficacy is not None:
            w.actors.efficacy[gps] = scenario.start.efficacy
        if scenario.start.manager_control is not None:
            w.ccgs.manager_control = scenario.start.manager_control
        stepping_in.watch_participation(w.actors, w.ccgs, scenario.stepping_in.board_weight)
        priorities.localities_mean(w.actors, w.localities)
        stock.take_stock(w.actors, w.ties, w.ccgs)


if _lost := [name for name in STEPS if not hasattr(Course, name)]:
    raise TypeError(f"processes.declared lists {', '.join(_lost)}: Course in course.py needs a method of that name")
if _gone := [name for name in SETTLING if name not in STEPS]:
    raise TypeError(f"SETTLING in course.py names {', '.join(_gone)}: processes.declared lists no such step")


def in_words() -> dict[str, str]:
    """The model's own steps in the order of the month, each with what it does."""
    return {name: (getattr(Course, name).__doc__ or "").partition("\n")[0] for name in STEPS}


def _added(step: Step, world: World) -> None:
    attempt(f"step {step.name!r}", world.month, step.act, world)


def _with(month: dict[str, Callable[[], None]], step: Step, act: Callable[[], None]) -> dict[str, Callable[[], None]]:
    """The month with one step more, in its place; ValueError where it has none or the name is taken."""
    if step.after not in month or step.name in month:
        raise ValueError(f"step {step.name!r} after {step.after!r}: the month has {', '.join(month)}")
    order = list(month)
    order.insert(order.index(step.after) + 1, step.name)
    return {name: month.get(name, act) for name in order}


def _control_path(scenario: Scenario) -> np.ndarray:
    """Managers' control to hold in each month, from the file of an ablation: its row m + 1 is reached in month m."""
    name = scenario.ablation.control_path
    if name is None:
        return _NO_PATH
    return np.ascontiguousarray(read_control_path(name)[1:])
