"""Leaving and taking a seat: the seat's ties wait for a successor, a GP's ties to practices stay hers (section 2)."""

from __future__ import annotations

import numpy as np

from ccgsim import tables
from ccgsim import vocabulary as v
from ccgsim.chance import uniforms
from ccgsim.processes import turnover
from ccgsim.world import population
from ccgsim.world.state import World


def holders(world: World) -> np.ndarray:
    """Row of each seat's holder, -1 where it is vacant (shape (seats,))."""
    holder = world.seats.holder
    return np.where(holder >= 0, np.searchsorted(world.actors.key, holder), -1)


def vacate(world: World, seat: int, migrated: bool = False) -> None:
    """The holder of a seat leaves: GPs stay their practices' leads, others leave the world."""
    actors, ties, place = world.actors, world.ties, world.seats[seat]
    row = world.row_of(int(place.holder))
    me, here = actors[row], world.ccgs[actors.ccg[row]]
    other = np.where(ties.source == row, ties.target, ties.source)
    hers = (actors.kind[other] == v.GP) & (actors.board[other] == 0) & (me.kind == v.GP)
    of_seat = ((ties.source == row) | (ties.target == row)) & ~hers
    parked = tables.new(tables.PARKED, int(of_seat.sum()))
    parked.seat, parked.other_key = seat, actors.key[other[of_seat]]
    parked.advises, parked.strength = ties.source[of_seat] == row, ties.strength[of_seat]
    world.parked = tables.joined(world.parked, parked)
    world.ties = ties[~of_seat]
    me.board, me.role, me.seat = 0, v.NO_ROLE, -1
    me.brokerage /= place.standing
    me.active = int(me.kind == v.GP)
    place.fill_month = turnover.month_to_fill(place, here, world.rules[0].turnover, world.clock[0])
    place.holder = -1
    place.exits += 1
    here.exits += 1
    here.migrated += int(migrated)
    world.reindex()


def fill(world: World) -> None:
    """Seats whose time has come find successors; newcomers take those that nobody at hand can hold."""
    due = np.flatnonzero((world.seats.holder < 0) & (world.seats.fill_month <= world.month))
    if len(due) == 0:
        return
    winners = turnover.successors(world.actors, world.ccgs, world.seats, due, world.clock)
    keys = world.actors.key[winners]  # a newcomer moves the rows of those behind
    for seat, winner, key in zip(due, winners, keys, strict=True):
        kind = int(world.seats.kind[seat])
        if winner >= 0:
            appoint(world, int(seat), int(key))
        elif (winner == -1 and kind not in (v.GP, v.PCT_STAFF)) or (
            winner == -1 and world.seats.role[seat] == v.PRACTICE_MANAGER
        ):
            appoint(world, int(seat), newcomer(world, int(world.seats.ccg[seat]), kind))


def appoint(world: World, seat: int, key: int) -> None:
    """Someone takes a vacant seat and, by chance, some of the ties that waited for a successor, at half strength."""
    row, place = world.row_of(key), world.seats[seat]
    me = world.actors[row]
    me.board, me.seat, me.role = 1, seat, place.role
    me.brokerage *= place.standing
    place.holder, place.since = key, world.month
    waiting = world.parked[world.parked.seat == seat]
    world.parked = world.parked[world.parked.seat != seat]
    luck = uniforms(
        world.seed, turnover.INHERIT, waiting.other_key * 2 + waiting.advises, key, int(world.clock.luck_month[0])
    )
    kept = waiting[(luck < world.rules[0].turnover.inherit) & (waiting.strength >= 2 * world.rules[0].ties.gone_below)]
    add_ties(world, *_ends(kept, key), kept.strength / 2)


def _ends(waiting: tables.Table, key: int) -> tuple[np.ndarray, np.ndarray]:
    seeks = waiting.advises == 1
    return np.where(seeks, key, waiting.other_key), np.where(seeks, waiting.other_key, key)


def add_ties(world: World, sources: np.ndarray, targets: np.ndarray, strength: np.ndarray | float) -> None:
    """Add ties between keys where both ends take part in the world and no such tie stands yet; index anew."""
    rows = [np.searchsorted(world.actors.key, ends) for ends in (sources, targets)]
    active = (world.actors.active[rows[0]] == 1) & (world.actors.active[rows[1]] == 1)
    chosen = active & (ties_between(world, *rows) < 0) & (sources != targets)
    more = tables.new(tables.TIES, int(chosen.sum()))
    more.source_key, more.target_key = sources[chosen], targets[chosen]
    more.strength = np.broadcast_to(strength, sources.shape)[chosen]
    world.ties = tables.joined(world.ties, more)
    world.reindex()


def ties_between(world: World, sources: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Row of the tie between each pair of actors' rows, -1 where there is none (shape (pairs,)); ties are sorted."""
    people = len(world.actors)
    there, wanted = world.ties.source * people + world.ties.target, sources * people + targets
    rows = np.searchsorted(there, wanted)
    found = np.searchsorted(there, wanted, side="right") > rows
    return np.where(found, rows, -1)


def newcomer(world: World, ccg: int, kind: int, sector: int = v.ACUTE) -> int:
    """A new actor of a kind in a CCG, with the next free key of that kind there; returns the key."""
    number = int(world.ccgs.number[ccg])
    same = world.actors.key[(world.actors.ccg == ccg) & (world.actors.kind == kind)]
    place = 0 if len(same) == 0 else int(same.max()) - population.key_of(number, kind, 0) + 1
    row = population.stranger(number, ccg, kind, place, sector, world.scenario, world.seed)
    if kind == v.GP:
        _widen_adoption(world, ccg)
    at = int(np.searchsorted(world.actors.key, row.key[0]))
    world.actors = tables.as_table(np.insert(world.actors, at, row))
    world.ccgs.last[ccg] += 1
    world.ccgs.first[ccg + 1 :] += 1
    world.ccgs.last[ccg + 1 :] += 1
    world.ccgs.last_gp[ccg + (kind != v.GP) :] += 1
    world.reindex()
    return int(row.key[0])


def _widen_adoption(world: World, ccg: int) -> None:
    """Room for one GP more at the end of the adoption list of each of a CCG's projects."""
    first = world.projects.first_adopter
    ends = first[world.projects.ccg == ccg] + world.ccgs.last_gp[ccg] - world.ccgs.first[ccg]
    world.adoption = np.insert(world.adoption, ends, 0)
    world.projects.first_adopter += np.searchsorted(ends, first, side="right")


def add_seat(world: World, ccg: int, role: int, kind: int) -> int:
    """A new seat on a board, taken at once; statutory seats and levers use it. Returns the seat's row."""
    seat = tables.new(tables.SEATS, 1)
    last = world.seats.number[world.seats.ccg == ccg].max(initial=-1)
    seat.ccg, seat.number, seat.role, seat.kind = ccg, last + 1, role, kind
    seat.fill_month = world.month
    world.seats = tables.joined(world.seats, seat)
    world.ccgs.seats[ccg] += 1
    return len(world.seats) - 1


def remove_seat(world: World, seat: int) -> None:
    """A seat is abolished: its holder leaves it and nobody follows."""
    if world.seats.holder[seat] >= 0:
        vacate(world, seat)
    world.ccgs.seats[world.seats.ccg[seat]] -= 1
    world.parked = world.parked[world.parked.seat != seat]
    world.parked.seat -= world.parked.seat > seat
    world.actors.seat -= world.actors.seat > seat
    world.seats = tables.as_table(np.delete(world.seats, seat))


def place_leads(world: World) -> None:
    """Note for each locality the row of the GP who leads it from the board, -1 where nobody does."""
    lead, locality, holder = world.localities.lead, world.seats.locality, holders(world)
    leading = (locality >= 0) & (holder >= 0)
    lead[:] = -1
    lead[locality[leading]] = holder[leading]
