"""A world from a scenario and a seed, as it stands before the burn-in."""

from __future__ import annotations

import numpy as np
from scipy import special

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import BURN_IN_MONTH, stream, uniforms
from ccgsim.processes.policy import WITHOUT_DATES
from ccgsim.processes.projects.stock import take_stock
from ccgsim.processes.stepping_in import control_called_for
from ccgsim.processes.ties.contacts import Contacts, contacts_of
from ccgsim.scenario.parameters import all_parameters
from ccgsim.scenario.scenario import Scenario
from ccgsim.world import networks, population, surveyed
from ccgsim.world.england import Place, neighbours_of, places_of
from ccgsim.world.seats import place_leads
from ccgsim.world.state import World

SITE, GAPS = stream("site"), stream("redesign_gaps")
START_PARTICIPATION, START_DATA = 0.7, 0.2
NATIONAL_PRIORITIES = np.array([0.20, 0.25, 0.15, 0.10, 0.20, 0.10])  # assumed
NEEDS_INDEX, PRESSURE_INDEX, DRIFT_INDEX = 3000, 3010, 3011
Part = tuple[
    tables.Table, tables.Table, tables.Table, tables.Table, tables.Table
]  # actors, CCG, seats, localities, ties
# Parameters that are states of every CCG, and their columns.
EACH_CCG = {name: name.partition(".")[2] for name, q in all_parameters().items() if q.each_ccg}


def build(scenario: Scenario, seed: int) -> World:
    """The world of a scenario before its burn-in: people, seats, localities and starting ties of every CCG."""
    found = surveyed.of_scenario(scenario)
    scenario = scenario if found is None else surveyed.fitted(scenario, found.network)
    places = places_of(scenario, seed)
    parts = [one_ccg(place, seed) for place in places]
    actors, ccgs, seats, localities, ties = _side_by_side(parts)
    clock = tables.new(tables.CLOCK, 1)
    clock.seed, clock.luck_month, clock.burning = seed, BURN_IN_MONTH, 1
    nation = tables.new(tables.NATION, 1)
    nation.uncertainty, nation.priorities = scenario.policy.uncertainty, NATIONAL_PRIORITIES
    nation.logic = WITHOUT_DATES
    world = World(
        actors=actors,
        ties=ties,
        ccgs=ccgs,
        seats=seats,
        localities=localities,
        rules=scenario.records(),
        clock=clock,
        contacts=Contacts(*contacts_of(ties, len(actors))),
        scenario=scenario,
        names=tuple(place.name for place in places),
        surveyed=surveyed.keys_of(actors, scenario),
        english=scenario.calendar == "england",
        nation=nation,
        neighbours=neighbours_of(places, scenario.england.reach),
    )
    world.reindex()
    world.arrange()
    take_stock(world.actors, world.ties, world.ccgs)
    place_leads(world)
    return world


def boards_aims(world: World) -> np.ndarray:
    """Mean priorities of each CCG's board, shape (CCGs, 6): the plans with which it begins."""
    board, ccgs = world.actors.board == 1, len(world.ccgs)
    sums = np.zeros((ccgs, len(v.PRIORITIES)))
    np.add.at(sums, world.actors.ccg[board], world.actors.priorities[board])
    return sums / np.bincount(world.actors.ccg[board], minlength=ccgs)[:, None]


def one_ccg(place: Place, seed: int) -> Part:
    """Tables of one CCG by itself: its rows start at 0."""
    if place.scenario.network is not None:
        return _surveyed_ccg(place, seed)
    scenario = place.scenario
    actors = population.people_of(scenario, seed, place.number)
    localities = localities_of(scenario, actors, place.number, seed)
    ccg = ccg_of(place, actors, seed)
    seats = networks.take_seats(actors, scenario, seed, 0)
    published = networks.board_and_outside(actors, ccg, localities, scenario, seed)
    pairs = np.concatenate([published, networks.background(actors, seed)])
    return actors, ccg, seats, localities, networks.ties_table(pairs, actors, scenario.ties.start_strength)


def _surveyed_ccg(place: Place, seed: int) -> Part:
    """The same for the CCG of a surveyed board: its members hold the seats, its ties are there at the start."""
    scenario, found = place.scenario, surveyed.of_scenario(place.scenario)
    assert found is not None
    actors = population.people_of(scenario, seed, place.number, surveyed.places_needed(found.network))
    localities, ccg = localities_of(scenario, actors, place.number, seed), ccg_of(place, actors, seed)
    rows, ties = surveyed.rows_of_people(actors, found.network), surveyed.draw_ties(found, scenario, seed)
    seats = surveyed.take_seats(actors, rows, ties, found.network, scenario)
    all_ties = surveyed.starting_pairs(rows, ties), networks.background(actors, seed)
    pairs = np.unique(np.concatenate(all_ties), axis=0)
    return actors, ccg, seats, localities, networks.ties_table(pairs, actors, scenario.ties.start_strength)


def _side_by_side(parts: list[Part]) -> Part:
    """The tables of all CCGs in one, their rows moved behind those of the CCGs before."""
    people = places = boards = 0
    for number, (actors, _, seats, localities, ties) in enumerate(parts):
        actors.ccg = seats.ccg = localities.ccg = number
        actors["locality"][actors.locality >= 0] += places
        actors["seat"][actors.seat >= 0] += boards
        seats["locality"][seats.locality >= 0] += places
        ties.source += people
        ties.target += people
        people, places, boards = people + len(actors), places + len(localities), boards + len(seats)
    actors, ccgs, seats, localities, ties = (tables.joined(*same) for same in zip(*parts, strict=True))
    return actors, ccgs, seats, localities, ties


def localities_of(scenario: Scenario, actors: tables.Table, ccg: int, seed: int) -> tables.Table:
    """The localities of a CCG with their practices and room for improvement on each pathway."""
    places = tables.new(tables.LOCALITIES, scenario.site.localities)
    places.number = np.arange(len(places))
    places.key = (ccg << population.LOCALITY_BITS) + places.number
    places.practices = np.bincount(actors.locality[actors.locality >= 0], minlength=len(places))
    for pathway in range(len(v.PATHWAYS)):
        places.gap[:, pathway] = special.betaincinv(2, 2, uniforms(seed, GAPS, places.key, pathway))
    return places


def ccg_of(place: Place, actors: tables.Table, seed: int) -> tables.Table:
    """The row of one CCG with its characteristics and its state before the burn-in."""
    row = tables.new(tables.CCGS, 1)
    scenario, site = place.scenario, place.scenario.site
    row.number, row.footprint = place.number, place.footprint
    row.last, row.last_gp = len(actors), int((actors.kind == v.GP).sum())
    row.places = networks.places_for(int(row["last_gp"][0]))
    row.seats, row.localities, row.practices = site.board, site.localities, site.practices
    row.population, row.executive_support = site.population, int(site.executive_support)
    for name, column in EACH_CCG.items():
        section, key = name.split(".")
        row[column] = getattr(getattr(scenario, section), key)
    number = row.number
    row.needs = population.distribution(seed, number, NEEDS_INDEX, 10 * np.array(population.MEAN_NEEDS))
    row.plans = NATIONAL_PRIORITIES
    row.inherited += scenario.stepping_in.inherited_sd * special.ndtri(uniforms(seed, SITE, number, PRESSURE_INDEX))
    row.drift = scenario.finance.drift_sd * special.ndtri(uniforms(seed, SITE, number, DRIFT_INDEX))
    trust = scenario.insecurity.trust_start + scenario.insecurity.trust_start_colocation * row.colocation
    row.trust = np.minimum(trust, 1.0)
    row.benchmark = row.cost_transparency = START_DATA
    row.uncertainty_seen = scenario.policy.uncertainty
    row.engagement = START_PARTICIPATION
    p = scenario.stepping_in
    row.manager_control = control_called_for(
        START_PARTICIPATION, float(row["inherited"][0]), p.steepness, p.tolerance, p.low, p.high
    )
    return row
