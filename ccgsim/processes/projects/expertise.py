"""Expertise: what a board, its brokers and a champion know serves decisions on a project (E7, E14, E37)."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.vocabulary import (
    ACUTE,
    COMMISSIONING,
    COMMUNITY_CARE,
    ELSEWHERE,
    HOSPITALS,
    PATIENT_EXPERIENCE,
    PROVIDED_BY,
)

DOMAINS = 9
USUAL_STRATEGIC, USUAL_PROGRAMME, USUAL_EVIDENCE = 0.43, 0.68, 0.30  # what boards know of it that know as usual
MOST_FOR_SUPPORT, MOST_FOR_BIRTHS = 1.5, 2.0  # what knowing more than usual is worth at most
BEST = 0.7  # weight of the member who knows a domain best, against the board's mean


class Expertise(NamedTuple):
    """What boards know and reach, a row a CCG."""

    mean: np.ndarray  # (CCGs, 9) mean knowledge over the board
    best: np.ndarray  # (CCGs, 9) the best member's
    reach: np.ndarray  # (CCGs,) highest brokerage of a member


# Equations
@njit
def worth_of_knowing(known, usual, most, weight):
    """Factor on support or births: 1 where as much is known as usual, up to `most`; weight 0 leaves it at 1."""
    return math.pow(min(most, known / usual), weight)


@njit
def strategic_knowledge(mean):
    """What a board needs to know to choose: commissioning, patients' experience, evidence from elsewhere; in [0, 1]."""
    return (mean[COMMISSIONING] + mean[PATIENT_EXPERIENCE] + mean[ELSEWHERE]) / 3.0


@njit
def domain_of(sector):
    """The domain of knowledge that a provider's sector brings."""
    return HOSPITALS if sector == ACUTE else COMMUNITY_CARE


@njit
def at_hand(domain, mean, best, champion):
    """Knowledge of a domain at a project's hand: the best member's or the champion's, and the board's mean."""
    return (1.0 - BEST) * mean[domain] + BEST * max(best[domain], champion[domain])


@njit
def programme_knowledge(pathway, mean, best, champion):
    """What it takes to plan a pathway: half commissioning, half its two providers' domains; in [0, 1]."""
    total = 0.5 * at_hand(COMMISSIONING, mean, best, champion)
    for sector in PROVIDED_BY[pathway]:
        total += 0.25 * at_hand(domain_of(sector), mean, best, champion)
    return total


@njit
def part_carried(own, left, carrying):
    """Part of a champion's input that is left once she has left the board, from her reach and the widest left there."""
    return 1.0 - carrying + carrying * min(1.0, left / own) if own > 0.0 else 1.0


# Stock-taking
@njit
def expertise_of(actors, ccgs):
    """Columns of `Expertise`."""
    mean, best = np.zeros((ccgs.shape[0], DOMAINS)), np.zeros((ccgs.shape[0], DOMAINS))
    reach, members = np.zeros(ccgs.shape[0]), np.zeros(ccgs.shape[0])
    for i in range(actors.shape[0]):
        me = actors[i]
        if me.board == 0:
            continue
        members[me.ccg] += 1.0
        reach[me.ccg] = max(reach[me.ccg], me.brokerage)
        for c in range(DOMAINS):
            mean[me.ccg, c] += me.knowledge[c]
            best[me.ccg, c] = max(best[me.ccg, c], me.knowledge[c])
    for g in range(ccgs.shape[0]):
        for c in range(DOMAINS):
            mean[g, c] /= max(1.0, members[g])
    return Expertise(mean, best, reach)
