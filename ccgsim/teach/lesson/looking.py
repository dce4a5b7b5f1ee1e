"""One person of a run: who she is, her values by month, and the reasons for a GP's participation.

Her past is read from a second run of the same world: the same configuration gives the same run to the bit.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.problems import refuse
from ccgsim.processes.engagement import parts_of_choice
from ccgsim.run import under_way
from ccgsim.teach.worlds import frames
from ccgsim.teach.worlds.run import LessonRun
from ccgsim.world.state import World

LEAST_FALL = 0.05  # fall of participation from her best month that is explained
_NUMBERS = {"participation": "participation", "efficacy": "efficacy", "heard": "heard", "hours": "hours_used"}
PARTS: dict[str, str] = {
    "being heard": "Belief that taking part changes decisions, times what that is worth to her",
    "peers taking part": "Her GP contacts take part too",
    "incentives": "Vision or money on offer",
    "results in sight": "Projects that she sees come of it, against the usual",
    "cost of time": "Hours that she does not have",
    "waiting for policy to settle": "While policy is unclear it pays to wait",
    "what else the capable can do": "Where she is not heard she can do good elsewhere",
    "own disposition": "Her own standing reluctance or eagerness",
    "holding a seat": "A seat on the board draws her in",
}


def about(run: LessonRun, world: int, key: int) -> dict[str, Any]:
    """Everything that the page shows about the person with this key; raises Problems if nobody has it."""
    lane = run.lane(world)
    if key not in lane.names:
        raise refuse("agent", key, "nobody in this world has the key")
    past = _past(Course(lane.scenario, lane.seed), lane.month, key)
    now, row = lane.world, lane.world.row_of(key)
    me = now.actors[row]
    return {
        "type": "agent",
        "run": run.number,
        "world": world,
        "month": lane.month,
        "key": key,
        "name": lane.names[key],
        "kind": int(me.kind),
        "role": int(me.role),
        "locality": int(now.localities.number[me.locality]) if me.locality >= 0 else None,
        "here": bool(me.active == 1),
        "capability": float(me.capability),
        "history": past["history"],
        "advisers": _contacts(now, lane.names, row, "source", "target"),
        "seekers": _contacts(now, lane.names, row, "target", "source"),
        "why": _why(past) if int(me.kind) == v.GP else None,
    }


def _past(course: Course, months: int, key: int) -> dict[str, Any]:
    """A person's values in every month so far, and for GPs the parts of the utility of taking part."""
    history: dict[str, list[Any]] = {"month": [], **{name: [] for name in _NUMBERS}, "role": []}
    parts: dict[str, list[float]] = {name: [] for name in PARTS}
    for month in under_way(course, months):
        world = course.world
        if key not in world.actors.key:
            continue
        row = world.row_of(key)
        me = world.actors[row]
        history["month"].append(month)
        for name, column in _NUMBERS.items():
            history[name].append(_shown(name, float(me[column])))
        if not history["role"] or history["role"][-1][1] != int(me.role):
            history["role"].append([month, int(me.role)])
        if int(me.kind) == v.GP:
            for name, value in parts_of_choice(world, row).items():
                parts.setdefault(name, [0.0] * (len(history["month"]) - 1)).append(round(value, 5))
    return {"history": history, "parts": {name: values for name, values in parts.items() if values}}


def _shown(name: str, value: float) -> float:
    """A value as the frames have it, so that the page tells one number of a person: shares in bytes."""
    return round(value, 4) if name == "hours" else float(frames.shares(np.array(value))) / frames.SCALE


def _why(past: dict[str, Any]) -> dict[str, Any]:
    """The parts of the utility of taking part by month, and which of them fell since her best month."""
    months, parts = past["history"]["month"], past["parts"]
    given = past["history"]["participation"]
    worth = np.sum([values for values in parts.values()], axis=0)
    best = int(np.argmax(given))
    fell = None
    if given[best] - given[-1] >= LEAST_FALL:
        changes = sorted(((name, values[-1] - values[best]) for name, values in parts.items()), key=lambda c: c[1])
        fell = {
            "from": months[best],
            "to": months[-1],
            "participation": [given[best], given[-1]],
            "parts": [[name, round(change, 5)] for name, change in changes],
        }
    return {"months": months, "parts": parts, "worth": [round(float(x), 5) for x in worth], "fell": fell}


def _contacts(world: World, names: dict[int, str], row: int, mine: str, other: str) -> list[list[Any]]:
    """The people at the other end of her ties in one direction, the strongest first."""
    ties = world.ties[world.ties[mine] == row]
    order = np.argsort(-ties.strength, kind="stable")
    keys = ties[f"{other}_key"][order].tolist()
    return [[key, names[key], round(float(s), 3)] for key, s in zip(keys, ties.strength[order], strict=True)]
