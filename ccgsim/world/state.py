"""The state of a world: its tables, its clock and the numbers that the rules read."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ccgsim import tables
from ccgsim.chance import BURN_IN_MONTH


@dataclass(slots=True)
class World:
    """Everything that a run changes. Rows of `actors` are in the order of keys, CCG after CCG, GPs first in each."""

    seed: int
    actors: np.recarray
    ties: np.recarray
    ccgs: np.recarray
    seats: np.recarray
    localities: np.recarray
    rules: dict[str, np.recarray]
    english: bool = True  # whether the national calendar applies
    projects: np.recarray = field(default_factory=lambda: tables.new(tables.PROJECTS, 0))
    adoption: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))  # 1 where a practice uses a project
    nation: np.recarray = field(default_factory=lambda: tables.new(tables.NATION, 1))
    month: int = 0  # months simulated since month 0
    luck_month: int = BURN_IN_MONTH  # where the month's chance lies

    def row_of(self, key: int) -> int:
        """Row of the actor with this key; KeyError where there is none."""
        row = int(np.searchsorted(self.actors.key, key))
        if row == len(self.actors) or self.actors.key[row] != key:
            raise KeyError(f"no actor has the key {key}")
        return row
