"""Reorganisations of what exists: staff cut after notice, boards under one officer, boards merged, functions moved.

What they do to people is not new: staff who must fear for their posts withhold and leave as those of a PCT before its
abolition did (`processes.insecurity`), boards merge as in April (`world.mergers`), seats empty and fill as ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import stream, uniforms
from ccgsim.foundation.problems import refuse
from ccgsim.processes import insecurity
from ccgsim.world import mergers, seats
from ccgsim.world.state import World

REORGANISATION = stream("reorganisation")
CUT, MOVED = range(2)  # second index of the draws
CATEGORY = {  # of the bodies to which functions may move
    "regional": v.TO_REGIONAL,
    "local authority": v.TO_LOCAL_AUTHORITIES,
    "acute": v.TO_ACUTE,
    "community": v.TO_COMMUNITY,
}


# Staff cut
def announce_cut(world: World, cut: Mapping[str, Any]) -> None:
    """Staff learn that a share of them must go in so many months; with none, they go at once."""
    world.nation.cut_notice, world.nation.cut_month = world.month, world.month + cut["after"]
    world.nation.cut_share = cut["share"]
    world.ccgs.staff_at_notice = np.bincount(world.actors.ccg[_staff(world)], minlength=len(world.ccgs))
    if cut["after"] == 0:
        make_cut(world)


def make_cut(world: World) -> None:
    """A cut that was announced for this month: as many staff go as are missing to its share of those at notice.

    Their ties end. What everybody else knows of commissioning loses worth with the part of the organisation that went,
    as at the abolition of a PCT, which is a cut of the whole. Those who stay withhold nothing any more.
    """
    nation, p = world.nation[0], world.rules[0].insecurity
    staff = _drawn(world, CUT)
    for ccg in range(len(world.ccgs)):
        here = staff[world.actors.ccg[staff] == ccg]
        before = int(world.ccgs.staff_at_notice[ccg])
        goes = round(nation.cut_share * before) - (before - len(here))
        world.actors["active"][here[: max(0, goes)]] = 0
    insecurity.devalue(world.actors, 1.0 - nation.cut_share * (1.0 - p.devaluation))
    world.actors.withheld[world.actors.kind == v.PCT_STAFF] = 0.0


def _staff(world: World) -> np.ndarray:
    """Rows of the commissioning staff off the board who are still there."""
    actors = world.actors
    own = (actors.employer == v.PCT) | (actors.employer == v.CCG)
    return np.flatnonzero((actors.kind == v.PCT_STAFF) & own & (actors.active == 1) & (actors.board == 0))


def _drawn(world: World, what: int) -> np.ndarray:
    """Rows of the commissioning staff in the order in which they are hit, drawn by the month."""
    staff = _staff(world)
    luck = uniforms(world.seed, REORGANISATION, world.actors.key[staff], what, world.month)
    return staff[np.argsort(luck, kind="stable")]


# Functions moved
def move_functions(world: World, moved: Mapping[str, Any]) -> None:
    """A share of the staff go to another body with their work: board members reach them as they reach that body.

    They keep what they know and, until these fade, their ties.
    """
    staff = _drawn(world, MOVED)
    for ccg in range(len(world.ccgs)):
        here = staff[world.actors.ccg[staff] == ccg]
        goes = here[: round(moved["share"] * len(here))]
        world.actors["employer"][goes], world.actors["category"][goes] = v.OTHER_BODY, CATEGORY[moved["to"]]
        world.actors["withheld"][goes] = 0.0


# Boards under one officer, and boards merged
def cluster(world: World, asked: Mapping[str, Any]) -> None:
    """Boards come to share an accountable officer, who has a part of her reach left for each.

    One board alone shares with a neighbour that is not simulated: its own officer leads both, or the neighbour's. Of
    several, each joins the closest partner that is not bound yet; the larger one's officer leads.
    """
    if not len(world.neighbours):
        _share_officer(world, 0, asked["share"], asked["officer"] == "neighbour")
        return
    for ccg in range(len(world.ccgs)):
        partner = mergers.closest_partner(world, ccg) if not _bound(world, ccg) else -1
        if partner >= 0 and not _bound(world, partner):
            lead, other = sorted((ccg, partner), key=lambda row: (-world.ccgs.population[row], row))
            world.ccgs["officer_from"][other] = lead
            seats.remove_seats(world, _officer_seats(world, other))
            _share_officer(world, lead, asked["share"], False)


def _bound(world: World, ccg: int) -> bool:
    """Whether a CCG shares its officer already, or is part of another."""
    ccgs = world.ccgs
    return bool(ccgs.officer_from[ccg] >= 0 or ccgs.merged_into[ccg] >= 0 or (ccgs.officer_from == ccg).any())


def _officer_seats(world: World, ccg: int) -> np.ndarray:
    return np.flatnonzero((world.seats.ccg == ccg) & (world.seats.role == v.ACCOUNTABLE_OFFICER))


def _share_officer(world: World, ccg: int, share: float, neighbours: bool) -> None:
    """The officer's seat comes with this share of its reach; with the neighbour's officer, somebody new holds it."""
    for seat in _officer_seats(world, ccg).tolist():
        if world.seats.holder[seat] >= 0 and neighbours:
            employer = world.actors.employer[world.row_of(int(world.seats.holder[seat]))]
            seats.vacate(world, np.array([seat]))
            keys = seats.newcomers(world, np.array([ccg]), np.array([v.PCT_STAFF]))
            world.actors["employer"][world.rows_of(keys)] = employer
            seats.appoint(world, np.array([seat]), keys)
        if world.seats.holder[seat] >= 0:
            world.actors["brokerage"][world.row_of(int(world.seats.holder[seat]))] *= share
        world.seats["standing"][seat] *= share


def merge_boards(world: World, pair: Mapping[str, Any]) -> None:
    """One CCG becomes part of another, as in April; raises Problems where a number is not that of a CCG still there."""
    for name in ("ccg", "into"):
        if not (pair[name] < len(world.ccgs) and world.ccgs.merged_into[pair[name]] < 0):
            raise refuse(f"events.merge_boards.{name}", pair[name], "is not the number of a CCG that is still there")
    mergers.merge(world, pair["ccg"], pair["into"])
