"""The state of a world: its tables, its clock and the numbers that the rules read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from ccgsim.foundation import tables
from ccgsim.foundation.vocabulary import GP
from ccgsim.processes.ties.contacts import Contacts, contacts_of
from ccgsim.scenario.scenario import Scenario

KEY_BITS = 32  # keys of actors lie below 2^32


class Plain(NamedTuple):
    """A world's tables as plain arrays of the same memory: Numba recognises these at once, a Table only by asking it,
    which costs more than many a process does.
    """

    actors: np.ndarray
    ties: np.ndarray
    ccgs: np.ndarray
    seats: np.ndarray
    localities: np.ndarray
    rules: np.ndarray
    clock: np.ndarray
    projects: np.ndarray
    nation: np.ndarray
    neighbours: np.ndarray
    adoption: np.ndarray
    contacts: Contacts


class _Sorted(NamedTuple):
    """Everybody's key in ascending order, and the row of each."""

    actors: tables.Table
    keys: np.ndarray
    rows: np.ndarray


@dataclass(slots=True)
class World:
    """Everything that a run changes. Rows of `actors` stand CCG after CCG, GPs first in each, then by key."""

    actors: tables.Table
    ties: tables.Table
    ccgs: tables.Table
    seats: tables.Table
    localities: tables.Table
    rules: tables.Table  # one row; a nested record for each section of the scenario: rules[0].ties.closure
    clock: tables.Table
    contacts: Contacts
    scenario: Scenario
    names: tuple[str, ...] = ("",)  # of the CCGs
    surveyed: Mapping[str, int] = field(default_factory=dict)  # key of each person of a surveyed network, by id
    english: bool = True  # whether the national calendar applies after the burn-in
    projects: tables.Table = field(default_factory=lambda: tables.new(tables.PROJECTS, 0))
    adoption: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))  # 1 where a practice uses a project
    nation: tables.Table = field(default_factory=lambda: tables.new(tables.NATION, 1))
    neighbours: tables.Table = field(default_factory=lambda: tables.new(tables.NEIGHBOURS, 0))
    parked: tables.Table = field(default_factory=lambda: tables.new(tables.PARKED, 0))
    _sorted: _Sorted | None = None  # nobody's key changes: good as long as the table of actors
    _plain: Plain | None = None  # good as long as every table

    def __setattr__(self, name: str, value: object) -> None:
        """Set a field; plain arrays of a table that is replaced, or copied with the world, are not those of the new."""
        object.__setattr__(self, name, value)
        object.__setattr__(self, "_plain", None)

    @property
    def plain(self) -> Plain:
        """What compiled rules are called with; take it anew once a table has been replaced."""
        plain = self._plain
        if plain is None:
            plain = self._plain_arrays()
            object.__setattr__(self, "_plain", plain)
        return plain

    def _plain_arrays(self) -> Plain:
        return Plain(
            self.actors.view(np.ndarray),
            self.ties.view(np.ndarray),
            self.ccgs.view(np.ndarray),
            self.seats.view(np.ndarray),
            self.localities.view(np.ndarray),
            self.rules.view(np.ndarray),
            self.clock.view(np.ndarray),
            self.projects.view(np.ndarray),
            self.nation.view(np.ndarray),
            self.neighbours.view(np.ndarray),
            self.adoption,
            self.contacts,
        )

    @property
    def seed(self) -> int:
        """Seed of the run."""
        return int(self.clock.seed[0])

    @property
    def month(self) -> int:
        """Months simulated since month 0."""
        return int(self.clock["month"][0])

    def row_of(self, key: int) -> int:
        """Row of the actor with this key; KeyError where there is none."""
        row = int(self.rows_of(np.array([key]))[0])
        if self.actors.key[row] != key:
            raise KeyError(f"no actor has the key {key}")
        return row

    def rows_of(self, keys: np.ndarray) -> np.ndarray:
        """Rows of the actors with these keys (shape of `keys`); some other row for a key that nobody has."""
        place = np.searchsorted(self._by_key().keys, keys)
        return np.asarray(self._by_key().rows[np.minimum(place, len(self.actors) - 1)])

    def highest_key(self, below: int) -> int:
        """The highest key of an actor that is lower than this; -1 where there is none."""
        keys = self._by_key().keys
        place = int(np.searchsorted(keys, below))
        return int(keys[place - 1]) if place else -1

    def _by_key(self) -> _Sorted:
        if self._sorted is None or self._sorted.actors is not self.actors:
            order = np.argsort(self.actors.key, kind="stable")
            self._sorted = _Sorted(self.actors, self.actors.key[order], order)
        return self._sorted

    def reindex(self) -> None:
        """Find the rows of ties' ends and of champions by their keys, and index the ties."""
        self.ties.source, self.ties.target = self.rows_of(self.ties.source_key), self.rows_of(self.ties.target_key)
        self.projects.champion_row = self.rows_of(self.projects.champion)
        self.index()

    def index(self) -> None:
        """Bring ties into the order of their rows, and index them; to be called whenever some were added or removed."""
        place = self.ties.source * len(self.actors) + self.ties.target
        if (place[1:] < place[:-1]).any():
            self.ties = self.ties.picked(np.argsort(place, kind="stable"))
        self.contacts = Contacts(*contacts_of(self.plain.ties, len(self.actors)))

    def arrange(self) -> None:
        """Bring actors into the order of CCGs, GPs first, then keys; ties and champions follow, and CCGs know where
        theirs begin and end.
        """
        actors = self.actors
        order = np.argsort((2 * actors.ccg + (actors.kind != GP) << KEY_BITS) + actors.key, kind="stable")
        row = np.empty_like(order)
        row[order] = np.arange(len(order))
        self.actors = actors.picked(order)
        self.ties.source, self.ties.target = row[self.ties.source], row[self.ties.target]
        self.projects.champion_row = row[self.projects.champion_row]
        people = np.bincount(actors.ccg, minlength=len(self.ccgs))
        gps = np.bincount(actors.ccg[actors.kind == GP], minlength=len(self.ccgs))
        self.ccgs.last = np.cumsum(people)
        self.ccgs.first = self.ccgs.last - people
        self.ccgs.last_gp = self.ccgs.first + gps
        self.index()
