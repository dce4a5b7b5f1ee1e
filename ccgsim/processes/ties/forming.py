"""Forming: every actor goes through those who may be met. Rates are in `ties`, who is met in `neighbourhood`."""

from __future__ import annotations

import numpy as np

from ccgsim.foundation.chance import chance_of, stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.vocabulary import GP
from ccgsim.processes.ties.fading import (
    ROUNDING,
    boards_search,
    ceiling,
    forming_rate,
    held_start,
    loads_and_activity,
    rate_of_forming,
)
from ccgsim.processes.ties.meeting import highest_rate
from ccgsim.processes.ties.neighbourhood import (
    candidates,
    clear_neighbourhood,
    mark_neighbourhood,
    members_of,
    met_already,
)

FORMED, LOOKED = stream("ties_formed"), stream("ties_looked")


@njit
def out_of_reach(luck, ceiling, seeking, common, returns, p):
    """Whether a pair forms no tie at this luck whoever the other is, which spares most pairs their rate."""
    return luck > rate_of_forming(ceiling, 1.0, seeking, common, returns, p.closure, p.reciprocity) + ROUNDING


@njit
def keys_and_unseated(actors):
    """Everyone's key, and 1 for GPs without a seat, shape (N, 2): side by side, as whom one may meet is scattered."""
    out = np.zeros((actors.shape[0], 2), np.int64)
    for i in range(actors.shape[0]):
        out[i, 0] = actors[i].key
        out[i, 1] = 1 if actors[i].kind == GP and actors[i].board == 0 else 0
    return out


@njit
def draw_for_pairs(seed, month, mine, near, known, theirs, luck):
    """The luck of one actor with each of those near; keys are gathered first, so that draws run several at a time."""
    for a in range(near.shape[0]):
        theirs[a] = known[near[a], 0]
    for a in range(near.shape[0]):
        luck[a] = uniform(seed, FORMED, month, mine, theirs[a])


@njit
def grown(made, more):
    """The list with room for at least so many rows more."""
    wider = np.zeros((2 * made.shape[0] + more, 2), np.int64)
    for n in range(made.shape[0]):
        wider[n, 0], wider[n, 1] = made[n, 0], made[n, 1]
    return wider


@njit
def look_around(i, n, made, marks, stamp, actors, ccgs, localities, rules, now):
    """Distant practices met by chance: each is looked up with a fixed small chance, its rate divided by it."""
    me = actors[i]
    here, p = ccgs[me.ccg], rules.ties
    chance_of_look = min(1.0, p.looks / here.places)
    for k in range(int(p.looks)):
        j = here.first + int(uniform(now.seed, LOOKED, now.luck_month, me.key, k) * here.places)
        if j >= here.last_gp or met_already(i, j, stamp):
            continue
        rate = forming_rate(i, j, marks, actors, ccgs, localities, rules, now) / chance_of_look
        if uniform(now.seed, FORMED, now.luck_month, me.key, actors[j].key) < chance_of(rate):
            made[n, 0], made[n, 1] = i, j
            n += 1
    return n


# Sweep
@njit
def form(actors, ties, contacts, ccgs, localities, rules, clock):
    """Ties that form this month: rows of seekers and advisers, in no tie at the beginning. Reads, never writes ties."""
    p, now = rules[0].ties, clock[0]
    loads_and_activity(actors, ties, contacts.out_first, p)
    boards_search(actors, ties, ccgs, p)
    members = members_of(actors, ccgs, localities)
    marks = np.zeros((actors.shape[0], 2), np.int64)
    stamp = np.full(actors.shape[0], -1)
    near, luck = np.zeros(actors.shape[0], np.int64), np.zeros(actors.shape[0])
    known = keys_and_unseated(actors)
    theirs, around = np.zeros(actors.shape[0], np.int64), np.zeros(actors.shape[0] + 1, np.int64)
    made = np.zeros((max(64, actors.shape[0]), 2), np.int64)
    n, highest = 0, highest_rate(p)
    for i in range(actors.shape[0]):
        me = actors[i]
        if me.active == 0 or held_start(me, now):
            continue
        here = ccgs[me.ccg]
        most = ceiling(me, here, p, highest)
        reached = around[: mark_neighbourhood(i, contacts, ties, marks, stamp, around)]
        met = candidates(i, actors, here, members, reached, stamp, near)
        if n + met + p.looks > made.shape[0]:
            made = grown(made, int(met + p.looks))
        draw_for_pairs(now.seed, now.luck_month, me.key, near[:met], known, theirs, luck)
        for a in range(met):
            j, both = near[a], known[i, 1] * known[near[a], 1]
            if out_of_reach(luck[a], p.practice_practice if both else most, me.activity, marks[j, 0], marks[j, 1], p):
                continue
            rate = forming_rate(i, j, marks, actors, ccgs, localities, rules[0], now)
            if luck[a] < chance_of(rate):
                made[n, 0], made[n, 1] = i, j
                n += 1
        if me.kind == GP and me.board == 0:
            n = look_around(i, n, made, marks, stamp, actors, ccgs, localities, rules[0], now)
        clear_neighbourhood(i, contacts, ties, marks, reached)
    return made[:n]
