"""A class on one server: who sits where, the board that it plays, the bets that it places, and what each page sees."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from ccgsim.foundation.problems import refuse
from ccgsim.teach import class_messages as messages
from ccgsim.teach import limits
from ccgsim.teach.lesson.play.board import HALF_YEAR, OFFICER, OFFICER_SEES, SEEN, Board, again, district, opened
from ccgsim.teach.lesson.play.debrief import debriefed
from ccgsim.teach.lesson.play.poll import Poll
from ccgsim.teach.server.gate import Entry
from ccgsim.teach.server.session import Answers
from ccgsim.teach.worlds.run import LessonRun


@dataclass(slots=True)
class Seat:
    """A student: her name, and whom she plays: the key of a GP, or OFFICER."""

    name: str
    plays: int | None = None


@dataclass(slots=True)
class Asker:
    """The page that a message came from: its seat, whether it is a student's, and the run that it shows."""

    visits: bool
    seat: str = ""
    run: LessonRun | None = None


@dataclass
class Together:
    """The class. Not thread-safe: hold `turn` while taking a message."""

    entry: Entry
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    seats: dict[str, Seat] = field(default_factory=dict)
    board: Board | None = None
    officer: bool = False  # whether a student plays the accountable officer
    before: Board | None = None  # the same district, played to its end with dialogue the other way
    poll: Poll | None = None

    def take(self, message: messages.OfClass, asker: Asker) -> None:
        """Do what a message asks for; raises Problems if that is not allowed."""
        if asker.visits and isinstance(message, messages.OfLecturer):
            raise refuse("message", type(message).__name__.lower(), "only the lecturer's page can do this")
        _HANDLERS[type(message)](self, message, asker)

    def debrief(self, message: messages.Debrief, asker: Asker) -> Answers:
        """What came of the board, for the lecturer, as a job."""
        if asker.visits:
            raise refuse("message", "debrief", "only the lecturer's page can do this")
        board = self._board
        if not board.over:
            raise refuse("month", board.month, f"the class has not ended: it plays to month {board.config.months}")
        return ({**answer, "job": message.job} for answer in debriefed(board, self.before))

    @property
    def _board(self) -> Board:
        if self.board is None:
            raise refuse("board", "none", "the class plays no district now")
        return self.board

    # Students
    def _sit(self, message: messages.Sit, asker: Asker) -> None:
        if message.seat in self.seats:
            asker.seat = message.seat
        elif asker.seat not in self.seats:
            if len(self.seats) >= limits.SEATS:
                raise refuse("seats", limits.SEATS, "as many names as a class may have")
            asker.seat = secrets.token_urlsafe(12)
            self.seats[asker.seat] = Seat(message.name)
        self.seats[asker.seat].name = message.name
        self._place()

    def _decide(self, message: messages.Decide, asker: Asker) -> None:
        key = self._seat(asker).plays
        if key is None:
            raise refuse("part", "none", "every part of this district is played by somebody: you watch")
        self._board.decide(key, message.turn, message.give)

    def _guess(self, message: messages.Guess, asker: Asker) -> None:
        if self.poll is None:
            raise refuse("scene", message.scene, "no bets are open")
        self._seat(asker)
        self.poll.bet(asker.seat, message.scene, message.option)

    def _seat(self, asker: Asker) -> Seat:
        if asker.seat not in self.seats:
            raise refuse("seat", "none", "tell your name first")
        return self.seats[asker.seat]

    def _place(self) -> None:
        """Give everyone who has none a part on the board, in the order in which they came: the officer first."""
        if self.board is None or self.board.over:
            return
        taken = {seat.plays for seat in self.seats.values()}
        parts = [*([OFFICER] if self.officer else []), *self.board.gps]
        free = (key for key in parts if key not in taken)
        for seat in self.seats.values():
            if seat.plays is None:
                seat.plays = next(free, None)

    # The lecturer
    def _convene(self, message: messages.Convene, _: Asker) -> None:
        self._open(Board(district(message.seed, message.months, message.dialogue)))
        self.officer = message.officer
        self._place()

    def _reopen(self, message: messages.Reopen, _: Asker) -> None:
        self._open(opened(message.file))

    def _open(self, board: Board) -> None:
        last, self.before = self.board, None
        if last is not None and last.over and last.config == again(board.config):
            self.before = last
        self.board, self.poll = board, None
        self._unseat()

    def _advance(self, message: messages.Advance, _: Asker) -> None:
        self._board.due(message.turn)
        self._board.play()

    def _poll(self, message: messages.Poll, _: Asker) -> None:
        self.poll = Poll(message.scene)

    def _reveal(self, _: messages.Reveal, asker: Asker) -> None:
        if self.poll is None or asker.run is None:
            raise refuse("scene", "none", "no bets are open")
        self.poll.reveal(asker.run)

    def _dismiss(self, _: messages.Dismiss, __: Asker) -> None:
        self.board = self.before = self.poll = None
        self._unseat()

    def _unseat(self) -> None:
        """Nobody plays a part."""
        for seat in self.seats.values():
            seat.plays = None

    # What pages see
    def seen(self, asker: Asker, here: Collection[str]) -> dict[str, Any]:
        """The `class` message: all for the lecturer; for a student her own role's view and no other."""
        told = {"type": "class", "steers": not asker.visits, "seat": asker.seat}
        if asker.seat in self.seats:
            told["student"] = self._for_student(asker.seat, self.seats[asker.seat])
        if not asker.visits:
            told["lecturer"] = self._for_lecturer(here)
        return told

    def _for_lecturer(self, here: Collection[str]) -> dict[str, Any]:
        board, decided = self.board, self.board.decided if self.board else {}
        return {
            "address": self.entry.address,
            "code": self.entry.code,
            "qr": self.entry.picture,
            "most": limits.CONNECTIONS,
            "students": [
                {
                    "name": seat.name,
                    "here": token in here,
                    "plays": _part(board, seat.plays) if board else None,
                    "decided": seat.plays in decided,
                }
                for token, seat in self.seats.items()
            ],
            "board": board
            and _stand(board)
            | {
                "seed": board.config.seed,
                "dialogue": board.dialogue,
                "officer": self.officer,
                "decided": len(decided),
            },
            "poll": self.poll and _bets(self.poll) | self._who(self.poll),
        }

    def _who(self, poll: Poll) -> dict[str, list[str]]:
        """Names of those who saw it coming and of those who did not, once the run has told."""
        if poll.outcome is None:
            return {"right": [], "wrong": []}
        names = [(self.seats[seat].name, option == poll.outcome) for seat, option in poll.bets.items()]
        return {
            "right": [name for name, right in names if right],
            "wrong": [name for name, right in names if not right],
        }

    def _for_student(self, token: str, seat: Seat) -> dict[str, Any]:
        board, poll = self.board, self.poll
        return {
            "name": seat.name,
            "board": board and _stand(board) | _role(board, seat.plays),
            "poll": poll
            and {
                "scene": poll.scene,
                "options": list(poll.options),
                "bet": poll.bets.get(token),
                "outcome": poll.outcome,
                "says": list(poll.says),
            },
        }


def _stand(board: Board) -> dict[str, Any]:
    """Where a board stands, as everybody may know."""
    return {
        "turn": board.turn,
        "turns": board.turns,
        "month": board.month,
        "months": board.config.months,
        "half_year": HALF_YEAR,
        "over": board.over,
    }


def _part(board: Board, key: int | None) -> str | None:
    if key is None:
        return None
    return "the accountable officer" if key == OFFICER else board.gps[key]


def _role(board: Board, key: int | None) -> dict[str, Any]:
    """What a student sees of her part: four shares, now and half years ago, and what she may and did decide."""
    if key is None:
        return {"plays": None, "view": [], "decided": None}
    low, high = board.bounds(key)
    view = [
        {"name": name, "label": label, "meaning": meaning, "values": [round(saw[key][name], 4) for saw in board.saw]}
        for name, (label, meaning) in (OFFICER_SEES if key == OFFICER else SEEN).items()
    ]
    return {
        "plays": _part(board, key),
        "role": "officer" if key == OFFICER else "gp",
        "low": low,
        "high": high,
        "view": view,
        "decided": board.decided.get(key),
    }


def _bets(poll: Poll) -> dict[str, Any]:
    return {"scene": poll.scene, "counts": poll.counts, "outcome": poll.outcome, "says": list(poll.says)}


_HANDLERS: dict[type, Callable[[Together, Any, Asker], None]] = {
    messages.Sit: Together._sit,
    messages.Decide: Together._decide,
    messages.Guess: Together._guess,
    messages.Convene: Together._convene,
    messages.Advance: Together._advance,
    messages.Reopen: Together._reopen,
    messages.Poll: Together._poll,
    messages.Reveal: Together._reveal,
    messages.Dismiss: Together._dismiss,
}
