"""Transparency: comparative data from the PCT, and what is known of providers' costs (E15, E29)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import saturating
from ccgsim.foundation.quantity import number, share
from ccgsim.foundation.vocabulary import PROVIDER, TO_ACUTE, TO_PCT


@dataclass(frozen=True, kw_only=True, slots=True)
class Transparency:
    """Parameters of the process `transparency`."""

    benchmark_gain: float = number(0.08, 0, 0.5, "Growth of comparative data", unit="per month")
    benchmark_loss: float = number(0.03, 0, 0.5, "Ageing of comparative data", unit="per month")
    benchmark_ties: float = number(6.0, 0.5, 50, "Strength of PCT ties at which data flow freely", unit="ties")
    benchmarking: float = share(0.0, "Comparative data bought from elsewhere than the PCT", source="E39", each_ccg=True)
    gain: float = number(0.06, 0, 0.5, "Growth of cost transparency", unit="per month")
    loss: float = number(0.03, 0, 0.5, "Ageing of what is known of costs", unit="per month")
    seat_weight: float = number(
        2.0, 0, 10, "Worth of a provider's seat in ties to acute providers", unit="ties", source="assumed, E15, E43"
    )
    acute_ties: float = number(4.0, 0.5, 50, "Ties at which costs become known freely", unit="ties")
    clout_population: float = number(
        200000.0, 10000, 2000000, "Population at which a commissioner is heard by providers", unit="people"
    )


# Equations
@njit
def benchmark_after(benchmark, flow, gain, loss):
    """Comparative data after a month with this flow (0 to 1) of new data."""
    return benchmark + gain * flow * (1.0 - benchmark) - loss * benchmark


@njit
def transparency_after(known, contact, clout, gain, loss):
    """Part of costs known after a month, from contact with providers (in ties) and the commissioner's clout."""
    return known + gain * contact * clout * (1.0 - known) - loss * known


# Sweep
@njit
def sweep(actors, ties, ccgs, rules):
    """One month of data for every CCG."""
    p = rules[0].transparency
    contact = np.zeros((ccgs.shape[0], 2))  # strength of ties to PCT staff; ties to acute providers
    for t in range(ties.shape[0]):
        me, other = actors[ties[t].source], actors[ties[t].target]
        if me.board == 1 and other.board == 0:
            if other.category == TO_PCT:
                contact[me.ccg, 0] += ties[t].strength
            elif other.category == TO_ACUTE:
                contact[me.ccg, 1] += 1.0
    for i in range(actors.shape[0]):
        if actors[i].board == 1 and actors[i].kind == PROVIDER:
            contact[actors[i].ccg, 1] += p.seat_weight
    for g in range(ccgs.shape[0]):
        here = ccgs[g]
        open_pct = saturating(contact[g, 0] / p.benchmark_ties) * (1.0 - here.withheld) * (0.5 + 0.5 * here.colocation)
        flow = max(open_pct, here.benchmarking)
        here.benchmark = benchmark_after(here.benchmark, flow, p.benchmark_gain, p.benchmark_loss)
        heard = saturating(contact[g, 1] / p.acute_ties)
        clout = saturating(here.population / p.clout_population)
        here.cost_transparency = transparency_after(here.cost_transparency, heard, clout, p.gain, p.loss)
