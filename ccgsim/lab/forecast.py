"""A forecast of the next wave of a survey: the chance of every tie some months on, sealed, and its score afterwards.

Worlds begin with the survey, unknown ties drawn anew in each. The chance of a tie counts the worlds in which both its
ends still have their seats (contacts outside: take part), with half a world for and half a world against, so that no
chance is 0 or 1. Scores are Brier scores, the mean squared error of chances (Brier 1950), of three forecasts: the
model's, that nothing changes, and that every pair has the mean chance of today.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ccgsim.course import Course
from ccgsim.foundation.problems import fault_at, refuse
from ccgsim.foundation.statistics import OF_SCORES, resampled
from ccgsim.foundation.work.parallel import spread
from ccgsim.foundation.work.progress import Progress
from ccgsim.scenario.brought.network import surveyed
from ccgsim.scenario.scenario import Scenario
from ccgsim.survey.draws import heard_of, ties_of
from ccgsim.survey.network import Network

SCHEMA = 1
ENDS = (0.05, 0.95)  # of 90% intervals
RESAMPLED = 1_000  # times, by seekers
WAYS = ("model", "nothing changes", "same chance for all")
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Later:
    """One world at the start and some months on: ties among the people of the survey, and who still has her place."""

    before: Flags  # (people, people)
    after: Flags
    there: Flags  # (people,)
    density: float  # of the board's seats, months on


def forecast(
    scenario: Scenario,
    months: int,
    draws: int = 100,
    seed: int = 0,
    progress: Progress | None = None,
    workers: int | None = None,
) -> dict[str, Any]:
    """The forecast for a scenario with a network, as plain values: chances of ties from each member, of staying."""
    assert scenario.network is not None
    people, found = surveyed(scenario.network).network.people, []
    for done, one in enumerate(spread(partial(later, scenario, months), range(seed, seed + draws), workers), start=1):
        found.append(one)
        if progress is not None:
            progress(done, draws)
    both = np.array([one.there[:, None] & one.there for one in found])
    after = np.array([one.after for one in found]) & both
    chance = (after.sum(axis=0) + 0.5) / (both.sum(axis=0) + 1)
    now = np.mean([one.before for one in found], axis=0)
    low, high = np.quantile([one.density for one in found], ENDS)
    board = np.flatnonzero(people.board).tolist()
    stays = np.mean([one.there for one in found], axis=0)
    return {
        "schema": SCHEMA,
        "months": months,
        "draws": draws,
        "seed": seed,
        "board": [people.ids[row] for row in board],
        "board_density": {"low": float(low), "high": float(high)},
        "stays": {people.ids[row]: float(stays[row]) for row in board},
        "ties": list(_chances(people.ids, board, chance, now)),
    }


def _chances(ids: tuple[str, ...], board: list[int], chance: Real, now: Real) -> Iterator[dict[str, Any]]:
    """A row for each pair of a member and another: the chance of a tie, and that of today."""
    for one in board:
        for other in range(len(ids)):
            if one != other:
                chances = {"chance": float(chance[one, other]), "now": float(now[one, other])}
                yield {"from": ids[one], "to": ids[other], **chances}


def later(scenario: Scenario, months: int, seed: int) -> Later:
    """One world, so many months on."""
    course = Course(scenario, seed)
    before = _among(course)
    keys = np.array(list(course.world.surveyed.values()))
    seated = course.world.actors.board[course.world.rows_of(keys)] == 1
    for _ in range(months):
        course.step()
    world, rows = course.world, course.world.rows_of(keys)
    there = np.where(seated, world.actors.board[rows] == 1, world.actors.active[rows] == 1)
    members = world.actors.board == 1
    inside, number = (members[world.ties.source] & members[world.ties.target]).sum(), members.sum()
    return Later(before, _among(course), there, float(inside / max(1, number * (number - 1))))


def _among(course: Course) -> Flags:
    """The ties among the people of the survey, shape (people, people)."""
    keys = np.array(list(course.world.surveyed.values()))
    order = np.argsort(keys)
    ties, found = course.world.ties, np.zeros((len(keys), len(keys)), bool)
    known = np.isin(ties.source_key, keys) & np.isin(ties.target_key, keys)
    ends = (order[np.searchsorted(keys[order], end[known])] for end in (ties.source_key, ties.target_key))
    found[tuple(ends)] = True
    return found


def sealed(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its seal, the SHA-256 of all else in it."""
    return {**document, "seal": _seal(document)}


def _seal(document: Mapping[str, Any]) -> str:
    rest = {key: value for key, value in document.items() if key != "seal"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, allow_nan=False).encode("utf-8")).hexdigest()


def unsealed(text: str, file: str) -> dict[str, Any]:
    """A sealed forecast from the text of its file; raises Problems if it is none, or was changed since."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or not {"seal", "ties", "months", "schema"} <= set(document):
        raise fault_at(file, "", "", "is no sealed forecast: ccgsim forecast FILE --seal writes one")
    if document["seal"] != _seal(document):
        raise refuse(
            "seal", document["seal"], "does not fit the contents: the forecast was changed after it", file=file
        )
    return document


def score(document: Mapping[str, Any], network: Network, file: str) -> dict[str, Any]:
    """Brier scores of a forecast against a later wave, and by how much the model beats the other two.

    Scored are pairs of people who are in both, where the later answer is known. Raises Problems if there is none.
    """
    place = {name: row for row, name in enumerate(network.people.ids)}
    known, ties = heard_of(network), ties_of(network)
    rows = [
        (place[tie["from"]], place[tie["to"]], tie["chance"], tie["now"])
        for tie in document["ties"]
        if tie["from"] in place and tie["to"] in place and known[place[tie["from"]], place[tie["to"]]]
    ]
    if not rows:
        raise refuse("--against", file, "has no known answer on a pair of the forecast: are the ids the same?")
    one, other = (np.array(column, np.int64) for column in list(zip(*rows, strict=True))[:2])
    chance, now = (np.array(column, float) for column in list(zip(*rows, strict=True))[2:])
    happened = ties[one, other].astype(float)
    usual = np.where(network.people.board[other], *_means(now, network.people.board[other]))
    errors = {way: (each - happened) ** 2 for way, each in zip(WAYS, (chance, now, usual), strict=True)}
    return {
        "pairs": len(rows),
        "ties": int(happened.sum()),
        "expected": float(chance.sum()),
        "changed": int((np.round(now) != happened).sum()),
        "brier": {way: float(error.mean()) for way, error in errors.items()},
        "gains": [_gain(way, errors[way] - errors["model"], one) for way in WAYS[1:]],
        "stayed": {name: name in place and bool(network.people.board[place[name]]) for name in document["board"]},
    }


def _means(now: Real, board: Flags) -> tuple[float, float]:
    """Today's mean chance of a tie to a member, and of one to outside."""
    return tuple(float(now[to].mean()) if to.any() else 0.0 for to in (board, ~board))  # type: ignore[return-value]


def _gain(way: str, gained: Real, seeker: NDArray[np.int64]) -> dict[str, Any]:
    """By how much the model's error is smaller, with a 90% interval over seekers drawn anew."""
    who, place = np.unique(seeker, return_inverse=True)
    sums, counts = np.bincount(place, gained), np.bincount(place)
    chosen = resampled(RESAMPLED, len(who), OF_SCORES)
    low, high = np.quantile(sums[chosen].sum(axis=1) / counts[chosen].sum(axis=1), ENDS)
    told = bool(low > 0 or high < 0)
    return {"over": way, "gain": float(gained.mean()), "low": float(low), "high": float(high), "told": told}
