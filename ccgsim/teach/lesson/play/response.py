"""What a class's participation follows from: its decisions against what it saw, by ordinary least squares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from ccgsim.teach.lesson.past import Said
from ccgsim.teach.lesson.play.board import Board, View

TERMS = {"heard": "being heard", "waiting": "unclear policy", "peers": "peers giving"}
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
    made = [(board.saw[turn][key], give) for turn, given in turns for key, give in sorted(given.items())]
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
    made = f"{found.decisions} decisions of {found.people} GPs"
    if found.coefficients is None:
        why = f"at least {FEWEST} are needed" if found.decisions < FEWEST else "what they saw hardly differed"
        yield Said(f"{made}: too few to tell what they follow from ({why}).")
        return
    yield Said(f"Estimated from {made}. Who decides often counts often, so the intervals are rather too narrow.")
    for term in found.terms:
        way = "more" if term.value > 0 else "less"
        told = f"{abs(term.value):.1f} points {way} given" if term.sure else "it cannot be told whether more is given"
        between = f"(95%: {term.low:+.1f} to {term.high:+.1f})"
        yield Said(f"{STEP} points more of {TERMS[term.name]}: {told} {between}.")


def answered(board: Board, keys: Sequence[int], found: Response) -> Board:
    """A fresh board on which these GPs give what the class would, from the first half year to the last."""
    while not board.over:
        for key in keys:
            board.decide(key, board.turn, found.gives(board.saw[-1][key]))
        board.play()
    return board
