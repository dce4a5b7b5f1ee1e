"""Finance: the yearly balance and the strain that it leaves (E10)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ccgsim.foundation.chance import normal, stream
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import clip
from ccgsim.foundation.quantity import number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class Finance:
    """Parameters of the process `finance`."""

    saving: float = number(0.0, -0.05, 0.05, "Saving that every CCG makes each year", unit="share of budget a year")
    drift_sd: float = number(
        0.004,
        0,
        0.05,
        "Spread of standing balances between CCGs (standard deviation)",
        unit="share of budget a year",
        dated=False,
    )
    volatility: float = number(
        0.014,
        0,
        0.1,
        "Yearly scatter for 7,000 patients (standard deviation)",
        unit="share of budget",
        source="Bachmann and Bevan 1996",
    )
    strain_memory: float = share(0.5, "Strain that lasts into the next year")
    strain_gain: float = number(20.0, 0, 100, "Strain from overspending the whole budget", unit="ratio")


FINANCE = stream("finance")
LIST = 7000.0
TYPICAL_POPULATION = 226000.0
GIVEN = (0.006, 0.006, 0.006, 0.006, 0.004, 0.0029, 0.0029, 0.002, 0.002, 0.002, 0.004, 0.004)


# Equations
@njit
def scatter(population, volatility):
    """Standard deviation of a yearly balance [share of budget]: larger populations pool risk."""
    return volatility * math.sqrt(LIST / population)


@njit
def strain_after(strain, balance, memory, gain):
    """Financial strain after a year that ended with this balance, in [0, 1]."""
    return clip(memory * strain + gain * max(0.0, -balance), 0.0, 1.0)


@njit
def given(year, english):
    """Balance that the national settlement of a year leaves on average (fitted to the NAO's shares of overspenders)."""
    if not english:
        return 0.0
    return GIVEN[min(year, len(GIVEN) - 1)]


# Sweep
@njit
def sweep(ccgs, rules, clock):
    """The year ends for every CCG."""
    p, now = rules[0].finance, clock[0]
    for g in range(ccgs.shape[0]):
        here = ccgs[g]
        population = TYPICAL_POPULATION if rules[0].ablation.size_free == 1 else here.population
        luck = normal(now.seed, FINANCE, now.luck_month, here.number, 0)
        here.balance_of_year = (
            p.saving + here.drift + scatter(population, p.volatility) * luck + given(now.month // 12, now.english == 1)
        )
        here.strain = strain_after(here.strain, here.balance_of_year, p.strain_memory, p.strain_gain)
