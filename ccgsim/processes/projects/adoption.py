"""Adoption: live projects spread over practices by complex contagion, and may threaten a provider (E30-E35).

A practice needs several of its advisers to have adopted, so spread needs ties across localities and former groups.
"""

from __future__ import annotations

import numpy as np

from ccgsim.foundation.chance import chance_of, stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.vocabulary import GP, LIVE, OPEN, PROVIDED_BY, PROVIDER, RESTORED

ADOPTION, VIABILITY = stream("redesign_adoption"), stream("redesign_viability")
SECTORS = 6
REFUSABLE, OBLIGED = 12, 1.0  # months in which a mandate may be refused; rate of adoption after them; assumed (E31)


# Equations: numbers in, number out.
@njit
def rate_of_adoption(share, peers, speed, threshold, mandate, mandate_peers):
    """Monthly rate at which a practice adopts: past a threshold of adopting advisers, or under a mandate (E31)."""
    contagion = speed if share >= threshold and share > 0.0 else 0.0
    ordered = mandate + mandate_peers * peers if mandate > 0.0 else 0.0
    return contagion + ordered


@njit
def rate_without_refusal(months):
    """Monthly rate added once a mandate has stood so long that nobody may refuse any more; 0 before (E31).

    Practices that held out then take up every live project within two or three months: a rate, not an order to adopt
    at once, because providers short of staff slow them too.
    """
    return OBLIGED if months > REFUSABLE else 0.0


@njit
def rate_of_giving_up(effect, speed):
    """Monthly rate at which a practice gives a project up whose providers lack staff: 0 at full effect (E33)."""
    return speed * (1.0 - effect)


# Acts
@njit
def share_of_advisers(i, start, actors, ties, out_first, here, adoption):
    """Weighted share of row i's GP advisers who use the project whose adoption list starts there; 0 without any."""
    using, total = 0.0, 0.0
    for t in range(out_first[i], out_first[i + 1]):
        j = ties[t].target
        if actors[j].kind == GP:
            total += ties[t].strength
            using += ties[t].strength * adoption[start + j - here.first]
    return using / total if total > 0.0 else 0.0


@njit
def begin(project, actors, here, adoption, now):
    """A project goes live: its champion and the GPs of its locality who take part use it first."""
    for i in range(here.first, here.last_gp):
        me = actors[i]
        luck = uniform(now.seed, ADOPTION, now.luck_month, me.key, project.address)
        if me.key == project.champion or (me.locality == project.locality and luck < me.participation):
            adoption[project.first_adopter + i - here.first] = 1


@njit
def half_served(project, actors, here):
    """Effect left to a project by its providers' capacity: half where a shortage takes all (E33)."""
    capacity, n = 0.0, 0.0
    a, b = PROVIDED_BY[project.pathway][0], PROVIDED_BY[project.pathway][1]
    for i in range(here.last_gp, here.last):
        me = actors[i]
        if me.kind == PROVIDER and (me.sector == a or me.sector == b):
            capacity += me.capacity
            n += 1.0
    return 0.5 + 0.5 * capacity / n if n > 0.0 else 1.0


@njit
def share_of_peers(project, actors, here, adoption):
    """Share of the GPs of a project's locality who use it; 0 without any."""
    using, total = 0.0, 0.0
    for i in range(here.first, here.last_gp):
        if actors[i].locality == project.locality:
            using += adoption[project.first_adopter + i - here.first]
            total += 1.0
    return using / total if total > 0.0 else 0.0


@njit
def spread(project, here, before, world):
    """One month of a live project's spread; everyone looks at who used it at the month's beginning."""
    actors, adoption, rules, now = world.actors, world.adoption, world.rules[0], world.clock[0]
    p, start, practices = rules.redesign, project.first_adopter, here.last_gp - here.first
    peers = share_of_peers(project, actors, here, before)
    effect = half_served(project, actors, here)
    for i in range(here.first, here.last_gp):
        place = start + i - here.first
        if before[place] == 1:
            rate = rate_of_giving_up(effect, p.speed)
        else:
            share = share_of_advisers(i, start, actors, world.ties, world.contacts.out_first, here, before)
            if rules.ablation.uniform_adoption == 1:
                share = project.adopters / practices
            rate = rate_of_adoption(share, peers, p.speed, p.threshold, here.mandate, p.mandate_peers)
            rate = effect * (rate + rate_without_refusal(here.mandated))
        if rate > 0.0:  # most need no luck: nothing moves them this month
            luck = uniform(now.seed, ADOPTION, now.luck_month, actors[i].key, project.address)
            if luck < chance_of(rate):
                adoption[place] = 1 - before[place]


@njit
def count_adopters(project, actors, here, adoption):
    """Set the number of practices that use a project: those whose lead does."""
    project.adopters = 0
    for i in range(here.first, here.last_gp):
        project.adopters += actors[i].lead * adoption[project.first_adopter + i - here.first]


@njit
def unbearable(moved, p):
    """Whether projects move more of a provider's income than it bears: less of it where its future is planned with it
    (E34, E56).
    """
    return moved * (1.0 - p.joint_planning) > p.provider_tolerance


@njit
def threatened(moved, project, p, now):
    """Whether the CCG restores the contract of a provider whose income a project moved too far (E34, E35)."""
    if not unbearable(moved, p):
        return False
    return uniform(now.seed, VIABILITY, now.luck_month, project.home, project.address) < p.maintain


@njit
def note_threats(ccgs, moved, p):
    """Note whose providers lose more income than they bear, by sector, for what they do next month (E56)."""
    for g in range(ccgs.shape[0]):
        for s in range(SECTORS):
            ccgs[g].threatened[s] = 1.0 if unbearable(moved[g, s], p) else 0.0


@njit
def count_months_of_mandate(ccgs):
    """A month more of each mandate that stands."""
    for g in range(ccgs.shape[0]):
        ccgs[g].mandated = ccgs[g].mandated + 1 if ccgs[g].mandate > 0.0 else 0


# Sweep
@njit
def sweep(world):
    """One month of spread for every live project, and of providers' defence of their income."""
    actors, ccgs, projects, adoption = world.actors, world.ccgs, world.projects, world.adoption
    now, p = world.clock[0], world.rules[0].redesign
    count_months_of_mandate(ccgs)
    moved = np.zeros((ccgs.shape[0], SECTORS))
    before = adoption.copy()
    for r in range(projects.shape[0]):
        project = projects[r]
        if project.outcome != OPEN or project.arena != LIVE:
            continue
        here = ccgs[project.ccg]
        if project.live == now.month:
            begin(project, actors, here, adoption, now)
        else:
            spread(project, here, before, world)
        count_adopters(project, actors, here, adoption)
        sector = PROVIDED_BY[project.pathway][0]
        moved[project.ccg, sector] += p.income_moved * project.adopters / here.practices
        if threatened(moved[project.ccg, sector], project, p, now):
            project.outcome, project.ended = RESTORED, now.month
    note_threats(ccgs, moved, p)
