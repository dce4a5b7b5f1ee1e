"""The game of the classroom: a pair plays the GP chair or the accountable officer, and sees what that role sees.

Ten turns of six months. A move is one dated event of the model; the moves alone make the outcome, so that a small file
of them is all that a class hands in, and whoever reads it computes the world anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
from msgspec import Meta, Struct

from ccgsim import vocabulary as v
from ccgsim.chance import MAX_SEED
from ccgsim.course import Course
from ccgsim.measures.observer import Observer
from ccgsim.problems import Problem, Problems, nearest, refuse, shown
from ccgsim.run import under_way
from ccgsim.world.scenario import Scenario, load

TURNS, MONTHS_A_TURN = 10, 6
MONTHS = TURNS * MONTHS_A_TURN
WORLD = "vicious_circle"
BUDGET = 10  # what a pair may spend over the game
ROLES = {"chair": v.CHAIR, "officer": v.ACCOUNTABLE_OFFICER}
Word = Annotated[str, Meta(max_length=40)]
Levels = dict[str, float]


@dataclass(frozen=True, slots=True)
class Move:
    """One move: its label, what it means, what it costs, and the event it is, given how far earlier moves have gone."""

    label: str
    meaning: str
    cost: int
    event: Callable[[Levels], dict[str, Any] | None]


def _raises(name: str, by: float, most: float, start: float = 0.0) -> Callable[[Levels], dict[str, Any]]:
    """Each time the parameter goes on by so much, up (or down) to a bound."""

    def event(levels: Levels) -> dict[str, Any]:
        goal = levels.get(name, start) + by
        levels[name] = round(min(goal, most) if by > 0 else max(goal, most), 4)
        return {"set": {name: levels[name]}}

    return event


def _does(**event: Any) -> Callable[[Levels], dict[str, Any]]:
    return lambda _: dict(event)


_WAIT = Move("Wait", "Do nothing for half a year.", 0, lambda _: None)
_TOLERANCE = "stepping_in.tolerance"
MOVES: dict[str, dict[str, Move]] = {
    "chair": {
        "wait": _WAIT,
        "vision": Move(
            "Offer a vision",
            "Talk with GPs about why it is worth it.",
            2,
            _raises("engagement.soft_incentive", 0.05, 0.3),
        ),
        "locums": Move(
            "Pay for locums", "Ten hours a month more for each GP.", 2, _raises("engagement.backfill", 10, 40)
        ),
        "pair": Move(
            "Pair GPs with managers",
            "Half of the board's GPs work with one manager each.",
            1,
            _does(lever={"name": "pairing", "value": 0.5}),
        ),
        "patients": Move(
            "Listen to patients",
            "Gather patients' views in a structured way.",
            1,
            _raises("patients.structure", 0.3, 1.0, 0.2),
        ),
        "protest": Move(
            "Hold back in protest",
            "The most capable GPs give less, once.",
            0,
            _does(lower_participation={"of": "top_quartile", "by": 0.15}),
        ),
    },
    "officer": {
        "wait": _WAIT,
        "step_back": Move(
            "Step back",
            "Managers tolerate more before they take a decision over.",
            1,
            _raises(_TOLERANCE, -0.03, 0.3, 0.38),
        ),
        "step_in": Move("Step in", "Managers take decisions over sooner.", 0, _raises(_TOLERANCE, 0.03, 0.55, 0.38)),
        "dialogue": Move(
            "Seek dialogue",
            "Talk with policy bodies, so that their news surprises less.",
            2,
            _raises("policy.dialogue", 0.2, 1.0, 0.2),
        ),
        "money": Move(
            "Pay and hold to account",
            "Money for GPs who take part.",
            2,
            _raises("engagement.hard_incentive", 0.05, 0.3),
        ),
        "team": Move(
            "Hire a management team",
            "It takes hours of project work off the GPs.",
            2,
            _does(lever={"name": "executive_support"}),
        ),
        "reorganise": Move("Announce a reorganisation", "It unsettles everyone, and it fades.", 0, _does(announce=0.2)),
    },
}


class MovesFile(Struct, forbid_unknown_fields=True, kw_only=True):
    """A saved game: who played which role in which world, and the moves."""

    schema: Literal[1] = 1
    game: Literal["circle"] = "circle"
    ccgsim: Word = ""
    pair: Word = ""
    role: Literal["chair", "officer"]
    seed: Annotated[int, Meta(ge=0, le=MAX_SEED)]
    moves: Annotated[tuple[Word, ...], Meta(max_length=TURNS)]


class Game:
    """One pair's game so far."""

    def __init__(self, role: str, seed: int, pair: str) -> None:
        self.role, self.seed, self.pair = role, seed, pair
        self.moves: list[str] = []

    @property
    def over(self) -> bool:
        """Whether the last turn has been played."""
        return len(self.moves) == TURNS

    @property
    def left(self) -> int:
        """What is left to spend."""
        return BUDGET - cost_of(self.role, self.moves)

    def move(self, name: str) -> None:
        """Play one turn; Problems where the move is unknown, too dear, or the game is over."""
        if self.over:
            raise refuse("move", name, f"the game of {TURNS} turns is over")
        if found := move_faults(self.role, [*self.moves, name]):
            raise Problems(found)
        self.moves.append(name)

    def turn(self) -> dict[str, Any]:
        """What this role sees now: the `turn` message."""
        month = len(self.moves) * MONTHS_A_TURN
        course = Course(scenario_of({self.role: self.moves}), self.seed)
        observer = Observer(course.world, month)
        for _ in under_way(course, month):
            observer.observe(course.world)
        seen = [{**about, "value": number(course, observer)} for about, number in _VIEWS[self.role]]
        series = observer.frame()
        return {
            "type": "turn",
            "game": "circle",
            "role": self.role,
            "turn": len(self.moves),
            "of": TURNS,
            "month": month,
            "left": self.left,
            "view": seen,
            "series": {name: _list(series[name]) for name in _SERIES[self.role]},
            "moves": [] if self.over else [m for m in move_tables(self.role) if m["cost"] <= self.left],
            "said": "The game is over: save your moves." if self.over else f"Month {month}. What do you do?",
            "over": self.over,
            "file": self.moves_json().decode("utf-8") if self.over else None,
        }

    def moves_json(self) -> bytes:
        """The moves as a file."""
        saved = MovesFile(
            ccgsim=version("ccgsim"),
            pair=self.pair,
            role="chair" if self.role == "chair" else "officer",
            seed=self.seed,
            moves=tuple(self.moves),
        )
        return msgspec.json.format(msgspec.json.encode(saved), indent=1) + b"\n"


def cost_of(role: str, moves: Iterable[str]) -> int:
    """What the moves cost together."""
    return sum(MOVES[role][name].cost for name in moves)


def move_faults(role: str, moves: list[str]) -> list[Problem]:
    """What is wrong with the moves of a role: unknown ones, or more than there is to spend."""
    known = list(MOVES[role])
    found = [
        Problem("", "moves", shown(name), f"a {role} has {', '.join(known)}", nearest(name, known))
        for name in moves
        if name not in known
    ]
    if not found and cost_of(role, moves) > BUDGET:
        found.append(Problem("", "moves", str(cost_of(role, moves)), f"cost more than the {BUDGET} there are to spend"))
    return found


def scenario_of(played: dict[str, list[str]]) -> Scenario:
    """The world in which these roles made these moves, turn by turn, the chair first in each."""
    base = load(WORLD)
    dated = [event.as_table() for event in base.events]
    levels: Levels = {}
    for turn in range(TURNS):
        for role in ROLES:
            moves = played.get(role, [])
            event = MOVES[role][moves[turn]].event(levels) if turn < len(moves) else None
            if event is not None:
                dated.append({"month": turn * MONTHS_A_TURN, **event})
    return base.with_(months=MONTHS, events=dated)


def move_tables(only: str | None = None) -> list[dict[str, Any]]:
    """Every move as the page needs it."""
    return [
        {"role": role, "name": name, "label": move.label, "meaning": move.meaning, "cost": move.cost}
        for role, moves in MOVES.items()
        if only in (None, role)
        for name, move in moves.items()
    ]


# What each role sees: the chair people, the officer the system.
def _of_holder(column: str) -> Callable[[Course, Observer], float | None]:
    def number(course: Course, _: Observer) -> float | None:
        people = course.world.actors
        rows = np.flatnonzero((people.role == v.CHAIR) & (people.active == 1))
        return round(float(people[column][rows[0]]), 3) if len(rows) else None

    return number


def _measure(name: str) -> Callable[[Course, Observer], float | None]:
    def number(_: Course, observer: Observer) -> float | None:
        value = float(observer.latest()[name])
        return None if np.isnan(value) else round(value, 3)

    return number


def _seen(name: str, label: str, meaning: str) -> dict[str, str]:
    return {"name": name, "label": label, "meaning": meaning}


_VIEWS = {
    "chair": (
        (_seen("heard", "You are heard", "Share of your views that decisions follow"), _of_holder("heard")),
        (
            _seen("belief", "You believe", "How far you believe that taking part changes decisions"),
            _of_holder("efficacy"),
        ),
        (_seen("board", "GPs on the board give", "Their mean participation"), _measure("participation_board")),
        (_seen("frontline", "Other GPs give", "Their mean participation"), _measure("participation_frontline")),
        (_seen("hours", "Hours a month", "What your ties, projects and seat take"), _of_holder("hours_used")),
    ),
    "officer": (
        (_seen("control", "You decide", "Share of decisions that managers take"), _measure("manager_control")),
        (_seen("uncertainty", "Policy uncertainty", "How unclear national policy is"), _measure("uncertainty")),
        (_seen("strain", "Financial strain", "How far the money is short"), _measure("strain")),
        (_seen("live", "Projects live", "Services changed"), _measure("projects_live")),
        (_seen("outside", "Outside ties", "Advisers beyond the board"), _measure("ties_outside")),
    ),
}
_SERIES = {
    "chair": ("participation_board", "participation_frontline"),
    "officer": ("manager_control", "uncertainty", "projects_live"),
}


def _list(values: Any) -> list[float | None]:
    return [None if np.isnan(x) else round(float(x), 4) for x in values]
