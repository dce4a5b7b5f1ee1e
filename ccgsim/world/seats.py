"""Leaving and taking a seat: the seat's ties wait for a successor, a GP's ties to practices stay hers (section 2)."""

from __future__ import annotations

import numpy as np

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import uniforms
from ccgsim.processes import turnover
from ccgsim.world import population
from ccgsim.world.state import World


def holders(world: World) -> np.ndarray:
    """Row of each seat's holder, -1 where it is vacant (shape (seats,))."""
    holder = world.seats.holder
    return np.where(holder >= 0, world.rows_of(holder), -1)


def vacate(world: World, leaving: np.ndarray, migrated: np.ndarray | None = None) -> None:
    """Holders of these seats (rows) leave, some of them drawn away: GPs stay their practices' leads, others go."""
    if len(leaving) == 0:
        return
    rows = world.rows_of(world.seats.holder[leaving])
    _park_ties(world, leaving, rows)
    actors, seats = world.actors, world.seats
    here = actors.ccg[rows]
    actors["board"][rows], actors["role"][rows], actors["seat"][rows] = 0, v.NO_ROLE, -1
    actors["brokerage"][rows] /= seats.standing[leaving]
    actors["active"][rows] = actors.kind[rows] == v.GP
    w = world.plain
    seats["fill_month"][leaving] = turnover.months_to_fill(w.seats, leaving, w.ccgs, w.rules, w.clock)
    seats["holder"][leaving] = -1
    seats["exits"][leaving] += 1
    world.ccgs.exits += np.bincount(here, minlength=len(world.ccgs))
    if migrated is not None:
        world.ccgs.migrated += np.bincount(here[migrated], minlength=len(world.ccgs))
    world.index()
    place_leads(world)


def _park_ties(world: World, leaving: np.ndarray, rows: np.ndarray) -> None:
    """Ties of seats wait for a successor, those between two who leave with the first; a GP's ties to practices stay."""
    actors, ties = world.actors, world.ties
    turn = np.full(len(actors), len(leaving))
    turn[rows] = np.arange(len(leaving))
    seeker_first = turn[ties.source] <= turn[ties.target]
    mover = np.where(seeker_first, ties.source, ties.target)
    other = np.where(seeker_first, ties.target, ties.source)
    gps = (actors.kind[mover] == v.GP) & (actors.kind[other] == v.GP)
    of_seat = (turn[mover] < len(leaving)) & ~(gps & (actors.board[other] == 0))
    order = np.argsort(turn[mover[of_seat]], kind="stable")
    chosen = np.flatnonzero(of_seat)[order]
    parked = tables.new(tables.PARKED, len(chosen))
    parked.seat, parked.other_key = leaving[turn[mover[chosen]]], actors.key[other[chosen]]
    parked.advises, parked.strength = seeker_first[chosen], ties.strength[chosen]
    world.parked = tables.joined(world.parked, parked)
    world.ties = ties.picked(~of_seat)


def fill(world: World) -> None:
    """Seats whose time has come find successors; newcomers take those that nobody at hand can hold."""
    w = world.plain
    due = np.flatnonzero((w.seats["holder"] < 0) & (w.seats["fill_month"] <= world.month))
    if len(due) == 0:
        return
    winners = turnover.successors(w.actors, w.ccgs, w.seats, due, w.clock)
    keys = np.where(winners >= 0, world.actors.key[winners], -1)
    kind, role = world.seats.kind[due], world.seats.role[due]
    from_outside = ((kind != v.GP) & (kind != v.PCT_STAFF)) | (role == v.PRACTICE_MANAGER)
    wanted = np.flatnonzero((winners == -1) & from_outside)
    keys[wanted] = newcomers(world, world.seats.ccg[due[wanted]], kind[wanted])
    appoint(world, due[keys >= 0], keys[keys >= 0])


def appoint(world: World, seats: np.ndarray, keys: np.ndarray) -> None:
    """People (keys) take vacant seats (rows) and, by chance, some of the ties that waited, at half strength."""
    if len(seats) == 0:
        return
    rows, places = world.rows_of(keys), world.seats
    actors = world.actors
    actors["board"][rows], actors["seat"][rows], actors["role"][rows] = 1, seats, places.role[seats]
    actors["brokerage"][rows] *= places.standing[seats]
    places["holder"][seats], places["since"][seats] = keys, world.month
    hand_over_ties(world, seats, keys)
    place_leads(world)


def hand_over_ties(world: World, seats: np.ndarray, keys: np.ndarray) -> None:
    """Of the ties that wait for these seats the holders (keys) take some, by chance, at half strength."""
    successor = np.full(len(world.seats), -1)
    successor[seats] = keys
    inherited = successor[world.parked.seat] >= 0
    waiting, world.parked = world.parked.picked(inherited), world.parked.picked(~inherited)
    heirs = successor[waiting.seat]
    luck = uniforms(
        world.seed, turnover.INHERIT, waiting.other_key * 2 + waiting.advises, heirs, int(world.clock.luck_month[0])
    )
    kept = (luck < world.rules[0].turnover.inherit) & (waiting.strength >= 2 * world.rules[0].ties.gone_below)
    heirs, waiting = heirs[kept], waiting[kept]
    seeks = waiting.advises == 1
    sources, targets = np.where(seeks, heirs, waiting.other_key), np.where(seeks, waiting.other_key, heirs)
    add_ties(world, sources, targets, waiting.strength / 2)


def add_ties(world: World, sources: np.ndarray, targets: np.ndarray, strength: np.ndarray | float) -> None:
    """Add ties between keys where both ends take part in the world and no such tie stands yet; index anew."""
    rows = [world.rows_of(ends) for ends in (sources, targets)]
    active = (world.actors.active[rows[0]] == 1) & (world.actors.active[rows[1]] == 1)
    first_named = np.zeros(len(sources), bool)
    first_named[np.unique(rows[0] * len(world.actors) + rows[1], return_index=True)[1]] = True
    chosen = active & first_named & (ties_between(world, *rows) < 0) & (sources != targets)
    more = tables.new(tables.TIES, int(chosen.sum()))
    more.source_key, more.target_key = sources[chosen], targets[chosen]
    more.source, more.target = rows[0][chosen], rows[1][chosen]
    more.strength = np.broadcast_to(strength, sources.shape)[chosen]
    world.ties = tables.joined(world.ties, more)
    world.index()


def ties_between(world: World, sources: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Row of the tie between each pair of actors' rows, -1 where there is none (shape (pairs,)); ties are sorted."""
    people = len(world.actors)
    there, wanted = world.ties.source * people + world.ties.target, sources * people + targets
    rows = np.searchsorted(there, wanted)
    found = np.searchsorted(there, wanted, side="right") > rows
    return np.where(found, rows, -1)


def newcomers(world: World, ccgs: np.ndarray, kinds: np.ndarray, sector: int = v.ACUTE) -> np.ndarray:
    """New actors of these kinds in these CCGs (rows), each with the next free key of its kind there; their keys."""
    made: list[tables.Table] = []
    free: dict[tuple[int, int], int] = {}  # the next free place of a kind in a CCG
    for ccg, kind in zip(ccgs.tolist(), kinds.tolist(), strict=True):
        number = int(world.ccgs.number[ccg])
        if (number, kind) not in free:
            last, block = world.highest_key(population.key_of(number, kind + 1, 0)), population.key_of(number, kind, 0)
            free[number, kind] = max(last + 1 - block, 0)
        place = free[number, kind]
        free[number, kind] += 1
        made.append(population.stranger(number, ccg, kind, place, sector))
    if not made:
        return np.zeros(0, np.int64)
    people = tables.joined(*made)
    population.draw_people(people, world.scenario, world.seed)
    for gp in people[people.kind == v.GP]:
        _widen_adoption(world, int(gp.ccg), int(gp.key))
    world.actors = tables.joined(world.actors, people)
    world.arrange()
    place_leads(world)
    return np.array(people.key)


def _widen_adoption(world: World, ccg: int, key: int) -> None:
    """Room for one GP more, at the place of her key, in the adoption list of each of a CCG's projects."""
    gps = world.actors.key[world.ccgs.first[ccg] : world.ccgs.last_gp[ccg]]
    first = world.projects.first_adopter
    places = first[world.projects.ccg == ccg] + np.searchsorted(gps, key)
    world.adoption = np.insert(world.adoption, places, 0)
    world.projects.first_adopter += np.searchsorted(places, first, side="right")


def add_seat(world: World, ccg: int, role: int, kind: int) -> int:
    """A new seat on a board, taken at once; statutory seats and levers use it. Returns the seat's row."""
    seat = tables.new(tables.SEATS, 1)
    last = world.seats.number[world.seats.ccg == ccg].max(initial=-1)
    seat.ccg, seat.number, seat.role, seat.kind = ccg, last + 1, role, kind
    seat.fill_month = world.month
    world.seats = tables.joined(world.seats, seat)
    world.ccgs.seats[ccg] += 1
    return len(world.seats) - 1


def remove_seats(world: World, gone: np.ndarray) -> None:
    """Seats (rows) are abolished: their holders leave and nobody follows; no tie waits for them any more."""
    vacate(world, gone[world.seats.holder[gone] >= 0])
    world.ccgs.seats -= np.bincount(world.seats.ccg[gone], minlength=len(world.ccgs))
    world.parked = world.parked.picked(~np.isin(world.parked.seat, gone))
    before = np.cumsum(np.isin(np.arange(len(world.seats)), gone))
    world.parked.seat -= before[world.parked.seat]
    seated = world.actors.seat >= 0
    world.actors["seat"][seated] -= before[world.actors.seat[seated]]
    world.seats = tables.as_table(np.delete(world.seats, gone))


def bequeath(world: World, gone: np.ndarray, heirs: np.ndarray) -> None:
    """Seats (rows) are abolished in favour of others: who holds those takes ties over, as a successor would."""
    vacate(world, gone[world.seats.holder[gone] >= 0])
    heir_of = np.arange(len(world.seats))
    heir_of[gone] = heirs
    world.parked.seat = heir_of[world.parked.seat]
    held = np.unique(heirs[world.seats.holder[heirs] >= 0])
    hand_over_ties(world, held, world.seats.holder[held])
    remove_seats(world, gone)


def place_leads(world: World) -> None:
    """Note for each locality the row of the GP who leads it from the board, -1 where nobody does."""
    lead, locality, holder = world.localities.lead, world.seats.locality, holders(world)
    leading = (locality >= 0) & (holder >= 0)
    lead[:] = -1
    lead[locality[leading]] = holder[leading]
