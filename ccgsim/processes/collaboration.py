"""Collaboration: CCGs work with neighbours, imitate the field's aims, and come to share officers (E24, E25, E27).

Plans are not practice: what a CCG says that it aims at moves to what the field and the centre say, whatever its people
hold important and its projects do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.chance import chance_of, stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import logistic
from ccgsim.foundation.quantity import number
from ccgsim.foundation.vocabulary import ABOLITION_MONTH, AIMS


@dataclass(frozen=True, kw_only=True, slots=True)
class Collaboration:
    """Parameters of the process `collaboration`."""

    propensity: float = number(-5.5, -6, 6, "Propensity to collaborate without need, capacity or ties (log odds)")
    need: float = number(2.0, 0, 6, "Log odds added by full strain of the CCG rated lowest", source="assumed, E24")
    capacity: float = number(12.0, 0, 12, "Log odds added by full clinicians' say", source="assumed, E24")
    legacy: float = number(
        1.0, 0, 6, "Log odds added by a common past in one primary care trust", source="assumed, E42"
    )
    footprint: float = number(
        0.5, 0, 6, "Log odds added by a common footprint from December 2015", source="assumed, E27"
    )
    self_reliance: float = number(4.63, 0, 6, "Log odds taken away from the CCG rated highest", source="assumed, E24")
    response: float = number(12.0, 1, 60, "Time in which collaboration follows propensity", unit="months")
    exchange: float = number(0.1, 0, 0.5, "Comparative data taken over from a full partner", unit="per month")
    imitation: float = number(
        0.02, 0, 0.5, "Move of plans to the field's and the centre's", unit="per month", source="E25"
    )
    sharing: float = number(
        0.03,
        0,
        0.2,
        "Full partners in a footprint come to share an accountable officer",
        unit="per month",
        source="E27",
    )
    mergers: float = number(1.0, 0, 3, "Hazard of mergers against the published counts", unit="ratio")


COLLABORATION = stream("collaboration")
FOOTPRINTS_MONTH = 60  # December 2015


# Equations: numbers in, number out.
@njit
def clinicians_say(participation, manager_control):
    """Share of a CCG's decisions that its clinicians take: what managers leave them, as far as they take part."""
    return participation * (1.0 - manager_control)


@njit
def propensity(strain, standing, say, same_pct, same_footprint, p):
    """Propensity of a CCG to collaborate with a neighbour, in [0, 1].

    Need and capacity raise it: who has no say at home brings none. Success lowers it, most near the top.
    """
    wants = p.need * strain * (1.0 - standing) + p.capacity * say - p.self_reliance * standing * standing
    near = p.legacy * same_pct + p.footprint * same_footprint
    return logistic(p.propensity + wants + near)


@njit
def is_alive(here):
    """Whether a CCG still has people of its own, not having merged into another."""
    return here.last > here.first


# Acts
@njit
def imitate(ccgs, nation, p):
    """Espoused plans move half to the field's mean, half to the centre's wording (isomorphism, E25)."""
    field, alive = np.zeros(AIMS), 0.0
    for g in range(ccgs.shape[0]):
        if is_alive(ccgs[g]):
            alive += 1.0
            for c in range(AIMS):
                field[c] += ccgs[g].plans[c]
    for g in range(ccgs.shape[0]):
        for c in range(AIMS):
            common = 0.5 * (field[c] / alive + nation.priorities[c])
            ccgs[g].plans[c] += p.imitation * (common - ccgs[g].plans[c])


@njit
def work_together(pair, ccgs, month, p):
    """Collaboration of two neighbours moves to the product of their propensities: both must want it."""
    one, other = ccgs[pair.one], ccgs[pair.other]
    footprint = 1.0 if month >= FOOTPRINTS_MONTH and one.footprint == other.footprint else 0.0
    say = clinicians_say(one.engagement, one.manager_control)
    others_say = clinicians_say(other.engagement, other.manager_control)
    mine = propensity(one.strain, one.standing, say, pair.same_pct, footprint, p)
    theirs = propensity(other.strain, other.standing, others_say, pair.same_pct, footprint, p)
    pair.together += (mine * theirs - pair.together) / p.response


@njit
def may_share(pair, ccgs, month):
    """Whether two neighbours may come to share an accountable officer: one footprint, neither bound to a third."""
    one, other = ccgs[pair.one], ccgs[pair.other]
    bound = one.officer_from >= 0 or other.officer_from >= 0
    return month >= FOOTPRINTS_MONTH and one.footprint == other.footprint and not bound


@njit
def share_officers(neighbours, ccgs, p, now):
    """Partners come to share an accountable officer, the smaller's leaving the lead to the larger's.

    Where several could in one month, a CCG joins the first by luck; the others wait.
    """
    luck = np.full(ccgs.shape[0], math.inf)
    chosen = np.full(ccgs.shape[0], -1)
    for n in range(neighbours.shape[0]):
        pair = neighbours[n]
        if not may_share(pair, ccgs, now.month):
            continue
        drawn = uniform(now.seed, COLLABORATION, now.luck_month, ccgs[pair.one].number, ccgs[pair.other].number)
        if drawn < chance_of(p.sharing * pair.together):
            smaller = pair.one if ccgs[pair.one].population < ccgs[pair.other].population else pair.other
            if drawn < luck[smaller]:
                luck[smaller], chosen[smaller] = drawn, pair.one + pair.other - smaller
    leads = np.zeros(ccgs.shape[0], np.int64)
    for g in range(ccgs.shape[0]):
        if ccgs[g].officer_from >= 0:
            leads[ccgs[g].officer_from] = 1
    for g in range(ccgs.shape[0]):
        if chosen[g] >= 0 and leads[g] == 0 and chosen[chosen[g]] < 0:
            ccgs[g].officer_from = chosen[g]


# Sweep
@njit
def sweep(nations, ccgs, neighbours, rules, clock):
    """One month of imitation, of working together and of what flows between partners."""
    p, now = rules[0].collaboration, clock[0]
    imitate(ccgs, nations[0], p)
    if now.english == 1 and now.month < ABOLITION_MONTH:
        return
    gained, total, number_of = np.zeros(ccgs.shape[0]), np.zeros(ccgs.shape[0]), np.zeros(ccgs.shape[0])
    for n in range(neighbours.shape[0]):
        pair = neighbours[n]
        work_together(pair, ccgs, now.month, p)
        ahead = ccgs[pair.other].benchmark - ccgs[pair.one].benchmark
        gained[pair.one] += p.exchange * pair.together * max(0.0, ahead)
        gained[pair.other] += p.exchange * pair.together * max(0.0, -ahead)
        for g in (pair.one, pair.other):
            total[g] += pair.together
            number_of[g] += 1.0
    for g in range(ccgs.shape[0]):
        ccgs[g].collaborating = total[g] / number_of[g] if number_of[g] > 0.0 else 0.0
        ccgs[g].benchmark = min(1.0, ccgs[g].benchmark + gained[g])
    share_officers(neighbours, ccgs, p, now)
