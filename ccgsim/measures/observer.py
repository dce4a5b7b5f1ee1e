"""The observer: looks at a world once a month, keeps what measures must remember, and changes nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccgsim.foundation.problems import attempt, refuse
from ccgsim.foundation.tables import Table
from ccgsim.measures import catalogue
from ccgsim.measures.alignment import alignment
from ccgsim.measures.betweenness import board_betweenness
from ccgsim.measures.composite import composites
from ccgsim.measures.memory import YEAR, Memory, compare, remember
from ccgsim.measures.network import network
from ccgsim.measures.people import people

if TYPE_CHECKING:
    from ccgsim.world.state import World


class Observer:
    """Every measure of every CCG, row 0 for the starting world and one row after each month.

    `added`: measures of others by name, each a function of the world that gives a number, or one for each CCG.
    """

    def __init__(self, world: World, months: int, added: Mapping[str, Callable[[World], Any]] | None = None) -> None:
        self._added = dict(added or {})
        self._extra: list[np.ndarray] = []  # a row a month, shape (CCGs, added measures)
        self._rows = catalogue.rows(max(months, 0) + 1, len(world.ccgs))
        self._months = 0  # rows filled so far
        self._memories: deque[Memory] = deque(maxlen=YEAR + 1)
        self._advisers_at_start = np.zeros(len(world.ccgs), np.int64)

    def observe(self, world: World) -> None:
        """Measure the world into the row of its month; call once at month 0 and once after each month.

        Raises ValueError where a month is left out or seen twice.
        """
        if world.month != self._months:
            raise ValueError(f"month {self._months} is to be observed next, not month {world.month}")
        if world.month == len(self._rows):
            self._rows = _doubled(self._rows)
        row = self._rows[world.month].view(np.ndarray)
        _look(world, self._advisers_at_start, row)
        self._compare(world, row)
        composites(row)
        if self._added:
            found = [_added(name, act, world) for name, act in self._added.items()]
            self._extra.append(np.stack(found, axis=1))
        self._months += 1

    def _compare(self, world: World, row: np.ndarray) -> None:
        self._memories.append(remember(world))
        back = min(world.month, YEAR)
        if back > 0:
            compare(self._memories[-1 - back], self._memories[-1], back, world.plain.ccgs, row)

    @property
    def values(self) -> np.ndarray:
        """All measures so far, shape (months + 1, CCGs, measures), in the order of the catalogue; NaN where missing."""
        return _plain(self._rows[: self._months])

    def frame(self, ccg: int | None = None) -> pd.DataFrame:
        """The measures of one CCG by month, or their means over the CCGs where they are not missing."""
        values = self._all()
        chosen = _means(values) if ccg is None else values[:, ccg]
        months = pd.RangeIndex(self._months, name="month")
        return pd.DataFrame(chosen.copy(), index=months, columns=list(self.names))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the measures: those of the catalogue, then the added ones."""
        return (*catalogue.NAMES, *self._added)

    def _all(self) -> np.ndarray:
        """All measures so far, added ones last, shape (months + 1, CCGs, measures)."""
        return np.concatenate([self.values, np.stack(self._extra)], axis=2) if self._extra else self.values

    def last_row(self) -> Table:
        """The measures of every CCG in the last month seen, shape (CCGs,); IndexError before the first."""
        if self._months == 0:
            raise IndexError("no month has been observed")
        row: Table = self._rows[self._months - 1]
        return row

    def latest(self) -> dict[str, float]:
        """The measures of the last month seen (means over CCGs, as in `frame`); IndexError before the first."""
        last = _means(self._last())[0]
        return dict(zip(self.names, last.tolist(), strict=True))

    def _last(self) -> np.ndarray:
        """All measures of the last month seen, shape (1, CCGs, measures)."""
        last = self.values[-1:] if self._months else self.values[-1]
        return np.concatenate([last, self._extra[-1][None]], axis=2) if self._extra else last


def _added(name: str, act: Callable[[World], Any], world: World) -> np.ndarray:
    """What an added measure gives for each CCG. Raises Problems where it fails, or gives anything but numbers."""
    what, ccgs = f"measure {name!r}", len(world.ccgs)
    found = attempt(what, world.month, act, world)
    with suppress(TypeError, ValueError):
        numbers = np.asarray(found, float)
        if found is not None and numbers.shape in ((), (ccgs,)):
            return np.broadcast_to(numbers, ccgs)
    many = f", or an array of {ccgs}, one for each CCG" if ccgs > 1 else ""
    raise refuse(what, found, f"is what its function gave in month {world.month}; it must give a number{many}")


def _look(world: World, advisers_at_start: np.ndarray, row: np.ndarray) -> None:
    """Fill the row with all measures that need no memory of earlier months."""
    between, month, w = board_betweenness(world), world.month, world.plain
    network(w, between, advisers_at_start, month == 0, row)
    alignment(w.actors, w.contacts, w.ccgs, w.projects, w.rules, row)
    people(w.actors, w.ccgs, w.seats, w.projects, float(w.nation["uncertainty"][0]), month, row)


def _plain(rows: np.ndarray) -> np.ndarray:
    """The same memory as float64 with the measures as last axis."""
    return rows.view(np.ndarray).view(np.float64).reshape(*rows.shape, len(catalogue.NAMES))


def _doubled(rows: Table) -> Table:
    """A table of twice the months that begins with these."""
    longer = catalogue.rows(2 * rows.shape[0], rows.shape[1])
    longer[: rows.shape[0]] = rows
    return longer


def _means(values: np.ndarray) -> np.ndarray:
    """Means over CCGs of what is not missing, shape (months, measures); missing where it is for all."""
    if values.shape[1] == 1:
        return values[:, 0]
    known = ~np.isnan(values)
    counts = known.sum(axis=1)
    totals = np.where(known, values, 0.0).sum(axis=1)
    return np.where(counts > 0, totals / np.maximum(counts, 1), np.nan)
