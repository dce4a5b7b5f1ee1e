"""Ties: how advice ties strengthen, fade and break. How they form is in `seeking` and `forming`."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.chance import chance_of, stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.kinds import CHOOSES, TAKES_PART
from ccgsim.foundation.numbers import distance
from ccgsim.foundation.quantity import number, share
from ccgsim.foundation.vocabulary import REFERENCE_UNCERTAINTY
from ccgsim.processes.ties.contacts import embeddedness
from ccgsim.processes.ties.meeting import (
    base_rate,
    local_reach,
    place_factor,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ties:
    """Parameters of the process `ties`; the rates are monthly and before activity, place and flow balance."""

    board_board: float = number(0.17, 0, 1, "Rate between board members", unit="per month", source="fitted to E2")
    manager_pct: float = number(
        0.054, 0, 0.2, "Rate between board managers and PCT staff", unit="per month", source="fitted to E2"
    )
    clinician_pct: float = number(
        0.016, 0, 0.1, "Rate between board clinicians and PCT staff", unit="per month", source="fitted to E2"
    )
    clinician_practice: float = number(
        0.006, 0, 0.05, "Rate between board GPs or nurses and practices", unit="per month", source="fitted to E2"
    )
    manager_acute: float = number(
        0.012, 0, 0.1, "Rate between board managers and acute providers", unit="per month", source="fitted to E2"
    )
    clinician_acute: float = number(
        0.008, 0, 0.1, "Rate between board clinicians and acute providers", unit="per month", source="fitted to E2"
    )
    manager_community: float = number(
        0.006, 0, 0.1, "Rate between board managers and community providers", unit="per month", source="fitted to E2"
    )
    clinician_community: float = number(
        0.012, 0, 0.1, "Rate between board clinicians and community providers", unit="per month", source="fitted to E2"
    )
    manager_local_authority: float = number(
        0.008, 0, 0.1, "Rate between board managers and local authorities", unit="per month", source="fitted to E2"
    )
    clinician_local_authority: float = number(
        0.015, 0, 0.1, "Rate between board clinicians and local authorities", unit="per month", source="fitted to E2"
    )
    manager_regional: float = number(
        0.004, 0, 0.1, "Rate between board managers and regional bodies", unit="per month", source="fitted to E2"
    )
    clinician_regional: float = number(
        0.02, 0, 0.1, "Rate between board clinicians and regional bodies", unit="per month", source="fitted to E2"
    )
    board_patient: float = number(
        0.006, 0, 0.1, "Rate between board members and patient groups", unit="per month", source="fitted to E2"
    )
    board_voluntary: float = number(
        0.006,
        0,
        0.1,
        "Rate between board members and voluntary, ambulance and out-of-hours providers",
        unit="per month",
        source="fitted to E2",
    )
    gp_specialist: float = number(
        0.004, 0, 0.1, "Rate between a GP with a special interest and the specialist", unit="per month"
    )
    practice_practice: float = number(0.03, 0, 0.3, "Rate between practices", unit="per month")
    pct_pct: float = number(0.15, 0, 1, "Rate between PCT staff", unit="per month")
    pct_provider: float = number(0.04, 0, 0.4, "Rate between PCT staff and providers", unit="per month")
    provider_provider: float = number(0.01, 0, 0.2, "Rate between providers", unit="per month")
    start_strength: float = number(0.3, 0.01, 1, "Strength of a new tie", unit="share")
    growth: float = number(0.06, 0, 1, "Growth of strength between wholly participating people", unit="per month")
    fading: float = number(0.02, 0, 1, "Fading of strength", unit="per month")
    gone_below: float = number(0.05, 0.01, 1, "Strength below which a tie is gone", unit="share")
    base_loss: float = number(0.028, 0, 0.2, "Loss of an embedded, weak tie", unit="per month", source="Burt 2002")
    bridge_loss: float = number(
        1.7, 0, 2.5, "Log rate added to the loss of a bridge", source="Burt 2002, doi:10.1016/S0378-8733(02)00015-0"
    )
    strength_loss: float = number(1.5, 0, 5, "Log rate taken from the loss of a strong tie")
    uncertainty_loss: float = number(0.68, 0, 3, "Log rate added to losses by full uncertainty")
    conflict_loss: float = number(0.8, 0, 3, "Log rate added to losses where priorities lie too far apart")
    letting_go: float = number(
        2.5, 0, 4, "Log rate added to losses as the GP or nurse who seeks holds back", source="assumed, E12, E13"
    )
    closure: float = number(
        0.25,
        0,
        0.6,
        "Gain in the formation rate for each common contact, up to six",
        source="sign: actor-oriented models (Snijders)",
    )
    reciprocity: float = number(
        1.5,
        0,
        3,
        "Gain in the formation rate where the other already seeks advice",
        source="sign: actor-oriented models (Snijders)",
    )
    silo: float = number(
        0.7,
        0,
        0.95,
        "Part of contact across former practice-based commissioning groups that is lost",
        source="assumed, E11",
    )
    across_localities: float = share(0.33, "Contact across localities against contact inside one")
    across_legacy_board: float = share(
        0.4, "Contact on the board across former groups against inside one", source="assumed, E4"
    )
    capacity: float = number(8.0, 1, 40, "Outside advisers whom an ordinary member can hold", unit="people")
    capacity_power: float = number(0.9, 0, 1, "How capacity grows with brokerage", unit="exponent")
    board_weight: float = share(0.45, "Effort of an adviser on the board against one outside")
    search: float = number(
        2.8,
        0,
        4,
        "How much harder a board looks for advisers of a kind that it has lost",
        unit="exponent",
        source="Cyert and March 1963, problemistic search",
    )
    search_engaged: float = share(0.3, "Part of that search which needs the CCG to be engaged", source="assumed, E12")
    looks: float = number(6.0, 0, 50, "Distant practices that a GP may chance to meet", unit="per month")


LOST = stream("ties_lost")
ROUNDING = 1e-12  # a chance lies below its rate, and a rate below its bound, by more than this or not at all
CHOOSING = TAKES_PART == CHOOSES  # kinds that choose how much they take part


# Equations: numbers in, number out.
@njit
def rate_of_loss(embedded, strength, uncertainty, conflict, held_back, p):
    """Monthly rate at which a tie breaks: bridges, weak ties, ties under uncertainty or conflict, and those of people
    who hold back go first."""
    weakness = p.bridge_loss * (1.0 - embedded) - p.strength_loss * strength
    unsettled = p.uncertainty_loss * (uncertainty - REFERENCE_UNCERTAINTY) + p.conflict_loss * conflict
    return p.base_loss * math.exp(weakness + unsettled + p.letting_go * held_back)


@njit
def strength_after(strength, seeker, adviser, growth, fading):
    """Strength after a month: it grows with both ends' participation and fades by itself."""
    return strength + growth * math.sqrt(seeker * adviser) * (1.0 - strength) - fading * strength


@njit
def holding_back(seeker):
    """What a seeker who chooses how much she takes part (GP, nurse) keeps from taking part fully; 0 for others."""
    return 1.0 - seeker.participation if CHOOSING[seeker.kind] else 0.0


# Acts


# Sweeps
@njit
def held_start(me, now):
    """Whether a board member's ties are held as surveyed, as they are before month 0."""
    return now.burning == 1 and me.board == 1


@njit
def loss_chance(t, actors, ties, contacts, ccgs, rules):
    """Chance that tie t breaks this month."""
    me, adviser = actors[ties[t].source], actors[ties[t].target]
    embedded = embeddedness(ties[t].source, ties[t].target, contacts)
    conflict = 1.0 if distance(me.priorities, adviser.priorities) > rules.priorities.confidence else 0.0
    seen = ccgs[me.ccg].uncertainty_seen
    held_back = holding_back(me)
    return chance_of(rate_of_loss(embedded, ties[t].strength, seen, conflict, held_back, rules.ties))


@njit
def fade(actors, ties, contacts, ccgs, rules, clock):
    """Which ties break this month (flags, shape (M,)); the others' strength moves."""
    p, now = rules[0].ties, clock[0]
    gone = np.zeros(ties.shape[0], np.int64)
    for t in range(ties.shape[0]):
        tie = ties[t]
        me, adviser = actors[tie.source], actors[tie.target]
        luck = uniform(now.seed, LOST, now.luck_month, tie.source_key, tie.target_key)
        # a bridge in conflict breaks first: most ties are safe at their luck whatever their contacts
        held_back = holding_back(me)
        at_most = rate_of_loss(0.0, tie.strength, ccgs[me.ccg].uncertainty_seen, 1.0, held_back, p)
        chance = loss_chance(t, actors, ties, contacts, ccgs, rules[0]) if luck <= at_most + ROUNDING else 0.0
        tie.strength = strength_after(tie.strength, me.participation, adviser.participation, p.growth, p.fading)
        held_at = p.gone_below if held_start(me, now) else tie.held_at
        tie.strength = max(tie.strength, held_at)
        broken = held_at == 0.0 and (luck < chance or tie.strength < p.gone_below)
        if broken or me.active == 0 or adviser.active == 0:
            gone[t] = 1
    return gone


@njit
def place_weights(pairs, actors, ccgs, localities, rules, span):
    """Weight of each pair of rows as a starting tie: its place, 0 where such ties do not form (shape (pairs,))."""
    out = np.zeros(pairs.shape[0])
    for n in range(pairs.shape[0]):
        me, other = actors[pairs[n, 0]], actors[pairs[n, 1]]
        if base_rate(me, other, rules[0]) > 0.0:
            out[n] = place_factor(me, other, ccgs[me.ccg], local_reach(me, localities, span), rules[0])
    return out
