"""Departures of a surveyed board: each member leaves in many worlds, against the same worlds in which she stays.

A draw of what the survey does not know is a network; two worlds of it differ by their seeds alone. What two worlds of
one draw have in common, against those of others, is owed to what is unknown (variance components); an interval adds it
to the doubt about the mean. So more worlds narrow an interval down to what the survey leaves open, and no further.
"""

from __future__ import annotations

import copy
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from scipy import special

from ccgsim.course import Course
from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.problems import Problem, Problems, fault_at, nearest, shown
from ccgsim.foundation.work.parallel import spread
from ccgsim.foundation.work.progress import Progress
from ccgsim.lab.depart.acts import PLAIN, WAYS, Departure
from ccgsim.measures.observer import Observer
from ccgsim.scenario.brought.network import Brought, surveyed
from ccgsim.scenario.events import LAST_MONTH
from ccgsim.scenario.scenario import Scenario
from ccgsim.survey.network import Network
from ccgsim.world.state import World

AFTER = (6, 12, 24)  # months after the departure: a half, one and two years
YEAR = 12
KEPT = "contacts_kept"
MEASURES = (KEPT, "outside_reach", "knowledge_mobility", "coherence", "stability", "participation", "projects_live")
WORLDS = 2  # of each draw
LEVEL = 0.95  # quantile at the high end of a 90% interval
MOST_DRAWS = 10_000
LEAST = 0.001  # a smaller mean effect is none, however sure


# Least and most of each number of a plan.
RANGES = {"month": (0, LAST_MONTH - 1), "horizon": (1, LAST_MONTH), "draws": (2, MOST_DRAWS), "seed": (0, MAX_SEED)}


def faults_together(month: int, horizon: int, draws: int, seed: int, option: str = "") -> list[Problem]:
    """What is wrong with numbers that are allowed one by one; `option`: what stands before their names."""
    found = []
    if month + horizon > LAST_MONTH:
        found.append(Problem("", f"{option}horizon", shown(horizon), f"ends beyond month {LAST_MONTH}"))
    if seed + WORLDS * draws - 1 > MAX_SEED:
        found.append(Problem("", f"{option}draws", shown(draws), f"run beyond the last seed, {MAX_SEED}"))
    return found


def a_year(after: Iterable[int]) -> int:
    """The months after a departure that are told first: a year, or the time nearest to it."""
    return min(after, key=lambda each: abs(each - YEAR))


@dataclass(frozen=True, slots=True)
class Plan:
    """Who leaves (ids of members), in which month, how long after it is looked, number of draws, first seed."""

    scenario: Scenario
    who: tuple[str, ...]
    month: int
    after: tuple[int, ...]
    draws: int
    seed: int

    @property
    def seeds(self) -> range:
        """The seeds of all worlds, WORLDS of each draw in turn."""
        return range(self.seed, self.seed + WORLDS * self.draws)

    @property
    def brought(self) -> Brought:
        """The surveyed network."""
        assert self.scenario.network is not None
        return self.scenario.network


def members(network: Network, named: Iterable[str]) -> tuple[str, ...]:
    """Ids of the board members with these ids or names, all if none is named; Problems with every strange one."""
    people = network.people
    board = [row for row in range(len(people)) if people.board[row]]
    ids = {key: people.ids[row] for row in board for key in (people.names[row], people.ids[row])}
    known = {people.ids[row] for row in range(len(people))} | set(people.names)
    found, faults = [], []
    for name in named:
        if name in ids:
            found.append(ids[name])
        else:
            rule = "is not on the board" if name in known else "is nobody in this network"
            faults.append(Problem("", "--who", shown(name), rule, nearest_person(name, list(ids))))
    if faults:
        raise Problems(faults)
    return tuple(dict.fromkeys(found)) or tuple(people.ids[row] for row in board)


def nearest_person(name: str, people: Sequence[str]) -> str:
    """The name most similar to this one, as a whole or in a word that it alone has: 'Gus' is near 'Gustav Hill'."""
    words = [(word, person) for person in people for word in person.split()]
    times = Counter(word for word, _ in words)
    own = {word: person for word, person in words if times[word] == 1}
    return nearest(name, people) or own.get(nearest(name, list(own)), "")


def plan_of(
    scenario: Scenario, named: Iterable[str] = (), month: int = 6, horizon: int = 24, draws: int = 100, seed: int = 0
) -> Plan:
    """The plan for a scenario with a network; raises Problems for people who are not on its board."""
    if scenario.network is None:
        raise fault_at("", "network", "", "is missing: departures are those of a surveyed board")
    after = tuple(sorted({each for each in AFTER if each <= horizon} | {horizon}))
    who = members(surveyed(scenario.network).network, named)
    return Plan(scenario, who, month, after, draws, seed)


def departures(plan: Plan, progress: Progress | None = None, workers: int | None = None) -> np.ndarray:
    """Effects in every world, shape (draws, WORLDS, people, ways, months after, measures).

    The first way is the departure against no departure, the others are each easing against the departure. NaN where
    somebody had left by herself before her month, or a measure is not defined.
    """
    found, jobs = [], list(range(len(plan.seeds)))
    for done, effects in enumerate(spread(partial(one_world, plan), jobs, workers), start=1):
        found.append(effects)
        if progress is not None:
            progress(done, len(jobs))
    return np.stack(found).reshape(plan.draws, WORLDS, *found[0].shape)


def one_world(plan: Plan, number: int) -> np.ndarray:
    """Effects in one world, shape (people, ways, months after, measures)."""
    drawn = replace(plan.scenario, network=replace(plan.brought, draw=number // WORLDS))
    course = Course(drawn, plan.seeds[number])
    had = outside_advisers(course.world)
    observer = Observer(course.world, plan.month + plan.after[-1], {KEPT: partial(kept, had)})
    observer.observe(course.world)
    begins: dict[int, tuple[Course, Observer]] = {}
    for month in sorted({max(0, plan.month - lead) for _, lead in WAYS.values()}):
        _go_on(course, observer, month)
        begins[month] = copy.deepcopy((course, observer))
    shape = len(WAYS), len(plan.after), len(MEASURES)
    stays = _measured(plan, *copy.deepcopy((course, observer)))
    effects = np.full((len(plan.who), *shape), np.nan)
    for place, person in enumerate(plan.who):
        key = course.world.surveyed[person]
        if course.world.actors.board[course.world.row_of(key)] == 1:
            effects[place] = _effects(plan, begins, key, stays)
    return effects


def _effects(plan: Plan, begins: dict[int, tuple[Course, Observer]], key: int, stays: np.ndarray) -> np.ndarray:
    found = []
    for act, lead in WAYS.values():
        course, observer = copy.deepcopy(begins[max(0, plan.month - lead)])
        act(course, Departure(key, plan.month))
        found.append(_measured(plan, course, observer))
    return np.stack([found[0] - stays, *(each - found[0] for each in found[1:])])


def _measured(plan: Plan, course: Course, observer: Observer) -> np.ndarray:
    """The measures after the departure's month, shape (months after, measures)."""
    _go_on(course, observer, plan.month + plan.after[-1])
    return observer.frame().loc[[plan.month + each for each in plan.after], list(MEASURES)].to_numpy()


def outside_advisers(world: World) -> np.ndarray:
    """Keys of the advisers whom the board has outside, ascending."""
    board = world.actors.board == 1
    chosen = board[world.ties.source] & ~board[world.ties.target]
    return np.unique(world.ties.target_key[chosen])


def kept(had: np.ndarray, world: World) -> float:
    """Share of the outside advisers whom the board once had that it has, still or again; NaN if it had none."""
    return float(np.isin(had, outside_advisers(world)).mean()) if len(had) else math.nan


def _go_on(course: Course, observer: Observer, until: int) -> None:
    while course.world.month < until:
        course.step()
        observer.observe(course.world)


def interval(effects: np.ndarray, unknown: bool) -> tuple[float, float, float, int] | None:
    """Mean, ends of the 90% interval, and number of worlds, of effects of shape (draws, WORLDS).

    None where fewer than two draws have a value. `unknown`: whether the draws differ by more than their seeds.
    """
    known = ~np.isnan(effects)
    whole = effects[known.all(axis=1)]
    if len(whole) < 2:
        return None
    mean, means = float(whole.mean()), whole.mean(axis=1)
    apart = whole - mean
    common = max(0.0, float(apart.prod(axis=1).sum()) / (len(whole) - 1)) if unknown else 0.0
    quantile = float(special.stdtrit(len(whole) - 1, LEVEL))
    half = quantile * math.sqrt(common + float(means.var(ddof=1)) / len(whole))
    return mean, mean - half, mean + half, whole.size


def rows_of(plan: Plan, effects: np.ndarray) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Costs and easings as rows: id, measure, after, effect, low, high, told, worlds; easings have `means` too."""
    unknown = surveyed(plan.brought).model is not None
    costs: list[dict[str, Any]] = []
    eases: list[dict[str, Any]] = []
    for place, person in enumerate(plan.who):
        for way, name in enumerate(WAYS):
            for at, after in enumerate(plan.after):
                for measure, called in enumerate(MEASURES):
                    row = {
                        "id": person,
                        **({} if name == PLAIN else {"means": name}),
                        "measure": called,
                        "after": after,
                    }
                    row |= _told(interval(effects[:, :, place, way, at, measure], unknown))
                    (costs if name == PLAIN else eases).append(row)
    return costs, eases


def _told(found: tuple[float, float, float, int] | None) -> dict[str, Any]:
    if found is None:
        return {"effect": None, "low": None, "high": None, "told": False, "worlds": 0}
    mean, low, high, worlds = found
    told = abs(mean) >= LEAST and (low > 0 or high < 0)
    return {"effect": mean, "low": low, "high": high, "told": told, "worlds": worlds}
