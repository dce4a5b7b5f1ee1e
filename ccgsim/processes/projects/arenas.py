"""Arenas: a project passes the strategic, programme and delivery arenas, fails, is overridden, or goes live (E28).

An idea is sustained only where action in all three arenas matches; each needs clinicians and managers.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ccgsim.foundation.chance import chance_of, stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import distance, saturating
from ccgsim.foundation.vocabulary import (
    DELIVERY,
    FADED,
    FAILED,
    GP,
    LIVE,
    OPEN,
    OVERRIDDEN,
    PROGRAMME,
    PROVIDED_BY,
    PROVIDER,
    STRATEGIC,
)
from ccgsim.processes.projects.expertise import (
    MOST_FOR_SUPPORT,
    USUAL_PROGRAMME,
    USUAL_STRATEGIC,
    expertise_of,
    part_carried,
    programme_knowledge,
    strategic_knowledge,
    worth_of_knowing,
)
from ccgsim.processes.projects.stock import take_stock

ARENA, FATE, REFUSAL = stream("redesign_arena"), stream("redesign_fate"), stream("redesign_refusal")


class Inputs(NamedTuple):
    """Input to a project in each of the three arenas, in [0, 1]."""

    clinical: np.ndarray
    managerial: np.ndarray


# Equations: numbers in, number out.
@njit
def support(clinical, managerial, managers_worth, tandem):
    """Support of one arena, in [0, 1], from clinicians and managers; more where both pull together (E46)."""
    either = 1.0 - (1.0 - clinical) * (1.0 - managers_worth * managerial)
    both = (clinical + managerial) * (clinical + managerial)
    together = 4.0 * clinical * managerial / both if both > 0.0 else 0.0
    return min(1.0, either * (1.0 + tandem * together))


@njit
def rate_of_failing(arena_support, uncertainty, fail):
    """Monthly rate at which a project fails in an arena: want of support and uncertainty bring it down."""
    return fail * (1.0 + 1.5 * uncertainty + 1.5 * (1.0 - arena_support))


@njit
def rate_of_fading(least_support, needed, decay, wear):
    """Monthly rate at which a live project fades where its weakest arena gives too little (E28)."""
    return decay * max(0.0, needed - least_support) + wear


# Acts
@njit
def inputs_of(project, actors, here, place, stock, rules, out):
    """Put clinicians' and managers' input to a project in each of the three arenas into `out`."""
    champion, p, g = actors[project.champion_row], rules.redesign, project.ccg
    a, b = PROVIDED_BY[project.pathway][0], PROVIDED_BY[project.pathway][1]
    ties_count = rules.ablation.arenas_without_network == 0
    close = math.sqrt(here.density) if ties_count else 1.0
    tied = saturating(stock.tied[g, a] + stock.tied[g, b]) if ties_count else 1.0
    in_a, in_b = stock.providers[g, a], stock.providers[g, b]
    taking_part = stock.participation[g, a] * in_a + stock.participation[g, b] * in_b
    out.clinical[STRATEGIC] = min(1.0, close * stock.drive[g] / p.strategic_scale)
    out.managerial[STRATEGIC] = here.manager_control
    out.clinical[PROGRAMME] = champion.participation * (0.5 + 0.5 * champion.capability)
    out.managerial[PROGRAMME] = tied * (0.5 + 0.5 * here.cost_transparency)
    out.clinical[DELIVERY] = place.participation
    out.managerial[DELIVERY] = taking_part / (in_a + in_b) if in_a + in_b > 0.0 else 0.0


@njit
def support_of(project, inputs, localities, known, rules):
    """Set a project's support in the three arenas from the inputs, efforts, the cost of many localities (E52), and what
    is known for it in the strategic and the programme arena, as factors (`known`).
    """
    p, a = rules.redesign, rules.ablation
    efforts = (p.strategic_effort, p.programme_effort, p.delivery_effort)
    for arena in range(3):
        project.support[arena] = (
            support(inputs.clinical[arena], inputs.managerial[arena], p.managers_worth, p.tandem) * efforts[arena]
        )
    project.support[PROGRAMME] *= max(0.0, 1.0 - p.coordination * (localities - 1))
    if a.pooled_arenas == 1:
        mean = (project.support[0] + project.support[1] + project.support[2]) / 3.0
        for arena in range(3):
            project.support[arena] = mean
    for arena in range(3):
        project.support[arena] = min(1.0, project.support[arena])
    project.support[STRATEGIC] *= known[STRATEGIC]
    project.support[PROGRAMME] *= known[PROGRAMME]
    if a.effortless_delivery == 1:
        project.support[PROGRAMME] = project.support[DELIVERY] = 1.0


@njit
def worth_for(project, actors, expertise, p):
    """What knowing is worth to a project's support in the strategic and the programme arena, as factors."""
    mean, best = expertise.mean[project.ccg], expertise.best[project.ccg]
    champion = actors[project.champion_row].knowledge
    plans = programme_knowledge(project.pathway, mean, best, champion)
    return (
        worth_of_knowing(strategic_knowledge(mean), USUAL_STRATEGIC, MOST_FOR_SUPPORT, p.knowledge),
        worth_of_knowing(plans, USUAL_PROGRAMME, MOST_FOR_SUPPORT, p.knowledge),
    )


@njit
def still_carried(project, actors, expertise, p):
    """Part of the champion's input that is left: all while she holds a seat, or where she never did."""
    if actors[project.champion_row].board == 1:
        return 1.0
    return part_carried(project.reach, expertise.reach[project.ccg], p.carrying)


@njit
def clash_of_logics(project, actors, stock):
    """Mean distance of logics between champion, board managers and providers, in [0, 1] (E26)."""
    champion, g = actors[project.champion_row].logic, project.ccg
    managers = stock.logic[g]
    a, b = PROVIDED_BY[project.pathway][0], PROVIDED_BY[project.pathway][1]
    providers = stock.providers_logic[g, a if stock.providers[g, a] > 0.0 else b]
    total, pairs = 0.0, 0.0
    if stock.managers[g] > 0.0:
        total += distance(champion, managers)
        pairs += 1.0
    if providers[0] + providers[1] + providers[2] > 0.0:
        total += distance(champion, providers)
        pairs += 1.0
        if stock.managers[g] > 0.0:
            total += distance(managers, providers)
            pairs += 1.0
    return total / pairs if pairs > 0.0 else 0.0


@njit
def overruled(project, actors, here, stock, p, now):
    """Whether managers override a GP's project this month, likelier in control and disagreement (E49)."""
    champion = actors[project.champion_row]
    if champion.kind != GP or stock.managers[project.ccg] == 0.0:
        return False
    disagreement = distance(champion.priorities, stock.priorities[project.ccg])
    rate = p.override * here.manager_control * disagreement
    return uniform(now.seed, REFUSAL, now.luck_month, project.home, project.address) < chance_of(rate)


@njit
def believe_more(actors, here, locality, gained):
    """GPs of a locality see a project of theirs go live."""
    for i in range(here.first, here.last_gp):
        if actors[i].locality == locality:
            actors[i].efficacy += gained * (1.0 - actors[i].efficacy)


@njit
def believe_less(actors, here, project, champion_loss, witness_loss):
    """A champion and the locality see managers override."""
    for i in range(here.first, here.last_gp):
        if actors[i].key == project.champion:
            actors[i].efficacy *= 1.0 - champion_loss
        elif actors[i].locality == project.locality:
            actors[i].efficacy *= 1.0 - witness_loss


@njit
def in_arena(project, led, actors, here, stock, rules, now):
    """One month of a project that is not live yet: it fails, is overridden, moves on, or waits.

    `led`: the most that clinicians put into one of the arenas.
    """
    p, at, luck_at = rules.redesign, project.support[project.arena], project.address
    failing = rate_of_failing(at, here.uncertainty_seen, p.fail)
    if uniform(now.seed, FATE, now.luck_month, project.home, luck_at) < chance_of(failing):
        project.outcome, project.ended = FAILED, now.month
        if project.arena == STRATEGIC:
            here.refused += 1.0
        return
    if overruled(project, actors, here, stock, p, now):
        project.outcome, project.ended = OVERRIDDEN, now.month
        here.refused += 1.0
        believe_less(actors, here, project, rules.engagement.overridden, rules.engagement.witnessed)
        return
    rate = p.advance * at * (1.0 - here.withheld) * (1.0 - clash_of_logics(project, actors, stock))
    if project.arena == DELIVERY and led < p.clinical_lead:
        return
    if uniform(now.seed, ARENA, now.luck_month, project.home, luck_at) < chance_of(rate):
        project.arena += 1
        if project.arena == PROGRAMME:
            project.approved = now.month
        if project.arena == LIVE:
            project.live = now.month
            believe_more(actors, here, project.locality, rules.engagement.success)


@njit
def once_live(project, p, now):
    """One month of a live project: it fades where its weakest arena gives too little."""
    weakest = min(project.support[0], project.support[1], project.support[2])
    rate = rate_of_fading(weakest, p.needed, p.decay, p.wear)
    if uniform(now.seed, FATE, now.luck_month, project.home, project.address) < chance_of(rate):
        project.outcome, project.ended = FADED, now.month


# Sweeps
@njit
def sweep(actors, ties, ccgs, localities, projects, rules, clock):
    """One month of every open project, read from the stock at the month's beginning."""
    stock, inputs = take_stock(actors, ties, ccgs), Inputs(np.zeros(3), np.zeros(3))
    expertise = expertise_of(actors, ccgs)
    for g in range(ccgs.shape[0]):
        ccgs[g].refused = 0.0
    for r in range(projects.shape[0]):
        project = projects[r]
        if project.outcome != OPEN:
            continue
        here = ccgs[project.ccg]
        inputs_of(project, actors, here, localities[project.locality], stock, rules[0], inputs)
        inputs.clinical[PROGRAMME] *= still_carried(project, actors, expertise, rules[0].redesign)
        known = worth_for(project, actors, expertise, rules[0].redesign)
        support_of(project, inputs, here.localities, known, rules[0])
        if project.arena == LIVE:
            once_live(project, rules[0].redesign, clock[0])
        else:
            in_arena(project, inputs.clinical.max(), actors, here, stock, rules[0], clock[0])


@njit
def work_on_projects(actors, ccgs, projects):
    """Projects that each row leads (before they are live) or, for providers, leads or takes part in (shape (N,))."""
    work = np.zeros(actors.shape[0])
    for r in range(projects.shape[0]):
        project = projects[r]
        if project.outcome != OPEN:
            continue
        here = ccgs[project.ccg]
        if project.arena != LIVE and actors[project.champion_row].kind != PROVIDER:
            work[project.champion_row] += 1.0
        for i in range(here.last_gp, here.last):
            a, b = PROVIDED_BY[project.pathway][0], PROVIDED_BY[project.pathway][1]
            if actors[i].kind == PROVIDER and (actors[i].sector == a or actors[i].sector == b):
                work[i] += 1.0
    return work
