"""The puzzle: which two actions, taken early, keep most of what GPs give. Its line follows the district shown."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

import msgspec
import numpy as np

from ccgsim.course import Course
from ccgsim.foundation.vocabulary import GP
from ccgsim.processes.engagement import parts_of_choice
from ccgsim.run import watched
from ccgsim.teach.actions import ACTIONS
from ccgsim.teach.config import Action, Config, scenario_of
from ccgsim.teach.lesson.past import Fact, Said, percent, say
from ccgsim.teach.lesson.words import text

MOST_TOLD = 2  # parts of the worth of taking part that are told of a pair


@dataclass(frozen=True, slots=True)
class Goal:
    """A measure of world A above a line in a month, by so many of the actions offered.

    The line lies midway between the best single action and the best set of them, all taken in month `at`; above what
    the single one is shown as, where the set is shown as more.
    """

    measure: str
    month: int
    at: int
    actions: int
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Try:
    """Actions taken in month `at`, what the measure is in the goal's month, and the parts of worth then."""

    actions: tuple[str, ...]
    value: float
    parts: dict[str, float]


@dataclass(frozen=True, slots=True)
class Solution:
    """Every try in a district, the best first."""

    goal: Goal
    tries: tuple[Try, ...]

    def best(self, actions: int) -> Try:
        """The best try with so many actions."""
        return next(each for each in self.tries if len(each.actions) == actions)

    @property
    def line(self) -> float:
        """The line, in whole percent, so that 'the line is 80%' never stands beside a lost .799."""
        one, all_ = self.best(1).value, self.best(self.goal.actions).value
        midway = math.floor(100 * (one + all_) / 2)
        return min(max(midway, percent(one) + 1), percent(all_)) / 100

    def holds(self, value: float) -> bool:
        """Whether a value, as it is shown, reaches the line."""
        return percent(value) >= percent(self.line)

    @property
    def winners(self) -> tuple[Try, ...]:
        """The tries that hold, the best first."""
        return tuple(each for each in self.tries if each.actions and self.holds(each.value))


def solved(goal: Goal, config: Config) -> Solution:
    """Every set of actions tried in world A of a configuration, without the actions that it holds already."""
    bare = msgspec.structs.replace(config, worlds=(msgspec.structs.replace(config.worlds[0], actions=()),))
    return _solved(goal, msgspec.json.encode(bare))


@lru_cache(maxsize=32)  # a class plays the same district
def _solved(goal: Goal, encoded: bytes) -> Solution:
    config = msgspec.json.decode(encoded, type=Config)
    sets = (done for size in range(goal.actions + 1) for done in combinations(goal.offered, size))
    tries = [_tried(goal, config, done) for done in sets]
    return Solution(goal, tuple(sorted(tries, key=lambda each: -each.value)))


def _tried(goal: Goal, config: Config, done: tuple[str, ...]) -> Try:
    for action in done:
        config = config.with_action(0, Action(goal.at, action))
    course = Course(scenario_of(config, 0), config.seed)
    value = float(watched(course, goal.month)[goal.measure].iloc[-1])
    world = course.world
    gps = np.flatnonzero((world.actors.kind == GP) & (world.actors.active == 1)).tolist()
    parts = [parts_of_choice(world, row) for row in gps]
    mean = {name: sum(each[name] for each in parts) / len(parts) for name in parts[0]}
    return Try(done, value, mean)


def says(found: Solution) -> Iterator[Said]:
    """The debrief: which actions hold the district, and what they change in the worth of taking part."""
    goal, nothing = found.goal, found.best(0)
    yield say(text("puzzle.nothing", month=goal.month), _fact(goal, nothing))
    single = found.best(1)
    yield say(text("puzzle.single", month=goal.at, names=names(single.actions)), _fact(goal, single))
    for each in found.winners:
        yield say(text("puzzle.pair", names=names(each.actions), why=_why(each, nothing)), _fact(goal, each))


def _why(each: Try, nothing: Try) -> str:
    """What changed most in the mean worth of taking part."""
    changes = sorted(((each.parts[name] - nothing.parts[name], name) for name in each.parts), reverse=True)
    told = [f"{name} +{round(100 * change)}" for change, name in changes[:MOST_TOLD] if round(100 * change) > 0]
    return text("puzzle.why", parts=", ".join(told)) if told else ""


def names(actions: tuple[str, ...]) -> str:
    """Actions in words."""
    return " and ".join(ACTIONS[action].label for action in actions)


def _fact(goal: Goal, each: Try) -> Fact:
    return Fact(0, goal.measure, goal.month, each.value)


def message(found: Solution) -> dict[str, Any]:
    """The `solved` message."""
    return {
        "type": "solved",
        "line": found.line,
        "winners": [list(each.actions) for each in found.winners],
        "says": [said.text for said in says(found)],
    }
