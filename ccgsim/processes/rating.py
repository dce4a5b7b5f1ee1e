"""Rating: the yearly assessment of a CCG, from what it does for patients, its money and its clinicians (E24)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.chance import normal, stream
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import clip, distance, of_parts
from ccgsim.foundation.quantity import number
from ccgsim.foundation.vocabulary import AIMS, ELSEWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """Parameters of the process `rating`."""

    external: float = number(0.3, 0, 1, "Weight of coherence with needs and practice elsewhere")
    sustained: float = number(0.05, 0, 0.5, "Weight of a sustained project, up to six")
    money: float = number(0.35, 0, 1, "Weight of being without financial strain")
    engagement: float = number(0.2, 0, 1, "Weight of participation")
    noise: float = number(0.05, 0, 0.5, "Error of the assessment (standard deviation)")


RATING = stream("rating")
MOST_PROJECTS = 6
SUSTAINED = 12  # months that a project must be live to count as sustained
PATHWAYS = 8


# Equations: numbers in, number out.
@njit
def assessment(external, sustained, strain, participation, p):
    """Result of an assessment before its error, about 0 to 1."""
    done = p.sustained * min(sustained, MOST_PROJECTS)
    return p.external * external + done + p.money * (1.0 - strain) + p.engagement * participation


@njit
def external_coherence(aims, needs, evidence, benchmark, live):
    """Coherence with patients' needs, evidence from elsewhere and benchmark practice: the geometric mean (E7)."""
    near_practice = 1.0 - (1.0 - benchmark) * (1.0 - live)
    return of_parts(1.0 - distance(aims, needs), evidence, near_practice)


@njit
def is_sustained(project, month):
    """Whether a project was live for 12 months running."""
    until = project.ended if project.ended >= 0 else month
    return project.live >= 0 and until - project.live >= SUSTAINED


# Acts
@njit
def live_pathways(projects, ccgs):
    """Share of pathways on which each CCG has a live project, shape (CCGs,)."""
    live = np.zeros((ccgs, PATHWAYS))
    for p in range(projects.shape[0]):
        project = projects[p]
        if project.live >= 0 and project.ended < 0:
            live[project.ccg, project.pathway] = 1.0
    share = np.zeros(ccgs)
    for g in range(ccgs):
        for c in range(PATHWAYS):
            share[g] += live[g, c]
        share[g] /= PATHWAYS
    return share


@njit
def boards_view(actors, here, aims):
    """Put the board's mean priorities into aims (6,); its number and its mean knowledge of evidence from elsewhere."""
    members, evidence = 0, 0.0
    for c in range(AIMS):
        aims[c] = 0.0
    for i in range(here.first, here.last):
        me = actors[i]
        if me.board == 1:
            members += 1
            evidence += me.knowledge[ELSEWHERE]
            for c in range(AIMS):
                aims[c] += me.priorities[c]
    if members == 0:
        return 0, 0.0
    for c in range(AIMS):
        aims[c] /= members
    return members, evidence / members


@njit
def rank(ccgs, rated):
    """Set the standing of every CCG that was rated: share of the others rated lower, equals counted half; .5 alone."""
    for g in range(ccgs.shape[0]):
        lower, others = 0.0, 0.0
        for h in range(ccgs.shape[0]):
            if h != g and rated[h] == 1:
                others += 1.0
                lower += 1.0 if ccgs[h].rating < ccgs[g].rating else 0.5 if ccgs[h].rating == ccgs[g].rating else 0.0
        if rated[g] == 1:
            ccgs[g].standing = lower / others if others > 0.0 else 0.5


# Sweep
@njit
def sweep(actors, ccgs, projects, rules, clock):
    """The year's assessment of every CCG that has a board, and where it then stands."""
    p, now = rules[0].rating, clock[0]
    live, sustained = live_pathways(projects, ccgs.shape[0]), np.zeros(ccgs.shape[0])
    for r in range(projects.shape[0]):
        if is_sustained(projects[r], now.month):
            sustained[projects[r].ccg] += 1.0
    aims, rated = np.zeros(AIMS), np.zeros(ccgs.shape[0], np.int64)
    for g in range(ccgs.shape[0]):
        here = ccgs[g]
        members, evidence = boards_view(actors, here, aims)
        if members == 0:
            continue
        rated[g] = 1
        external = external_coherence(aims, here.needs, evidence, here.benchmark, live[g])
        error = p.noise * normal(now.seed, RATING, now.luck_month, here.number, 0)
        here.rating = clip(assessment(external, sustained[g], here.strain, here.engagement, p) + error, 0.0, 1.0)
    rank(ccgs, rated)
