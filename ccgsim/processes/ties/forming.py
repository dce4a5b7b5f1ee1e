"""Forming: every actor goes through those who may be met. Rates are in `seeking`, who is met in `neighbourhood`."""

from __future__ import annotations

import numpy as np

from ccgsim.foundation.chance import chance_of, stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.vocabulary import GP
from ccgsim.processes.ties.fading import ROUNDING, held_start
from ccgsim.processes.ties.meeting import highest_rate, local_reach
from ccgsim.processes.ties.neighbourhood import (
    add,
    candidates,
    clear_neighbourhood,
    mark_neighbourhood,
    members_of,
)
from ccgsim.processes.ties.seeking import (
    Between,
    boards_search,
    ceiling,
    forming_rate,
    loads_and_activity,
    rate_of_forming,
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
def look_around(i, actors, here, stamp, looks, now, out):
    """Put rows of distant practices met by chance into out, each once; returns how many."""
    n = 0
    for k in range(int(looks)):
        j = here.first + int(uniform(now.seed, LOOKED, now.luck_month, actors[i].key, k) * here.places)
        if j < here.last_gp:
            n = add(i, j, stamp, out, n)
    return n


@njit
def noted(made, n, i, j):
    """Puts the tie of rows i and j at place n; returns the next place."""
    made[n, 0], made[n, 1] = i, j
    return n + 1


# Sweep
@njit
def form(actors, ties, contacts, ccgs, localities, rules, clock):
    """Ties that form this month: rows of seekers and advisers, in no tie at the beginning. Reads, never writes ties."""
    p, now = rules[0].ties, clock[0]
    loads_and_activity(actors, ties, contacts.out_first, p)
    boards_search(actors, ties, ccgs, p)
    members = members_of(actors, ccgs, localities)
    marks, stamp = np.zeros((actors.shape[0], 2), np.int64), np.full(actors.shape[0], -1)
    near, luck = np.zeros(actors.shape[0], np.int64), np.zeros(actors.shape[0])
    known = keys_and_unseated(actors)
    theirs, around = np.zeros(actors.shape[0], np.int64), np.zeros(actors.shape[0] + 1, np.int64)
    made = np.zeros((max(64, actors.shape[0]), 2), np.int64)
    n, highest = 0, highest_rate(p)
    for i in range(actors.shape[0]):
        me = actors[i]
        if me.active == 0 or held_start(me, now):
            continue
        here, reach = ccgs[me.ccg], local_reach(me, localities, rules[0].engagement.span)
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
            rate = forming_rate(me, actors[j], Between(marks[j, 0], marks[j, 1]), here, reach, p, now.month)
            if luck[a] < chance_of(rate):
                n = noted(made, n, i, j)
        # each distant practice is looked up with a fixed small chance, and its rate divided by it
        met = look_around(i, actors, here, stamp, p.looks, now, near) if me.kind == GP and me.board == 0 else 0
        for a in range(met):
            j = near[a]
            rate = forming_rate(me, actors[j], Between(marks[j, 0], marks[j, 1]), here, reach, p, now.month)
            rate /= min(1.0, p.looks / here.places)
            if uniform(now.seed, FORMED, now.luck_month, me.key, actors[j].key) < chance_of(rate):
                n = noted(made, n, i, j)
        clear_neighbourhood(i, contacts, ties, marks, reached)
    return made[:n]
