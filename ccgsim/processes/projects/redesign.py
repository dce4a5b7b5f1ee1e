"""Redesign: where projects of service redesign are born, and who champions them (E28-E35).

Their way through the arenas is in `arenas`, their spread over practices in `adoption`; all read [redesign].
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.chance import chance_of, race, stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.quantity import count, number, share
from ccgsim.foundation.vocabulary import (
    ACCOUNTABLE_OFFICER,
    DATA,
    ELSEWHERE,
    FRONTLINE,
    GP,
    LIVE,
    NATIONAL_BODY,
    OPEN,
    OUTSIDE,
    PATIENTS,
    PROGRAMME_BOARD,
    PROVIDED_BY,
    PROVIDER,
)
from ccgsim.processes.projects.expertise import MOST_FOR_BIRTHS, USUAL_EVIDENCE, expertise_of, worth_of_knowing


@dataclass(frozen=True, kw_only=True, slots=True)
class Redesign:
    """Parameters of the process `redesign`."""

    birth: float = number(0.0376, 0, 0.5, "Birth of projects at full input of a locality", unit="per month")
    programme_births: float = number(
        0.6,
        0,
        4,
        "Births at the programme board against data-led ones of a locality",
        unit="ratio",
        source="assumed, E30",
    )
    national_births: float = number(
        0.4, 0, 4, "Births at national bodies against data-led ones of a locality", unit="ratio"
    )
    outside_births: float = number(
        0.2, 0, 4, "Births outside the CCG against data-led ones of a locality", unit="ratio", source="assumed, E30"
    )
    patient_births: float = number(
        2.0, 0, 4, "Births from patients fully heard against data-led ones", unit="ratio", source="assumed, E16, E38"
    )
    advance: float = number(0.27, 0, 1, "Passing an arena at full support", unit="per month")
    fail: float = number(0.03, 0, 0.2, "Failing in an arena at full support", unit="per month")
    override: float = number(
        0.04,
        0,
        0.5,
        "Overriding of a GP-led project by managers in full control and disagreement",
        unit="per month",
        source="assumed, E49",
    )
    decay: float = number(0.15, 0, 1, "Fading of a live project for want of support", unit="per month")
    wear: float = number(0.002, 0, 0.05, "Fading of a fully supported project", unit="per month")
    needed: float = share(0.65, "Support below which a live project fades")
    slots: int = count(10, 1, 30, "Projects that a CCG can carry at once before they are live", unit="projects")
    support_slots: int = count(1, 0, 10, "Projects that a CCG can carry more with executive support", unit="projects")
    support_hours: float = share(0.25, "Hours of a champion that executive support saves")
    tandem: float = number(0.3, 0, 1, "Gain where clinicians and managers pull together", source="E46")
    managers_worth: float = share(0.8, "Reach of managers' input without clinicians")
    clinical_lead: float = share(
        0.2, "Clinical input that one arena must have before a project goes live", source="E28"
    )
    strategic_scale: float = number(0.69, 0.1, 1, "Participation and capability of a strong board")
    coordination: float = number(
        0.115, 0, 0.3, "Programme support lost for each locality after the first", source="assumed, E52"
    )
    strategic_effort: float = number(
        1.0, 0, 2, "Effort in the strategic arena against the usual", unit="ratio", source="E45"
    )
    programme_effort: float = number(
        1.0, 0, 2, "Effort in the programme arena against the usual", unit="ratio", source="E45"
    )
    delivery_effort: float = number(
        1.0, 0, 2, "Effort in the delivery arena against the usual", unit="ratio", source="E45"
    )
    knowledge: float = share(
        1.0, "How support and births follow what the board knows (exponent)", source="assumed, E14, E37"
    )
    champion_reach: float = number(
        2.71, 0, 3, "How brokerage makes a board member a likelier champion", unit="exponent", source="assumed, E8"
    )
    carrying: float = share(
        1.0, "Part of a champion's input lost with her seat where nobody of her reach is left", source="assumed, E8"
    )
    threshold: float = number(
        0.3,
        0.05,
        0.3,
        "Share of advisers who must have adopted",
        unit="share",
        source="Watts 2002, doi:10.1073/pnas.082090499",
    )
    speed: float = number(0.12, 0, 1, "Adoption once the threshold is reached", unit="per month")
    specialists: float = share(0.2, "GPs with a special interest", dated=False)
    mandate: float = number(
        0.0, 0, 0.3, "Adoption under a mandate", unit="per month", source="assumed, E31", each_ccg=True
    )
    mandate_peers: float = number(
        0.15, 0, 1, "Adoption added by peers under a mandate", unit="per month", source="assumed, E31"
    )
    provider_tolerance: float = number(
        0.03, 0, 0.5, "Income moved that a provider bears", unit="share of income", source="assumed, E34"
    )
    income_moved: float = number(
        0.02, 0, 0.2, "Income moved by a project that all practices use", unit="share of income"
    )
    maintain: float = share(
        0.3, "Chance that the CCG restores a contract that its provider cannot lose", source="assumed, E34, E35"
    )
    joint_planning: float = share(
        0.0, "Part of the income moved that frightens no provider, as its future is planned with it", source="E34, E56"
    )


BIRTHS, CHAMPION, PLACES = stream("redesign_births"), stream("redesign_champion"), stream("redesign_places")
PATHWAYS, ORIGINS = 8, 6


# Equations: numbers in, number out.
@njit
def address(birth_month, origin, pathway):
    """Number that addresses a project's chance within its CCG."""
    return ((birth_month + 1) * 8 + origin) * 16 + pathway


@njit
def room_left(ccgs, localities, projects):
    """Room for improvement by locality and pathway, halved where a project is live; projects under way by CCG."""
    gaps = np.zeros((localities.shape[0], PATHWAYS))
    under_way = np.zeros(ccgs.shape[0], np.int64)
    for v in range(localities.shape[0]):
        for w in range(PATHWAYS):
            gaps[v, w] = localities[v].gap[w]
    for r in range(projects.shape[0]):
        project = projects[r]
        if project.outcome != OPEN:
            continue
        if project.arena == LIVE:
            gaps[project.locality, project.pathway] *= 0.5
        else:
            under_way[project.ccg] += 1
    return gaps, under_way


@njit
def rooms(gaps, ccgs, localities):
    """Room for improvement summed over a CCG's localities, by pathway."""
    room = np.zeros((ccgs.shape[0], PATHWAYS))
    for v in range(localities.shape[0]):
        for w in range(PATHWAYS):
            room[localities[v].ccg, w] += gaps[v, w]
    return room


# Births
@njit
def frontline_drive(actors, ties, out_first, gaps, ccgs, localities):
    """Per CCG and pathway: drive of each locality, the mean over its GPs who work with a specialist, summed."""
    felt, of = np.zeros(gaps.shape), np.zeros(gaps.shape)
    for i in range(actors.shape[0]):
        me = actors[i]
        weight = interest(i, actors, ties, out_first)
        if weight > 0.0:
            felt[me.locality, me.pathway] += weight * gaps[me.locality, me.pathway]
            of[me.locality, me.pathway] += 1.0
    drive = np.zeros((ccgs.shape[0], PATHWAYS))
    for v in range(localities.shape[0]):
        for w in range(PATHWAYS):
            if of[v, w] > 0.0:
                drive[localities[v].ccg, w] += felt[v, w] / of[v, w]
    return drive


@njit
def interest(i, actors, ties, out_first):
    """Drive of a GP who works with a specialist: participation x capability x strength of that tie; 0 without one."""
    me = actors[i]
    if me.kind != GP or me.specialist < 0 or me.active == 0:
        return 0.0
    for t in range(out_first[i], out_first[i + 1]):
        if ties[t].target_key == me.specialist:
            return me.participation * me.capability * ties[t].strength
    return 0.0


@njit
def birth_rate(origin, here, room, drive, informed, p):
    """Monthly rate at which projects of an origin are born on a pathway of a CCG (E16, E29, E30).

    `informed`: what the board's evidence from elsewhere is worth to ideas of its own, as a factor.
    """
    rate = 0.0
    if origin == DATA:
        rate = here.benchmark * here.density * room * informed
    elif origin == FRONTLINE:
        rate = drive
    elif origin == PROGRAMME_BOARD:
        rate = p.programme_births / PATHWAYS * informed
    elif origin == NATIONAL_BODY:
        rate = p.national_births / PATHWAYS
    elif origin == PATIENTS:
        rate = p.patient_births * here.patients_heard * room
    else:
        rate = p.outside_births / PATHWAYS
    return p.birth * rate * (1.0 + here.strain)


@njit
def champion_weight(i, origin, w, actors, ties, out_first, p):
    """Weight of row i as champion of a project of this origin on pathway w."""
    me = actors[i]
    if me.active == 0:
        return 0.0
    if origin == FRONTLINE:
        return interest(i, actors, ties, out_first) if me.pathway == w else 0.0
    if origin == NATIONAL_BODY:
        return 1.0 if me.role == ACCOUNTABLE_OFFICER else 0.0
    if origin == OUTSIDE:
        provides = me.sector == PROVIDED_BY[w][0] or me.sector == PROVIDED_BY[w][1]
        return me.participation * me.capability if me.kind == PROVIDER and provides else 0.0
    if me.kind != GP or me.board == 0:
        return 0.0
    return me.participation * me.capability * math.pow(me.brokerage, p.champion_reach)


@njit
def find_champion(what, here, actors, ties, out_first, p, now):
    """Row of the champion of a project of an origin on a pathway (`what`), -1 where nobody can be one."""
    best, earliest, (origin, w) = -1, np.inf, what
    for i in range(here.first, here.last):
        weight = champion_weight(i, origin, w, actors, ties, out_first, p)
        if weight > 0.0:
            luck = uniform(now.seed, CHAMPION, now.luck_month, actors[i].key, origin * 16 + w)
            arrival = race(weight, luck)
            if arrival < earliest:
                best, earliest = i, arrival
    return best


@njit
def find_place(g, w, localities, gaps, now):
    """Row of the locality where a project on pathway w of CCG g begins, more likely where there is more room."""
    best, earliest = -1, np.inf
    for v in range(localities.shape[0]):
        if localities[v].ccg == g:
            luck = uniform(now.seed, PLACES, now.luck_month, w, localities[v].key)
            arrival = race(gaps[v, w] + 1e-9, luck)
            if arrival < earliest:
                best, earliest = v, arrival
    return best


@njit
def births(world):
    """Projects born this month, a row each: CCG, pathway, origin, champion's row, locality."""
    actors, ties, out_first = world.actors, world.ties, world.contacts.out_first
    ccgs, localities, p, now = world.ccgs, world.localities, world.rules[0].redesign, world.clock[0]
    gaps, under_way = room_left(ccgs, localities, world.projects)
    drive = frontline_drive(actors, ties, out_first, gaps, ccgs, localities)
    born = np.zeros((ccgs.shape[0] * ORIGINS * PATHWAYS, 5), np.int64)
    n = 0
    room, expertise = rooms(gaps, ccgs, localities), expertise_of(actors, ccgs)
    for g in range(ccgs.shape[0]):
        here = ccgs[g]
        informed = worth_of_knowing(expertise.mean[g, ELSEWHERE], USUAL_EVIDENCE, MOST_FOR_BIRTHS, p.knowledge)
        slots = p.slots + p.support_slots * here.executive_support
        for origin in range(ORIGINS):
            for w in range(PATHWAYS):
                rate = birth_rate(origin, here, room[g, w], drive[g, w], informed, p)
                luck = uniform(now.seed, BIRTHS, now.luck_month, here.number, origin * 16 + w)
                if under_way[g] >= slots or luck >= chance_of(rate):
                    continue
                champion = find_champion((origin, w), here, actors, ties, out_first, p, now)
                if champion < 0:
                    continue
                place = actors[champion].locality if origin == FRONTLINE else find_place(g, w, localities, gaps, now)
                born[n, 0], born[n, 1], born[n, 2], born[n, 3], born[n, 4] = g, w, origin, champion, place
                n += 1
                under_way[g] += 1
    return born[:n]
