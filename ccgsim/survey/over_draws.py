"""What follows from unknown ties: figures of a board over draws, as intervals, and who is among the first three."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ccgsim.foundation.work.progress import Progress
from ccgsim.survey.draws import Model, model_of
from ccgsim.survey.network import Flags, Network, Places, in_order

ENDS = (0.05, 0.95)  # of 90% intervals
FIRST = 3
SEARCHES = 500  # people searched from between two reports of progress
FIGURES = ("degree_in", "degree_out", "outside_reach", "alone", "betweenness")
Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one network whose ties are all known; those of people have shape (people,).

    `outside_reach`: advisers outside the board; `alone`: those of them whom no other member has, which her leaving
    would cost the board.
    """

    density: float
    reciprocity: float
    degree_in: Real
    degree_out: Real
    outside_reach: Real
    alone: Real
    betweenness: Real


def figures(ties: Flags, board: Flags) -> Figures:
    """Figures of these ties, shape (people, people); NaN for a density or reciprocity that has no pairs."""
    inside = ties & board[:, None] & board
    outside = ties & board[:, None] & ~board
    members, within = int(board.sum()), int(inside.sum())
    seeker, adviser = np.nonzero(ties)
    pairs = members * (members - 1)
    return Figures(
        density=within / pairs if pairs else np.nan,
        reciprocity=float((inside & inside.T).sum()) / within if within else np.nan,
        degree_in=ties.sum(axis=0).astype(float),
        degree_out=ties.sum(axis=1).astype(float),
        outside_reach=outside.sum(axis=1).astype(float),
        alone=(outside & (outside.sum(axis=0) == 1)).sum(axis=1).astype(float),
        betweenness=between(seeker, adviser, len(ties)),
    )


def between(seeker: Places, adviser: Places, people: int, progress: Progress | None = None) -> Real:
    """Directed, unweighted betweenness over (n - 1)(n - 2), shape (people,), of ties sorted by seeker.

    `progress` is called with the people searched from and all people, every SEARCHES of them.
    """
    from ccgsim.measures.betweenness import add_searches, scale  # compiled rules: loaded only where asked for

    first, found = np.zeros(people + 1, np.int64), np.zeros(people)
    np.cumsum(np.bincount(seeker, minlength=people), out=first[1:])
    if people < FIRST:
        return found
    targets = np.ascontiguousarray(adviser)
    for start in range(0, people, SEARCHES):
        end = min(start + SEARCHES, people)
        add_searches(first, targets, start, end, people, found)
        if progress is not None:
            progress(end, people)
    scale(found, people)
    return found


def over(model: Model, board: Flags, draws: int) -> list[Figures]:
    """The figures of that many draws, with seeds 0, 1, ..."""
    return [figures(model.draw(seed), board) for seed in range(draws)]


def interval(values: Any) -> tuple[Any, Any]:
    """Low and high of the 90% interval over draws, the first axis; None where a figure has no value in some draw."""
    low, high = np.quantile(np.asarray(values, float), ENDS, axis=0)
    return low, high


def top3(found: list[Figures]) -> Real:
    """Share of the draws in which each person is among the three highest in betweenness, shape (people,)."""
    share: Real = np.mean([first_three(each.betweenness) for each in found], axis=0)
    return share


def first_three(values: Real) -> Flags:
    """The three highest, those of smaller row first among equals."""
    chosen = np.zeros(len(values), bool)
    chosen[np.lexsort((np.arange(len(values)), -values))[:FIRST]] = True
    return chosen


def drawn(network: Network, draws: int) -> dict[str, Any] | None:
    """90% intervals of the board's figures, and of each person's by id, with the chance to be among the first three.

    None where nothing is unknown, `draws` is 0, or there are more people than the model of ties is meant for.
    """
    ordered = in_order(network)
    model = model_of(ordered) if draws else None
    if model is None:
        return None
    found = over(model, ordered.people.board, draws)
    people: dict[str, dict[str, float]] = {name: {} for name in ordered.people.ids}
    for name in FIGURES:
        low, high = interval([getattr(each, name) for each in found])
        for row, person in enumerate(ordered.people.ids):
            people[person] |= {f"{name}_q05": float(low[row]), f"{name}_q95": float(high[row])}
    for person, chance in zip(ordered.people.ids, top3(found), strict=True):
        people[person]["top3"] = float(chance)
    board = {name: _plain(interval([getattr(each, name) for each in found])) for name in ("density", "reciprocity")}
    return {"draws": draws, "board": board, "people": people}


def _plain(ends: tuple[float, float]) -> list[float] | None:
    return None if np.isnan(ends).any() else [float(end) for end in ends]
