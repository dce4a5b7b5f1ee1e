"""Small worlds for claims: a shipped site cut down to 30 people, and worlds made by hand, person by person."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from ccgsim import load, tables
from ccgsim import vocabulary as v
from ccgsim.contacts import Contacts, contacts_of
from ccgsim.course import Course
from ccgsim.quantity import records
from ccgsim.world.population import CATEGORY_OF_SECTOR, CATEGORY_OF_TIER, key_of
from ccgsim.world.scenario import Scenario
from ccgsim.world.seats import place_leads
from ccgsim.world.sections import SECTIONS
from ccgsim.world.state import World

CATEGORIES = (v.TO_PRACTICES, v.TO_PCT, v.TO_OTHER, v.TO_OTHER, v.TO_OTHER, v.TO_OTHER)  # by kind
ROLES = (v.GP_MEMBER, v.ACCOUNTABLE_OFFICER, v.SECONDARY_CARE_DOCTOR, v.LAY_MEMBER, v.NO_ROLE, v.NURSE_SEAT)


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


def rules(**sections: dict[str, Any]) -> np.recarray:
    """The numbers that rules read, with these instead of the defaults."""
    return records({name: section(**sections.get(name, {})) for name, section in SECTIONS.items()})


def person(kind: int = v.GP, **columns: Any) -> dict[str, Any]:
    """One person or body of a world made by hand; `board=True` gives a seat."""
    return {"kind": kind, **columns}


def made(people: list[dict[str, Any]], ties: tuple[tuple[int, int, float], ...] = (), **sections: Any) -> Course:
    """A world of these people in the order of their kinds, ties (seeker, adviser, strength) by place in the list.

    Month 0 without English dates; parameters by section; participation .5 and priorities alike where not given.
    """
    actors = _actors(people)
    world = World(
        actors=actors,
        ties=_ties(actors, ties),
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
    return course


def _actors(people: list[dict[str, Any]]) -> np.recarray:
    rows = tables.new(tables.ACTORS, len(people))
    rows.participation, rows.efficacy, rows.capability = 0.5, 0.5, 4 / 7
    rows.priorities, rows.logic = 1 / 6, 1 / 3
    kinds = [person["kind"] for person in people]
    assert kinds == sorted(kinds), "people stand in the order of their kinds"
    for row, given in enumerate(people):
        kind = given["kind"]
        rows.key[row] = key_of(0, kind, kinds[:row].count(kind))
        rows.category[row] = CATEGORIES[kind]
        rows.role[row] = ROLES[kind] if given.get("board") else v.NO_ROLE
        if kind == v.GP:
            rows.practice[row], rows.locality[row] = row, 0
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


def _ties(actors: np.recarray, ties: tuple[tuple[int, int, float], ...]) -> np.recarray:
    rows = tables.new(tables.TIES, len(ties))
    for row, (seeker, adviser, strength) in enumerate(ties):
        rows.source_key[row], rows.target_key[row] = actors.key[seeker], actors.key[adviser]
        rows.strength[row] = strength
    return rows


def _ccg(actors: np.recarray) -> np.recarray:
    row = tables.new(tables.CCGS, 1)
    row.last, row.last_gp, row.places = len(actors), (actors.kind == v.GP).sum(), 32
    row.seats, row.practices, row.population = actors.board.sum(), max(1, row.last_gp[0]), 200_000
    row.localities = actors.locality.max() + 1
    row.needs = row.plans = 1 / 6
    row.uncertainty_seen = 0.35
    return row


def _seats(actors: np.recarray) -> np.recarray:
    holders = actors[actors.board == 1]
    rows = tables.new(tables.SEATS, len(holders))
    rows.number, rows.role, rows.kind, rows.holder = np.arange(len(rows)), holders.role, holders.kind, holders.key
    rows.locality = np.where(holders.role == v.LOCALITY_LEAD, holders.locality, -1)
    return rows


def _localities(actors: np.recarray) -> np.recarray:
    rows = tables.new(tables.LOCALITIES, int(actors.locality.max()) + 1)
    rows.number = np.arange(len(rows))
    rows.practices = np.bincount(actors.locality[actors.locality >= 0], minlength=len(rows))
    rows.gap = 0.5
    return rows
