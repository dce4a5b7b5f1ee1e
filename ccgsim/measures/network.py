"""Measures of the board's network: density, ties to outside, brokers, cliques, isolation, resilience."""

from __future__ import annotations

import math

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.vocabulary import (
    GP,
    PROVIDER,
    TO_ACUTE,
    TO_COMMUNITY,
    TO_LOCAL_AUTHORITIES,
    TO_OTHER,
    TO_PCT,
    TO_PRACTICES,
    TO_REGIONAL,
)

CATEGORIES = 8
UNSEEN, ONLY_THE_TOP, OTHERS_TOO = 0, 1, 2


@njit
def together(me, other):
    """Whether the other holds a seat on the board of my CCG."""
    return other.board == 1 and other.ccg == me.ccg


@njit
def brokers(actors, between, here, row):
    """Fill reliance on the top broker and centralisation; give the top's row (the first of equals), or -1."""
    members, top, total = 0, -1, 0.0
    for i in range(here.first, here.last):
        if actors[i].board == 1:
            members += 1
            total += between[i]
            if top < 0 or between[i] > between[top]:
                top = i
    if total > 0.0:
        row.broker_reliance = between[top] / total
    if members > 1:
        row.broker_centralisation = (between[top] * members - total) / (members - 1)
    return top


@njit
def inside_ties(actors, ties, contacts, here, row):
    """Fill density and cliquishness of the board from the ties among its members."""
    members, inside, within, across = 0, 0, 0, 0
    for i in range(here.first, here.last):
        me = actors[i]
        if me.board == 0:
            continue
        members += 1
        for t in range(contacts.out_first[i], contacts.out_first[i + 1]):
            other = actors[ties[t].target]
            if not together(me, other):
                continue
            inside += 1
            if me.legacy >= 0 and other.legacy >= 0:
                if me.legacy == other.legacy:
                    within += 1
                else:
                    across += 1
    if members > 1:
        row.board_density = inside / (members * (members - 1.0))
    if within + across > 0:
        row.cliquishness = within / (within + across)


@njit
def outside_ties(actors, ties, contacts, here, row):
    """Fill counts of the board's ties to outside, the share of the two who hold most, and openness."""
    counts = np.zeros(CATEGORIES, np.int64)
    members, most, second, strength = 0, 0, 0, 0.0
    for i in range(here.first, here.last):
        me = actors[i]
        if me.board == 0:
            continue
        members += 1
        held = 0
        for t in range(contacts.out_first[i], contacts.out_first[i + 1]):
            other = actors[ties[t].target]
            if not together(me, other):
                counts[other.category] += 1
                strength += ties[t].strength
                held += 1
        if held > most:
            most, second = held, most
        elif held > second:
            second = held
    if members > 0:
        row.mobility_openness = 1.0 - math.exp(-strength / members)
        total = fill_counts(counts, row)
        if total > 0:
            row.outside_share_top2 = (most + second) / total


@njit
def fill_counts(counts, row):
    """Fill the counts of outside ties by category; give their total."""
    row.ties_to_practices = counts[TO_PRACTICES]
    row.ties_to_pct = counts[TO_PCT]
    row.ties_to_acute = counts[TO_ACUTE]
    row.ties_to_regional = counts[TO_REGIONAL]
    row.ties_to_community = counts[TO_COMMUNITY]
    row.ties_to_local_authorities = counts[TO_LOCAL_AUTHORITIES]
    row.ties_to_other = counts[TO_OTHER]
    total = 0
    for c in range(CATEGORIES):
        total += counts[c]
    row.ties_outside = total
    return total


@njit
def outside_advisers(actors, ties, contacts, here, top, seen):
    """Distinct outside advisers of the board, and those still reached without the top broker; `seen` is scratch."""
    reached, kept = 0, 0
    for i in range(here.first, here.last):
        if actors[i].board == 0:
            continue
        mark = ONLY_THE_TOP if i == top else OTHERS_TOO
        for t in range(contacts.out_first[i], contacts.out_first[i + 1]):
            j = ties[t].target
            if not together(actors[i], actors[j]):
                reached += 1 if seen[j] == UNSEEN else 0
                kept += 1 if mark == OTHERS_TOO and seen[j] != OTHERS_TOO else 0
                seen[j] = max(seen[j], mark)
    for i in range(here.first, here.last):
        if actors[i].board == 1:
            for t in range(contacts.out_first[i], contacts.out_first[i + 1]):
                seen[ties[t].target] = UNSEEN
    return reached, kept


@njit
def ties_to_board(i, actors, contacts):
    """Number of seat-holders of its CCG with whom actor i has a tie, either way."""
    met = 0
    for k in range(contacts.first[i], contacts.first[i + 1]):
        met += 1 if together(actors[i], actors[contacts.other[k]]) else 0
    return met


@njit
def isolation(actors, contacts, localities, g, here, row):
    """Fill the share of active providers and peopled localities of CCG g that have no tie with the board.

    A locality is in touch where one of its GPs without a seat is; one all of whose GPs hold seats is part of the board.
    """
    bodies, apart = 0, 0
    peopled = np.zeros(localities.shape[0], np.int64)
    away = np.zeros(localities.shape[0], np.int64)
    near = np.zeros(localities.shape[0], np.int64)
    for i in range(here.first, here.last):
        me = actors[i]
        if me.active == 0:
            continue
        if me.kind == PROVIDER and me.board == 0:
            bodies += 1
            apart += 1 if ties_to_board(i, actors, contacts) == 0 else 0
        if me.kind == GP and me.locality >= 0:
            peopled[me.locality] = 1
            if me.board == 0:
                away[me.locality] = 1
                if ties_to_board(i, actors, contacts) > 0:
                    near[me.locality] = 1
    for place in range(localities.shape[0]):
        if localities[place].ccg == g and peopled[place] == 1:
            bodies += 1
            apart += 1 if away[place] == 1 and near[place] == 0 else 0
    if bodies > 0:
        row.isolation = apart / bodies


@njit
def network(world, between, advisers_at_start, at_start, out):
    """Fill the network measures of every CCG; at the start, also keep the number of outside advisers."""
    actors, ties, contacts = world.actors, world.ties, world.contacts
    seen = np.zeros(actors.shape[0], np.int64)
    for g in range(world.ccgs.shape[0]):
        here, row = world.ccgs[g], out[g]
        if here.last <= here.first:
            continue
        top = brokers(actors, between, here, row)
        inside_ties(actors, ties, contacts, here, row)
        outside_ties(actors, ties, contacts, here, row)
        reached, kept = outside_advisers(actors, ties, contacts, here, top, seen)
        if reached > 0:
            row.stability_resilience = kept / reached
        if at_start:
            advisers_at_start[g] = reached
        if advisers_at_start[g] > 0:
            row.outside_reach = reached / advisers_at_start[g]
        isolation(actors, contacts, world.localities, g, here, row)
