"""Measures of taking part, of projects, and of the states of a CCG."""

from __future__ import annotations

import math

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.vocabulary import GP, OVERRIDDEN, PROGRAMME
from ccgsim.processes.rating import is_sustained

STARTED, APPROVED, LIVE_NOW, KEPT, REFUSED, PLANNED, DELIVERED, DECIDED = range(8)


@njit
def taking_part(actors, here, row):
    """Fill mean participation and efficacy of active GPs, and participation with and without a seat."""
    people, members = 0, 0
    given, by_members, belief = 0.0, 0.0, 0.0
    for i in range(here.first, here.last):
        me = actors[i]
        if me.kind != GP or me.active == 0:
            continue
        people += 1
        given += me.participation
        belief += me.efficacy
        if me.board == 1:
            members += 1
            by_members += me.participation
    if people > 0:
        row.participation = given / people
        row.efficacy = belief / people
    if members > 0:
        row.participation_board = by_members / members
    if people > members:
        by_others = 0.0
        for i in range(here.first, here.last):
            me = actors[i]
            by_others += me.participation if me.kind == GP and me.active == 1 and me.board == 0 else 0.0
        row.participation_frontline = by_others / (people - members)


@njit
def planned(project):
    """Whether a project reached the programme arena."""
    return project.approved >= 0 or project.live >= 0 or project.arena >= PROGRAMME


@njit
def count_project(project, month, counts):
    """Add one project to its CCG's counts."""
    overridden = project.outcome == OVERRIDDEN
    counts[STARTED] += 1
    counts[APPROVED] += 1 if project.approved >= 0 else 0
    counts[LIVE_NOW] += 1 if project.live >= 0 and project.ended < 0 else 0
    counts[KEPT] += 1 if is_sustained(project, month) else 0
    counts[REFUSED] += 1 if overridden else 0
    counts[PLANNED] += 1 if planned(project) else 0
    counts[DELIVERED] += 1 if project.live >= 0 else 0
    counts[DECIDED] += 1 if project.approved >= 0 or overridden else 0


@njit
def fill_projects(counts, users, practices, row):
    """Fill the measures of projects from a CCG's counts and the practices that use its live ones, summed."""
    row.projects_started = counts[STARTED]
    row.projects_approved = counts[APPROVED]
    row.projects_live = counts[LIVE_NOW]
    row.projects_sustained = counts[KEPT]
    row.projects_overridden = counts[REFUSED]
    if counts[LIVE_NOW] > 0 and practices > 0:
        row.adoption = users / (counts[LIVE_NOW] * practices)
    if counts[PLANNED] > 0:
        row.plan_delivery_gap = 1.0 - counts[DELIVERED] / counts[PLANNED]
    if counts[DECIDED] > 0:
        row.decision_clinical = 1.0 - counts[REFUSED] / counts[DECIDED]


@njit
def states(here, uncertainty, row):
    """Fill the measures that are states of a CCG or of the nation."""
    row.manager_control = here.manager_control
    row.benchmark = here.benchmark
    row.cost_transparency = here.cost_transparency
    row.strain = here.strain
    row.exits = here.exits
    row.migration = here.migrated
    row.uncertainty = uncertainty
    if not math.isnan(here.balance_of_year):
        row.overspend = 1.0 if here.balance_of_year < 0.0 else 0.0


@njit
def vacant_seats(seats, ccgs):
    """Seats of each CCG and how many are vacant; two arrays (CCGs,)."""
    there, vacant = np.zeros(ccgs, np.int64), np.zeros(ccgs, np.int64)
    for s in range(seats.shape[0]):
        there[seats[s].ccg] += 1
        vacant[seats[s].ccg] += 1 if seats[s].holder < 0 else 0
    return there, vacant


@njit
def people(actors, ccgs, seats, projects, uncertainty, month, out):
    """Fill participation, vacancies, projects and states of every CCG."""
    there, vacant = vacant_seats(seats, ccgs.shape[0])
    counts = np.zeros((ccgs.shape[0], 8), np.int64)
    users = np.zeros(ccgs.shape[0], np.int64)
    for p in range(projects.shape[0]):
        project = projects[p]
        count_project(project, month, counts[project.ccg])
        if project.live >= 0 and project.ended < 0:
            users[project.ccg] += project.adopters
    for g in range(ccgs.shape[0]):
        here, row = ccgs[g], out[g]
        if here.last <= here.first:
            continue
        taking_part(actors, here, row)
        states(here, uncertainty, row)
        fill_projects(counts[g], users[g], here.practices, row)
        if there[g] > 0:
            row.vacancies = vacant[g] / there[g]
