"""Which CCGs a world holds: one, England's 211 drawn from published distributions, or those of a user's list.

England's CCGs lie along a line of neighbours: those with near numbers are neighbours, footprints and former primary
care trusts are runs of numbers. Counts and sizes are published (E6 and the national bodies' lists); that each has the
make-up of one of the six published sites, and the order along the line, are assumed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from ccgsim.foundation import tables
from ccgsim.foundation.chance import stream, uniforms
from ccgsim.scenario.brought.ccg_list import Listed, read_list
from ccgsim.scenario.scenario import Scenario, load
from ccgsim.scenario.sections import England, Site

ENGLAND = stream("england")
SIZE, PRACTICES, MAKE_UP = range(3)  # second index of the draws
MODELS = ("site_a", "site_b", "site_c", "site_d", "site_e", "site_f")
LEAST_POPULATION, MOST_POPULATION = 14_000, 693_000  # E6
BOARD, SMALL_BOARD, SMALL = 13, 6, 20  # members; practices below which a board is small (Z13 table 2)
PRACTICES_OF_A_LOCALITY = 12


@dataclass(frozen=True, slots=True)
class Place:
    """One CCG to be: its number, name, footprint, former primary care trust, and its own site within the scenario."""

    number: int
    name: str
    footprint: int
    pct: int
    scenario: Scenario


def places_of(scenario: Scenario, seed: int) -> list[Place]:
    """The CCGs of a scenario in the order of their numbers; Problems with every fault of a user's list."""
    england = scenario.england
    if england.ccgs == 1 and england.file is None:
        return [Place(0, scenario.title or scenario.name, 0, 0, scenario)]
    listed = _drawn(england, seed) if england.file is None else read_list(england.file, england.footprints)
    pcts = _runs(len(listed), england.pcts)
    models = _models(scenario, len(listed), seed)
    return [
        Place(number, one.name, one.footprint, int(pcts[number]), _within(scenario, one, models[number]))
        for number, one in enumerate(listed)
    ]


def _drawn(england: England, seed: int) -> list[Listed]:
    """CCGs drawn from the published distributions; practices add up to the published number."""
    numbers = np.arange(england.ccgs)
    spread = england.population_sd * special.ndtri(uniforms(seed, ENGLAND, numbers, SIZE))
    people = np.clip(england.population_median * np.exp(spread), LEAST_POPULATION, MOST_POPULATION)
    lists = np.exp(england.list_sd * special.ndtri(uniforms(seed, ENGLAND, numbers, PRACTICES)))
    share = people / lists
    practices = np.maximum(1, np.round(england.practices * share / share.sum())).astype(int)
    footprints = _runs(england.ccgs, england.footprints)
    width = len(str(england.ccgs))
    return [
        Listed(f"CCG {n + 1:0{width}d}", round(people[n]), int(practices[n]), None, int(footprints[n])) for n in numbers
    ]


def _runs(length: int, groups: int) -> np.ndarray:
    """Numbers 0 to length - 1 in so many runs of about equal length (shape (length,))."""
    return np.arange(length) * min(groups, length) // length


def _models(scenario: Scenario, number: int, seed: int) -> list[Site]:
    """The site whose make-up each CCG has; a typical one for all where composition is ablated."""
    if scenario.ablation.median_composition:
        return [Site()] * number
    sites = [load(name).site for name in MODELS]
    drawn = uniforms(seed, ENGLAND, np.arange(number), MAKE_UP)
    return [sites[int(luck * len(sites))] for luck in drawn]


def _within(scenario: Scenario, one: Listed, model: Site) -> Scenario:
    """The scenario of one CCG: the make-up of a published site at the CCG's own size, board and ties drawn."""
    if scenario.ablation.median_composition:
        return replace(scenario, site=model)
    board = BOARD if one.practices >= SMALL else SMALL_BOARD
    localities = one.localities or max(1, round(one.practices / PRACTICES_OF_A_LOCALITY))
    site = replace(model, population=one.population, practices=one.practices, localities=localities, board=board)
    return replace(scenario, site=replace(site, ties="drawn", density=None))


def neighbours_of(places: list[Place], reach: int) -> tables.Table:
    """Pairs of CCGs that may collaborate: at most `reach` numbers apart, or in one footprint."""
    footprints, pcts = np.array([p.footprint for p in places]), np.array([p.pct for p in places])
    near = [(a, b) for a in range(len(places)) for b in range(a + 1, min(len(places), a + reach + 1))]
    order = np.argsort(footprints, kind="stable")
    runs = np.split(order, np.flatnonzero(np.diff(footprints[order])) + 1)
    near += [(a, b) for run in runs for i, a in enumerate(sorted(run.tolist())) for b in sorted(run.tolist())[i + 1 :]]
    pairs = np.unique(np.array(near, dtype=np.int64).reshape(-1, 2), axis=0)
    table = tables.new(tables.NEIGHBOURS, len(pairs))
    table.one, table.other = pairs.T
    table.same_pct = pcts[table.one] == pcts[table.other]
    return table
