"""What the measures remember of a month: the board's ties and the holders of seats, to compare a year later."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ccgsim.foundation.compiled import njit

if TYPE_CHECKING:
    from ccgsim.world.state import World

YEAR = 12
SEATS_OF_A_CCG = 1 << 20


class Memory(NamedTuple):
    """The boards' ties by keys, CCG after CCG in the order of keys, and the seats in the order of their numbers."""

    first: np.ndarray  # (CCGs + 1,) first tie of each CCG's board
    source: np.ndarray  # (ties,) key of the seeker, a seat-holder
    target: np.ndarray  # (ties,) key of the adviser, on the board or outside
    seat: np.ndarray  # (seats,) CCG and number within it, ascending
    holder: np.ndarray  # (seats,) key of the holder, or -1


@njit
def board_ties(actors, ties, contacts, ccgs):
    """Ties sought by seat-holders: first of each CCG (CCGs + 1,), keys of seekers and of advisers."""
    first = np.zeros(ccgs.shape[0] + 1, np.int64)
    source = np.zeros(ties.shape[0], np.int64)
    target = np.zeros(ties.shape[0], np.int64)
    n = 0
    for g in range(ccgs.shape[0]):
        for i in range(ccgs[g].first, ccgs[g].last):
            if actors[i].board == 0:
                continue
            for t in range(contacts.out_first[i], contacts.out_first[i + 1]):
                source[n] = ties[t].source_key
                target[n] = ties[t].target_key
                n += 1
        first[g + 1] = n
    return first, source[:n].copy(), target[:n].copy()


@njit
def ties_kept(g, then, now):
    """Ties of CCG g's board both then and now, and either then or now."""
    a, b, both = then.first[g], now.first[g], 0
    while a < then.first[g + 1] and b < now.first[g + 1]:
        if then.source[a] == now.source[b] and then.target[a] == now.target[b]:
            both += 1
            a += 1
            b += 1
        elif then.source[a] < now.source[b] or (then.source[a] == now.source[b] and then.target[a] < now.target[b]):
            a += 1
        else:
            b += 1
    old = then.first[g + 1] - then.first[g]
    new = now.first[g + 1] - now.first[g]
    return both, old + new - both


@njit
def persistence(kept, either, months):
    """Jaccard index of two sets of ties that many (1 to 12) months apart, as it would be a year apart; in [0, 1]."""
    if either == 0:
        return math.nan
    return math.pow(kept / either, YEAR / months) if kept > 0 else 0.0


@njit
def holders_kept(then, now, ccgs):
    """Seats that each CCG had then, and how many of them have the same holder now; two arrays (CCGs,)."""
    seats, kept = np.zeros(ccgs, np.int64), np.zeros(ccgs, np.int64)
    b = 0
    for a in range(then.seat.shape[0]):
        g = then.seat[a] // SEATS_OF_A_CCG
        seats[g] += 1
        while b < now.seat.shape[0] and now.seat[b] < then.seat[a]:
            b += 1
        if b < now.seat.shape[0] and now.seat[b] == then.seat[a] and then.holder[a] >= 0:
            kept[g] += 1 if now.holder[b] == then.holder[a] else 0
    return seats, kept


@njit
def compare(then, now, months, ccgs, out):
    """Fill persistence and retention of every CCG that has actors, against the memory of so many months ago."""
    seats, kept_seats = holders_kept(then, now, ccgs.shape[0])
    for g in range(ccgs.shape[0]):
        if ccgs[g].last <= ccgs[g].first:
            continue
        kept, either = ties_kept(g, then, now)
        out[g].stability_persistence = persistence(kept, either, months)
        if seats[g] > 0:
            out[g].stability_retention = kept_seats[g] / seats[g]


def remember(world: World) -> Memory:
    """The memory of a world as it stands."""
    w = world.plain
    first, source, target = board_ties(w.actors, w.ties, w.contacts, w.ccgs)
    ccg = np.repeat(np.arange(len(world.ccgs)), np.diff(first))
    order = np.lexsort((target, source, ccg))  # rows of a merged CCG are not in the order of keys
    source, target = source[order], target[order]
    seat = world.seats.ccg * SEATS_OF_A_CCG + world.seats.number
    order = np.argsort(seat, kind="stable")
    return Memory(first, source, target, seat[order], world.seats.holder[order].copy())
