"""Small worlds made by hand, and larger made-up ones, to measure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ccgsim.foundation import tables
from ccgsim.foundation.chance import stream, uniforms
from ccgsim.foundation.quantity import records
from ccgsim.foundation.vocabulary import (
    ACUTE,
    GP,
    GP_MEMBER,
    LIVE,
    PATIENT_GROUP,
    PCT_STAFF,
    POLICY_BODY,
    PROVIDER,
    TO_OTHER,
)
from ccgsim.measures.observer import Observer
from ccgsim.processes.ties.contacts import Contacts
from ccgsim.scenario.scenario import Scenario
from ccgsim.scenario.sections import SECTIONS
from ccgsim.world.state import World

Row = dict[str, Any]
EMPTY = np.zeros(0, np.int64)
UNCOUPLED = {"decisions": {"course": 0.0}, "priorities": {"control_pull": 0.0}, "rating": {"reach": 0.0}}


def person(kind: int = GP, *, board: int = 0, ccg: int = 0, **columns: Any) -> Row:
    """A row of the table of actors; a seat-holder is a GP member unless a role is given."""
    role = {"role": GP_MEMBER} if board else {}
    return {"kind": kind, "board": board, "ccg": ccg, **role, **columns}


def project(**columns: Any) -> Row:
    """A row of the table of projects."""
    return columns


def table(columns: tuple[tables.Column, ...], rows: list[Row]) -> tables.Table:
    """A table with these rows, columns not named at their start value."""
    made = tables.new(columns, len(rows))
    for place, row in enumerate(rows):
        for name, value in row.items():
            made[name][place] = value
    return made


@dataclass
class Plan:
    """What a made world holds; people stand in the order CCG, kind, and ties name them by place in that list."""

    people: list[Row]
    ties: list[tuple[int, int, float]] = field(default_factory=list)
    ccgs: list[Row] = field(default_factory=lambda: [{}])
    localities: list[Row] = field(default_factory=list)
    projects: list[Row] = field(default_factory=list)
    vacant: int = 0  # vacant seats of the first CCG
    seats: list[Row] | None = None  # instead of a seat for each seat-holder
    month: int = 0
    rules: Row = field(default_factory=dict)  # parameters by section; otherwise the defaults, without couplings

    def world(self) -> World:
        """The world, indexed."""
        actors = _actors(self.people)
        world = World(
            actors=actors,
            ties=_ties(actors, self.ties),
            ccgs=_ccgs(actors, self.ccgs),
            seats=_seats(actors, self.vacant) if self.seats is None else table(tables.SEATS, self.seats),
            localities=table(tables.LOCALITIES, self.localities),
            rules=records({name: section(**self._given(name)) for name, section in SECTIONS.items()}),
            clock=table(tables.CLOCK, [{"month": self.month, "seed": 1}]),
            contacts=Contacts(*([EMPTY] * 6)),
            scenario=Scenario(name="made"),
            projects=table(tables.PROJECTS, self.projects),
        )
        world.reindex()
        return world

    def _given(self, section: str) -> Row:
        return UNCOUPLED.get(section, {}) | self.rules.get(section, {})


def _actors(people: list[Row]) -> tables.Table:
    assert people == sorted(people, key=lambda p: (p["ccg"], p["kind"])), "people stand in the order CCG, kind"
    actors = table(tables.ACTORS, people)
    actors.key = 1_000_000 * (actors.ccg + 1) + np.arange(len(people))
    return actors


def _ties(actors: tables.Table, ties: list[tuple[int, int, float]]) -> tables.Table:
    rows = [{"source_key": actors.key[i], "target_key": actors.key[j], "strength": w} for i, j, w in ties]
    return table(tables.TIES, rows)


def _ccgs(actors: tables.Table, ccgs: list[Row]) -> tables.Table:
    made = table(tables.CCGS, ccgs)
    made.number = np.arange(len(ccgs))
    made.practices = np.maximum(made.practices, 1)
    made.first = np.searchsorted(actors.ccg, made.number, side="left")
    made.last = np.searchsorted(actors.ccg, made.number, side="right")
    return made


def _seats(actors: tables.Table, vacant: int) -> tables.Table:
    held = [{"ccg": a.ccg, "holder": a.key, "role": a.role} for a in actors if a.board == 1]
    rows = [{"number": n, **row} for n, row in enumerate(held + [{"ccg": 0}] * vacant)]
    return table(tables.SEATS, rows)


def luck(seed: int, what: int, size: int) -> np.ndarray:
    """Made-up numbers in [0, 1)."""
    return uniforms(seed, stream("reference"), np.arange(size), what)


def _made_people(seed: int, ccg: int, members: int) -> list[Row]:
    kinds = [GP] * 70 + [PCT_STAFF] * 40 + [PROVIDER] * 10 + [PATIENT_GROUP] * 4 + [POLICY_BODY] * 6
    chance = luck(seed, 100 + ccg, 40 * len(kinds)).reshape(len(kinds), 40)
    people = []
    for place, (kind, drawn) in enumerate(zip(kinds, chance, strict=True)):
        board = int(place < members - 2 or 70 <= place < 72) if members >= 2 else 0
        states = dict(zip(("participation", "efficacy", "capability", "withheld"), drawn, strict=False))
        aims = {"knowledge": drawn[4:13], "priorities": drawn[13:19] / drawn[13:19].sum(), "hours_used": 40 * drawn[20]}
        native = np.eye(9)[kind] if drawn[21] < 0.9 else np.zeros(9)
        where = {"locality": 3 * ccg + place % 3, "legacy": place % 2} if kind == GP else {}
        category = {"category": min(int(7 * drawn[22]), TO_OTHER), "sector": ACUTE if kind == PROVIDER else 0}
        people.append(person(kind, board=board, ccg=ccg, native=native, **states, **aims, **where, **category))
    return people


def _made_ties(seed: int, first: int, members: int, wanted: int) -> list[tuple[int, int, float]]:
    chance = luck(seed, 500 + first, 4 * wanted).reshape(wanted, 4)
    ties = {}
    for source, target, whose, strength in chance:
        inside = whose < 0.16
        i = int(source * max(members, 1)) if inside or whose < 0.22 else int(source * 130)
        j = int(target * max(members, 1)) if inside else int(target * 130)
        if i != j:
            ties[first + i, first + j] = 0.05 + 0.9 * float(strength)
    return [(i, j, w) for (i, j), w in ties.items()]


def _made_projects(seed: int, ccg: int, count: int) -> list[Row]:
    chance = luck(seed, 900 + ccg, 8 * count).reshape(count, 8)
    rows = []
    for n, drawn in enumerate(chance):
        arena = int(4 * drawn[0])
        live = 10 + int(20 * drawn[1]) if arena == LIVE else -1
        ended = live + 1 + int(20 * drawn[2]) if live >= 0 and drawn[3] < 0.4 else -1
        approved = 5 if arena > 0 else -1
        outcome = {"outcome": int(3 * drawn[6]), "adopters": int(30 * drawn[4]), "champion": int(70 * drawn[7])}
        place = {"number": n, "ccg": ccg, "pathway": int(8 * drawn[5]), "locality": 3 * ccg + int(3 * drawn[7])}
        rows.append(project(arena=arena, live=live, ended=ended, approved=approved, **place, **outcome))
    return rows


def made_up(seed: int = 1, ccgs: int = 1, members: int = 13, ties: int = 760, month: int = 0) -> World:
    """A made-up world of CCGs with 130 actors each, about `ties` ties and that many seat-holders (0, or 2 to 60)."""
    plan = Plan([], ccgs=[_made_ccg(seed, g) for g in range(ccgs)], month=month)
    for g in range(ccgs):
        plan.ties += _made_ties(seed, len(plan.people), members, ties)
        plan.people += _made_people(seed, g, members)
        plan.localities += [{"ccg": g, "number": n, "practices": 23} for n in range(3)]
        plan.projects += _made_projects(seed, g, 12)
    return plan.world()


def _made_ccg(seed: int, ccg: int) -> Row:
    needs, states = luck(seed, 1300 + ccg, 6), luck(seed, 1400 + ccg, 6)
    names = ("manager_control", "benchmark", "cost_transparency", "strain", "uncertainty_seen")
    balance = {"balance_of_year": states[5] - 0.5, "practices": 70}
    return {"needs": needs / needs.sum(), **dict(zip(names, states, strict=False)), **balance}


def at_month(plan: Plan, month: int) -> World:
    """The planned world at that month."""
    world = plan.world()
    world.clock.month = month
    return world


def measured(plan: Plan) -> dict[str, float]:
    """Every measure of the planned world at month 0."""
    observer = Observer(plan.world(), 0)
    observer.observe(at_month(plan, 0))
    return observer.latest()


def state_of(world: World) -> dict[str, bytes]:
    """Every table of a world, to the byte."""
    tables_there = {name: getattr(world, name).tobytes() for name in tables.ALL}
    index = {name: array.tobytes() for name, array in world.contacts._asdict().items()}
    return {**tables_there, **index, "adoption": world.adoption.tobytes()}
