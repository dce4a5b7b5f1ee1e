"""The scenes of the lesson: the worlds of each. Texts belong to the page; claims are tested over seeds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from ccgsim.course import Course
from ccgsim.foundation.vocabulary import GP
from ccgsim.run import under_way
from ccgsim.teach.config import SEED, Action, Config, WorldConfig, plain, scenario_of
from ccgsim.teach.lesson.play.puzzle import Goal
from ccgsim.teach.lesson.verdicts import EXIT, GIVEN
from ccgsim.teach.lesson.when import WINDOWS

BROKER_SEED = 10  # the middle of many in how much more A loses
PUZZLE_SEED = 17  # a district in which one action does much less than two
CALM, SHOCK = "vicious_circle_no_shock", "vicious_circle"
PRESSURE = "stepping_in.inherited"
CAPABLE = 0.75  # quantile of capability among GPs off the board
GIVES = 0.5  # what the GP to follow gives at the start, where there is such a GP


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene: its run, the month in which it looks back at one GP of world A, options of a bet, the goal of a puzzle.

    Which option of a bet comes true is read from the run (lesson.verdicts, lesson.when).
    """

    id: str
    config: Config
    focus: int | None = None
    bet: tuple[str, ...] = ()
    goal: Goal | None = None


def _run(scene: str, months: int, *worlds: WorldConfig, seed: int = SEED) -> Config:
    return Config(scene=scene, seed=seed, months=months, worlds=worlds)


def _shocked(*actions: Action) -> WorldConfig:
    return WorldConfig(SHOCK, {}, actions)


SCENES: tuple[Scene, ...] = (
    Scene("one_gp", _run("one_gp", 60, _shocked()), focus=48),
    Scene("network", _run("network", 60, _shocked()), focus=48),
    Scene("loop", _run("loop", 72, _shocked())),
    Scene(
        "pressure",
        _run(
            "pressure",
            60,
            WorldConfig(CALM, {PRESSURE: 0.0}),
            WorldConfig(CALM, {PRESSURE: 0.0}, (Action(6, "pressure", 0.3),)),
        ),
        bet=("b_higher", "same", "b_lower", "b_much_lower"),
    ),
    Scene(
        "when",
        _run("when", 120, _shocked(), _shocked(Action(60, "open_dialogue", 0.8))),
        bet=tuple(name for name, _ in WINDOWS),
    ),
    Scene(
        "broker",
        _run(
            "broker",
            36,
            WorldConfig("site_a", {}, (Action(EXIT, "remove_broker", 1),)),
            WorldConfig("site_b", {}, (Action(EXIT, "remove_broker", 1),)),
            seed=BROKER_SEED,
        ),
        bet=("a_loses_more", "same", "b_loses_more"),
    ),
    Scene(
        "puzzle",
        _run("puzzle", 84, _shocked(), seed=PUZZLE_SEED),
        goal=Goal(
            measure=GIVEN,
            month=84,
            at=12,
            actions=2,
            offered=("open_dialogue", "motivate", "feedback", "pair", "backfill", "pay"),
        ),
    ),
    Scene("own_words", _run("own_words", 84, _shocked(), _shocked(Action(12, "open_dialogue", 0.8)))),
    Scene("sandbox", _run("sandbox", 120, _shocked(), WorldConfig(CALM))),
)
PRESETS: dict[str, tuple[str, str, Config]] = {
    "circle": (
        "The vicious circle",
        "Four announcements, with and without dialogue from the start",
        _run("sandbox", 120, _shocked(), WorldConfig(SHOCK, {"policy.dialogue": 0.8})),
    ),
    "calm": ("A calm district", "Nothing is announced", _run("sandbox", 120, WorldConfig(CALM))),
    "sites": (
        "Site A beside site B",
        "The two boards of the study, with the national calendar",
        _run("sandbox", 140, WorldConfig("site_a"), WorldConfig("site_b")),
    ),
    "large": (
        "A large district",
        "Two hundred people, with and without pressure",
        _run(
            "sandbox",
            120,
            WorldConfig(CALM, {"site.practices": 150}),
            WorldConfig(CALM, {"site.practices": 150, PRESSURE: 0.3}),
        ),
    ),
}


SCENE = {scene.id: scene for scene in SCENES}


def scene_tables() -> list[dict[str, Any]]:
    """All scenes for the page, in the order of the lesson."""
    return [
        {
            "id": scene.id,
            "config": plain(scene.config),
            "bet": list(scene.bet) or None,
            "goal": None if scene.goal is None else _goal_table(scene.goal),
        }
        for scene in SCENES
    ]


def _goal_table(goal: Goal) -> dict[str, Any]:
    return {
        "measure": goal.measure,
        "month": goal.month,
        "at": goal.at,
        "actions": goal.actions,
        "offered": list(goal.offered),
    }


def goal_of(config: Config) -> Goal | None:
    """The goal of the run's scene, if it is a puzzle that the run's months allow."""
    scene = SCENE.get(config.scene)
    goal = scene.goal if scene else None
    return goal if goal and goal.month <= config.months else None


def followed(config: Config) -> int | None:
    """Key of the GP whom the scene of this run follows; None where it follows nobody."""
    scene = SCENE.get(config.scene)
    if scene is None or scene.focus is None:
        return None
    alone = Config(seed=config.seed, months=max(config.months, scene.focus), worlds=config.worlds[:1])
    return focus_of(msgspec.json.encode(alone), scene.focus)


@lru_cache(maxsize=64)
def focus_of(config: bytes, month: int) -> int:
    """Key of the GP to follow: among capable GPs off the board who give much at first, the one who falls most.

    Where no capable GP gives much at first, any of them may be followed.
    """
    asked = msgspec.json.decode(config, type=Config)
    course = Course(scenario_of(asked, 0), asked.seed)
    before = {int(gp.key): (float(gp.participation), int(gp.board)) for gp in course.world.actors if gp.kind == GP}
    for _ in under_way(course, month):
        pass
    gps = course.world.actors[(course.world.actors.kind == GP) & (course.world.actors.board == 0)]
    able = gps[gps.capability >= np.quantile(gps.capability, CAPABLE)]
    there = [gp for gp in able if int(gp.key) in before]
    off = [gp for gp in there if before[int(gp.key)][1] == 0] or there
    giving = [gp for gp in off if before[int(gp.key)][0] >= GIVES] or off
    falls = [(before[int(gp.key)][0] - float(gp.participation), -int(gp.key)) for gp in giving]
    return -max(falls)[1]


def preset_tables() -> list[dict[str, Any]]:
    """Complete configurations to start from in the sandbox."""
    return [
        {"name": name, "label": label, "meaning": meaning, "config": plain(config)}
        for name, (label, meaning, config) in PRESETS.items()
    ]
