"""Measures of what people know and want: coherence, knowledge mobility, and whose vision the board's priorities are."""

from __future__ import annotations

import math

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.kinds import CLINICIAN, OFFICIAL
from ccgsim.foundation.numbers import clip, distance
from ccgsim.foundation.vocabulary import COMMISSIONING, GP, SECONDARY_CARE_DOCTOR
from ccgsim.processes.rating import boards_view, external_coherence, live_pathways

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
def mean_priorities(actors, aims, here, board, mean):
    """Put the mean priorities of the board (1), or of active GPs without a seat (0), into mean (6,); their number."""
    people = 0
    for c in range(NEEDS):
        mean[c] = 0.0
    for i in range(here.first, here.last):
        me = actors[i]
        if me.board == board and me.active == 1 and (board == 1 or me.kind == GP):
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
def coherence(actors, aims, here, live, row):
    """Fill the three parts of coherence; `live` is the share of pathways with a live project."""
    board, frontline = np.zeros(NEEDS), np.zeros(NEEDS)
    members = mean_priorities(actors, aims, here, 1, board)
    others = mean_priorities(actors, aims, here, 0, frontline)
    row.coherence_internal = internal_coherence(actors, aims, here)
    if members > 0 and others > 0:
        row.coherence_frontline = 1.0 - distance(board, frontline)
    members, evidence = boards_view(actors, here, board)
    if members > 0:
        row.coherence_external = external_coherence(board, here.needs, evidence, here.benchmark, live)


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
def traced_to_clinicians(actors, aims, contacts, p):
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
            pull[i] = p.pull
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
def vision(actors, here, clinical, row):
    """Fill the clinicians' part in the vision: the mean over the board of what traces to clinicians."""
    members, total = 0, 0.0
    for i in range(here.first, here.last):
        if actors[i].board == 1:
            members += 1
            total += clinical[i]
    if members > 0:
        row.vision_clinical = total / members


@njit
def alignment(actors, contacts, ccgs, projects, priorities, out):
    """Fill coherence, knowledge and vision of every CCG; `priorities` is the record of that section."""
    aims = aims_of(actors)
    live = live_pathways(projects, ccgs.shape[0])
    clinical = traced_to_clinicians(actors, aims, contacts, priorities)
    for g in range(ccgs.shape[0]):
        here, row = ccgs[g], out[g]
        if here.last <= here.first:
            continue
        coherence(actors, aims, here, live[g], row)
        knowledge(actors, here, row)
        vision(actors, here, clinical, row)
