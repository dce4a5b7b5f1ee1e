"""Who lives in a CCG: lead GPs, PCT staff, providers, patient groups, policy bodies, and the seats of its board."""

from __future__ import annotations

import numpy as np
from scipy import special

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import stream, uniforms
from ccgsim.foundation.kinds import FROM_ELSEWHERE, HOLDER, KINDS
from ccgsim.foundation.problems import refuse
from ccgsim.scenario.scenario import Scenario
from ccgsim.scenario.sections import People, Site

POPULATION = stream("population")
KINDS_BITS, PLACE_BITS = 22, 18  # a key is CCG, kind, place within the kind
LOCALITY_BITS = 12  # a locality's key is CCG, place within it
# Draws at an actor's own address, by the second index.
CAPABILITY, BROKERAGE, DISPOSITION, SECURITY, INTEREST, PATHWAY, SPECIALIST = range(7)
PRIORITIES, LOGIC = 10, 20  # first of six and of three
MEAN_NEEDS = (0.20, 0.17, 0.20, 0.15, 0.13, 0.15)
PBC_KNOWLEDGE = (0.1, 0.2, 0.4, 0.6)  # commissioning knowledge by stars of practice-based commissioning roots (E11)
LEAST_KNOWLEDGE = 0.1
CATEGORY_OF_SECTOR = {
    v.ACUTE: v.TO_ACUTE,
    v.COMMUNITY: v.TO_COMMUNITY,
    v.MENTAL_HEALTH: v.TO_COMMUNITY,
    v.AMBULANCE: v.TO_OTHER,
    v.VOLUNTARY: v.TO_OTHER,
}
CATEGORY_OF_TIER = {v.NATIONAL: v.TO_OTHER, v.REGIONAL: v.TO_REGIONAL, v.LOCAL_AUTHORITY: v.TO_LOCAL_AUTHORITIES}


def key_of(ccg: int, kind: int, place: int) -> int:
    """The permanent key of an actor, below 2^32 for up to 1,024 CCGs and 262,144 actors of a kind in each."""
    return (ccg << KINDS_BITS) | (kind << PLACE_BITS) | place


def block(ccg: int, kind: int, size: int) -> tables.Table:
    """Rows for actors of one kind, with keys and with what comes with the kind (shape (size,))."""
    rows, what = tables.new(tables.ACTORS, size), KINDS[kind]
    rows.key = key_of(ccg, kind, 0) + np.arange(size)
    rows.kind, rows.category, rows.employer = kind, what.category, what.employer
    for domain, known in what.brings.items():
        rows.native[:, domain] = known
    return rows


def distribution(seed: int, keys: np.ndarray, first_index: int, shape: np.ndarray) -> np.ndarray:
    """Dirichlet draws (len(keys), len(shape)), from gamma quantiles at each key's address."""
    luck = uniforms(seed, POPULATION, keys[:, None], first_index + np.arange(len(shape)))
    drawn = special.gammaincinv(shape, luck, where=shape > 0, out=np.zeros_like(luck))
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


def seats_of(site: Site) -> list[tuple[int, int]]:
    """Role and kind of each seat of a board, GPs last: chair, a lead for each locality, members."""
    roles = [v.ACCOUNTABLE_OFFICER]
    if site.board >= 8:
        roles += [v.FINANCE_OFFICER, v.PRACTICE_MANAGER]
    roles += [v.NURSE_SEAT] * site.nurse + [v.SECONDARY_CARE_DOCTOR] * site.secondary_care
    roles += [v.LAY_MEMBER] * site.patient
    gps = site.board - len(roles)
    if gps < 1:
        raise refuse("site.board", site.board, f"leaves no seat for a GP; this site's other seats take {len(roles)}")
    leads = min(site.localities, gps - 1)
    roles += [v.CHAIR] + [v.LOCALITY_LEAD] * leads + [v.GP_MEMBER] * (gps - 1 - leads)
    return [(role, HOLDER[role]) for role in roles]


def staff_number(site: Site, people: People) -> int:
    """PCT commissioning staff of a CCG, board officers among them."""
    return int(np.clip(round(people.pct_per_thousand * site.population / 1000), people.pct_least, people.pct_most))


def gps_of(site: Site, seats: list[tuple[int, int]], ccg: int) -> tables.Table:
    """A lead GP for each practice, and further GPs where the board would leave no frontline."""
    on_board = sum(kind == v.GP for _, kind in seats)
    number = max(site.practices, on_board + 1)
    gps = block(ccg, v.GP, number)
    gps.practice = np.arange(number) % site.practices
    gps.lead = np.arange(number) < site.practices
    gps.locality = gps.practice * site.localities // site.practices
    if site.legacy_stars > 0:
        gps.legacy = gps.locality if site.localities > 1 else gps.practice * 2 // max(2, site.practices)
    gps.knowledge[:, v.COMMISSIONING] = PBC_KNOWLEDGE[site.legacy_stars]
    return gps


def staff_of(site: Site, people: People, seats: list[tuple[int, int]], ccg: int) -> tables.Table:
    """PCT staff, the board's officers among them, and the board's practice manager."""
    managers = seats.count((v.PRACTICE_MANAGER, v.PCT_STAFF))
    number = staff_number(site, people)
    staff = block(ccg, v.PCT_STAFF, number + managers)
    staff["employer"][number:] = v.PRACTICE
    return staff


def providers_of(site: Site, people: People, ccg: int) -> tables.Table:
    """Providers of the five sectors, and the secondary-care doctor where the board has one."""
    sectors = [v.ACUTE] * people.acute + [v.COMMUNITY] * people.community + [v.MENTAL_HEALTH] * people.mental_health
    sectors += [v.AMBULANCE] * people.ambulance + [v.VOLUNTARY] * people.voluntary + [v.ACUTE] * site.secondary_care
    providers = block(ccg, v.PROVIDER, len(sectors))
    for row, sector in enumerate(sectors):
        become_provider(providers, row, sector)
    return providers


def become_provider(rows: tables.Table, row: int, sector: int) -> None:
    """Give a row what comes with a provider's sector."""
    rows.sector[row], rows.category[row] = sector, CATEGORY_OF_SECTOR[sector]
    rows.native[row, v.HOSPITALS if sector == v.ACUTE else v.COMMUNITY_CARE] = 1.0
    if sector == v.ACUTE:
        rows.native[row, v.ELSEWHERE] = FROM_ELSEWHERE


def patients_of(site: Site, seats: list[tuple[int, int]], ccg: int) -> tables.Table:
    """A patient group for each locality, and the lay member where the board has one."""
    return block(ccg, v.PATIENT_GROUP, site.localities + _of_kind(seats, v.PATIENT_GROUP))


def policy_bodies_of(people: People, ccg: int) -> tables.Table:
    """National, regional and local bodies as a CCG meets them."""
    tiers = [v.NATIONAL] + [v.REGIONAL] * people.regional + [v.LOCAL_AUTHORITY] * people.local_authorities
    bodies = block(ccg, v.POLICY_BODY, len(tiers))
    for row, tier in enumerate(tiers):
        become_body(bodies, row, tier)
    return bodies


def become_body(rows: tables.Table, row: int, tier: int) -> None:
    """Give a row what comes with a policy body's tier."""
    rows.tier[row], rows.category[row] = tier, CATEGORY_OF_TIER[tier]
    rows.native[row, v.PUBLIC_HEALTH if tier == v.LOCAL_AUTHORITY else v.GUIDANCE] = 1.0
    if tier == v.REGIONAL:
        rows.native[row, v.ELSEWHERE] = 1.0


def nurses_of(seats: list[tuple[int, int]], ccg: int) -> tables.Table:
    """The nurse where the board has one."""
    return block(ccg, v.NURSE, _of_kind(seats, v.NURSE))


def _of_kind(seats: list[tuple[int, int]], kind: int) -> int:
    return sum(each == kind for _, each in seats)


def draw_people(rows: tables.Table, scenario: Scenario, seed: int) -> None:
    """Draw what differs between people of one table, each number at its owner's own address."""
    people = scenario.people

    def luck(index: int) -> np.ndarray:
        return uniforms(seed, POPULATION, rows.key, index)

    rows.capability = special.betaincinv(people.capability_for, people.capability_against, luck(CAPABILITY))
    tied = people.brokerage_capability
    mixed = tied * special.ndtri(luck(CAPABILITY)) + np.sqrt(1 - tied * tied) * special.ndtri(luck(BROKERAGE))
    rows.brokerage = np.exp(people.brokerage_sd * mixed)
    rows.disposition = scenario.engagement.disposition_sd * special.ndtri(luck(DISPOSITION))
    rows.security = special.betaincinv(people.security_shape, people.security_shape, luck(SECURITY))
    rows.knowledge = np.maximum(np.maximum(rows.knowledge, LEAST_KNOWLEDGE), rows.native)
    rows.participation, rows.efficacy = 0.7, 0.6
    for kind in np.unique(rows.kind):
        of_kind = rows.kind == kind
        keys = rows.key[of_kind]
        priorities = people.concentration * np.array(KINDS[kind].priorities)
        logic = people.concentration * np.array(KINDS[kind].logic)
        rows.priorities[of_kind] = distribution(seed, keys, PRIORITIES, priorities)
        rows.logic[of_kind] = distribution(seed, keys, LOGIC, logic)


def draw_interests(gps: tables.Table, providers: tables.Table, share: float, seed: int) -> None:
    """Some GPs have a special interest, which ties them to an acute specialist (E30)."""
    chosen = uniforms(seed, POPULATION, gps.key, INTEREST) < share
    specialists = providers.key[providers.sector == v.ACUTE]
    pathway = (uniforms(seed, POPULATION, gps.key, PATHWAY) * 3).astype(np.int64)
    specialist = (uniforms(seed, POPULATION, gps.key, SPECIALIST) * len(specialists)).astype(np.int64)
    gps.pathway = np.where(chosen, pathway, -1)
    gps.specialist = np.where(chosen, specialists[specialist], -1)


def people_of(scenario: Scenario, seed: int, ccg: int, seats: list[tuple[int, int]] | None = None) -> tables.Table:
    """All actors of a CCG, sorted by key, nobody seated yet, with room for these roles and kinds (None: the site's)."""
    site, people = scenario.site, scenario.people
    seats = seats_of(site) if seats is None else seats
    gps, providers = gps_of(site, seats, ccg), providers_of(site, people, ccg)
    draw_interests(gps, providers, scenario.redesign.specialists, seed)
    others = [patients_of(site, seats, ccg), policy_bodies_of(people, ccg), nurses_of(seats, ccg)]
    rows = tables.joined(gps, staff_of(site, people, seats, ccg), providers, *others)
    draw_people(rows, scenario, seed)
    return rows


def stranger(number: int, ccg: int, kind: int, place: int, sector: int) -> tables.Table:
    """One new actor of a kind (shape (1,)), not drawn yet, for a seat that nobody at hand can hold; a GP comes without
    a practice.
    """
    row = block(number, kind, 1)
    row.key, row.ccg = key_of(number, kind, place), ccg
    if kind == v.PROVIDER:
        become_provider(row, 0, sector)
    if kind == v.POLICY_BODY:
        become_body(row, 0, v.NATIONAL)
    if kind == v.GP:
        row.native, row.employer = 0.0, v.OWN
    if kind == v.PCT_STAFF:
        row.employer = v.PRACTICE
    return row
