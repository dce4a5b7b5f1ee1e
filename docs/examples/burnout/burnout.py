"""Burnout: GPs who give much for months on end may give out (an example: docs/extend.md)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.foundation.chance import chance_of, stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.quantity import count, number, share
from ccgsim.foundation.vocabulary import GP


@dataclass(frozen=True, kw_only=True, slots=True)
class Burnout:
    """Parameters of the process `burnout`."""

    rate: float = number(0.0, 0, 1, "Burnout of a GP who has given much for long", unit="per month")
    much: float = share(0.5, "Participation above which a GP gives much")
    long: int = count(3, 1, 60, "Months on end that are long", unit="months")
    left: float = share(0.1, "Part of participation that burnout leaves")


BURNOUT = stream("burnout")


# Equations
@njit
def busy_after(busy, participation, much):
    """Months on end of giving much, after one more month."""
    return busy + 1 if participation > much else 0


# Sweep
@njit
def sweep(actors, rules, clock):
    """One month: GPs who have given much for long burn out by chance."""
    p, now = rules[0].burnout, clock[0]
    for i in range(actors.shape[0]):
        me = actors[i]
        if me.kind != GP:
            continue
        me.busy = busy_after(me.busy, me.participation, p.much)
        luck = uniform(now.seed, BURNOUT, now.luck_month, me.key, 0)
        if me.busy >= p.long and luck < chance_of(p.rate):
            me.participation *= p.left
