"""Projects by decree: one that a scenario begins at a date, and funding that is withdrawn (E30 to E34)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ccgsim import tables
from ccgsim import vocabulary as v
from ccgsim.problems import refuse
from ccgsim.processes import arenas, redesign
from ccgsim.world.state import World


def begin_project(world: World, given: Mapping[str, Any]) -> None:
    """A project begins in every CCG, whatever room or slots there are; Problems where the locality does not exist.

    It stands in the arena given and is used, decided or dropped like any other from this month on.
    """
    pathway, origin = v.PATHWAYS.index(given["pathway"]), v.ORIGINS.index(given["origin"])
    for ccg in range(len(world.ccgs)):
        place = _place(world, ccg, given["locality"])
        champion = _champion(world, ccg, (pathway, origin), place)
        if champion >= 0:
            if place < 0:
                place = _chosen_place(world, ccg, (pathway, origin), champion)
            _enter(world, (ccg, pathway, origin, champion, place), v.ARENAS.index(given["arena"]))


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
        redesign.find_champion(origin, pathway, w.ccgs[ccg], w.actors, w.ties, w.contacts.out_first, w.clock[0])
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


def _enter(world: World, born: tuple[int, int, int, int, int], arena: int) -> None:
    """Enter a project in that arena, with room for each practice in the list of adoption."""
    project = tables.new(tables.PROJECTS, 1)
    project.ccg, project.pathway, project.origin, project.champion_row, project.locality = born
    here = world.ccgs[born[0]]
    project.champion = world.actors.key[born[3]]
    project.number = int((world.projects.ccg == born[0]).sum())
    # the second half of the pathways' places: projects born by chance in the same month keep their own luck
    project.address = redesign.address(world.month, born[2], redesign.PATHWAYS + born[1])
    project.started, project.arena = world.month, arena
    project.first_adopter = len(world.adoption)
    if arena > v.STRATEGIC:
        project.approved = world.month
    if arena == v.LIVE:
        project.live = world.month
        arenas.believe_more(world.plain.actors, here, born[4], world.rules[0].engagement.success)
    world.adoption = np.concatenate([world.adoption, np.zeros(int(here.last_gp - here.first), np.int64)])
    world.projects = tables.joined(world.projects, project)
