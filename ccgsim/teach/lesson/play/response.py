"""What a class's participation follows from: its decisions against what it saw, by ordinary least squares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from ccgsim.teach.lesson.past import Said
from ccgsim.teach.lesson.play.board import OFFICER, Board, View
from ccgsim.teach.lesson.words import text

TERMS = ("heard", "waiting", "peers")  # what a GP sees that her decision may follow from
FEWEST = 30  # decisions from which an estimate is tried
SURE = 0.975  # of a two-sided 95% interval
STEP = 10  # points by which each condition is raised in words
LEAST_SPREAD = 0.01  # standard deviation of what was seen below which nothing can be told of it


@dataclass(frozen=True, slots=True)
class Term:
    """Points that the class gives more for STEP points more of one condition, the others the same; 95% interval."""

    name: str
    value: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the interval lies on one side of no effect."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Response:
    """How a class answers to what it sees; `coefficients` are [1, *TERMS], None where nothing can be estimated."""

    decisions: int
    people: int
    terms: tuple[Term, ...] = ()
    coefficients: tuple[float, ...] | None = None

    def gives(self, view: View) -> float:
        """What the class would give who sees this."""
        assert self.coefficients is not None
        there = sum(c * x for c, x in zip(self.coefficients, (1.0, *(view[name] for name in TERMS)), strict=True))
        return float(np.clip(there, 0.0, 1.0))


def response_of(board: Board) -> Response:
    """The response that all decisions of a board show together."""
    turns = enumerate(board.given)
    made = [(board.saw[turn][key], give) for turn, of in turns for key, give in sorted(of.items()) if key in board.gps]
    seen = np.array([[view[name] for name in TERMS] for view, _ in made]).reshape(-1, len(TERMS))
    return estimated(seen, np.array([give for _, give in made]), len(board.played))


def estimated(seen: np.ndarray, given: np.ndarray, people: int) -> Response:
    """The response from conditions, shape (decisions, terms), and what was given."""
    n = len(given)
    x = np.column_stack([np.ones(n), seen])
    if n < FEWEST or (seen.std(axis=0) < LEAST_SPREAD).any() or np.linalg.matrix_rank(x) < x.shape[1]:
        return Response(n, people)
    inverse = np.linalg.inv(x.T @ x)
    coefficients = inverse @ x.T @ given
    left = n - x.shape[1]
    noise = float(np.square(given - x @ coefficients).sum()) / left
    half = float(special.stdtrit(left, SURE)) * np.sqrt(noise * np.diag(inverse))
    terms = tuple(
        Term(name, *(STEP * value for value in (b, b - h, b + h)))
        for name, b, h in zip(TERMS, coefficients[1:].tolist(), half[1:].tolist(), strict=True)
    )
    return Response(n, people, terms, tuple(coefficients.tolist()))


def says(found: Response) -> Iterator[Said]:
    """What the estimate says, and what it cannot."""
    made = {"made": found.decisions, "people": found.people}
    if found.coefficients is None:
        yield Said(text("class.few" if found.decisions < FEWEST else "class.alike", fewest=FEWEST, **made))
        return
    yield Said(text("class.estimated", **made))
    for term in found.terms:
        way = "class.unsure" if not term.sure else "class.more" if term.value > 0 else "class.less"
        ends = {"low": f"{term.low:+.1f}", "high": f"{term.high:+.1f}"}
        yield Said(text(way, step=STEP, term=text(f"class.{term.name}"), points=f"{abs(term.value):.1f}", **ends))


def answered(board: Board, keys: Sequence[int], found: Response, held: Sequence[float | None] = ()) -> Board:
    """A fresh board on which these GPs give what the class would, by half year, and `held` is what its officer held."""
    while not board.over:
        if board.turn < len(held) and (share := held[board.turn]) is not None:
            board.decide(OFFICER, board.turn, share)
        for key in keys:
            board.decide(key, board.turn, found.gives(board.saw[-1][key]))
        board.play()
    return board
