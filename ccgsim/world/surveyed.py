"""A world that begins with a surveyed network: its people among those of the scenario, its ties the resting point.

Members of the surveyed board hold the seats, contacts outside are people of their kinds. What the survey does not say
(practices, further staff, what people know and want) is the scenario's. Ties that are unknown are drawn by the seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.kinds import HOLDER
from ccgsim.scenario.brought.network import Surveyed, surveyed
from ccgsim.scenario.scenario import Scenario
from ccgsim.scenario.wording import Words
from ccgsim.survey.draws import ties_of
from ccgsim.survey.network import Network

# Words in kind and organisation that tell a provider's sector, and those of a body of the local authority (assumed).
SECTOR_WORDS = {
    v.MENTAL_HEALTH: ("mental",),
    v.AMBULANCE: ("ambulance", "out of hours", "out-of-hours"),
    v.VOLUNTARY: ("voluntary", "charity", "hospice"),
    v.COMMUNITY: ("community",),
}
LOCAL_WORDS = ("council", "local authority", "local government", "borough", "county", "social care", "public health")
LEAST_BURDEN = 0.5  # advisers that count for a member who has none
MOST_REACH = 20.0


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken of each person, shape (people,): seat's role, sector, tier, locality's number or -1."""

    roles: np.ndarray
    sectors: np.ndarray
    tiers: np.ndarray
    localities: np.ndarray
    named: tuple[str, ...]  # names of the localities


def of_scenario(scenario: Scenario) -> Surveyed | None:
    """The surveyed network that a scenario begins with, if any."""
    return None if scenario.network is None else surveyed(scenario.network)


def taken_of(network: Network) -> Taken:
    """Sectors, tiers, localities and roles as the model has them."""
    people = network.people
    texts = [f"{kind} {place}".casefold() for kind, place in zip(people.written, people.organisations, strict=True)]
    named = tuple(sorted({name for name in people.localities if name}))
    number = {name: place for place, name in enumerate(named)}
    return Taken(
        roles=np.array(list(_roles(network)), np.int64),
        sectors=np.array(
            [
                _sector(text) if kind == v.PROVIDER else v.NO_SECTOR
                for kind, text in zip(people.kinds, texts, strict=True)
            ]
        ),
        tiers=np.array(
            [
                _tier(text) if kind == v.POLICY_BODY else v.NO_TIER
                for kind, text in zip(people.kinds, texts, strict=True)
            ]
        ),
        localities=np.array([number.get(name, -1) for name in people.localities]),
        named=named,
    )


def _sector(text: str) -> int:
    return next((sector for sector, words in SECTOR_WORDS.items() if any(word in text for word in words)), v.ACUTE)


def _tier(text: str) -> int:
    return v.LOCAL_AUTHORITY if any(word in text for word in LOCAL_WORDS) else v.REGIONAL


def _roles(network: Network) -> Iterator[int]:
    """The role of each person: as surveyed; on the board without one, the usual role of the kind."""
    usual = {kind: role for role, kind in reversed(HOLDER.items())} | {v.GP: v.GP_MEMBER}
    officers = iter((v.ACCOUNTABLE_OFFICER, v.FINANCE_OFFICER))
    free = [role for role in officers if role not in network.people.roles[network.people.board]]
    for kind, role, board in zip(network.people.kinds, network.people.roles, network.people.board, strict=True):
        if role != v.NO_ROLE or not board:
            yield int(role)
        elif kind == v.PCT_STAFF:
            yield free.pop(0) if free else v.NO_ROLE
        else:
            yield usual.get(int(kind), v.NO_ROLE)


def places_needed(network: Network) -> list[tuple[int, int]]:
    """Role and kind of everybody in the network: places that the world's population must have."""
    return list(zip(taken_of(network).roles.tolist(), network.people.kinds.tolist(), strict=True))


def fitted(scenario: Scenario, network: Network) -> Scenario:
    """The scenario with room for everybody in the network: as many of a kind as the survey has, or more."""
    people, taken = network.people, taken_of(network)
    site, more = scenario.site, scenario.people
    sectors, tiers = Counter(taken.sectors.tolist()), Counter(taken.tiers.tolist())
    gps = people.kinds == v.GP
    localities = len(taken.named) or site.localities
    fullest = max(Counter(taken.localities[gps].tolist()).values(), default=0)
    staff = int((people.kinds == v.PCT_STAFF).sum() - _of_practices(network, taken).sum())
    return replace(
        scenario,
        site=replace(
            site,
            board=int(people.board.sum()),
            localities=localities,
            practices=max(site.practices, localities * (fullest + 1), int(gps.sum()) + 1),
            secondary_care=False,
        ),
        people=replace(
            more,
            pct_least=max(more.pct_least, staff + 1),
            pct_most=max(more.pct_most, staff + 1),
            acute=max(more.acute, sectors[v.ACUTE]),
            community=max(more.community, sectors[v.COMMUNITY]),
            mental_health=max(more.mental_health, sectors[v.MENTAL_HEALTH]),
            ambulance=max(more.ambulance, sectors[v.AMBULANCE]),
            voluntary=max(more.voluntary, sectors[v.VOLUNTARY]),
            regional=max(more.regional, tiers[v.REGIONAL]),
            local_authorities=max(more.local_authorities, tiers[v.LOCAL_AUTHORITY]),
        ),
    )


def _of_practices(network: Network, taken: Taken) -> np.ndarray:
    """Managers whom practices employ, shape (people,)."""
    return np.asarray((network.people.kinds == v.PCT_STAFF) & (taken.roles == v.PRACTICE_MANAGER))


def rows_of_people(actors: tables.Table, network: Network) -> np.ndarray:
    """The row of each person of the network, shape (people,): the first that fits, the board first, no seed in it."""
    people, taken = network.people, taken_of(network)
    of_practices = _of_practices(network, taken)
    free = np.ones(len(actors), bool)
    rows = np.full(len(people), -1)
    for person in np.lexsort((np.arange(len(people)), ~people.board)):
        fits = free & (actors.kind == people.kinds[person])
        fits &= (actors.sector == taken.sectors[person]) & (actors.tier == taken.tiers[person])
        if people.kinds[person] == v.PCT_STAFF:
            fits &= (actors.employer == v.PRACTICE) == of_practices[person]
        at_home = fits & (actors.locality == taken.localities[person])
        rows[person] = int(np.argmax(at_home if at_home.any() else fits))
        free[rows[person]] = False
    return rows


def keys_of(actors: tables.Table, scenario: Scenario) -> dict[str, int]:
    """The permanent key of each person of the scenario's network by id; {} without a network."""
    found = of_scenario(scenario)
    if found is None:
        return {}
    keys = actors.key[rows_of_people(actors, found.network)]
    return dict(zip(found.network.people.ids, keys.tolist(), strict=True))


def draw_ties(found: Surveyed, scenario: Scenario, seed: int) -> np.ndarray:
    """Every tie, known or drawn by the seed or by the draw that the scenario asks for, shape (people, people)."""
    asked = scenario.network.draw if scenario.network is not None else None
    return ties_of(found.network) if found.model is None else found.model.draw(seed if asked is None else asked)


def take_seats(
    actors: tables.Table, rows: np.ndarray, ties: np.ndarray, network: Network, scenario: Scenario
) -> tables.Table:
    """The surveyed members take their seats; returns the seats' table. A member's reach is what she holds of advisers.

    Reach is the advisers that a member holds, those on the board counted as in `ties`, over the board's mean; as that
    of sites' brokers it belongs to the seat as far as `turnover.standing` says.
    """
    taken, members = taken_of(network), np.flatnonzero(network.people.board)
    seats = tables.new(tables.SEATS, len(members))
    seats.number = np.arange(len(members))
    seats.role, seats.kind = taken.roles[members], network.people.kinds[members]
    seats.holder = actors.key[rows[members]]
    leads = (seats.role == v.LOCALITY_LEAD) & (seats.kind == v.GP)
    home = actors.locality[rows[members]]
    seats["locality"][leads] = home[leads]
    held = rows[members]
    actors["board"][held], actors["role"][held], actors["seat"][held] = 1, seats.role, seats.number
    board = network.people.board
    burden = ties[members][:, ~board].sum(axis=1) + scenario.ties.board_weight * ties[members][:, board].sum(axis=1)
    burden = np.maximum(burden, LEAST_BURDEN)
    reach = np.minimum(burden / burden.mean(), MOST_REACH)
    actors["brokerage"][held] = reach
    seats.standing = reach**scenario.turnover.standing
    return seats


def starting_pairs(rows: np.ndarray, ties: np.ndarray) -> np.ndarray:
    """The surveyed ties as pairs of rows of actors, shape (ties, 2)."""
    one, other = np.nonzero(ties)
    return np.stack([rows[one], rows[other]], axis=1)


def said(scenario: Scenario) -> list[str]:
    """What a world takes from the scenario's survey and what it assumes, a sentence each; [] without a survey."""
    found = of_scenario(scenario)
    if found is None:
        return []
    network, taken, fit = found.network, taken_of(found.network), fitted(scenario, found.network)
    people = network.people
    drawn = f"{len(network.unknown_pairs()[0])} unknown ties are drawn, others with each seed" if found.model else ""
    lines = [
        f"{int(people.board.sum())} members of the surveyed board hold the seats, "
        f"{int((~people.board).sum())} contacts are people of their kinds; "
        f"their {int(network.counted.sum())} ties are the resting point",
        drawn,
        f"all else is that of {scenario.root}: what the site says of its board and of its ties has no effect; "
        "tie strengths settle before month 0, whatever the frequency",
        "a member's reach is the number of her advisers over the board's mean; how much of it belongs to the seat, "
        "and passes to whoever follows, says the parameter `turnover.standing`",
    ]
    if fit.site.practices != scenario.site.practices or fit.site.localities != scenario.site.localities:
        lines.append(f"{fit.site.practices} practices in {fit.site.localities} localities, to fit the survey")
    if (people.kinds == v.PROVIDER).any():
        lines.append(f"sectors of providers, from their words: {_counted(taken.sectors, v.SECTORS)}")
    if (people.kinds == v.POLICY_BODY).any():
        lines.append(f"tiers of policy bodies, from their words: {_counted(taken.tiers, v.TIERS)}")
    told = Words(scenario.words)
    return [*network.warnings, *(told(line) for line in lines if line)]


def _counted(codes: np.ndarray, words: tuple[str, ...]) -> str:
    counts = Counter(codes[codes > 0].tolist())
    return ", ".join(f"{words[code]} {number}" for code, number in sorted(counts.items()))
