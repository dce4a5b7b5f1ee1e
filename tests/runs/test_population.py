"""Who lives in a CCG: the boards, staff and ties of the six sites, and people with permanent keys of their own."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import begun, run_for, small

from ccgsim import Problems, load
from ccgsim.foundation import vocabulary as v
from ccgsim.scenario.sections import People, Site
from ccgsim.world.build import build
from ccgsim.world.networks import outside_ties_number
from ccgsim.world.population import key_of, people_of, seats_of, staff_number
from ccgsim.world.state import World

SITES = [f"site_{letter}" for letter in "abcdef"]
# Z13 tables 2 and 3 (evidence E1): population, practices, localities, members, secondary care, nurse, patient.
TABLE = {
    "site_a": (300_000, 30, 6, 13, 0, 0, 1),
    "site_b": (550_000, 60, 4, 13, 0, 0, 1),
    "site_c": (50_000, 4, 1, 4, 0, 0, 0),
    "site_d": (325_000, 47, 2, 13, 0, 1, 0),
    "site_e": (230_000, 27, 2, 14, 1, 1, 1),
    "site_f": (77_000, 10, 1, 6, 0, 1, 1),
}
STAFF = {"site_a": 15, "site_b": 28, "site_c": 12, "site_d": 16, "site_e": 12, "site_f": 12}  # .05 a 1,000, 12 to 40
TABLE_4 = {"site_a": [3, 18, 2, 0, 1, 1, 1], "site_b": [6, 13, 2, 2, 3, 7, 3]}


@pytest.fixture(scope="module", params=SITES)
def site(request: pytest.FixtureRequest) -> tuple[str, World]:
    """A site's name and its world before the burn-in."""
    return request.param, build(load(request.param), 4)


def test_a_board_has_the_published_members(site):
    name, w = site
    _, _, localities, members, doctors, nurses, patients = TABLE[name]
    roles = Counter(w.seats.role.tolist())
    assert len(w.seats) == w.actors.board.sum() == members
    assert (roles[v.SECONDARY_CARE_DOCTOR], roles[v.NURSE_SEAT], roles[v.LAY_MEMBER]) == (doctors, nurses, patients)
    assert roles[v.ACCOUNTABLE_OFFICER] == roles[v.CHAIR] == 1
    assert roles[v.FINANCE_OFFICER] == roles[v.PRACTICE_MANAGER] == int(members >= 8)
    gps = members - 1 - 2 * (members >= 8) - doctors - nurses - patients
    assert roles[v.LOCALITY_LEAD] == min(localities, gps - 1)
    assert roles[v.GP_MEMBER] == gps - 1 - roles[v.LOCALITY_LEAD]


def test_every_seat_is_held_by_one_who_fits(site):
    _, w = site
    holders = w.actors[[w.row_of(int(key)) for key in w.seats.holder]]
    assert len(set(holders.key.tolist())) == len(holders)
    assert (holders.kind == w.seats.kind).all() and (holders.role == w.seats.role).all()
    assert (holders.seat == np.arange(len(holders))).all()
    by_role = dict(zip(holders.role.tolist(), holders, strict=True))
    assert by_role[v.ACCOUNTABLE_OFFICER].employer == v.PCT
    if v.PRACTICE_MANAGER in by_role:
        assert by_role[v.PRACTICE_MANAGER].employer == v.PRACTICE
    if v.SECONDARY_CARE_DOCTOR in by_role:
        assert by_role[v.SECONDARY_CARE_DOCTOR].sector == v.ACUTE
    assert ((w.seats.since <= 0) & (w.seats.since > -12)).all()


def test_leads_live_in_the_locality_they_lead(site):
    _, w = site
    led = w.seats[w.seats.locality >= 0]
    assert sorted(led.locality.tolist()) == list(range(len(led)))
    for seat in led:
        assert w.actors.locality[w.row_of(int(seat.holder))] == seat.locality
        assert w.localities.lead[seat.locality] == w.row_of(int(seat.holder))


def test_each_practice_has_a_lead_gp_and_somebody_is_at_the_frontline(site):
    name, w = site
    population, practices, localities, *_ = TABLE[name]
    gps = w.actors[w.actors.kind == v.GP]
    assert (w.ccgs.population[0], w.ccgs.practices[0], w.ccgs.localities[0]) == (population, practices, localities)
    assert gps.practice[:practices].tolist() == list(range(practices))
    assert set(gps.locality.tolist()) == set(range(localities))
    assert len(gps) == max(practices, gps.board.sum() + 1)
    assert (gps.board == 0).sum() >= 1
    sizes = np.bincount(gps.locality)
    assert sizes.max() - sizes.min() <= 1 and w.localities.practices.tolist() == sizes.tolist()


def test_the_pct_has_its_staff(site):
    name, w = site
    staff = w.actors[w.actors.kind == v.PCT_STAFF]
    assert (staff.employer == v.PCT).sum() == STAFF[name]
    assert (staff.employer == v.PRACTICE).sum() == int(len(w.seats) >= 8)


@given(st.integers(5000, 10_000_000))
def test_staff_grow_with_the_population_between_their_bounds(population):
    number = staff_number(Site(population=population), People())
    assert 12 <= number <= 40
    assert number in (12, 40) or abs(number - population / 20_000) <= 0.5


def test_the_rest_of_a_ccg_is_as_declared(site):
    name, w = site
    people, board = load(name).people, w.actors.board == 1
    sectors = Counter(w.actors.sector[~board].tolist())
    assert [sectors[s] for s in range(1, 6)] == [people.acute, people.community, people.mental_health, 1, 3]
    tiers = Counter(w.actors.tier.tolist())
    assert [tiers[t] for t in range(1, 4)] == [1, people.regional, people.local_authorities]
    assert ((w.actors.kind == v.PATIENT_GROUP) & ~board).sum() == w.ccgs.localities[0]


def test_keys_are_unique_in_order_and_say_kind_and_place(site):
    _, w = site
    assert (np.diff(w.actors.key) > 0).all()
    counts = Counter(w.actors.kind.tolist())
    assert w.actors.key.tolist() == [key_of(0, kind, n) for kind in sorted(counts) for n in range(counts[kind])]


@given(*[st.tuples(st.integers(0, 1023), st.integers(0, 5), st.integers(0, 2**18 - 1))] * 2)
def test_different_people_have_different_keys_below_2_to_the_32(one, other):
    assert (key_of(*one) == key_of(*other)) == (one == other)
    assert 0 <= key_of(*one) < 2**32


def test_a_person_is_drawn_at_her_own_key_whoever_else_lives_there():
    one, larger = (people_of(small(people={"pct_least": n, "pct_most": n}), 3, 0) for n in (5, 12))
    shared = np.isin(larger.key, one.key)
    for column in ("capability", "brokerage", "disposition", "security", "priorities", "logic"):
        assert larger[column][shared].tobytes() == one[column].tobytes()


def test_keys_are_permanent():
    course = begun(turnover={"base": 0.05, "vacancy": 1.0})
    before = {int(a.key): (a.kind, a.capability, a.practice) for a in course.world.actors}
    after = {int(a.key): (a.kind, a.capability, a.practice) for a in run_for(course, 30).world.actors}
    assert len(after) > len(before)  # newcomers took seats
    assert {key: after[key] for key in before} == before


@pytest.mark.parametrize("name", TABLE_4)
def test_surveyed_outside_ties_are_exactly_those_of_table_4(name):
    w = build(load(name), 8)
    outside = w.ties[(w.actors.board[w.ties.source] == 1) & (w.actors.board[w.ties.target] == 0)]
    assert np.bincount(w.actors.category[outside.target], minlength=7).tolist() == TABLE_4[name]


def test_the_typical_board_lies_between_the_surveyed_two():
    found = outside_ties_number(Site(ties="typical", board=13), 0.5, 0, 0)
    assert list(found.values()) == [4, 15, 2, 1, 2, 4, 2]
    apart, together = (outside_ties_number(Site(board=13), c, 0, 0)[v.TO_PCT] for c in (0.0, 1.0))
    assert (apart, together) == (11, 19)  # 15 x (.75 + .5 co-location), rounded


@given(st.integers(0, 2**53 - 1), st.integers(4, 20))
def test_drawn_boards_stay_in_the_invented_ranges(seed, board):
    found = outside_ties_number(Site(ties="drawn", board=board), 0.5, seed, 0)
    assert found[v.TO_ACUTE] <= 3
    assert 1.5 * board - 5 <= sum(found.values()) <= 3.5 * board + 5  # whole ties by category, acute at most 3


def test_one_member_of_site_a_and_the_leads_of_site_b_reach_furthest():
    a, b = build(load("site_a"), 5), build(load("site_b"), 5)
    assert a.actors.brokerage[a.actors.role == v.CHAIR].tolist() == [15]
    outside = a.ties[(a.actors.board[a.ties.source] == 1) & (a.actors.board[a.ties.target] == 0)]
    assert a.actors.role[np.bincount(outside.source).argmax()] == v.CHAIR
    plain = build(load("site_b").with_(site={"lead_brokerage": 1.0}), 5)
    leads = b.actors.role == v.LOCALITY_LEAD
    assert b.actors.brokerage[leads] == pytest.approx(1.6 * plain.actors.brokerage[leads])


@pytest.mark.parametrize(("stars", "known"), [(0, 0.1), (1, 0.2), (2, 0.4), (3, 0.6)])
def test_roots_bring_knowledge_of_commissioning_and_groups(stars, known):
    gps = people_of(load("site_b").with_(site={"legacy_stars": stars}), 1, 0)[:60]
    assert (gps.knowledge[:, v.COMMISSIONING] == known).all()
    assert (gps.legacy == (gps.locality if stars else -1)).all()


def test_a_site_in_one_piece_with_roots_has_two_legacy_groups():
    gps = people_of(load("site_f"), 1, 0)[:10]
    assert gps.legacy.tolist() == [0] * 5 + [1] * 5


def test_everyone_begins_in_range(site):
    _, w = site
    for column in ("capability", "security", "participation", "efficacy", "knowledge", "priorities", "logic"):
        assert (w.actors[column] >= 0).all() and (w.actors[column] <= 1).all()
    assert np.allclose(w.actors.priorities.sum(axis=1), 1) and np.allclose(w.actors.logic.sum(axis=1), 1)
    assert (w.actors.native <= w.actors.knowledge).all() and (w.actors.brokerage > 0).all()


def test_capability_and_brokerage_are_spread_and_tied_as_declared():
    people = people_of(load("site_a").with_(site={"practices": 4000, "population": 10_000_000}), 2, 0)
    n = len(people)
    assert abs(people.capability.mean() - 4 / 7) <= 4.5 * np.sqrt(4 * 3 / 49 / 8 / n)
    reach = np.log(people.brokerage)
    assert abs(reach.mean()) <= 4.5 * 0.5 / np.sqrt(n) and reach.std() == pytest.approx(0.5, rel=0.06)
    assert np.corrcoef(reach, people.capability)[0, 1] == pytest.approx(0.3, abs=4.5 / np.sqrt(n))


def test_a_board_without_room_for_a_gp_is_refused():
    with pytest.raises(Problems, match=r"site\.board"):
        seats_of(Site(board=3, nurse=True, patient=True))
    with pytest.raises(Problems, match="cannot be placed"):
        build(small(site={"ties": "surveyed", "ties_acute": 100}), 1)


def test_more_practices_mean_more_localities_and_people_of_the_same_list():
    site = load("site_b").site
    sizes = [load("site_b").with_(site={"practices": n}).site for n in (15, 30, 60, 120)]
    assert [s.population for s in sizes] == [137_500, 275_000, 550_000, 1_100_000]
    assert [s.localities for s in sizes] == [1, 2, 4, 8] and sizes[2] == site
    assert {s.board for s in sizes} == {site.board}
