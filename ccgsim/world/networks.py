"""Who holds a seat and who seeks whose advice when a world begins (E2-E4): a board with exactly the surveyed ties."""

from __future__ import annotations

import math

import numpy as np

from ccgsim.foundation import quantity, tables
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import stream, uniforms
from ccgsim.foundation.problems import fault_at
from ccgsim.processes.ties.fading import place_weights
from ccgsim.scenario.scenario import Scenario
from ccgsim.scenario.sections import Site
from ccgsim.world.population import seats_of

SITE, BOARD, OUTSIDE, BACKGROUND = (stream(n) for n in ("site", "board_ties", "outside_ties", "background_ties"))
PEERS = 3  # advisers among peers before the burn-in
TYPICAL_DENSITY = 106 / 156  # mean of the two surveyed boards (E3)
TYPICAL_BOARD = 13
# Ties of a typical board of 13 to outside by category, the mean of the two surveyed ones; those to the PCT follow
# co-location (E2, E14).
TYPICAL = {
    v.TO_PRACTICES: 4,
    v.TO_PCT: 15,
    v.TO_ACUTE: 2,
    v.TO_REGIONAL: 1,
    v.TO_COMMUNITY: 2,
    v.TO_LOCAL_AUTHORITIES: 4,
    v.TO_OTHER: 2,
}
DRAWN_DENSITY, DRAWN_TIES, DRAWN_ACUTE = (0.50, 0.85), (1.5, 3.5), 3  # invented ranges for sites C to F


def take_seats(actors: tables.Table, scenario: Scenario, seed: int, first_locality: int) -> tables.Table:
    """Seat a board: the able and well connected are likelier to sit; sets brokerage and returns the seats' table."""
    site, roles = scenario.site, seats_of(scenario.site)
    seats = tables.new(tables.SEATS, len(roles))
    seats.number = np.arange(len(roles))
    taken = np.zeros(len(actors), bool)
    wants = actors.capability * actors.brokerage
    for row, (role, kind) in enumerate(roles):
        seat = seats[row]
        seat.role, seat.kind = role, kind
        eligible = (actors.kind == kind) & ~taken & _fits(actors, role)
        if role == v.LOCALITY_LEAD:
            local = row - [r for r, _ in roles].index(v.LOCALITY_LEAD)
            seat.locality = first_locality + local
            eligible = _prefer(eligible, actors.locality == local)
        arrival = _arrivals(wants, uniforms(seed, SITE, actors.key, row))
        holder = int(np.flatnonzero(eligible)[np.argmin(arrival[eligible])])
        taken[holder] = True
        seat.holder = actors.key[holder]
        actors.board[holder], actors.role[holder], actors.seat[holder] = 1, role, row
        seat.since = -int(12 * uniforms(seed, SITE, actors.key[[holder]], 1000 + row)[0])
    _mark_brokers(actors, seats, site, scenario.turnover.standing)
    return seats


def _fits(actors: tables.Table, role: int) -> np.ndarray:
    """Who may hold a role among those of its kind."""
    if role == v.PRACTICE_MANAGER:
        return np.asarray(actors.employer == v.PRACTICE)
    if role in (v.ACCOUNTABLE_OFFICER, v.FINANCE_OFFICER):
        return np.asarray(actors.employer == v.PCT)
    if role == v.SECONDARY_CARE_DOCTOR:
        return np.asarray(actors.key == actors.key[actors.kind == v.PROVIDER].max())
    if role == v.LAY_MEMBER:
        return np.asarray(actors.key == actors.key[actors.kind == v.PATIENT_GROUP].max())
    return np.ones(len(actors), bool)


def _prefer(eligible: np.ndarray, better: np.ndarray) -> np.ndarray:
    both = eligible & better
    return both if both.any() else eligible


def _mark_brokers(actors: tables.Table, seats: tables.Table, site: Site, standing: float) -> None:
    """One member of great reach (site A) or locality leads with more than the rest (site B), where the site says so.

    Part of that reach is the seat's standing and passes to successors (E8); the rest is the person's.
    """
    if site.top_brokerage > 1:
        actors.brokerage[actors.role == v.CHAIR] = site.top_brokerage
    actors.brokerage[actors.role == v.LOCALITY_LEAD] *= site.lead_brokerage
    seats.standing[seats.role == v.CHAIR] = site.top_brokerage**standing
    seats.standing[seats.role == v.LOCALITY_LEAD] = site.lead_brokerage**standing


def board_ties_number(site: Site, seed: int, ccg: int) -> int:
    """Directed ties on the board at the start: the surveyed density, a typical one, or one drawn."""
    density = site.density
    if density is None:
        density = TYPICAL_DENSITY if site.ties != "drawn" else _drawn(DRAWN_DENSITY, seed, ccg, 2000)
    return round(density * site.board * (site.board - 1))


def outside_ties_number(site: Site, colocation: float, seed: int, ccg: int) -> dict[int, int]:
    """Ties from the board to outside by category: surveyed, typical, or drawn with a typical mix."""
    if site.ties == "surveyed":
        given = (site.ties_practices, site.ties_pct, site.ties_acute, site.ties_regional)
        return dict(enumerate((*given, site.ties_community, site.ties_local_authorities, site.ties_other)))
    scale = site.board / TYPICAL_BOARD
    mix = {c: n * scale * ((0.75 + 0.5 * colocation) if c == v.TO_PCT else 1.0) for c, n in TYPICAL.items()}
    if site.ties == "drawn":
        wanted = _drawn(DRAWN_TIES, seed, ccg, 2001) * site.board
        mix = {c: n * wanted / sum(mix.values()) for c, n in mix.items()}
        mix[v.TO_ACUTE] = min(DRAWN_ACUTE, mix[v.TO_ACUTE])
    return {c: round(n) for c, n in mix.items()}


def _arrivals(weights: np.ndarray, luck: np.ndarray) -> np.ndarray:
    """When each candidate would arrive, the earliest winning; those of vanishing weight never (infinity)."""
    with np.errstate(over="ignore", divide="ignore"):
        return np.asarray(-np.log1p(-luck) / weights)


def _drawn(interval: tuple[float, float], seed: int, ccg: int, index: int) -> float:
    low, high = interval
    return low + (high - low) * float(uniforms(seed, SITE, np.array([ccg]), index)[0])


def _lightest(
    pairs: np.ndarray, weights: np.ndarray, number: int, actors: tables.Table, seed: int, stream: int, key: str
) -> np.ndarray:
    """That many of the pairs (rows of seeker and adviser), drawn by weight without replacement; `key` asks for them."""
    open_pairs = weights > 0
    pairs, weights = pairs[open_pairs], weights[open_pairs]
    if number > len(pairs):
        rule = f"asks for {number} ties, which cannot be placed: only {len(pairs)} pairs of people fit"
        raise fault_at("", key, "", rule)
    luck = uniforms(seed, stream, actors.key[pairs[:, 0]], actors.key[pairs[:, 1]])
    return pairs[np.argsort(_arrivals(weights, luck), kind="stable")[:number]]


def board_and_outside(
    actors: tables.Table, ccg: tables.Table, localities: tables.Table, scenario: Scenario, seed: int
) -> np.ndarray:
    """Pairs of rows (ties, 2): exactly the wanted number on the board and to each kind outside, brokers first."""
    members = np.flatnonzero(actors.board == 1)
    rules = (quantity.record(scenario.ties), scenario.engagement.span)
    within = np.array([(i, j) for i in members for j in members if i != j])
    weights = place_weights(within, actors, ccg, localities, *rules)
    number = board_ties_number(scenario.site, seed, int(ccg.number[0]))
    ties = [_lightest(within, weights, number, actors, seed, BOARD, "site.density")]
    wanted = outside_ties_number(scenario.site, float(ccg.colocation[0]), seed, int(ccg.number[0]))
    for category, number in wanted.items():
        others = np.flatnonzero((actors.board == 0) & (actors.category == category))
        pairs = np.stack(np.meshgrid(members, others, indexing="ij"), axis=-1).reshape(-1, 2)
        weights = place_weights(pairs, actors, ccg, localities, *rules) * actors.brokerage[pairs[:, 0]]
        key = f"site.ties_{v.CATEGORIES[category]}"
        ties.append(_lightest(pairs, weights, number, actors, seed, OUTSIDE, key))
    return np.concatenate(ties)


def background(actors: tables.Table, seed: int) -> np.ndarray:
    """Pairs of rows off the board: each GP with a few of the locality, staff with staff, GPs with their specialist."""
    found = [
        _peers(actors, np.flatnonzero((actors.locality == place) & (actors.board == 0)), seed)
        for place in np.unique(actors.locality[actors.locality >= 0])
    ]
    found.append(_peers(actors, np.flatnonzero((actors.kind == v.PCT_STAFF) & (actors.board == 0)), seed))
    interested = np.flatnonzero((actors.specialist >= 0) & (actors.board == 0))
    found.append(np.stack([interested, np.searchsorted(actors.key, actors.specialist[interested])], axis=1))
    return np.concatenate(found)


def _peers(actors: tables.Table, rows: np.ndarray, seed: int) -> np.ndarray:
    """A few advisers for each row among the same rows."""
    if len(rows) < 2:
        return np.zeros((0, 2), np.int64)
    pairs = []
    for draw in range(PEERS):
        step = 1 + (uniforms(seed, BACKGROUND, actors.key[rows], draw) * (len(rows) - 1)).astype(np.int64)
        pairs.append(np.stack([rows, rows[(np.arange(len(rows)) + step) % len(rows)]], axis=1))
    return np.unique(np.concatenate(pairs), axis=0)


def ties_table(pairs: np.ndarray, actors: tables.Table, strength: float) -> tables.Table:
    """The pairs as a table of ties of that strength, sorted by keys."""
    ties = tables.new(tables.TIES, len(pairs))
    ties.source_key, ties.target_key = actors.key[pairs[:, 0]], actors.key[pairs[:, 1]]
    ties.source, ties.target = pairs[:, 0], pairs[:, 1]
    ties.strength = strength
    return ties.picked(np.lexsort((ties["target_key"], ties["source_key"])))


def places_for(gps: int) -> int:
    """Size of the fixed space in which distant practices are looked up: room to grow without moving anyone's luck."""
    return int(2 ** math.ceil(math.log2(max(32, 2 * gps))))
