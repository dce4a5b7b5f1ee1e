"""Turnover: who leaves the board, why, and who follows (E8, E27, E47)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.chance import chance_of, geometric, race, stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import clip
from ccgsim.foundation.quantity import count, number, share
from ccgsim.foundation.vocabulary import CCG, GP, PCT, PCT_STAFF, PRACTICE_MANAGER, REFERENCE_UNCERTAINTY


@dataclass(frozen=True, kw_only=True, slots=True)
class Turnover:
    """Parameters of the process `turnover`."""

    base: float = number(
        0.0052,
        0,
        0.05,
        "Exit of a seat-holder in reference conditions",
        unit="per month",
        source="fitted to resignations, GPonline 2013",
    )
    load: float = number(1.5, 0, 5, "Log rate added by load above .6")
    disengagement: float = number(3.41, 0, 6, "Log rate added by participation below .6")
    uncertainty: float = number(2.4, 0, 5, "Log rate added by uncertainty above .35")
    migration: float = number(
        0.004, 0, 0.05, "Pull of federations on the capable who are not heard", unit="per month", source="assumed, E27"
    )
    inherit: float = share(0.2, "Chance that a successor takes over a tie of the seat")
    standing: float = share(
        0.11,
        "Part of a great broker's reach (on a logarithmic scale) that belongs to the seat",
        source="assumed, E8",
        dated=False,
    )
    vacancy: float = number(5.0, 1, 24, "Mean time to fill a seat", unit="months")
    term: int = count(36, 6, 120, "Term of office", unit="months")
    not_standing: float = share(0.13, "Holders who do not stand again")
    broker_exits: int = count(
        0, 0, 11, "How many times the most central board member leaves, at months 24, 36, ...", dated=False
    )


EXITS, TERMS, VACANCY = stream("turnover_exits"), stream("turnover_terms"), stream("turnover_vacancy")
SUCCESSOR, INHERIT = stream("turnover_successor"), stream("turnover_inherit")
REFERENCE_LOAD, REFERENCE_PARTICIPATION = 0.6, 0.6  # never follow the headline
MIGRATION_STARTS, MIGRATION_MONTHS = 40, 30.0  # federations grow from 2014 (E27)
MOST_TIRED = 50.0  # log rate beyond which nobody stays a month: keeps the exponential finite
STAYS, LEAVES, MIGRATES = 0, 1, 2


# Equations: numbers in, number out.
@njit
def rate_of_exit(load, participation, uncertainty, p):
    """Monthly rate at which a seat-holder leaves: the overloaded, the disengaged and the unsettled go sooner."""
    # by name: `p.base` of a record is, without compilation, an attribute of NumPy's
    tired = p.load * (load - REFERENCE_LOAD) + p.disengagement * (REFERENCE_PARTICIPATION - participation)
    return p["base"] * math.exp(min(MOST_TIRED, tired + p.uncertainty * (uncertainty - REFERENCE_UNCERTAINTY)))


@njit
def rate_of_migration(month, efficacy, capability, pull):
    """Monthly rate at which federations draw away a capable GP who is not heard (E27)."""
    grown = clip((month - MIGRATION_STARTS) / MIGRATION_MONTHS, 0.0, 1.0)
    return pull * grown * max(0.0, 0.6 - efficacy) * capability


@njit
def mean_vacancy(months, participation):
    """Mean months to fill a seat, longer where few take part (E47)."""
    return months / clip(participation / REFERENCE_PARTICIPATION, 0.25, 1.0)


# Acts
@njit
def fate_of_holder(me, seat, here, p, now):
    """Whether a holder stays, leaves or migrates this month; at the end of a term some do not stand again."""
    luck = uniform(now.seed, EXITS, now.luck_month, me.key, seat.number)
    leaving = rate_of_exit(me.load, me.participation, here.uncertainty_seen, p)
    migrating = rate_of_migration(now.month, me.efficacy, me.capability, p.migration) if now.english == 1 else 0.0
    if luck < chance_of(leaving):
        return LEAVES
    if me.kind == GP and luck < chance_of(leaving + migrating):
        return MIGRATES
    if now.month - seat.since >= p.term:
        seat.since = now.month
        if uniform(now.seed, TERMS, now.luck_month, me.key, seat.number) < p.not_standing:
            return LEAVES
    return STAYS


@njit
def wants_seat(me, seat):
    """Weight of an actor as a successor: GPs who take part and are able; managers' posts go to able staff."""
    if me.active == 0 or me.board == 1 or me.kind != seat.kind:
        return 0.0
    if me.kind == GP:
        return me.participation * me.capability if seat.locality < 0 or seat.locality == me.locality else 0.0
    # practices send their own manager, and staff whose work has moved to another body hold no office here
    officer = seat.role != PRACTICE_MANAGER and (me.employer == PCT or me.employer == CCG)
    return me.capability if me.kind == PCT_STAFF and officer else 0.0


# Sweeps
@njit
def leave(actors, ccgs, seats, rules, clock):
    """Fate of each seat's holder this month (shape (seats,)); STAYS where a seat is vacant."""
    out = np.zeros(seats.shape[0], np.int64)
    for i in range(actors.shape[0]):
        if actors[i].board == 1:
            seat = seats[actors[i].seat]
            out[actors[i].seat] = fate_of_holder(actors[i], seat, ccgs[seat.ccg], rules[0].turnover, clock[0])
    return out


@njit
def months_to_fill(seats, vacated, ccgs, rules, clock):
    """First month in which each seat vacated now may be filled (shape (vacated,))."""
    out, now = np.zeros(vacated.shape[0], np.int64), clock[0]
    for n in range(vacated.shape[0]):
        seat = seats[vacated[n]]
        here = ccgs[seat.ccg]
        luck = uniform(now.seed, VACANCY, now.luck_month, here.number, seat.number)
        wait = mean_vacancy(rules[0].turnover.vacancy, here.frontline_participation)
        out[n] = now.month + geometric(wait, luck)
    return out


@njit
def successors(actors, ccgs, seats, due, clock):
    """Row of the successor for each seat that is due, -1 without a candidate, -2 where another seat won the same."""
    now = clock[0]
    winner, time = np.full(due.shape[0], -1), np.full(due.shape[0], math.inf)
    for d in range(due.shape[0]):
        seat = seats[due[d]]
        here = ccgs[seat.ccg]
        for i in range(here.first, here.last):
            luck = uniform(now.seed, SUCCESSOR, now.luck_month, actors[i].key, seat.number)
            arrival = race(wants_seat(actors[i], seat), luck)
            if arrival < time[d]:
                winner[d], time[d] = i, arrival
    for d in range(due.shape[0]):
        for other in range(due.shape[0]):
            if winner[d] >= 0 and winner[other] == winner[d] and time[other] < time[d]:
                winner[d] = -2
    return winner
