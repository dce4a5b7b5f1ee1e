"""Rating: the yearly assessment of a CCG, from what it does for patients, its money and its clinicians (E24)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.chance import normal, stream
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import clip, distance, of_parts
from ccgsim.foundation.quantity import number, share
from ccgsim.foundation.vocabulary import ELSEWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """Parameters of the process `rating`."""

    external: float = number(0.3, 0, 1, "Weight of coherence with needs and practice elsewhere")
    sustained: float = number(0.04, 0, 0.5, "Weight of a sustained project, up to six")
    reach: float = share(
        1.0, "Part of a project's worth that depends on the share of practices that use it", source="assumed, E10"
    )
    money: float = number(0.35, 0, 1, "Weight of being without financial strain")
    engagement: float = number(0.2, 0, 1, "Weight of participation")
    noise: float = number(0.06, 0, 0.5, "Error of the assessment (standard deviation)")


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
def worth_of_project(used, reach):
    """A project's worth to a CCG's patients, 1 where every practice uses it, from the share of practices that do."""
    return 1.0 - reach + reach * used


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
def live_pathways(projects, ccgs, reach):
    """Share of pathways on which each CCG has a live project, each by its widest project's worth, shape (CCGs,)."""
    live = np.zeros((ccgs.shape[0], PATHWAYS))
    for r in range(projects.shape[0]):
        project = projects[r]
        if project.live >= 0 and project.ended < 0:
            worth = worth_of_project(project.adopters / ccgs[project.ccg].practices, reach)
            live[project.ccg, project.pathway] = max(live[project.ccg, project.pathway], worth)
    share = np.zeros(ccgs.shape[0])
    for g in range(ccgs.shape[0]):
        for c in range(PATHWAYS):
            share[g] += live[g, c]
        share[g] /= PATHWAYS
    return share


@njit
def evidence_known(actors, here):
    """How many members the board has, and their mean knowledge of evidence from elsewhere; 0 without any."""
    members, evidence = 0, 0.0
    for i in range(here.first, here.last):
        if actors[i].board == 1:
            members += 1
            evidence += actors[i].knowledge[ELSEWHERE]
    return members, evidence / members if members > 0 else 0.0


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
def sweep(actors, ccgs, projects, courses, rules, clock):
    """The year's assessment of every CCG that has a board, and where it then stands; `courses` (CCGs, 6) is what their
    boards decide.
    """
    p, now = rules[0].rating, clock[0]
    live, sustained = live_pathways(projects, ccgs, p.reach), np.zeros(ccgs.shape[0])
    for r in range(projects.shape[0]):
        project = projects[r]
        if is_sustained(project, now.month):
            sustained[project.ccg] += worth_of_project(project.adopters / ccgs[project.ccg].practices, p.reach)
    rated = np.zeros(ccgs.shape[0], np.int64)
    for g in range(ccgs.shape[0]):
        here = ccgs[g]
        members, evidence = evidence_known(actors, here)
        if members == 0:
            continue
        rated[g] = 1
        external = external_coherence(courses[g], here.needs, evidence, here.benchmark, live[g])
        error = p.noise * normal(now.seed, RATING, now.luck_month, here.number, 0)
        here.rating = clip(assessment(external, sustained[g], here.strain, here.engagement, p) + error, 0.0, 1.0)
    rank(ccgs, rated)
