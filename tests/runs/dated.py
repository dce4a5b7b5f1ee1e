"""Worlds in which nobody leaves by chance, and levers that happen in them."""

from __future__ import annotations

from typing import Any

from worlds import begun, small

from ccgsim.world import happenings
from ccgsim.world.state import World

STEADY = {"base": 0.0, "migration": 0.0, "not_standing": 0.0, "vacancy": 1.0}


def ready(**sections: Any) -> World:
    """A small world at month 0 whose boards do not change of themselves."""
    return begun(4, turnover=STEADY, **sections).world


def lever(world: World, name: str, **fields: Any) -> None:
    """Pull a lever as an event of a scenario would."""
    [event] = small(events=[{"month": 0, "lever": {"name": name, **fields}}]).events
    happenings.happen(world, event)
