"""Knowledge: flows along advice ties from adviser to seeker, fades, and is kept in a depository (E7, E37)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.kinds import CLINICIAN
from ccgsim.foundation.quantity import number, share
from ccgsim.foundation.vocabulary import PCT_STAFF


@dataclass(frozen=True, kw_only=True, slots=True)
class Knowledge:
    """Parameters of the process `knowledge`."""

    absorption: float = number(
        0.08,
        0,
        0.2,
        "Part of a gap in knowledge closed along a full tie",
        unit="per month",
        source="Cowan and Jonard 2004, doi:10.1016/j.jedc.2003.04.002",
    )
    forgetting: float = number(0.015, 0, 0.05, "Knowledge that fades", unit="per month")
    crowding: float = number(
        3.0, 0.5, 50, "Total strength of advisers at which attention to each is halved", unit="ties"
    )
    crowding_power: float = number(1.0, 0, 1, "How that strength grows with brokerage", unit="exponent")
    depository: float = share(0.0, "Reach of a shared digital depository", source="E37", each_ccg=True)
    depository_gain: float = number(
        0.03, 0, 0.2, "Part of the gap to the best that a full depository closes", unit="per month"
    )
    depository_users: float = share(0.2, "Participation above which people use the depository")


DOMAINS = 9


# Equations
@njit
def attention(strength, seeker, adviser, openness):
    """Weight of one adviser: strength of the tie, both ends' participation, the adviser's openness and trust."""
    return strength * math.sqrt(seeker * adviser) * openness


@njit
def kept(known, gained, forgetting):
    """Knowledge after a month, at most 1."""
    after = known * (1.0 - forgetting) + gained
    return 1.0 if after > 1.0 else after


# Acts
@njit
def listen(i, actors, ties, out_first, trust, out):
    """Add to out what row i's advisers know beyond i, by attention to each; returns the ties' total strength."""
    me, total = actors[i], 0.0
    trusting = CLINICIAN[me.kind]
    for t in range(out_first[i], out_first[i + 1]):
        adviser = actors[ties[t].target]
        total += ties[t].strength
        openness = (1.0 - adviser.withheld) * (trust if trusting and adviser.kind == PCT_STAFF else 1.0)
        weight = attention(ties[t].strength, me.participation, adviser.participation, openness)
        for c in range(DOMAINS):
            out[c] += weight * max(0.0, adviser.knowledge[c] - me.knowledge[c])
    return total


@njit
def learn(me, here, listened_to, p, best, out):
    """Turn out, which holds what was won by listening, into what is known after reading and forgetting."""
    absorbed = p.absorption / (1.0 + listened_to / (p.crowding * math.pow(me.brokerage, p.crowding_power)))
    for c in range(DOMAINS):
        read = 0.0
        if me.participation > p.depository_users:
            read = here.depository * p.depository_gain * (best[c] - me.knowledge[c])
        out[c] = max(me.native[c], kept(me.knowledge[c], absorbed * out[c] + max(0.0, read), p.forgetting))


# Sweep
@njit
def sweep(actors, ties, out_first, ccgs, rules):
    """One month of learning; everyone reads what was known at its beginning."""
    best = np.zeros((ccgs.shape[0], DOMAINS))
    for i in range(actors.shape[0]):
        if actors[i].active == 1:
            for c in range(DOMAINS):
                best[actors[i].ccg, c] = max(best[actors[i].ccg, c], actors[i].knowledge[c])
    after = np.zeros((actors.shape[0], DOMAINS))
    for i in range(actors.shape[0]):
        g = actors[i].ccg
        listened_to = listen(i, actors, ties, out_first, ccgs[g].trust, after[i])
        learn(actors[i], ccgs[g], listened_to, rules[0].knowledge, best[g], after[i])
    for i in range(actors.shape[0]):
        for c in range(DOMAINS):
            actors[i].knowledge[c] = after[i, c]
