"""Ties: how advice ties form, strengthen, fade and break. `forming` goes through those who may meet."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.chance import chance_of, stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import distance
from ccgsim.foundation.quantity import number, share
from ccgsim.foundation.vocabulary import PROVIDER, REFERENCE_UNCERTAINTY, TO_BOARD
from ccgsim.processes.ties.contacts import embeddedness
from ccgsim.processes.ties.meeting import base_rate, category_of, highest_place, place_factor, rate_to_outside


@dataclass(frozen=True, kw_only=True, slots=True)
class Ties:
    """Parameters of the process `ties`; the rates are monthly and before activity, place and flow balance."""

    board_board: float = number(0.17, 0, 1, "Rate between board members", unit="per month", source="fitted to E2")
    manager_pct: float = number(
        0.045, 0, 0.2, "Rate between board managers and PCT staff", unit="per month", source="fitted to E2"
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
    base_loss: float = number(0.026, 0, 0.2, "Loss of an embedded, weak tie", unit="per month", source="Burt 2002")
    bridge_loss: float = number(
        1.7, 0, 2.5, "Log rate added to the loss of a bridge", source="Burt 2002, doi:10.1016/S0378-8733(02)00015-0"
    )
    strength_loss: float = number(1.0, 0, 5, "Log rate taken from the loss of a strong tie")
    uncertainty_loss: float = number(0.5, 0, 3, "Log rate added to losses by full uncertainty")
    conflict_loss: float = number(0.8, 0, 3, "Log rate added to losses where priorities lie too far apart")
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
    across_localities: float = share(0.21, "Contact across localities against contact inside one")
    across_legacy_board: float = share(
        0.4, "Contact on the board across former groups against inside one", source="assumed, E4"
    )
    capacity: float = number(8.0, 1, 40, "Outside advisers whom an ordinary member can hold", unit="people")
    capacity_power: float = number(0.8, 0, 1, "How capacity grows with brokerage", unit="exponent")
    board_weight: float = share(0.35, "Effort of an adviser on the board against one outside")
    search: float = number(
        1.25,
        0,
        3,
        "How much harder a board looks for advisers of a kind that it has lost",
        unit="exponent",
        source="Cyert and March 1963, problemistic search",
    )
    looks: float = number(6.0, 0, 50, "Distant practices that a GP may chance to meet", unit="per month")


LOST = stream("ties_lost")
MOST_COMMON = 6
ROUNDING = 1e-12  # a chance lies below its rate, and a rate below its bound, by more than this or not at all
CATEGORIES = 8  # of a board member's advisers
ALLIED = 3.0  # how much faster providers in a funded alliance take up contact (E32)


# Equations: numbers in, number out.
@njit
def load(outside, on_board, brokerage, board_weight, capacity, power):
    """Advisers held over the number that can be held; who brokers can hold more."""
    return (outside + board_weight * on_board) / (capacity * math.pow(brokerage, power))


@njit
def activity(participation, brokerage, load_held):
    """Seeking of new advice: a full load leaves little room, never none."""
    return participation * brokerage * max(0.02, 1.0 - load_held)


@njit
def rate_of_forming(rate, place, seeking, common, returns, closure, reciprocity):
    """Monthly rate at which a tie forms: common contacts and being sought already make it likelier."""
    friends = 1.0 + closure * min(common, MOST_COMMON)
    return rate * place * seeking * friends * (1.0 + reciprocity * returns)


@njit
def rate_of_loss(embedded, strength, uncertainty, conflict, p):
    """Monthly rate at which a tie breaks: bridges, weak ties and ties under uncertainty or conflict go first."""
    weakness = p.bridge_loss * (1.0 - embedded) - p.strength_loss * strength
    unsettled = p.uncertainty_loss * (uncertainty - REFERENCE_UNCERTAINTY) + p.conflict_loss * conflict
    return p.base_loss * math.exp(weakness + unsettled)


@njit
def strength_after(strength, seeker, adviser, growth, fading):
    """Strength after a month: it grows with both ends' participation and fades by itself."""
    return strength + growth * math.sqrt(seeker * adviser) * (1.0 - strength) - fading * strength


@njit
def search_for(usual, held, power):
    """How hard a board looks for advisers of a kind: 1 where it holds as many as usual, more where it lost some."""
    return math.pow((usual + 1.0) / (held + 1.0), power)


# Acts
@njit
def loads_and_activity(actors, ties, out_first, p):
    """Set every actor's load and activity from the advisers held."""
    for i in range(actors.shape[0]):
        me = actors[i]
        outside, on_board = 0, 0
        for t in range(out_first[i], out_first[i + 1]):
            if actors[ties[t].target].board == 1:
                on_board += 1
            else:
                outside += 1
        me.load = load(outside, on_board, me.brokerage, p.board_weight, p.capacity, p.capacity_power)
        me.activity = activity(me.participation, me.brokerage, me.load)


@njit
def ties_held(actors, ties, ccgs):
    """Ties that each board holds to each category of adviser, itself included, shape (CCGs, 8)."""
    held = np.zeros((ccgs.shape[0], CATEGORIES))
    for t in range(ties.shape[0]):
        me, other = actors[ties[t].source], actors[ties[t].target]
        if me.board == 1:
            held[me.ccg, category_of(other)] += 1.0
    return held


@njit
def boards_search(actors, ties, ccgs, p):
    """Set how hard each board looks for each category: its flow balance, times what it has lost or gained since."""
    held = ties_held(actors, ties, ccgs)
    for g in range(ccgs.shape[0]):
        here = ccgs[g]
        for c in range(CATEGORIES):
            here.search[c] = here.flow_balance[c] * search_for(here.usual_ties[c], held[g, c], p.search)


@njit
def forming_rate(i, j, marks, actors, ccgs, localities, rules, clock):
    """Monthly rate at which row i takes up advice from row j; marks holds common contacts and returned ties."""
    me, other, p = actors[i], actors[j], rules.ties
    here = ccgs[me.ccg]
    rate = base_rate(me, other, p)
    if rate <= 0.0 or other.active == 0:
        return 0.0
    if me.board == 1:
        rate *= here.search[category_of(other)]
    if me.kind == PROVIDER and other.kind == PROVIDER and min(me.allied_until, other.allied_until) > clock.month:
        rate *= ALLIED
    place = place_factor(me, other, here, localities, p, rules.engagement.span)
    open_both = (1.0 - me.withheld) * (1.0 - other.withheld)
    return open_both * rate_of_forming(rate, place, me.activity, marks[j, 0], marks[j, 1], p.closure, p.reciprocity)


@njit
def ceiling(me, here, p, highest):
    """No rate of this actor with anybody is higher, before activity, common contacts and being sought.

    `highest`: the highest base rate of all; a seat-holder's own are looked up, as most searches are hers.
    """
    rate = highest
    if me.board == 1:
        rate = p.board_board * here.search[TO_BOARD]
        for c in range(TO_BOARD):
            rate = max(rate, max(rate_to_outside(me, c, p), p.board_voluntary) * here.search[c])
    return rate * highest_place(here) * (ALLIED if me.kind == PROVIDER else 1.0)


# Sweeps
@njit
def held_start(me, now):
    """Whether a board member's ties are held as surveyed, as they are before month 0."""
    return now.burning == 1 and me.board == 1


@njit
def loss_chance(t, actors, ties, contacts, ccgs, rules):
    """Chance that tie t breaks this month."""
    me, adviser = actors[ties[t].source], actors[ties[t].target]
    embedded = embeddedness(ties[t].source, ties[t].target, contacts.first, contacts.other)
    conflict = 1.0 if distance(me.priorities, adviser.priorities) > rules.priorities.confidence else 0.0
    seen = ccgs[me.ccg].uncertainty_seen
    return chance_of(rate_of_loss(embedded, ties[t].strength, seen, conflict, rules.ties))


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
        at_most = rate_of_loss(0.0, tie.strength, ccgs[me.ccg].uncertainty_seen, 1.0, p)
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
            out[n] = place_factor(me, other, ccgs[me.ccg], localities, rules[0], span)
    return out
