"""Priorities: what people hold important moves with contacts, needs, national aims and patients (E7, E16)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.chance import normal, stream
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.kinds import OFFICIAL
from ccgsim.foundation.numbers import distance, onto_simplex, saturating, within_reach
from ccgsim.foundation.quantity import number, share
from ccgsim.foundation.vocabulary import AIMS, GP, LAY_MEMBER, PATIENT_GROUP, PCT_STAFF


@dataclass(frozen=True, kw_only=True, slots=True)
class Priorities:
    """Parameters of the process `priorities`."""

    step: float = number(0.05, 0, 1, "Move towards contacts", unit="per month")
    confidence: float = share(0.35, "Distance (total variation) beyond which people do not listen")
    pull: float = number(
        0.06,
        0,
        1,
        "Pull of needs on practices and patients, of national aims on managers and policy bodies",
        unit="per month",
    )
    control_pull: float = number(
        2.2, 0, 5, "Pull of national aims added on managers in full control", unit="ratio", source="assumed, E20, E71"
    )
    delegated: float = share(0.0, "GP services that the CCG itself buys from its practices", source="E55")
    own_interest: float = share(
        0.0, "Part of what GPs want that follows what practices are paid for, where the CCG buys it all", source="E55"
    )
    noise: float = number(0.01, 0, 0.2, "Monthly disturbance of a priority (standard deviation)")
    needs_drift: float = number(0.01, 0, 0.2, "Monthly drift of a need (standard deviation)")
    locality_channel: float = number(0.012, 0, 0.5, "Pull of a locality on its board lead", unit="per month")
    patient_pull: float = number(0.07, 0, 0.5, "Pull of patients' voice on board members", unit="per month")
    patient_seat: float = share(0.3, "Voice through a patient's seat against voice through ties")
    patient_noise: float = share(0.3, "Error of needs seen through a single contributor (standard deviation)")
    patient_sample: float = number(30.0, 0, 1000, "Contributors added by a full structure of feedback", unit="people")


PRIORITIES, NEEDS = stream("priorities"), stream("needs")
PAID_FOR = np.array((0.5, 0.0, 0.0, 0.0, 0.0, 0.5))  # what practices sell: access, prevention (S15); halves assumed


# Equations
@njit
def error_of_feedback(structure, noise, sample):
    """Standard deviation of a need as patients' feedback shows it: more contributors, less error."""
    return noise / math.sqrt(1.0 + sample * structure)


@njit
def voice(structure, strength_of_ties, seat, seat_weight):
    """Weight of patients' voice for a board member in [0, 1], through ties to patient groups and a patient's seat."""
    return min(1.0, structure * saturating(strength_of_ties) + seat_weight * structure * seat)


# Acts
@njit
def needs_drift(here, p, now):
    """A population's needs wander."""
    for c in range(AIMS):
        here.needs[c] += p.needs_drift * normal(now.seed, NEEDS, now.luck_month, here.number, c)
    onto_simplex(here.needs)


@njit
def needs_as_seen(here, p, now, out):
    """The needs that patients' feedback shows this month."""
    error = error_of_feedback(here.structure, p.patient_noise, p.patient_sample)
    for c in range(AIMS):
        out[c] = here.needs[c] + error * normal(now.seed, NEEDS, now.luck_month, here.number, AIMS + c)
    onto_simplex(out)


@njit
def heeds(me, you, p, deaf):
    """Whether someone listens to a contact: minds must be near; under an ablation patients go unheard."""
    unheard = deaf == 1 and me.board == 1 and you.kind == PATIENT_GROUP
    return not unheard and distance(me.priorities, you.priorities) <= p.confidence


@njit
def hear_contacts(i, actors, contacts, p, deaf, out):
    """Add to out the move of row i towards contacts near enough in mind (bounded confidence)."""
    first, other, strength = contacts.first, contacts.other, contacts.strength
    me, total = actors[i], 0.0
    for k in range(first[i], first[i + 1]):
        if heeds(me, actors[other[k]], p, deaf):
            total += strength[k]
    if total <= 0.0:
        return
    for k in range(first[i], first[i + 1]):
        you = actors[other[k]]
        if heeds(me, you, p, deaf):
            for c in range(AIMS):
                out[c] += p.step * strength[k] / total * (you.priorities[c] - me.priorities[c])


@njit
def pull_of(me, here, p):
    """Pull of needs or national aims on an actor: managers in control take their lead from the centre more."""
    return p.pull * (1.0 + p.control_pull * here.manager_control) if me.kind == PCT_STAFF else p.pull


@njit
def interest_of(me, p):
    """Part of the pull on a GP that goes to what practices are paid for, in [0, 1]: she buys from herself (E55)."""
    return p.delegated * p.own_interest if me.kind == GP else 0.0


@njit
def pulled(me, here, nation, p, out):
    """Add to out the pull of needs on practices and patients, of national aims on managers and policy bodies.

    Board members see needs through their locality, patients and contacts only: a seat takes them away from practice.
    What their practices are paid for GPs see with or without a seat.
    """
    managed = OFFICIAL[me.kind]
    close = me.kind == PATIENT_GROUP or (me.kind == GP and me.board == 0)
    pull, own = pull_of(me, here, p), interest_of(me, p)
    for c in range(AIMS):
        target = nation.priorities[c] if managed else here.needs[c] if close else me.priorities[c]
        target += own * (PAID_FOR[c] - target)
        out[c] += pull * (target - me.priorities[c])


@njit
def hear_locality(me, place, span, p, out):
    """Add to out the pull of the locality on the board member who leads it, weaker in a large one."""
    reach = within_reach(place.practices, span)
    for c in range(AIMS):
        out[c] += p.locality_channel * reach * (place.priorities[c] - me.priorities[c])


@njit
def ties_to_patients(i, actors, contacts):
    """Total strength of row i's contacts with patient groups outside the board."""
    other, strength, total = contacts.other, contacts.strength, 0.0
    for k in range(contacts.first[i], contacts.first[i + 1]):
        if actors[other[k]].kind == PATIENT_GROUP and actors[other[k]].board == 0:
            total += strength[k]
    return total


@njit
def hear_patients(me, heard, seen, p, out):
    """Add to out the pull of the needs that patients show on a board member, as far as they are heard."""
    for c in range(AIMS):
        out[c] += p.patient_pull * heard * (seen[c] - me.priorities[c])


@njit
def lay_members(actors, ccgs):
    """1 for each CCG with a lay member on its board, else 0."""
    out = np.zeros(ccgs.shape[0])
    for i in range(actors.shape[0]):
        if actors[i].board == 1 and actors[i].role == LAY_MEMBER:
            out[actors[i].ccg] = 1.0
    return out


@njit
def localities_mean(actors, localities):
    """Set each locality's mean priorities and participation of its GPs."""
    count = np.zeros(localities.shape[0])
    for v in range(localities.shape[0]):
        localities[v].participation = 0.0
        for c in range(AIMS):
            localities[v].priorities[c] = 0.0
    for i in range(actors.shape[0]):
        me = actors[i]
        if me.locality < 0 or me.active == 0:
            continue
        count[me.locality] += 1.0
        localities[me.locality].participation += me.participation
        for c in range(AIMS):
            localities[me.locality].priorities[c] += me.priorities[c]
    for v in range(localities.shape[0]):
        if count[v] > 0.0:
            localities[v].participation /= count[v]
            for c in range(AIMS):
                localities[v].priorities[c] /= count[v]


# Sweep
@njit
def sweep(world):
    """One month of priorities; everyone hears what others held at its beginning."""
    actors, contacts, ccgs, localities = world.actors, world.contacts, world.ccgs, world.localities
    seats, nation, rules, now = world.seats, world.nation[0], world.rules[0], world.clock[0]
    p, deaf = rules.priorities, rules.ablation.deaf_to_patients
    localities_mean(actors, localities)
    seen, lay = np.zeros((ccgs.shape[0], AIMS)), lay_members(actors, ccgs)
    for g in range(ccgs.shape[0]):
        needs_drift(ccgs[g], p, now)
        needs_as_seen(ccgs[g], p, now, seen[g])
    move = np.zeros((actors.shape[0], AIMS))
    members, voices = np.zeros(ccgs.shape[0]), np.zeros(ccgs.shape[0])
    for i in range(actors.shape[0]):
        me = actors[i]
        if me.active == 0:
            continue
        hear_contacts(i, actors, contacts, p, deaf, move[i])
        pulled(me, ccgs[me.ccg], nation, p, move[i])
        if me.board == 1:
            members[me.ccg] += 1.0
            led = seats[me.seat].locality
            if led >= 0:
                hear_locality(me, localities[led], rules.engagement.span, p, move[i])
            if deaf == 0:
                tied = ties_to_patients(i, actors, contacts)
                heard = voice(ccgs[me.ccg].structure, tied, lay[me.ccg], p.patient_seat)
                hear_patients(me, heard, seen[me.ccg], p, move[i])
                voices[me.ccg] += heard
    for g in range(ccgs.shape[0]):
        ccgs[g].patients_heard = voices[g] / members[g] if members[g] > 0.0 else 0.0
    for i in range(actors.shape[0]):
        me = actors[i]
        if me.active == 1:
            for c in range(AIMS):
                me.priorities[c] += move[i, c] + p.noise * normal(now.seed, PRIORITIES, now.luck_month, me.key, c)
            onto_simplex(me.priorities)
