"""Results: what those who choose to take part can see come of it (E17)."""

from __future__ import annotations

import math

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import within_reach
from ccgsim.foundation.vocabulary import LIVE, OPEN


@njit
def still_news(age, memory):
    """Part of a live project that still counts as a result, in [0, 1]: what works for years is taken for granted."""
    return math.exp(-age / memory)


@njit
def in_sight(actors, ccgs, localities, projects, adoption, rules, clock):
    """Results that each row can see (shape (N,)): projects that her practice uses; those live in her locality, and part
    of those approved there, the less the larger it is. Who has no locality, such as a nurse, sees the mean over all.
    """
    seen, p, size_free = np.zeros(actors.shape[0]), rules[0].engagement, rules[0].ablation.size_free == 1
    for r in range(projects.shape[0]):
        project = projects[r]
        if project.outcome != OPEN or project.approved < 0:
            continue
        here = ccgs[project.ccg]
        live = project.arena == LIVE
        near = 1.0 if size_free else within_reach(localities[project.locality].practices, p.span)
        news = still_news(clock[0].month - project.live, p.results_memory) if live else p.results_approved
        worth = near * news
        for i in range(here.first, here.last_gp):
            if live and adoption[project.first_adopter + i - here.first] == 1:
                seen[i] += news
            elif actors[i].locality == project.locality:
                seen[i] += worth
        for i in range(here.last_gp, here.last):
            seen[i] += worth / here.localities
    return seen
