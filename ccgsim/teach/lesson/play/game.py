"""The classroom game: a pair plays the GP chair or the accountable officer, and sees what that role sees.

Ten turns of six months. The moves determine the outcome, so a class hands in only small files of moves, from which
the worlds are recomputed.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
from msgspec import Meta, Struct

from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.problems import Problems, refuse
from ccgsim.measures.observer import Observer
from ccgsim.run import under_way
from ccgsim.teach.lesson.play.moves import BUDGET, MONTHS_A_TURN, TURNS, cost_of, move_faults, move_tables, scenario_of

Word = Annotated[str, Meta(max_length=40)]


class MovesFile(Struct, forbid_unknown_fields=True, kw_only=True):
    """A saved game: pair, role, seed and moves."""

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
        """The remaining budget."""
        return BUDGET - cost_of(self.role, self.moves)

    def move(self, name: str) -> None:
        """Play one turn; raises Problems if the move is unknown or too expensive, or the game is over."""
        if self.over:
            raise refuse("move", name, f"the game of {TURNS} turns is over")
        if found := move_faults(self.role, [*self.moves, name]):
            raise Problems(found)
        self.moves.append(name)

    def turn(self) -> dict[str, Any]:
        """The `turn` message: what this role sees now."""
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


# What each role sees: the chair sees people, the officer the system.
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
