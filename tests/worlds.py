"""Small worlds for claims: a shipped site cut down to 30 people, and worlds made by hand, person by person."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from ccgsim import load
from ccgsim.course import STEPS, Course
from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.kinds import KINDS
from ccgsim.foundation.quantity import records
from ccgsim.measures.observer import Observer
from ccgsim.measures.survey import survey
from ccgsim.processes.ties.contacts import Contacts, contacts_of
from ccgsim.scenario.scenario import Scenario
from ccgsim.scenario.sections import SECTIONS
from ccgsim.world.population import CATEGORY_OF_SECTOR, CATEGORY_OF_TIER, key_of
from ccgsim.world.seats import place_leads
from ccgsim.world.state import World

# Parameters by which claims are worked by hand, whatever the defaults.
WORKED: dict[str, dict[str, Any]] = {
    "policy": {"uncertainty": 0.35, "reversion": 0.04, "noise": 0.02, "shocks": 1.0, "logic_pull": 0.02},
    "insecurity": {"withholding": 0.8, "onset": 4.0, "rise": 4.0, "exits": 0.018, "devaluation": 0.8}
    | {"trust_floor": 0.3, "trust_repair": 0.05, "trust_loss": 0.1},
    "ties": {"start_strength": 0.3, "growth": 0.06, "fading": 0.02, "gone_below": 0.05, "base_loss": 0.015}
    | {"bridge_loss": 1.7, "strength_loss": 1.0, "uncertainty_loss": 0.5, "conflict_loss": 0.8, "closure": 0.25}
    | {"reciprocity": 1.5, "silo": 0.7, "across_localities": 0.12, "across_legacy_board": 0.4, "capacity": 8.0}
    | {"capacity_power": 0.6, "board_weight": 0.35, "looks": 6.0, "letting_go": 0.0, "search_engaged": 0.0},
    "knowledge": {"absorption": 0.08, "forgetting": 0.015, "crowding": 3.0, "depository_gain": 0.03}
    | {"depository_users": 0.2, "crowding_power": 0.0},
    "priorities": {"step": 0.05, "confidence": 0.35, "pull": 0.06, "noise": 0.01, "needs_drift": 0.01}
    | {"locality_channel": 0.012, "patient_pull": 0.05, "patient_seat": 0.3, "patient_noise": 0.3, "control_pull": 0.0},
    "decisions": {"course": 0.0},
    "transparency": {"benchmark_gain": 0.08, "benchmark_loss": 0.03, "benchmark_ties": 6.0, "gain": 0.06}
    | {"loss": 0.03, "seat_weight": 2.0, "acute_ties": 4.0, "clout_population": 200_000.0},
    "stepping_in": {"steepness": 20.0, "tolerance": 0.38, "low": 0.2, "high": 0.85, "board_weight": 0.4}
    | {"response": 6.0, "finance": 0.15, "uncertainty": 0.15, "grip": 0.1},
    "engagement": {"access": 0.55, "span": 12.0, "value": 0.6, "heard_floor": 0.05, "heard_span": 0.9, "peers": 0.15}
    | {"noise": 0.18, "board_bonus": 0.3, "time_cost": 0.25, "workload": 0.05, "workload_step": 0.03}
    | {"workload_ramp": 0.03, "overload": 0.1, "waiting": 0.42, "capable_outside": 0.7, "response": 3.0}
    | {"learning": 0.12, "success": 0.1, "overridden": 0.1, "witnessed": 0.02, "hours": 40.0, "hours_seat": 6.0}
    | {"hours_board_tie": 2.0, "hours_outside_tie": 3.0, "hours_project": 8.0, "staff_participation": 0.9}
    | {"provider_base": 0.5, "provider_overload": 0.3, "provider_conflict": 0.3, "patient_base": 0.2}
    | {"patient_structure": 0.6, "policy_base": 0.1, "policy_dialogue": 0.9, "results": 0.0, "results_usual": 1.2}
    | {"results_approved": 0.4, "results_memory": 24.0, "results_worth": 0.0, "centre": 0.0},
    "turnover": {"base": 0.003, "load": 1.5, "disengagement": 2.0, "uncertainty": 0.8, "migration": 0.004}
    | {"inherit": 0.3, "vacancy": 4.0, "term": 36, "not_standing": 0.1},
    "redesign": {"birth": 0.055, "programme_births": 0.15, "national_births": 0.1, "outside_births": 0.05}
    | {"advance": 0.22, "fail": 0.012, "override": 0.04, "decay": 0.1, "wear": 0.002, "needed": 0.45, "slots": 6}
    | {"support_slots": 1, "support_hours": 0.25, "tandem": 0.3, "managers_worth": 0.8, "clinical_lead": 0.2}
    | {"strategic_scale": 0.57, "coordination": 0.04, "threshold": 0.12, "speed": 0.12, "mandate_peers": 0.15}
    | {"provider_tolerance": 0.03, "income_moved": 0.02, "maintain": 0.3, "knowledge": 0.0, "champion_reach": 0.0}
    | {"carrying": 0.0},
    "finance": {"saving": 0.0, "volatility": 0.014, "strain_memory": 0.5, "strain_gain": 20.0},
    "rating": {"external": 0.3, "sustained": 0.05, "reach": 0.0, "money": 0.35, "engagement": 0.2},
}


def small(**sections: Any) -> Scenario:
    """Site F with 30 people and a burn-in of six months; `months`, `calendar`, `events` and sections may differ."""
    people = {"pct_least": 5, "pct_most": 5, "voluntary": 2, "local_authorities": 1}
    return load("site_f").with_(start={"burn_in": 6}, people=people).with_(**sections)


def begun(seed: int = 1, **sections: Any) -> Course:
    """A small world at month 0."""
    return Course(small(**sections), seed)


def run_for(course: Course, months: int) -> Course:
    """The course after so many months more."""
    for _ in range(months):
        course.step()
    return course


def tables_of(world: World) -> dict[str, bytes]:
    """The bytes of every table of a world."""
    found = {name: getattr(world, name).tobytes() for name in tables.ALL}
    return found | {"adoption": world.adoption.tobytes()}


def digest(world: World) -> str:
    """A hash of all that a world holds."""
    made = hashlib.sha256()
    for name, content in tables_of(world).items():
        made.update(name.encode() + content)
    return made.hexdigest()


EVENTFUL = (
    {"month": 1, "lever": {"name": "pairing", "value": 1.0}},
    {"month": 1, "lever": {"name": "alliance", "pathway": "dermatology", "months": 12}},
    {"month": 2, "announce": 0.2},
    {"month": 2, "set": {"knowledge.depository": 0.5, "redesign.mandate": 0.1}},
    {"month": 3, "broker_exit": 1},
    {"month": 3, "lever": {"name": "coaching", "value": 0.5, "count": 2}},
    {"month": 4, "lever": {"name": "second_broker"}},
    {"month": 4, "lever": {"name": "shortage", "sector": "acute", "value": 0.5}},
    {"month": 5, "add_seat": {"role": "GP member", "kind": "GP"}},
    {"month": 5, "lever": {"name": "provider_seat", "count": 2}},
    {"month": 6, "lever": {"name": "localities", "count": 3}},
    {"month": 6, "lower_participation": {"of": "top_quartile", "by": 0.2}},
    {"month": 7, "remove_seat": {"role": "lay member", "kind": "PatientGroup"}},
    {"month": 8, "abolish_pct": True},
    {"month": 9, "remove_seat": {"role": "accountable officer", "kind": "PCTStaff"}},
    {"month": 9, "add_seat": {"role": "accountable officer", "kind": "GP"}},
)


def eventful() -> Scenario:
    """A small world in which within a year projects abound, holders leave and most events and levers happen."""
    origins = {"programme_births": 1.0, "national_births": 0.5, "outside_births": 0.5}
    redesign = {"birth": 0.5, "slots": 20, "advance": 0.8, "income_moved": 0.2, "joint_planning": 0.3, **origins}
    off = {"priorities": {"delegated": 0.8, "own_interest": 0.5}, "engagement": {"provider_threat": 0.3}}
    return small(events=EVENTFUL, redesign=redesign, turnover={"base": 0.03, "vacancy": 1.0}, **off)


def diary_of(scenario: Scenario, seed: int, months: int) -> list[str]:
    """Hashes of a world, of its measures and of its survey for each month, then of a later half year of it."""
    course = Course(scenario, seed)
    observer = Observer(course.world, months)
    found = []
    for _ in range(months):
        observer.observe(course.world)
        found.append(digest(course.world))
        course.step()
    answers = survey(course.world).to_csv(index=False)
    found.append(hashlib.sha256(observer.values.tobytes() + answers.encode()).hexdigest())
    course.world.clock.month = 97  # federations draw GPs away, the grip is at its full
    found += [digest(run_for(course, 1).world) for _ in range(6)]
    return found


def rules(**sections: dict[str, Any]) -> tables.Table:
    """The numbers that rules read: those by which claims are worked, with these instead."""
    given = {name: WORKED.get(name, {}) | sections.get(name, {}) for name in SECTIONS}
    return records({name: section(**given[name]) for name, section in SECTIONS.items()})


EAGER = {"participation": 1.0}


def person(kind: int = v.GP, **columns: Any) -> dict[str, Any]:
    """One person or body of a world made by hand; `board=True` gives a seat."""
    return {"kind": kind, **columns}


def made(people: list[dict[str, Any]], network: tuple[tuple[int, int, float], ...] = (), /, **sections: Any) -> Course:
    """A world of these people in the order of their kinds, ties (seeker, adviser, strength) by place in the list.

    Month 0 without English dates; parameters by section; participation .5 and priorities alike where not given.
    """
    actors = _actors(people)
    world = World(
        actors=actors,
        ties=_ties(actors, network),
        ccgs=_ccg(actors),
        seats=_seats(actors),
        localities=_localities(actors),
        rules=rules(**sections),
        clock=tables.new(tables.CLOCK, 1),
        contacts=Contacts(*contacts_of(tables.new(tables.TIES, 0), 0)),
        scenario=small(),
        english=False,
    )
    world.clock.seed = 1
    world.reindex()
    place_leads(world)
    course = Course.__new__(Course)  # the processes of the month, around a world that needs no settling
    course.world, course.events, course.control_path = world, {}, np.zeros(0)
    course.month = {name: getattr(course, name) for name in STEPS}
    return course


def _actors(people: list[dict[str, Any]]) -> tables.Table:
    rows = tables.new(tables.ACTORS, len(people))
    rows.participation, rows.efficacy, rows.capability = 0.5, 0.5, 4 / 7
    rows.priorities, rows.logic = 1 / 6, 1 / 3
    kinds = [person["kind"] for person in people]
    assert kinds == sorted(kinds), "people stand in the order of their kinds"
    for row, given in enumerate(people):
        kind = given["kind"]
        rows.key[row] = key_of(0, kind, kinds[:row].count(kind))
        rows.category[row] = KINDS[kind].category
        rows.role[row] = next(iter(KINDS[kind].roles), v.NO_ROLE) if given.get("board") else v.NO_ROLE
        if kind == v.GP:
            rows.practice[row], rows.locality[row], rows.lead[row] = row, 0, 1
        if "sector" in given:
            rows.category[row] = CATEGORY_OF_SECTOR[given["sector"]]
        if "tier" in given:
            rows.category[row] = CATEGORY_OF_TIER[given["tier"]]
        if kind == v.PCT_STAFF:
            rows.employer[row] = v.PCT
        for name, value in given.items():
            rows[name][row] = value
    rows.seat = np.where(rows.board == 1, np.cumsum(rows.board) - 1, -1)
    return rows


def _ties(actors: tables.Table, ties: tuple[tuple[int, int, float], ...]) -> tables.Table:
    rows = tables.new(tables.TIES, len(ties))
    for row, (seeker, adviser, strength) in enumerate(ties):
        rows.source_key[row], rows.target_key[row] = actors.key[seeker], actors.key[adviser]
        rows.strength[row] = strength
    return rows


def _ccg(actors: tables.Table) -> tables.Table:
    row = tables.new(tables.CCGS, 1)
    row.last, row.last_gp, row.places = len(actors), (actors.kind == v.GP).sum(), 32
    row.seats, row.practices, row.population = actors.board.sum(), max(1, row.last_gp[0]), 200_000
    row.localities = actors.locality.max() + 1
    row.needs = row.plans = 1 / 6
    row.uncertainty_seen = 0.35
    return row


def _seats(actors: tables.Table) -> tables.Table:
    holders = actors[actors.board == 1]
    rows = tables.new(tables.SEATS, len(holders))
    rows.number, rows.role, rows.kind, rows.holder = np.arange(len(rows)), holders.role, holders.kind, holders.key
    rows.locality = np.where(holders.role == v.LOCALITY_LEAD, holders.locality, -1)
    return rows


def _localities(actors: tables.Table) -> tables.Table:
    rows = tables.new(tables.LOCALITIES, int(actors.locality.max()) + 1)
    rows.number = np.arange(len(rows))
    rows.practices = np.bincount(actors.locality[actors.locality >= 0], minlength=len(rows))
    rows.gap = 0.5
    return rows


def pairs(course) -> set[tuple[int, int]]:
    """Rows of seeker and adviser of every tie."""
    return set(zip(course.world.ties.source.tolist(), course.world.ties.target.tolist(), strict=True))
