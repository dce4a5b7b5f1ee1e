"""Names and positions of people: names by kind and number, positions from the report's layout."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.inputs.texts import capital
from ccgsim.foundation.kinds import KINDS
from ccgsim.foundation.tables import as_table
from ccgsim.report.network import layout as drawing
from ccgsim.world import snapshots
from ccgsim.world.state import World

_SECTOR_NAMES = ("Provider", "Hospital", "Community provider", "Mental health trust", "Ambulance", "Charity")
_TIER_NAMES = ("Policy body", "National body", "Regional office", "Local authority")
BEFORE = -1  # a month without seat-holders: it gives everyone a position away from the board


def _noun(kind: int, sector: int, tier: int) -> str:
    if kind == v.PROVIDER:
        return _SECTOR_NAMES[sector]
    return _TIER_NAMES[tier] if kind == v.POLICY_BODY else capital(KINDS[kind].called[-1])


def names_of(world: World) -> dict[int, str]:
    """A name for everyone who ever was in the world, by key: 'GP 12', numbered within the same kind."""
    people = as_table(world.actors[np.argsort(world.actors.key, kind="stable")])
    counts: dict[str, int] = {}
    found = {}
    for key, kind, sector, tier in zip(people.key, people.kind, people.sector, people.tier, strict=True):
        noun = _noun(int(kind), int(sector), int(tier))
        counts[noun] = counts.get(noun, 0) + 1
        found[int(key)] = f"{noun} {counts[noun]}"
    return found


class Places:
    """Positions of everyone: seat-holders at the fixed positions of their seats, others in the bands around."""

    def __init__(self, world: World) -> None:
        self._draw(world)

    def now(self, world: World, rows: np.ndarray) -> np.ndarray:
        """Positions of these rows of actors, shape (rows, 2), in units of the board's radius."""
        keys, seats = world.actors.key[rows], world.actors.seat[rows]
        numbers = np.where(seats >= 0, world.seats.number[np.maximum(seats, 0)], -1)
        if not self._knows(keys, numbers):
            self._draw(world)
        spots = [
            self._seats[number] if number >= 0 else self._homes[key]
            for key, number in zip(keys.tolist(), numbers.tolist(), strict=True)
        ]
        return np.array(spots, dtype=float).reshape(-1, 2)

    def _knows(self, keys: np.ndarray, numbers: np.ndarray) -> bool:
        seated = numbers >= 0
        seats, homes = numbers[seated].tolist(), keys[~seated].tolist()
        return all(number in self._seats for number in seats) and all(key in self._homes for key in homes)

    def _draw(self, world: World) -> None:
        """Compute the layout; called again only when a new seat or person appears."""
        people = snapshots.agents(world)
        homes = people.assign(month=BEFORE, board=False)
        plan = drawing.layout(pd.concat([homes, people], ignore_index=True))
        self._homes = plan.places
        number = dict(zip(world.seats.holder.tolist(), world.seats.number.tolist(), strict=True))
        self._seats = {number[key]: place for (_, key), place in plan.seats.items() if key in number}
        vacant = world.seats.number[world.seats.holder < 0].tolist()
        free = iter(plan.empty.get(world.month, []))
        self._seats |= {seat: next(free, drawing.point(0.0, drawing.BOARD_RADIUS / 2)) for seat in vacant}
