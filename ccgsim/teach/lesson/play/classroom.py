"""A class's files of moves: each world recomputed from its moves, beside thirty seeds without moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np

from ccgsim.run import series_of
from ccgsim.teach.lesson.play.game import MovesFile
from ccgsim.teach.lesson.play.moves import MONTHS, MOVES, WAIT, move_faults, scenario_of
from ccgsim.teach.messages import Classroom

SEEDS = 30  # worlds without any move
TOLD_EVERY = 3
OUTCOMES = ("participation", "coherence", "manager_control")
_DECODER = msgspec.json.Decoder(MovesFile)
Played = dict[str, list[str]]


@dataclass
class Pairs:
    """Outcomes so far: one row per file, and one more if a pair handed in both roles of one world."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    games: dict[tuple[str, int], Played] = field(default_factory=dict)

    def add(self, place: int, text: str) -> None:
        """Compute the world of one file, or record its faults."""
        name = f"file {place}"
        try:
            saved = _DECODER.decode(text)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, OverflowError) as fault:
            rule = f"no file of moves that this lesson saved ({str(fault)[:160]})"
            self.rows.append(_row(name, "", 0, {}, rule))
            return
        name = saved.pair or name
        faults = move_faults(saved.role, list(saved.moves))
        if faults:
            self.rows.append(_row(name, saved.role, saved.seed, {}, "; ".join(str(fault) for fault in faults)[:300]))
            return
        self.rows.append(_row(name, saved.role, saved.seed, {saved.role: list(saved.moves)}))
        self.games.setdefault((name, saved.seed), {})[saved.role] = list(saved.moves)

    def together(self) -> None:
        """Compute the worlds in which both roles of a pair act."""
        for (name, seed), played in self.games.items():
            if len(played) == 2:
                self.rows.append(_row(name, "both", seed, played))


def merged(asked: Classroom) -> Iterator[dict[str, Any]]:
    """`classroom` messages: pairs first, then the spread over a growing number of seeds."""
    pairs = Pairs()
    for place, text in enumerate(asked.files, start=1):
        pairs.add(place, text)
    pairs.together()
    yield _message(asked, pairs, [], done=False)
    alone: list[float] = []
    for seed in range(SEEDS):
        alone.append(outcome({}, seed)["participation"])
        if (seed + 1) % TOLD_EVERY == 0:
            yield _message(asked, pairs, alone, done=seed + 1 == SEEDS)


def outcome(played: Played, seed: int) -> dict[str, float]:
    """The outcome of the world with these moves."""
    last = series_of(scenario_of(played), seed, MONTHS).iloc[-1]
    return {name: round(float(last[name]), 4) for name in OUTCOMES}


def _row(name: str, role: str, seed: int, played: Played, fault: str = "") -> dict[str, Any]:
    ended = dict.fromkeys(OUTCOMES) if fault else outcome(played, seed)
    moves = {which: [MOVES[which][move].label for move in made if move != WAIT] for which, made in played.items()}
    return {"name": name, "role": role, "seed": seed, **ended, "moves": moves, "fault": fault}


def _message(asked: Classroom, pairs: Pairs, alone: list[float], done: bool) -> dict[str, Any]:
    low, middle, high = np.percentile(alone, (10, 50, 90)).tolist() if alone else (None, None, None)
    return {
        "type": "classroom",
        "job": asked.job,
        "pairs": pairs.rows,
        "seeds": {"low": low, "middle": middle, "high": high, "values": list(alone), "of": SEEDS},
        "done": done,
        "cancelled": False,
    }
