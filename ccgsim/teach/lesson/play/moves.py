"""The moves of the classroom game: each is one dated event of the model, and the moves determine the world."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.problems import Problem, nearest, shown
from ccgsim.scenario.parameters import dated_parameters
from ccgsim.scenario.scenario import Scenario, load

TURNS, MONTHS_A_TURN = 10, 6
MONTHS = TURNS * MONTHS_A_TURN
WORLD = "vicious_circle"
BUDGET = 10  # a pair's budget for the game
ROLES = {"chair": v.CHAIR, "officer": v.ACCOUNTABLE_OFFICER}
Levels = dict[str, float]


@dataclass(frozen=True, slots=True)
class Move:
    """A move: label, meaning, cost, and its event, given where the parameters stand after earlier moves."""

    label: str
    meaning: str
    cost: int
    event: Callable[[Levels], dict[str, Any] | None]


def _raises(name: str, by: float, most: float) -> Callable[[Levels], dict[str, Any]]:
    """Each time the parameter moves by `by` from where it stands, up (or down) to a bound."""

    def event(levels: Levels) -> dict[str, Any]:
        goal = levels[name] + by
        levels[name] = round(min(goal, most) if by > 0 else max(goal, most), 4)
        return {"set": {name: levels[name]}}

    return event


def _does(**event: Any) -> Callable[[Levels], dict[str, Any]]:
    return lambda _: dict(event)


WAIT = "wait"
_WAITING = Move("Wait", "Do nothing for half a year.", 0, lambda _: None)
_TOLERANCE = "stepping_in.tolerance"
MOVES: dict[str, dict[str, Move]] = {
    "chair": {
        WAIT: _WAITING,
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
            _raises("patients.structure", 0.3, 1.0),
        ),
        "protest": Move(
            "Hold back in protest",
            "The most capable GPs give less, once.",
            0,
            _does(lower_participation={"of": "top_quartile", "by": 0.15}),
        ),
    },
    "officer": {
        WAIT: _WAITING,
        "step_back": Move(
            "Step back",
            "Managers tolerate more before they take a decision over.",
            1,
            _raises(_TOLERANCE, -0.03, 0.3),
        ),
        "step_in": Move("Step in", "Managers take decisions over sooner.", 0, _raises(_TOLERANCE, 0.03, 0.55)),
        "dialogue": Move(
            "Seek dialogue",
            "Talk with policy bodies, so that their news surprises less.",
            2,
            _raises("policy.dialogue", 0.2, 1.0),
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


def cost_of(role: str, moves: Iterable[str]) -> int:
    """Total cost of the moves."""
    return sum(MOVES[role][name].cost for name in moves)


def move_faults(role: str, moves: list[str]) -> list[Problem]:
    """Faults of the moves of a role: unknown moves, or more than the budget."""
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
    """The world in which these roles made these moves, turn by turn, the chair first."""
    base = load(WORLD)
    dated = [event.as_table() for event in base.events]
    levels: Levels = {name: attrgetter(name)(base) for name in dated_parameters()}
    for turn in range(TURNS):
        for role in ROLES:
            moves = played.get(role, [])
            event = MOVES[role][moves[turn]].event(levels) if turn < len(moves) else None
            if event is not None:
                dated.append({"month": turn * MONTHS_A_TURN, **event})
    return base.with_(months=MONTHS, events=dated)


def move_tables(only: str | None = None) -> list[dict[str, Any]]:
    """All moves for the page."""
    return [
        {"role": role, "name": name, "label": move.label, "meaning": move.meaning, "cost": move.cost}
        for role, moves in MOVES.items()
        if only in (None, role)
        for name, move in moves.items()
    ]
