"""A surveyed network as one value: people, ties from seeker to adviser, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the network, in the order of the file; all columns have shape (people,).

    `kinds` and `roles` are numbers of `foundation.vocabulary`; `written` are the kinds as the file has them.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    kinds: Places
    written: tuple[str, ...]
    roles: Places
    organisations: tuple[str, ...]
    localities: tuple[str, ...]
    board: Flags
    asked: Flags  # whose own ties the survey asked for
    answered: Flags  # of those asked

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen among what the file holds; '' or None where there was no choice."""

    form: str = ""
    relation: str = ""
    relations: tuple[str, ...] = ()
    wave: str = ""
    waves: tuple[str, ...] = ()
    at_least: float | None = None
    columns: dict[str, str] = field(default_factory=dict)
    people_columns: dict[str, str] = field(default_factory=dict)
    words: dict[str, float] = field(default_factory=dict)  # words found for frequencies, with their worth
    strange: tuple[str, ...] = ()  # words for roles that are none of the model's


@dataclass(frozen=True, repr=False)
class Network:
    """Ties as rows of people, sorted by seeker then adviser, each pair once, nobody with herself.

    `frequency` is above 0, and 1 throughout where the file gives none (`valued` false). `open_seeker` and
    `open_adviser` are single pairs whose answer is missing; beyond them every pair from a `silent` person is unknown
    but for her known ties. A tie that is not listed and not unknown is absent.
    """

    people: People
    seeker: Places
    adviser: Places
    frequency: NDArray[np.float64]
    valued: bool
    open_seeker: Places
    open_adviser: Places
    chosen: Chosen
    warnings: tuple[str, ...] = ()

    @cached_property
    def silent(self) -> Flags:
        """Who was asked and did not answer, shape (people,)."""
        return self.people.asked & ~self.people.answered

    @cached_property
    def counted(self) -> Flags:
        """Which ties are as frequent as was asked for (`--at-least`), shape (ties,)."""
        least = self.chosen.at_least
        return np.ones(len(self.seeker), bool) if least is None else self.frequency >= least

    def __repr__(self) -> str:
        people, ties, board = len(self.people), int(self.counted.sum()), self.people.board
        answered = int((board & self.people.answered).sum())
        return f"Network({people} people, {ties} ties, {int(board.sum())} on the board, {answered} of them answered)"

    def unknown_pairs(self) -> tuple[Places, Places]:
        """Every unknown pair, as seekers and advisers: n - 1 pairs less her known ties for a silent person."""
        n = len(self.people)
        silent = np.flatnonzero(self.silent)
        seeker, adviser = np.repeat(silent, n), np.tile(np.arange(n), len(silent))
        known = np.isin(seeker * n + adviser, self.seeker * n + self.adviser)
        kept = (seeker != adviser) & ~known
        return np.concatenate([self.open_seeker, seeker[kept]]), np.concatenate([self.open_adviser, adviser[kept]])

    def unknown_out(self, among: Flags | None = None) -> Places:
        """Number of unknown pairs from each person to others (of `among`), shape (people,)."""
        n, inside = len(self.people), np.ones(len(self.people), bool) if among is None else among
        single = np.bincount(self.open_seeker[inside[self.open_adviser]], minlength=n)
        known = np.bincount(self.seeker[inside[self.adviser]], minlength=n)
        whole = np.where(self.silent, inside.sum() - inside - known, 0)
        return np.asarray(single + whole, np.int64)

    def unknown_in(self, among: Flags | None = None) -> Places:
        """Number of unknown pairs from others (of `among`) to each person, shape (people,)."""
        n, inside = len(self.people), np.ones(len(self.people), bool) if among is None else among
        single = np.bincount(self.open_adviser[inside[self.open_seeker]], minlength=n)
        silent = self.silent & inside
        known = np.bincount(self.adviser[silent[self.seeker]], minlength=n)
        return np.asarray(single + silent.sum() - silent - known, np.int64)


def reordered(network: Network, order: Places) -> Network:
    """The same network with people in this order."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    people = network.people
    columns: dict[str, Any] = {
        name: value[order] if isinstance(value, np.ndarray) else tuple(value[row] for row in order)
        for name, value in ((name, getattr(people, name)) for name in People.__dataclass_fields__)
    }
    seeker, adviser = place[network.seeker], place[network.adviser]
    rows = np.lexsort((adviser, seeker))
    one, other = place[network.open_seeker], place[network.open_adviser]
    pairs = np.lexsort((other, one))
    return Network(
        People(**columns),
        seeker[rows],
        adviser[rows],
        network.frequency[rows],
        network.valued,
        one[pairs],
        other[pairs],
        network.chosen,
        network.warnings,
    )


def in_order(network: Network) -> Network:
    """The same network with people by id: what is computed of it does not depend on the order in a file."""
    ids = network.people.ids
    return reordered(network, np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64))
