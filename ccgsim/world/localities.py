"""Grouping practices into localities in mid-run, with leads among the board's GPs (E44)."""

from __future__ import annotations

import numpy as np

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.processes.priorities import localities_mean
from ccgsim.world.population import LOCALITY_BITS
from ccgsim.world.seats import place_leads
from ccgsim.world.state import World


def form_localities(world: World, number: int) -> None:
    """Group every CCG's practices into at most so many localities; board GPs become leads of those they live in."""
    made = [_of_one(world, ccg, min(number, int(world.ccgs.practices[ccg]))) for ccg in range(len(world.ccgs))]
    old = world.localities
    world.localities = tables.joined(*made)
    world.ccgs.localities = np.bincount(world.localities.ccg, minlength=len(world.ccgs))
    first = np.searchsorted(world.localities.ccg, np.arange(len(world.ccgs)))
    gps = world.actors.locality >= 0
    here = world.actors.ccg[gps]
    place = world.actors.practice[gps] * world.ccgs.localities[here] // world.ccgs.practices[here]
    world.actors.locality[gps] = first[here] + place
    if len(world.projects):
        spread = old.number[world.projects.locality] % world.ccgs.localities[world.projects.ccg]
        world.projects.locality = first[world.projects.ccg] + spread
    world.localities.practices = np.bincount(world.actors.locality[gps], minlength=len(world.localities))
    _appoint_leads(world)
    localities_mean(world.actors, world.localities)


def _of_one(world: World, ccg: int, number: int) -> tables.Table:
    """Localities of one CCG, their room for improvement spread from the old ones."""
    old = world.localities[world.localities.ccg == ccg]
    places = tables.new(tables.LOCALITIES, number)
    places.ccg, places.number = ccg, np.arange(number)
    places.key = (world.ccgs.number[ccg] << LOCALITY_BITS) + places.number
    places.gap = old.gap[np.arange(number) * len(old) // number]
    return places


def _appoint_leads(world: World) -> None:
    """Each locality is led by the first board GP who lives in it, else by one who leads none yet."""
    seats = world.seats
    of_gps = (seats.kind == v.GP) & (seats.role != v.CHAIR)
    seats.locality = -1
    seats.role[of_gps] = v.GP_MEMBER
    held = np.flatnonzero(of_gps & (seats.holder >= 0))
    rows = world.rows_of(seats.holder[held])
    for place in range(len(world.localities)):
        free = (seats["locality"][held] < 0) & (seats.ccg[held] == world.localities.ccg[place])
        at_home = free & (world.actors.locality[rows] == place)
        chosen = np.flatnonzero(at_home if at_home.any() else free)
        if len(chosen):
            seat = held[chosen[0]]
            seats["locality"][seat], seats["role"][seat] = place, v.LOCALITY_LEAD
    world.actors.role[rows] = seats.role[held]
    place_leads(world)
