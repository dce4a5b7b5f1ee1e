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
def learn(i, actors, ties, out_first, here, p, best, out):
    """What row i knows after listening to advisers and reading the depository."""
    me, total = actors[i], 0.0
    trusting = CLINICIAN[me.kind]
    for t in range(out_first[i], out_first[i + 1]):
        adviser = actors[ties[t].target]
        total += ties[t].strength
        openness = (1.0 - adviser.withheld) * (here.trust if trusting and adviser.kind == PCT_STAFF else 1.0)
        weight = attention(ties[t].strength, me.participation, adviser.participation, openness)
        for c in range(DOMAINS):
            out[c] += weight * max(0.0, adviser.knowledge[c] - me.knowledge[c])
    absorbed = p.absorption / (1.0 + total / p.crowding)
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
        learn(i, actors, ties, out_first, ccgs[g], rules[0].knowledge, best[g], after[i])
    for i in range(actors.shape[0]):
        for c in range(DOMAINS):
            actors[i].knowledge[c] = after[i, c]
