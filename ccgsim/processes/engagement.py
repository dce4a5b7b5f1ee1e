"""Engagement: whether GPs feel heard, and how much of their time they give (E17, E20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.kinds import AS_PATIENTS, AS_POLICY_BODIES, AS_PROVIDERS, AS_STAFF, CHOOSES, TAKES_PART
from ccgsim.foundation.numbers import clip, logistic, saturating, within_reach
from ccgsim.foundation.quantity import number, share
from ccgsim.foundation.vocabulary import GP


@dataclass(frozen=True, kw_only=True, slots=True)
class Engagement:
    """Parameters of the process `engagement`."""

    access: float = number(0.55, 0.3, 0.9, "Hearing that a GP has without any tie to the board", unit="share")
    span: float = number(12.0, 5, 20, "Practices that one locality lead can hold", unit="practices", source="E1")
    value: float = number(0.695, 0.3, 0.8, "Worth of being heard", unit="utility", source="assumed; tuned start")
    heard_floor: float = share(0.05, "Hearing left under full control by managers")
    heard_span: float = share(0.9, "Hearing lost to full control by managers")
    results: float = share(0.25, "Part of being heard that is seeing something come of it", source="assumed, E17")
    results_usual: float = number(0.37, 0.2, 5, "Results in sight at which that part is whole", unit="projects")
    results_approved: float = share(0.7, "Worth of an approved project against a live one, as a result in sight")
    results_memory: float = number(
        24.0, 1, 60, "Time in which results are taken for granted and what is seen follows", unit="months"
    )
    peers: float = number(0.15, 0, 1, "Worth of peers taking part", unit="utility")
    noise: float = number(0.145, 0.1, 0.4, "Scatter of choice", unit="utility")
    disposition_sd: float = number(
        0.23, 0, 1, "Spread of reluctance between people (standard deviation)", unit="utility", dated=False
    )
    board_bonus: float = number(0.3, 0, 1, "Reluctance that a seat takes away", unit="utility")
    time_cost: float = number(0.205, 0.05, 0.4, "Cost of time before other work", unit="utility", source="E17")
    workload: float = number(
        0.05, 0, 0.5, "Part of the hours taken by other work at month 0", unit="share", source="E17"
    )
    workload_step: float = number(0.0, 0, 0.3, "Workload added when CCGs go live", unit="share")
    workload_ramp: float = number(0.0, 0, 0.3, "Workload added over the four years after", unit="share")
    overload: float = number(0.1, 0, 0.3, "Cost of hours beyond those there are", unit="utility")
    waiting: float = number(
        0.59, 0.0, 0.6, "Worth of waiting under full uncertainty", unit="utility", source="real options"
    )
    centre: float = share(0.285, "Hearing lost to the centre once national grip is fully grown", source="assumed, E71")
    results_worth: float = number(
        0.103, 0, 0.5, "Worth of results in sight above the usual", unit="utility", source="assumed, E17"
    )
    capable_outside: float = number(
        0.85, 0, 1, "What the capable can do elsewhere when not heard", unit="utility", source="assumed, E20"
    )
    response: float = number(3.0, 1, 24, "Time in which participation follows choice", unit="months")
    learning: float = number(
        0.12, 0, 1, "Speed at which belief follows experience", unit="per month", source="Bush and Mosteller 1955"
    )
    success: float = share(0.1, "Belief gained when a project of one's locality goes live")
    overridden: float = share(0.1, "Belief that a champion loses when managers override")
    witnessed: float = share(0.02, "Belief that the locality loses when managers override")
    hours: float = number(40.0, 5, 160, "Hours a month that could be given to commissioning", unit="hours")
    hours_board_tie: float = number(2.0, 0, 20, "Hours for a full tie to a board member", unit="hours")
    hours_outside_tie: float = number(3.0, 0, 20, "Hours for a full tie to anybody else", unit="hours")
    hours_project: float = number(8.0, 0, 40, "Hours for leading a project", unit="hours")
    hours_seat: float = number(6.0, 0, 40, "Hours for a seat", unit="hours")
    soft_incentive: float = number(
        0.0, 0, 0.3, "Vision and motivation offered", unit="utility", source="E40", each_ccg=True
    )
    hard_incentive: float = number(
        0.0, 0, 0.3, "Money offered for usual results", unit="utility", source="E40", each_ccg=True
    )
    backfill: float = number(0.0, 0, 40, "Locum hours paid for each GP", unit="hours a month", each_ccg=True)
    staff_participation: float = share(0.9, "Participation of PCT staff")
    provider_base: float = share(0.5, "Participation of providers without projects or conflict")
    provider_overload: float = share(0.3, "Participation that crowded clinics add")
    provider_conflict: float = share(0.3, "Participation that hidden costs take away", source="E15")
    provider_threat: float = share(
        0.0, "Participation that providers withhold who lose more income than they bear", source="E56"
    )
    patient_base: float = share(0.2, "Participation of patient groups without structured feedback")
    patient_structure: float = share(0.6, "Participation that structured feedback adds", source="E16")
    policy_base: float = share(0.1, "Participation of policy bodies without dialogue")
    policy_dialogue: float = share(0.9, "Participation that full dialogue adds", source="E18")


MEAN_CAPABILITY = 4.0 / 7.0
RESULTS_SCALE = 1.0  # projects in sight after which more of them impress less and less
CROWDED = 5.0  # projects at which a provider's clinics are as relieved as they can be


# Equations: numbers in, number out.
@njit
def hearing(access, ties, lead, locality_practices, span):
    """How far a practice is heard, in [0, 1]: through ties to the board or through the locality's lead."""
    return access + (1.0 - access) * max(saturating(ties), lead * within_reach(locality_practices, span))


@njit
def heard(control, centre, access, seen, p):
    """Expected share of a GP's views that decisions follow, in [0, 1].

    Managers' control leaves less to all, and so does what the centre decides; who sees nothing come of it feels less
    heard (`seen`, 1 as usual).
    """
    left = p.heard_span * (1.0 - control) * access * (1.0 - centre)
    return min(1.0, p.heard_floor + left * (1.0 - p.results + p.results * seen))


@njit
def sight_of_results(results, usual):
    """How much comes of it in a GP's eyes: 1 at the usual number of results, rising ever less beyond."""
    return saturating(results / RESULTS_SCALE) / saturating(usual / RESULTS_SCALE)


@njit
def cost_of_time(hours_used, hours, usual_hours, base, overload):
    """Cost of taking part [utility]: the base cost weighs more where hours are fewer, and overload adds to it."""
    crowded = max(0.0, hours_used / hours - 1.0)
    return base * usual_hours / hours + overload * crowded


@njit
def incentives(here, results):
    """What is offered [utility]: vision for taking part, money for what comes of it, as money is held to account."""
    return here.soft_incentive + here.hard_incentive * min(1.0, results)


@njit
def worth_elsewhere(me, p):
    """What else the capable can do [utility]: more where they do not believe that taking part changes decisions."""
    return p.capable_outside * (me.capability - MEAN_CAPABILITY) * (1.0 - me.efficacy)


@njit
def utility(me, peers, offered, cost, uncertainty, reluctance, p):
    """Worth of taking part [utility]: being heard, peers and incentives against time, waiting and other chances."""
    gained = p.value * me.efficacy + p.peers * peers + offered
    return gained - cost - p.waiting * uncertainty - worth_elsewhere(me, p) - reluctance


@njit
def participation_after(participation, worth, noise, response):
    """Participation after a month, moving towards the choice that its worth calls for."""
    return participation + (logistic(worth / noise) - participation) / response


# Acts
@njit
def hours_used(i, actors, ties, out_first, projects_led, saved, p):
    """Hours a month that row i's ties, projects and seat take."""
    me, total = actors[i], 0.0
    for t in range(out_first[i], out_first[i + 1]):
        hours = p.hours_board_tie if actors[ties[t].target].board == 1 else p.hours_outside_tie
        total += hours * ties[t].strength
    return total + p.hours_project * (1.0 - saved) * projects_led + p.hours_seat * me.board


@njit
def access_of(i, actors, contacts, localities, rules):
    """How far row i is heard: wholly on the board, less the farther away."""
    me, p = actors[i], rules.engagement
    if me.board == 1 or me.locality < 0 or rules.ablation.heard_everywhere == 1:
        return 1.0
    tied = 0.0
    other, strength = contacts.other, contacts.strength
    for k in range(contacts.first[i], contacts.first[i + 1]):
        if actors[other[k]].board == 1:
            tied += strength[k]
    place = localities[me.locality]
    lead = actors[place.lead].participation if place.lead >= 0 else 0.0
    if rules.ablation.no_locality_access == 1:
        lead = 0.0
    practices = 1.0 if rules.ablation.size_free == 1 else float(place.practices)
    return hearing(p.access, tied, lead, practices, p.span)


@njit
def peers_of(i, actors, contacts, localities):
    """Mean participation of row i's GP contacts; of the locality without any; else its own."""
    other, total, n = contacts.other, 0.0, 0
    for k in range(contacts.first[i], contacts.first[i + 1]):
        if actors[other[k]].kind == GP:
            total += actors[other[k]].participation
            n += 1
    if n > 0:
        return total / n
    place = actors[i].locality
    return localities[place].participation if place >= 0 else actors[i].participation


@njit
def choose(me, here, peers, workload, p):
    """Participation of a GP after a month, from what she believes, gains and pays."""
    hours = p.hours * (1.0 - workload) + here.backfill
    base = p.time_cost + workload
    cost = cost_of_time(me.hours_used, max(1.0, hours), p.hours * (1.0 - p.workload), base, p.overload)
    offered = incentives(here, me.results) + p.results_worth * (me.results - 1.0)
    reluctance = me.disposition - p.board_bonus * me.board
    worth = utility(me, peers, offered, cost, here.uncertainty_seen, reluctance, p)
    return participation_after(me.participation, worth, p.noise, p.response)


@njit
def others_take_part(me, here, projects_of, month, p):
    """Participation of those who do not choose it, from the conditions that they work in.

    Providers in a funded alliance work together whatever their contracts: hidden costs set nobody against them (E32).
    Those who lose more income than they bear hold back (E56).
    """
    rule = TAKES_PART[me.kind]
    if rule == AS_STAFF:
        return p.staff_participation
    if rule == AS_PROVIDERS:
        crowded = min(1.0, projects_of / CROWDED)
        hidden = 0.0 if me.allied_until > month else 1.0 - here.cost_transparency
        given = p.provider_base + p.provider_overload * crowded - p.provider_conflict * hidden
        return clip(given - p.provider_threat * here.threatened[me.sector], 0.0, 1.0)
    if rule == AS_PATIENTS:
        return min(1.0, p.patient_base + p.patient_structure * here.structure)
    if rule == AS_POLICY_BODIES:
        return min(1.0, p.policy_base + p.policy_dialogue * here.dialogue)
    return np.nan  # a rule without an equation: no number stays whole, so it cannot be overlooked


# Sweep
@njit
def sweep(world, projects_of, results):
    """One month of belief and choice. `projects_of` holds projects led by (GPs) or using (providers) each row,
    `results` those that each can see.
    """
    actors, ties, contacts, localities = world.actors, world.ties, world.contacts, world.localities
    ccgs, rules, nation = world.ccgs, world.rules[0], world.nation[0]
    p, out_first, now = rules.engagement, contacts.out_first, world.clock[0]
    efficacy, participation = np.zeros(actors.shape[0]), np.zeros(actors.shape[0])
    for i in range(actors.shape[0]):
        me = actors[i]
        here = ccgs[me.ccg]
        efficacy[i] = me.efficacy
        if TAKES_PART[me.kind] != CHOOSES:
            participation[i] = others_take_part(me, here, projects_of[i], now.month, p)
            continue
        if now.burning == 0:
            me.results += (sight_of_results(results[i], p.results_usual) - me.results) / p.results_memory
        me.heard = heard(
            here.manager_control, nation.centre, access_of(i, actors, contacts, localities, rules), me.results, p
        )
        efficacy[i] += p.learning * (me.heard - me.efficacy)
        saved = rules.redesign.support_hours * here.executive_support
        me.hours_used = hours_used(i, actors, ties, out_first, projects_of[i], saved, p)
        participation[i] = choose(me, here, peers_of(i, actors, contacts, localities), nation.workload, p)
    for i in range(actors.shape[0]):
        actors[i].efficacy, actors[i].participation = efficacy[i], participation[i]


# Looking: nothing below is read by a run.
def parts_of_choice(world: Any, row: int) -> dict[str, float]:
    """Why the GP in this row gives what she gives: the parts of the worth of taking part [utility], by name."""
    w, me, rules = world, world.actors[row], world.rules[0]
    p, here, nation = rules.engagement, world.ccgs[world.actors.ccg[row]], world.nation[0]
    hours = max(1.0, p.hours * (1.0 - nation.workload) + here.backfill)
    usual, base = p.hours * (1.0 - p.workload), p.time_cost + nation.workload
    parts = {
        "being heard": p.value * me.efficacy,
        "peers taking part": p.peers * peers_of(row, w.actors, w.contacts, w.localities),
        "incentives": incentives(here, me.results),
        "results in sight": p.results_worth * (me.results - 1.0),
        "cost of time": -cost_of_time(me.hours_used, hours, usual, base, p.overload),
        "waiting for policy to settle": -p.waiting * here.uncertainty_seen,
        "what else the capable can do": -worth_elsewhere(me, p),
        "own disposition": -me.disposition,
        "holding a seat": p.board_bonus * me.board,
    }
    return {name: float(value) for name, value in parts.items()}
