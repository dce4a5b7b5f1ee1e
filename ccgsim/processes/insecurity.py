"""Insecurity: staff facing abolition, or a cut, withhold cooperation, and GPs come to trust or distrust them (E14)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.foundation.chance import chance_of, stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import clip, logistic
from ccgsim.foundation.quantity import number, share
from ccgsim.foundation.vocabulary import CCG, COMMISSIONING, PCT, PCT_STAFF


@dataclass(frozen=True, kw_only=True, slots=True)
class Insecurity:
    """Parameters of the process `insecurity`."""

    withholding: float = share(0.32, "Cooperation withheld by a wholly insecure employee")
    onset: float = number(4.8, 0, 27, "Month in which insecurity is half grown", unit="months")
    rise: float = number(4.0, 0.1, 24, "Time scale of the growth of insecurity", unit="months")
    exits: float = number(
        0.018, 0, 0.2, "PCT staff leaving until abolition", unit="per month", source="40% of staff expected to leave"
    )
    trust_start: float = share(0.5, "GPs' trust in the PCT's knowledge without co-location, at the start", dated=False)
    trust_start_colocation: float = share(0.3, "Trust added by co-location, at the start", dated=False)
    trust_floor: float = share(0.3, "Lowest trust")
    trust_repair: float = number(0.05, 0, 1, "Return of trust to its norm", unit="per month")
    trust_loss: float = number(0.1, 0, 1, "Trust lost in a month with a refusal")
    devaluation: float = share(
        0.8, "Commissioning knowledge left to all but PCT staff at abolition", source="assumed, E14"
    )


INSECURITY = stream("insecurity")


# Equations
@njit
def insecurity_of_staff(month, onset, rise):
    """Insecurity of staff so many months after they learnt that all of them may lose their posts, in [0, 1]."""
    return logistic((month - onset) / rise)


@njit
def withheld(insecurity, colocation, security, withholding):
    """Part of cooperation that an employee withholds, in [0, 1]."""
    return withholding * insecurity * (1.0 - colocation) * (1.0 - security)


@njit
def trust_after(trust, colocation, refused, repair, loss, floor):
    """GPs' trust in the PCT's knowledge after a month with or without a refusal."""
    norm = 0.5 + 0.5 * colocation
    return clip(trust + repair * (norm - trust) - (loss if refused > 0.0 else 0.0), floor, 1.0)


# Acts
@njit
def devalue(actors, left):
    """Commissioning knowledge of all but staff keeps this part of its worth: whom it was about is gone."""
    for i in range(actors.shape[0]):
        if actors[i].kind != PCT_STAFF:
            actors[i].knowledge[COMMISSIONING] *= left


@njit
def abolish_pct(nations, actors, rules):
    """PCTs close: staff who stay work for the CCG, and everyone else's commissioning knowledge loses worth."""
    nations[0].abolished = 1
    devalue(actors, rules[0].insecurity.devaluation)
    for i in range(actors.shape[0]):
        me = actors[i]
        if me.kind == PCT_STAFF and me.employer == PCT:
            me.employer = PCT + 1
        if me.kind == PCT_STAFF:
            me.withheld = 0.0


# Sweep
@njit
def sweep(nations, actors, ccgs, rules, clock):
    """Staff withhold and leave while abolition nears under the English calendar, or a cut; trust moves."""
    p, nation, now = rules[0].insecurity, nations[0], clock[0]
    facing = now.english == 1 and nation.abolished == 0
    cut = nation.cut_share if nation.cut_notice <= now.month and now.month < nation.cut_month else 0.0
    nation.insecurity = insecurity_of_staff(now.month, p.onset, p.rise) if facing else 0.0
    if cut > 0.0:  # the part that goes is each one's risk of going
        near = insecurity_of_staff(now.month - nation.cut_notice, p.onset, p.rise)
        nation.insecurity = max(nation.insecurity, cut * near)
    leaving = p.exits if facing else cut * p.exits
    for g in range(ccgs.shape[0]):
        here = ccgs[g]
        here.trust = trust_after(here.trust, here.colocation, here.refused, p.trust_repair, p.trust_loss, p.trust_floor)
        staff, total = 0, 0.0
        for i in range(here.first, here.last):
            me = actors[i]
            at_risk = me.employer == PCT or (cut > 0.0 and me.employer == CCG)
            if me.kind != PCT_STAFF or me.active == 0 or not at_risk:
                continue
            me.withheld = withheld(nation.insecurity, here.colocation, me.security, p.withholding) * (
                1.0 - me.sheltered
            )
            staff += 1
            total += me.withheld
            luck = uniform(now.seed, INSECURITY, now.luck_month, me.key, 0)
            if me.board == 0 and luck < chance_of(leaving):
                me.active = 0
        here.withheld = total / staff if staff > 0 else 0.0
