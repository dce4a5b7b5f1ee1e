"""Mergers of CCGs: who merges with whom each April, and what becomes of people, seats, localities and ties (E6, E27).

A layer on a layer: localities, former groups and people's own ties stay; the merged board keeps, for each kind of seat,
the better connected holders, and what ties the others held through their seats waits for those who stay.
"""

from __future__ import annotations

import numpy as np

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import stream, uniforms
from ccgsim.processes.priorities import localities_mean
from ccgsim.processes.ties.balance import balance_flows
from ccgsim.world import seats
from ccgsim.world.state import World

MERGERS = stream("mergers")
APRIL = 4  # of twelve months counted from December
# First month of each span, and its hazard a month (counts of CCGs, 2013 to 2021).
SPANS = np.array([28, 76, 88, 100, 112, 124])
HAZARDS = np.array([0.0008, 0.005, 0.0017, 0.0285, 0.020, 0.0])
ONE_OF_A_KIND = (
    v.CHAIR,
    v.ACCOUNTABLE_OFFICER,
    v.FINANCE_OFFICER,
    v.PRACTICE_MANAGER,
    v.NURSE_SEAT,
    v.SECONDARY_CARE_DOCTOR,
    v.LAY_MEMBER,
)


def hazard_of_year(month: int) -> float:
    """Sum of the monthly hazards over the 12 months before this one."""
    before = np.arange(month - 12, month)
    place = np.searchsorted(SPANS, before, side="right") - 1
    return float(np.where(place >= 0, HAZARDS[place], 0.0).sum())


def merge_in_april(world: World) -> None:
    """The mergers decided in the year take effect: in the order of luck, each CCG joins its closest partner."""
    scale = float(world.rules[0].collaboration.mergers)
    chance = 1.0 - np.exp(-scale * hazard_of_year(world.month))
    alive = np.flatnonzero(world.ccgs.merged_into < 0)
    luck = uniforms(world.seed, MERGERS, world.ccgs.number[alive], month=int(world.clock.luck_month[0]))
    willing = alive[luck < chance]
    users = users_of_projects(world) if len(willing) else []
    joined = []
    for ccg in willing[np.argsort(luck[luck < chance], kind="stable")]:
        partner = closest_partner(world, int(ccg))
        if partner >= 0 and world.ccgs.merged_into[ccg] < 0:
            _join(world, int(ccg), partner)
            joined.append(partner)
    if joined:
        _settle(world, np.unique([last_of(world, partner) for partner in joined]), users)


def merge(world: World, ccg: int, partner: int) -> None:
    """One CCG (row) becomes part of another that is still there, at once."""
    users = users_of_projects(world)
    _join(world, ccg, partner)
    _settle(world, np.array([partner]), users)


def last_of(world: World, ccg: int) -> int:
    """The CCG that a CCG is part of now: itself, or the one it merged into."""
    while world.ccgs.merged_into[ccg] >= 0:
        ccg = int(world.ccgs.merged_into[ccg])
    return ccg


def closest_partner(world: World, ccg: int) -> int:
    """Row of the neighbour to merge with, in the footprint once there are any: who shares the officer, else who works
    with it most; -1 without one."""
    pairs, ccgs = world.neighbours, world.ccgs
    hers = (pairs.one == ccg) | (pairs.other == ccg)
    others = pairs.one[hers] + pairs.other[hers] - ccg
    close = pairs.together[hers] + (ccgs.officer_from[others] == ccg) + (ccgs.officer_from[ccg] == others)
    same = ccgs.footprint[others] == ccgs.footprint[ccg]
    close = np.where(same, close, -1.0 if same.any() else close)
    return int(others[np.argmax(close)]) if len(others) else -1


def _join(world: World, ccg: int, partner: int) -> None:
    """One CCG becomes part of a partner; rows of actors are arranged once all mergers of the month are done."""
    ccgs = world.ccgs
    weight = ccgs.population[ccg] / (ccgs.population[ccg] + ccgs.population[partner])
    for name in ("needs", "plans", "benchmark", "cost_transparency", "strain", "drift", "inherited", "manager_control"):
        ccgs[name][partner] += weight * (ccgs[name][ccg] - ccgs[name][partner])
    moved = np.flatnonzero(world.seats.ccg == ccg)
    _renumber(world, ccg, partner)
    _keep_better_connected(world, partner, moved)
    for name in ("population", "practices", "localities", "places", "staff_at_notice"):
        ccgs[name][partner] += ccgs[name][ccg]
    ccgs.merged_into[ccg] = partner
    ccgs["officer_from"][ccgs.officer_from == ccg] = partner
    ccgs["officer_from"][[ccg, partner]] = -1
    ccgs["officer_from"][ccgs.officer_from == np.arange(len(ccgs))] = -1
    _hand_over_neighbours(world, ccg, partner)


def _renumber(world: World, ccg: int, partner: int) -> None:
    """People, localities, seats and projects come to the partner; practices, groups and seats get new numbers."""
    actors, ccgs = world.actors, world.ccgs
    hers, theirs = actors.ccg == ccg, actors.ccg == partner
    actors["practice"][hers & (actors.practice >= 0)] += ccgs.practices[partner]
    actors["legacy"][hers & (actors.legacy >= 0)] += actors.legacy[theirs].max(initial=-1) + 1
    moving, staying = world.seats.ccg == ccg, world.seats.ccg == partner
    world.seats["number"][moving] += world.seats.number[staying].max(initial=-1) + 1
    world.localities["number"][world.localities.ccg == ccg] += ccgs.localities[partner]
    ccgs.seats[partner] += ccgs.seats[ccg]
    ccgs.seats[ccg] = 0
    for table in (world.actors, world.seats, world.localities, world.projects):
        table["ccg"][table.ccg == ccg] = partner


def _keep_better_connected(world: World, partner: int, moved: np.ndarray) -> None:
    """Of the two boards' seats those of the better connected stay, as many as the larger board had of each kind."""
    here = np.flatnonzero(world.seats.ccg == partner)
    degree = _contacts_of_holders(world)[here]
    newly = np.isin(here, moved)
    gone = []
    for group in _kinds_of_seats(world, here):
        wanted = max(int(newly[group].sum()), int((~newly[group]).sum()))
        best = here[group[np.argsort(-degree[group], kind="stable")]]
        gone += [(seat, best[n % wanted]) for n, seat in enumerate(best[wanted:])]
    if gone:
        left, heirs = (np.array(rows) for rows in zip(*gone, strict=True))
        seats.bequeath(world, left, heirs)


def _kinds_of_seats(world: World, here: np.ndarray) -> list[np.ndarray]:
    """Places in `here` of the seats of each role of its own kind, and of the other GPs', none of them empty."""
    roles = world.seats.role[here]
    single = [np.flatnonzero(roles == role) for role in ONE_OF_A_KIND]
    groups = [*single, np.flatnonzero(~np.isin(roles, ONE_OF_A_KIND))]
    return [group for group in groups if len(group)]


def _contacts_of_holders(world: World) -> np.ndarray:
    """Contacts of each seat's holder, -1 where it is vacant (shape (seats,))."""
    holder = seats.holders(world)
    first = world.contacts.first
    return np.where(holder >= 0, first[holder + 1] - first[holder], -1)


def _hand_over_neighbours(world: World, ccg: int, partner: int) -> None:
    """The neighbours of a CCG become those of its partner, each once."""
    pairs = world.neighbours
    ends = np.stack([pairs.one, pairs.other])
    ends[ends == ccg] = partner
    pairs.one, pairs.other = ends.min(axis=0), ends.max(axis=0)
    order = np.lexsort((-pairs.together, pairs.other, pairs.one))
    pairs = pairs.picked(order)
    first_named = np.ones(len(pairs), bool)
    first_named[1:] = (np.diff(pairs.one) != 0) | (np.diff(pairs.other) != 0)
    world.neighbours = pairs.picked(first_named & (pairs.one != pairs.other))


def _settle(world: World, merged: np.ndarray, users: list[np.ndarray]) -> None:
    """Arrange rows anew, let projects reach all practices, and make the merged boards' ties their resting point."""
    _arrange_localities(world)
    world.arrange()
    _list_users(world, users)
    seats.place_leads(world)
    localities_mean(world.actors, world.localities)
    balance_flows(merged, world.plain, world.scenario.turnover.base, 0.0)


def _arrange_localities(world: World) -> None:
    """Localities in the order of CCGs and keys; whoever names one follows."""
    order = np.lexsort((world.localities.key, world.localities.ccg))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    world.localities = world.localities.picked(order)
    for table in (world.actors, world.seats, world.projects):
        named = table.locality >= 0
        table["locality"][named] = place[table.locality[named]]


def users_of_projects(world: World) -> list[np.ndarray]:
    """Keys of the GPs who use each project."""
    first, users = world.projects.first_adopter, []
    for ccg, start in zip(world.projects.ccg, first, strict=True):
        keys = world.actors.key[world.ccgs.first[ccg] : world.ccgs.last_gp[ccg]]
        users.append(keys[world.adoption[start : start + len(keys)] == 1])
    return users


def _list_users(world: World, users: list[np.ndarray]) -> None:
    """Lists of adoption that reach all practices of the CCG that each project is in now."""
    sizes = (world.ccgs.last_gp - world.ccgs.first)[world.projects.ccg]
    world.projects.first_adopter = np.cumsum(sizes) - sizes
    world.adoption = np.zeros(sizes.sum(), np.int64)
    for project, keys in zip(world.projects, users, strict=True):
        place = world.rows_of(keys) - world.ccgs.first[project.ccg] + project.first_adopter
        world.adoption[place] = 1
