"""Seeking: how hard people and boards look for advice, and at what rate a tie forms. Parameters are those of `ties`."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.vocabulary import PROVIDER, TO_BOARD
from ccgsim.processes.ties.meeting import base_rate, category_of, highest_place, place_factor, rate_to_outside

MOST_COMMON = 6
ENGAGED = 0.6  # engagement at which a board looks for all that it has lost
CATEGORIES = 8  # of a board member's advisers
ALLIED = 3.0  # how much faster providers in a funded alliance take up contact (E32)


class Between(NamedTuple):
    """What is between a seeker of advice and another already."""

    common: int  # contacts that both have
    returns: int  # 1 where the other seeks the seeker's advice


# Equations: numbers in, number out.
@njit
def load(outside, on_board, brokerage, board_weight, capacity, power):
    """Advisers held over the number that can be held; who brokers can hold more."""
    return (outside + board_weight * on_board) / (capacity * math.pow(brokerage, power))


@njit
def activity(participation, brokerage, load_held):
    """Seeking of new advice: a full load leaves little room, never none."""
    return participation * brokerage * max(0.02, 1.0 - load_held)


@njit
def rate_of_forming(rate, place, seeking, common, returns, closure, reciprocity):
    """Monthly rate at which a tie forms: common contacts and being sought already make it likelier."""
    friends = 1.0 + closure * min(common, MOST_COMMON)
    return rate * place * seeking * friends * (1.0 + reciprocity * returns)


@njit
def search_for(usual, held, power, engagement, needs_engagement):
    """How hard a board looks for advisers of a kind: 1 where it holds as many as usual, less where it holds more.

    It looks harder for those it has lost, in part only as far as the CCG is engaged.
    """
    if held < usual:
        power *= 1.0 - needs_engagement + needs_engagement * min(1.0, engagement / ENGAGED)
    return math.pow((usual + 1.0) / (held + 1.0), power)


# Acts
@njit
def loads_and_activity(actors, ties, out_first, p):
    """Set every actor's load and activity from the advisers held."""
    for i in range(actors.shape[0]):
        me = actors[i]
        outside, on_board = 0, 0
        for t in range(out_first[i], out_first[i + 1]):
            if actors[ties[t].target].board == 1:
                on_board += 1
            else:
                outside += 1
        me.load = load(outside, on_board, me.brokerage, p.board_weight, p.capacity, p.capacity_power)
        me.activity = activity(me.participation, me.brokerage, me.load)


@njit
def ties_held(actors, ties, ccgs):
    """Ties that each board holds to each category of adviser, itself included, shape (CCGs, 8)."""
    held = np.zeros((ccgs.shape[0], CATEGORIES))
    for t in range(ties.shape[0]):
        me, other = actors[ties[t].source], actors[ties[t].target]
        if me.board == 1:
            held[me.ccg, category_of(other)] += 1.0
    return held


@njit
def boards_search(actors, ties, ccgs, p):
    """Set how hard each board looks for each category: its flow balance, times what it has lost or gained since."""
    held = ties_held(actors, ties, ccgs)
    for g in range(ccgs.shape[0]):
        here = ccgs[g]
        for c in range(CATEGORIES):
            here.search[c] = here.flow_balance[c] * search_for(
                here.usual_ties[c], held[g, c], p.search, here.engagement, p.search_engaged
            )


@njit
def forming_rate(me, other, between, here, reach, p, month):
    """Monthly rate at which one actor takes up another's advice; reach is that inside the locality of the former."""
    rate = base_rate(me, other, p)
    if rate <= 0.0 or other.active == 0:
        return 0.0
    if me.board == 1:
        rate *= here.search[category_of(other)]
    if me.kind == PROVIDER and other.kind == PROVIDER and min(me.allied_until, other.allied_until) > month:
        rate *= ALLIED
    place = place_factor(me, other, here, reach, p)
    open_both = (1.0 - me.withheld) * (1.0 - other.withheld)
    seeking, common, returns = me.activity, between.common, between.returns
    return open_both * rate_of_forming(rate, place, seeking, common, returns, p.closure, p.reciprocity)


@njit
def ceiling(me, here, p, highest):
    """No rate of this actor with anybody is higher, before activity, common contacts and being sought.

    `highest`: the highest base rate of all; a seat-holder's own are looked up, as most searches are hers.
    """
    rate = highest
    if me.board == 1:
        rate = p.board_board * here.search[TO_BOARD]
        for c in range(TO_BOARD):
            rate = max(rate, max(rate_to_outside(me, c, p), p.board_voluntary) * here.search[c])
    return rate * highest_place(here) * (ALLIED if me.kind == PROVIDER else 1.0)
