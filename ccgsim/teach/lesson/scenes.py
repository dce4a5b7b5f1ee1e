"""The scenes of the lesson: the worlds of each. Texts belong to the page; claims are tested over seeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ccgsim.course import Course
from ccgsim.foundation.vocabulary import GP
from ccgsim.run import under_way
from ccgsim.teach.config import Action, Config, WorldConfig, plain, scenario_of
from ccgsim.teach.lesson.bands import one

SEED = 1  # a world near the middle of many: tests/teach/test_contrasts.py
CALM, SHOCK = "vicious_circle_no_shock", "vicious_circle"
PRESSURE = "stepping_in.inherited"
MOST_OF_THE_WAY = 0.85
CAPABLE = 0.75  # quantile of capability among GPs off the board


@dataclass(frozen=True, slots=True)
class Bet:
    """A question asked before the scene is played; the page has a text for each option's name."""

    options: tuple[str, ...]
    right: str


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal of a puzzle: a measure above a line in a month of world A, by a few of the actions offered.

    The line is computed from the world: most of the way from its value without actions to its value with the best
    pair of actions in month `at`.
    """

    measure: str
    month: int
    at: int
    best: tuple[str, ...]
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene: its run, the month in which it looks back at one GP of world A, a bet, the goal of a puzzle."""

    id: str
    config: Config
    focus: int | None = None
    bet: Bet | None = None
    goal: Goal | None = None


def _run(scene: str, months: int, *worlds: WorldConfig, seed: int = SEED) -> Config:
    return Config(scene=scene, seed=seed, months=months, worlds=worlds)


def _shocked(*actions: Action) -> WorldConfig:
    return WorldConfig(SHOCK, {}, actions)


SCENES: tuple[Scene, ...] = (
    Scene("one_gp", _run("one_gp", 60, _shocked()), focus=48),
    Scene("network", _run("network", 60, _shocked())),
    Scene("loop", _run("loop", 72, _shocked())),
    Scene(
        "pressure",
        _run(
            "pressure",
            60,
            WorldConfig(CALM, {PRESSURE: 0.0}),
            WorldConfig(CALM, {PRESSURE: 0.0}, (Action(6, "pressure", 0.3),)),
        ),
        bet=Bet(("same", "b_lower", "b_much_lower", "b_higher"), "b_much_lower"),
    ),
    Scene(
        "too_late",
        _run("too_late", 84, _shocked(), _shocked(Action(12, "open_dialogue", 0.8))),
        bet=Bet(("both_recover", "only_b_holds", "neither"), "only_b_holds"),
    ),
    Scene(
        "broker",
        _run(
            "broker",
            36,
            WorldConfig("site_a", {}, (Action(12, "remove_broker", 1),)),
            WorldConfig("site_b", {}, (Action(12, "remove_broker", 1),)),
        ),
        bet=Bet(("a_loses_more", "b_loses_more", "same"), "a_loses_more"),
    ),
    Scene(
        "puzzle",
        _run("puzzle", 84, _shocked(), seed=0),
        goal=Goal(
            measure="coherence",
            month=84,
            at=12,
            best=("open_dialogue", "feedback"),
            offered=("open_dialogue", "motivate", "feedback", "pair", "second_broker", "pay"),
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


def scene_tables() -> list[dict[str, Any]]:
    """All scenes for the page, in the order of the lesson."""
    return [
        {
            "id": scene.id,
            "config": plain(scene.config),
            "focus": None if scene.focus is None else {"world": 0, "agent": focus_of(scene.config, scene.focus)},
            "bet": None if scene.bet is None else {"options": list(scene.bet.options), "right": scene.bet.right},
            "goal": None if scene.goal is None else _goal(scene.goal, scene.config),
        }
        for scene in SCENES
    ]


def focus_of(config: Config, month: int) -> int:
    """Key of the GP to follow: among capable GPs off the board who participate at first, the one who falls most."""
    course = Course(scenario_of(config, 0), config.seed)
    before = {int(gp.key): (float(gp.participation), int(gp.board)) for gp in course.world.actors if gp.kind == GP}
    for _ in under_way(course, month):
        pass
    gps = course.world.actors[(course.world.actors.kind == GP) & (course.world.actors.board == 0)]
    able = gps[gps.capability >= np.quantile(gps.capability, CAPABLE)]
    falls = [
        (before[int(gp.key)][0] - float(gp.participation), -int(gp.key)) for gp in able if before[int(gp.key)][1] == 0
    ]
    return -max(falls)[1]


def _goal(goal: Goal, config: Config) -> dict[str, Any]:
    """The goal for the page, with its line."""
    done = config
    for action in goal.best:
        done = done.with_action(0, Action(goal.at, action))
    ends = (one(scenario_of(each, 0), config.seed, goal.measure)[goal.month] for each in (config, done))
    return {
        "measure": goal.measure,
        "month": goal.month,
        "actions": len(goal.best),
        "line": round(float(line(*ends)), 3),
        "offered": list(goal.offered),
    }


def line(untouched: Any, best: Any) -> Any:
    """The line of a puzzle, between the values without actions and with the best pair of actions."""
    return untouched + MOST_OF_THE_WAY * (best - untouched)


def preset_tables() -> list[dict[str, Any]]:
    """Complete configurations to start from in the sandbox."""
    return [
        {"name": name, "label": label, "meaning": meaning, "config": plain(config)}
        for name, (label, meaning, config) in PRESETS.items()
    ]
