"""Arenas: a project passes the strategic, programme and delivery arenas, fails, is overridden, or goes live (E28).

An idea is sustained only where action in all three arenas matches; each needs clinicians and managers.
"""

from __future__ import annotations

import math

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
    PCT_STAFF,
    PROGRAMME,
    PROVIDED_BY,
    PROVIDER,
    STRATEGIC,
)

CLINICAL, MANAGERIAL = 0, 1  # columns of the inputs of an arena
ARENA, FATE, REFUSAL = stream("redesign_arena"), stream("redesign_fate"), stream("redesign_refusal")
SECTORS = 6
# Columns of what `take_stock` gives for a CCG, and for each of its sectors.
DRIVE, LOGIC, PRIORITIES, GPS, MANAGERS = 0, 1, 4, 10, 11
TIED, PARTICIPATION, PROVIDERS_LOGIC, PROVIDERS = 0, 1, 2, 5


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


# Stock-taking: what the arenas read, one row a CCG.
@njit
def take_stock(actors, ties, ccgs):
    """What the arenas read: per CCG, board GPs' drive and managers' logic and priorities; per CCG and sector, strength
    of the board's ties, providers' participation and logic. Sets each board's density too."""
    board = np.zeros((ccgs.shape[0], 12))
    sectors = np.zeros((ccgs.shape[0], SECTORS, 6))
    members, between = np.zeros(ccgs.shape[0]), np.zeros(ccgs.shape[0])
    for i in range(actors.shape[0]):
        me = actors[i]
        members[me.ccg] += me.board
        if me.board == 1 and me.kind == GP:
            board[me.ccg, DRIVE] += me.participation * me.capability
            board[me.ccg, GPS] += 1.0
        elif me.board == 1 and me.kind == PCT_STAFF:
            add_manager(me, board[me.ccg])
        elif me.kind == PROVIDER and me.board == 0 and me.active == 1:
            add_provider(me, sectors[me.ccg, me.sector])
    for t in range(ties.shape[0]):
        me, other = actors[ties[t].source], actors[ties[t].target]
        if me.board == 1 and other.board == 1:
            between[me.ccg] += 1.0
        elif me.board == 1 and other.kind == PROVIDER:
            sectors[me.ccg, other.sector, TIED] += ties[t].strength
    for g in range(ccgs.shape[0]):
        finish_means(board[g], sectors[g])
        pairs = members[g] * (members[g] - 1.0)
        ccgs[g].density = between[g] / pairs if pairs > 0.0 else 0.0
    return board, sectors


@njit
def add_manager(me, row):
    """Add a board manager's logic and priorities to a CCG's row."""
    row[MANAGERS] += 1.0
    for c in range(3):
        row[LOGIC + c] += me.logic[c]
    for c in range(6):
        row[PRIORITIES + c] += me.priorities[c]


@njit
def add_provider(me, row):
    """Add a provider's participation and logic to its sector's row."""
    row[PARTICIPATION] += me.participation
    row[PROVIDERS] += 1.0
    for c in range(3):
        row[PROVIDERS_LOGIC + c] += me.logic[c]


@njit
def finish_means(board, sectors):
    """Turn a CCG's sums into means where there is anybody to average."""
    if board[GPS] > 0.0:
        board[DRIVE] /= board[GPS]
    for c in range(LOGIC, GPS):
        if board[MANAGERS] > 0.0:
            board[c] /= board[MANAGERS]
    for s in range(SECTORS):
        for c in range(PARTICIPATION, PROVIDERS):
            if sectors[s, PROVIDERS] > 0.0:
                sectors[s, c] /= sectors[s, PROVIDERS]


# Acts
@njit
def inputs_of(project, actors, here, place, board, sectors, rules, out):
    """Clinicians' and managers' input to a project in each of the three arenas, in [0, 1] (columns of `out`)."""
    champion, p = actors[project.champion_row], rules.redesign
    a, b = PROVIDED_BY[project.pathway][0], PROVIDED_BY[project.pathway][1]
    ties_count = rules.ablation.arenas_without_network == 0
    close = math.sqrt(here.density) if ties_count else 1.0
    tied = saturating(sectors[a, TIED] + sectors[b, TIED]) if ties_count else 1.0
    providers = sectors[a, PROVIDERS] + sectors[b, PROVIDERS]
    taking_part = sectors[a, PARTICIPATION] * sectors[a, PROVIDERS] + sectors[b, PARTICIPATION] * sectors[b, PROVIDERS]
    out[STRATEGIC, CLINICAL] = min(1.0, close * board[DRIVE] / p.strategic_scale)
    out[STRATEGIC, MANAGERIAL] = here.manager_control
    out[PROGRAMME, CLINICAL] = champion.participation * (0.5 + 0.5 * champion.capability)
    out[PROGRAMME, MANAGERIAL] = tied * (0.5 + 0.5 * here.cost_transparency)
    out[DELIVERY, CLINICAL] = place.participation
    out[DELIVERY, MANAGERIAL] = taking_part / providers if providers > 0.0 else 0.0


@njit
def support_of(project, inputs, localities, rules):
    """Set a project's support in the three arenas from the inputs, efforts and the cost of many localities (E52)."""
    p, a = rules.redesign, rules.ablation
    efforts = (p.strategic_effort, p.programme_effort, p.delivery_effort)
    for arena in range(3):
        project.support[arena] = (
            support(inputs[arena, CLINICAL], inputs[arena, MANAGERIAL], p.managers_worth, p.tandem) * efforts[arena]
        )
    project.support[PROGRAMME] *= max(0.0, 1.0 - p.coordination * (localities - 1))
    if a.pooled_arenas == 1:
        mean = (project.support[0] + project.support[1] + project.support[2]) / 3.0
        for arena in range(3):
            project.support[arena] = mean
    if a.effortless_delivery == 1:
        project.support[PROGRAMME] = project.support[DELIVERY] = 1.0
    for arena in range(3):
        project.support[arena] = min(1.0, project.support[arena])


@njit
def clash_of_logics(project, actors, board, sectors):
    """Mean distance of logics between champion, board managers and providers, in [0, 1] (E26)."""
    champion = actors[project.champion_row].logic
    managers = board[LOGIC : LOGIC + 3]
    a, b = PROVIDED_BY[project.pathway][0], PROVIDED_BY[project.pathway][1]
    providers = sectors[a, PROVIDERS_LOGIC : PROVIDERS_LOGIC + 3]
    if sectors[a, PROVIDERS] == 0.0:
        providers = sectors[b, PROVIDERS_LOGIC : PROVIDERS_LOGIC + 3]
    total, pairs = 0.0, 0.0
    if board[MANAGERS] > 0.0:
        total += distance(champion, managers)
        pairs += 1.0
    if providers[0] + providers[1] + providers[2] > 0.0:
        total += distance(champion, providers)
        pairs += 1.0
        if board[MANAGERS] > 0.0:
            total += distance(managers, providers)
            pairs += 1.0
    return total / pairs if pairs > 0.0 else 0.0


@njit
def overruled(project, actors, here, board, p, now):
    """Whether managers override a GP's project this month, likelier in control and disagreement (E49)."""
    champion = actors[project.champion_row]
    if champion.kind != GP or board[MANAGERS] == 0.0:
        return False
    disagreement = distance(champion.priorities, board[PRIORITIES : PRIORITIES + 6])
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
def in_arena(project, inputs, actors, here, board, sectors, rules, now):
    """One month of a project that is not live yet: it fails, is overridden, moves on, or waits."""
    p, at, luck_at = rules.redesign, project.support[project.arena], project.address
    failing = rate_of_failing(at, here.uncertainty_seen, p.fail)
    if uniform(now.seed, FATE, now.luck_month, project.home, luck_at) < chance_of(failing):
        project.outcome, project.ended = FAILED, now.month
        if project.arena == STRATEGIC:
            here.refused += 1.0
        return
    if overruled(project, actors, here, board, p, now):
        project.outcome, project.ended = OVERRIDDEN, now.month
        here.refused += 1.0
        believe_less(actors, here, project, rules.engagement.overridden, rules.engagement.witnessed)
        return
    rate = p.advance * at * (1.0 - here.withheld) * (1.0 - clash_of_logics(project, actors, board, sectors))
    led = max(inputs[0, 0], inputs[1, 0], inputs[2, 0]) >= p.clinical_lead
    if project.arena == DELIVERY and not led:
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
    board, sectors = take_stock(actors, ties, ccgs)
    inputs = np.zeros((3, 2))
    for g in range(ccgs.shape[0]):
        ccgs[g].refused = 0.0
    for r in range(projects.shape[0]):
        project = projects[r]
        if project.outcome != OPEN:
            continue
        g, here = project.ccg, ccgs[project.ccg]
        inputs_of(project, actors, here, localities[project.locality], board[g], sectors[g], rules[0], inputs)
        support_of(project, inputs, here.localities, rules[0])
        if project.arena == LIVE:
            once_live(project, rules[0].redesign, clock[0])
        else:
            in_arena(project, inputs, actors, here, board[g], sectors[g], rules[0], clock[0])


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
