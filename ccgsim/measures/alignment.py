"""Measures of what people know and want: coherence, knowledge mobility, and whose vision the board's priorities are."""

from __future__ import annotations

import math

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.kinds import CLINICIAN, OFFICIAL
from ccgsim.foundation.numbers import clip, distance
from ccgsim.foundation.vocabulary import COMMISSIONING, GP, SECONDARY_CARE_DOCTOR
from ccgsim.processes.decisions import course_of, decided, side_and_weight
from ccgsim.processes.priorities import pull_of
from ccgsim.processes.rating import evidence_known, external_coherence, live_pathways

DOMAINS, NEEDS = 9, 6
YEAR = 12


@njit
def aims_of(actors):
    """Priorities of every actor, shape (N, 6)."""
    aims = np.zeros((actors.shape[0], NEEDS))
    for i in range(actors.shape[0]):
        own = actors[i].priorities
        for c in range(NEEDS):
            aims[i, c] = own[c]
    return aims


@njit
def apart(aims, i, j):
    """Distance (total variation) between the priorities of two actors, in [0, 1]."""
    total = 0.0
    for c in range(NEEDS):
        total += abs(aims[i, c] - aims[j, c])
    return 0.5 * total


@njit
def frontline_aims(actors, aims, here, mean):
    """Put the mean priorities of active GPs without a seat into mean (6,); returns their number."""
    people = 0
    for c in range(NEEDS):
        mean[c] = 0.0
    for i in range(here.first, here.last):
        me = actors[i]
        if me.board == 0 and me.active == 1 and me.kind == GP:
            people += 1
            for c in range(NEEDS):
                mean[c] += aims[i, c]
    for c in range(NEEDS):
        mean[c] = mean[c] / people if people > 0 else 0.0
    return people


@njit
def internal_coherence(actors, aims, here):
    """1 - mean distance in priorities over pairs of seat-holders, in [0, 1]; missing with fewer than two."""
    pairs, total = 0, 0.0
    for i in range(here.first, here.last):
        if actors[i].board == 1:
            for j in range(i + 1, here.last):
                if actors[j].board == 1:
                    pairs += 1
                    total += apart(aims, i, j)
    return 1.0 - total / pairs if pairs > 0 else math.nan


@njit
def coherence(actors, aims, here, live, course, row):
    """Fill the three parts of coherence; `live` is the share of pathways with a live project."""
    followed, frontline = np.zeros(NEEDS), np.zeros(NEEDS)
    members = course_of(actors, here, course, followed)
    others = frontline_aims(actors, aims, here, frontline)
    row.coherence_internal = internal_coherence(actors, aims, here)
    if members > 0 and others > 0:
        row.coherence_frontline = 1.0 - distance(followed, frontline)
    if members > 0:
        _, evidence = evidence_known(actors, here)
        row.coherence_external = external_coherence(followed, here.needs, evidence, here.benchmark, live)


@njit
def known(actors, here, domain):
    """Of one domain on the board: members, sum and best of what they know; the non-native members, and their sum."""
    members, total, best, learners, learnt = 0, 0.0, 0.0, 0, 0.0
    for i in range(here.first, here.last):
        me = actors[i]
        if me.board == 0:
            continue
        members += 1
        total += me.knowledge[domain]
        best = max(best, me.knowledge[domain])
        if me.native[domain] < 1.0:
            learners += 1
            learnt += me.knowledge[domain]
    return members, total, best, learners, learnt


@njit
def knowledge(actors, here, row):
    """Fill reach, circulation and the board's knowledge of commissioning."""
    domains, reach, lead, people = 0, 0.0, 0.0, 0
    for domain in range(DOMAINS):
        members, total, best, learners, learnt = known(actors, here, domain)
        people = members
        if learners > 0:
            domains += 1
            reach += learnt / learners
        if members > 0:
            lead += best - total / members
            if domain == COMMISSIONING:
                row.board_commissioning = total / members
    if domains > 0:
        row.mobility_reach = reach / domains
    if people > 0:
        row.mobility_circulation = 1.0 - lead / DOMAINS


@njit
def heeded(aims, contacts, confidence):
    """Contacts near enough in priorities to be heard, in compressed rows: first (N + 1,), rows, weights of sum 1."""
    people = aims.shape[0]
    first = np.zeros(people + 1, np.int64)
    other = np.zeros(contacts.other.shape[0], np.int64)
    weight = np.zeros(contacts.other.shape[0])
    n = 0
    for i in range(people):
        total = 0.0
        for k in range(contacts.first[i], contacts.first[i + 1]):
            if contacts.strength[k] > 0.0 and apart(aims, i, contacts.other[k]) <= confidence:
                other[n] = contacts.other[k]
                weight[n] = contacts.strength[k]
                total += contacts.strength[k]
                n += 1
        first[i + 1] = n
        for k in range(first[i], n):
            weight[k] /= total
    return first, other, weight


@njit
def traced_to_clinicians(actors, aims, contacts, ccgs, p):
    """Share of each actor's priorities after 12 months that traces to clinicians, in [0, 1], shape (N,) (DeGroot 1974).

    Everyone starts as clinician (1) or not (0) and moves to contacts near enough, as the process `priorities` does;
    needs, which GPs and nurses see, pull as clinical; national aims, which managers and policy bodies follow, as not.
    """
    people = actors.shape[0]
    now, after, target, pull = np.zeros(people), np.zeros(people), np.zeros(people), np.zeros(people)
    for i in range(people):
        me = actors[i]
        if CLINICIAN[me.kind] or (me.board == 1 and me.role == SECONDARY_CARE_DOCTOR):
            now[i] = 1.0
            target[i] = 1.0
        if CLINICIAN[me.kind] or OFFICIAL[me.kind]:
            pull[i] = pull_of(me, ccgs[me.ccg], p)
    first, other, weight = heeded(aims, contacts, p.confidence)
    for _ in range(YEAR):
        for i in range(people):
            heard = 0.0
            for k in range(first[i], first[i + 1]):
                heard += weight[k] * now[other[k]]
            talk = p.step * (heard - now[i]) if first[i + 1] > first[i] else 0.0
            after[i] = clip(now[i] + talk + pull[i] * (target[i] - now[i]), 0.0, 1.0)
        now, after = after, now
    return now


@njit
def vision(actors, here, clinical, course, row):
    """Fill the clinicians' part in the vision: what traces to clinicians of the board's aims, by who decides."""
    members, total, sums, weights = 0, 0.0, np.zeros(3), np.zeros(3)
    for i in range(here.first, here.last):
        if actors[i].board == 1:
            side, weight = side_and_weight(actors[i])
            members += 1
            total += clinical[i]
            sums[side] += weight * clinical[i]
            weights[side] += weight
    if members > 0:
        row.vision_clinical = decided(sums, weights, here.manager_control, 0.0, total / members, course)


@njit
def alignment(actors, contacts, ccgs, projects, rules, out):
    """Fill coherence, knowledge and vision of every CCG."""
    aims, course = aims_of(actors), rules[0].decisions.course
    live = live_pathways(projects, ccgs, rules[0].rating.reach)
    clinical = traced_to_clinicians(actors, aims, contacts, ccgs, rules[0].priorities)
    for g in range(ccgs.shape[0]):
        here, row = ccgs[g], out[g]
        if here.last <= here.first:
            continue
        coherence(actors, aims, here, live[g], course, row)
        knowledge(actors, here, row)
        vision(actors, here, clinical, course, row)
