"""Synthetic boards whose ties are all known, and what a survey finds of them when central people do not answer.

Made by another recipe than the model of draws: people differ in activity and in popularity, the two go together, and
ties are returned, local and within kinds.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ccgsim.survey.network import Chosen, Network, People

MEMBERS, CONTACTS, MISSING = 13, 20, 0.25
NO_PAIRS = np.empty(0, np.int64)


def board(seed: int) -> Network:
    """A board of 13 with 20 contacts outside, everybody on it asked and heard."""
    rng = np.random.default_rng(seed)
    n = MEMBERS + CONTACTS
    on_board = np.arange(n) < MEMBERS
    kinds = rng.choice([0, 0, 1, 1, 2, 5], n)
    localities = rng.integers(0, 3, n)
    both = rng.normal(size=n)
    active, liked, reach = (0.7 * (0.6 * both + 0.8 * rng.normal(size=n)) for _ in range(3))
    near = 0.7 * (localities[:, None] == localities) + 0.5 * (kinds[:, None] == kinds)
    to_board = rng.normal(0.0, 0.4) + active[:, None] + liked + near - 0.4
    to_outside = rng.normal(-1.6, 0.3) + 1.3 * reach[:, None] + liked + near - 0.4
    ties = np.zeros((n, n), bool)
    for _ in range(10):
        odds = np.where(on_board, to_board + 1.0 * ties.T - 0.5, to_outside)
        ties = rng.random((n, n)) < 1 / (1 + np.exp(-odds))
        ties &= on_board[:, None] & ~np.eye(n, dtype=bool)
    seeker, adviser = np.nonzero(ties)
    ids = tuple(f"P{row:02d}" for row in range(n))
    people = People(
        ids=ids,
        names=ids,
        kinds=kinds,
        written=tuple(map(str, kinds)),
        roles=np.zeros(n, np.int64),
        organisations=("",) * n,
        localities=tuple(map(str, localities)),
        board=on_board,
        asked=on_board,
        answered=on_board,
    )
    return Network(people, seeker, adviser, np.ones(len(seeker)), False, NO_PAIRS, NO_PAIRS, Chosen())


def surveyed(whole: Network, seed: int) -> Network:
    """What comes back if a quarter of the board does not answer, central people (most ties, in or out) likelier."""
    rng = np.random.default_rng(10_000 + seed)
    n = len(whole.people)
    degree = (np.bincount(whole.seeker, minlength=n) + np.bincount(whole.adviser, minlength=n))[:MEMBERS]
    weight = np.exp((degree - degree.mean()) / max(degree.std(), 1e-9))
    silent = rng.choice(MEMBERS, round(MISSING * MEMBERS), replace=False, p=weight / weight.sum())
    answered = whole.people.answered.copy()
    answered[silent] = False
    kept = answered[whole.seeker]
    found = replace(whole, people=replace(whole.people, answered=answered))
    return replace(found, seeker=whole.seeker[kept], adviser=whole.adviser[kept], frequency=whole.frequency[kept])
