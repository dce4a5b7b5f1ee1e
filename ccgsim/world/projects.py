"""Projects enter a world: those born in a month, and those that a scenario begins or ends at a date (E30 to E34)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.problems import refuse
from ccgsim.processes.projects import arenas, redesign
from ccgsim.world.state import World


def begin_project(world: World, given: Mapping[str, Any]) -> None:
    """A project begins in every CCG, whatever room or slots there are; Problems where the locality does not exist.

    It stands in the arena given and is used, decided or dropped like any other from this month on.
    """
    pathway, origin = v.PATHWAYS.index(given["pathway"]), v.ORIGINS.index(given["origin"])
    for ccg in np.flatnonzero(world.ccgs.merged_into < 0).tolist():
        place = _place(world, ccg, given["locality"])
        champion = _champion(world, ccg, (pathway, origin), place)
        if champion >= 0:
            if place < 0:
                place = _chosen_place(world, ccg, (pathway, origin), champion)
            enter(world, np.array([[ccg, pathway, origin, champion, place]]), redesign.PATHWAYS)
            _stand_in(world, v.ARENAS.index(given["arena"]))


def withdraw_funding(world: World, given: Mapping[str, Any]) -> None:
    """Open projects on a pathway end for want of money, live ones too (E34)."""
    ended = (world.projects.outcome == v.OPEN) & (world.projects.pathway == v.PATHWAYS.index(given["pathway"]))
    world.projects.outcome[ended], world.projects.ended[ended] = v.NOT_FUNDED, world.month


def _place(world: World, ccg: int, locality: int) -> int:
    """Row of a CCG's locality, which files count from 1; -1 for 0, which leaves it open."""
    rows = np.flatnonzero(world.localities.ccg == ccg)
    if locality > len(rows):
        rule = f"a CCG of this world has {len(rows)} localities in month {world.month}"
        raise refuse("events.begin_project.locality", locality, rule)
    return int(rows[locality - 1]) if locality > 0 else -1


def _champion(world: World, ccg: int, what: tuple[int, int], place: int) -> int:
    """Row of the champion: whom such a project finds by itself, else the GP there who gives and can do most; or -1."""
    pathway, origin = what
    w, actors = world.plain, world.actors
    found = int(
        redesign.find_champion(
            (origin, pathway), w.ccgs[ccg], w.actors, w.ties, w.contacts.out_first, w.rules[0].redesign, w.clock[0]
        )
    )
    elsewhere = origin == v.FRONTLINE and place >= 0 and actors.locality[found] != place
    if found >= 0 and not elsewhere:
        return found
    fit = (actors.ccg == ccg) & (actors.kind == v.GP) & (actors.active == 1)
    fit &= (actors.locality == place) | (place < 0)
    return int(np.argmax(np.where(fit, actors.participation * actors.capability, -1.0))) if fit.any() else -1


def _chosen_place(world: World, ccg: int, what: tuple[int, int], champion: int) -> int:
    """Row of the locality where a project begins of itself: its champion's, or by chance where there is room."""
    pathway, origin = what
    if origin == v.FRONTLINE:
        return int(world.actors.locality[champion])
    w = world.plain
    gaps, _ = redesign.room_left(w.ccgs, w.localities, w.projects)
    return int(redesign.find_place(ccg, pathway, w.localities, gaps, w.clock[0]))


def enter(world: World, born: np.ndarray, places_before: int = 0) -> None:
    """Enter projects, rows of (CCG, pathway, origin, champion's row, locality) in the order of CCGs.

    Each has room for every practice in the list of adoption. `places_before` keeps the luck of projects begun by decree
    apart from that of those born in the same month.
    """
    if len(born) == 0:
        return
    more = tables.new(tables.PROJECTS, len(born))
    more.ccg, more.pathway, more.origin, more.champion_row, more.locality = born.T
    champions = world.actors.picked(more.champion_row)
    more.champion = champions.key
    more.reach = np.where(champions.board == 1, champions.brokerage, 0.0)
    more.started, more.home = world.month, world.ccgs.number[more.ccg]
    more.address = [
        redesign.address(world.month, origin, places_before + pathway) for _, pathway, origin, _, _ in born.tolist()
    ]
    before = np.bincount(world.projects.home, minlength=len(world.ccgs))
    more.number = before[more.home] + np.arange(len(born)) - np.searchsorted(more.ccg, more.ccg)
    practices = (world.ccgs.last_gp - world.ccgs.first)[more.ccg]
    more.first_adopter = len(world.adoption) + np.cumsum(practices) - practices
    world.adoption = np.concatenate([world.adoption, np.zeros(practices.sum(), np.int64)])
    world.projects = tables.joined(world.projects, more)


def _stand_in(world: World, arena: int) -> None:
    """The project entered last has come as far as that arena."""
    project = world.projects[-1]
    project.arena = arena
    if arena > v.STRATEGIC:
        project.approved = world.month
    if arena == v.LIVE:
        project.live = world.month
        here, gained = world.ccgs[project.ccg], world.rules[0].engagement.success
        arenas.believe_more(world.plain.actors, here, int(project.locality), gained)
