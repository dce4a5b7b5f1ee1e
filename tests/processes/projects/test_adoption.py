"""Projects spread among practices that hear of them from enough of their advisers, and under a mandate (E30-E35)."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import with_project
from worlds import person

from ccgsim.foundation import vocabulary as v
from ccgsim.processes.projects import adoption
from ccgsim.processes.projects.adoption import rate_of_adoption

share = st.floats(0, 1)


def test_rate_of_adoption_by_hand():
    assert rate_of_adoption(0.11, 0.5, 0.12, 0.12, 0.0, 0.15) == 0
    assert rate_of_adoption(0.12, 0.5, 0.12, 0.12, 0.0, 0.15) == 0.12
    assert rate_of_adoption(0.0, 0.5, 0.12, 0.12, 0.03, 0.15) == pytest.approx(0.03 + 0.075)


@given(share, share, st.floats(0.05, 0.3), st.floats(0, 0.3))
def test_more_adopting_advisers_or_peers_never_slow_adoption(using, peers, threshold, mandate):
    rate = rate_of_adoption(using, peers, 0.12, threshold, mandate, 0.15)
    assert 0 <= rate <= rate_of_adoption(1.0, peers, 0.12, threshold, mandate, 0.15)
    assert rate <= rate_of_adoption(using, 1.0, 0.12, threshold, mandate, 0.15)
    assert mandate > 0 or using >= threshold or rate == 0


def spread_over(months: int, course) -> list[int]:
    """Which GPs use the project after so many months."""
    for month in range(1, months + 1):
        course.world.clock.month = course.world.clock.luck_month = month
        course.redesign()
    return course.world.adoption.tolist()


TWO_LOCALITIES = [person(participation=1.0, locality=n // 4) for n in range(8)]
WITHIN = tuple((i, j, 0.5) for place in (range(4), range(4, 8)) for i, j in itertools.permutations(place, 2))


def test_those_of_the_locality_who_take_part_use_it_first():
    people = [person(participation=0.0), person(participation=1.0), person(participation=0.0)]
    people.append(person(participation=1.0, locality=1))
    course = with_project(people, live=1)
    assert spread_over(1, course) == [1, 1, 0, 0]  # the champion, and whoever takes part
    assert course.world.projects.adopters[0] == 2


def test_a_locality_alone_cannot_carry_a_project_beyond_itself():
    course = with_project(TWO_LOCALITIES, WITHIN, live=1)
    assert spread_over(200, course) == [1] * 4 + [0] * 4


def test_a_tie_across_carries_it_and_a_high_threshold_stops_it():
    bridge = (*WITHIN, (4, 0, 0.5))  # one of four advisers has adopted
    assert spread_over(200, with_project(TWO_LOCALITIES, bridge, live=1)) == [1] * 8
    stubborn = {"threshold": 0.3}
    assert spread_over(200, with_project(TWO_LOCALITIES, bridge, live=1, redesign=stubborn)) == [1] * 4 + [0] * 4


def test_a_mandate_reaches_every_practice():
    course = with_project(TWO_LOCALITIES, live=1)
    course.world.ccgs.mandate = 0.1
    assert spread_over(200, course) == [1] * 8


def test_a_mandate_may_be_refused_for_a_year_and_no_longer():
    slow = {"mandate_peers": 0.0}
    course = with_project(TWO_LOCALITIES, live=1, redesign=slow)
    course.world.ccgs.mandate = 1e-9
    assert spread_over(12, course) == [1] * 4 + [0] * 4
    assert course.world.ccgs.mandated[0] == 12
    assert spread_over(24, course) == [1] * 8


def test_a_mandate_that_was_lifted_starts_its_year_anew():
    course = with_project(TWO_LOCALITIES, live=1, redesign={"mandate_peers": 0.0})
    for mandate in (1e-9, 0.0, 1e-9):
        course.world.ccgs.mandate = mandate
        assert spread_over(12, course) == [1] * 4 + [0] * 4
        assert course.world.ccgs.mandated[0] == (12 if mandate else 0)


def test_uniform_mixing_reaches_every_practice_without_ties():
    course = with_project(TWO_LOCALITIES, live=1, ablation={"uniform_adoption": True})
    assert spread_over(200, course) == [1] * 8


@pytest.mark.parametrize(("capacity", "effect"), [(1.0, 1.0), (0.0, 0.5), (0.4, 0.7)])
def test_a_shortage_at_its_providers_halves_a_project_at_most(capacity, effect):
    people = [person(), *[person(v.PROVIDER, sector=sector, capacity=capacity) for sector in (v.ACUTE, v.COMMUNITY)]]
    w = with_project(people).world
    assert adoption.half_served(w.projects[0], w.actors, w.ccgs[0]) == pytest.approx(effect)


def test_a_shortage_undermines_a_project_that_works_and_full_staff_keeps_it():
    providers = [person(v.PROVIDER, sector=sector) for sector in (v.ACUTE, v.COMMUNITY)]
    lonely = [person(participation=1.0) for _ in range(4)]  # nobody to learn it from again
    course = with_project([*lonely, *providers], live=1)
    assert spread_over(60, course) == [1] * 4
    course.world.actors.capacity[course.world.actors.kind == v.PROVIDER] = 0.0
    left = sum(spread_over(60, course))
    assert left < 4


def test_a_practice_gives_up_by_what_is_missing():
    assert adoption.rate_of_giving_up(1.0, 0.12) == 0.0
    assert adoption.rate_of_giving_up(0.5, 0.12) == pytest.approx(0.06)


@pytest.mark.parametrize("pathway", ["gynaecology", "frail elderly", "mental health", "extended access"])
def test_every_sector_defends_its_income(pathway):
    course = with_project(TWO_LOCALITIES, live=1, redesign={"income_moved": 0.2, "maintain": 1.0})
    course.world.projects.pathway = v.PATHWAYS.index(pathway)
    spread_over(1, course)
    assert course.world.projects.outcome[0] == v.RESTORED


@pytest.mark.parametrize(("maintain", "outcome"), [(1.0, v.RESTORED), (0.0, v.OPEN)])
def test_a_provider_that_loses_too_much_may_have_its_contract_restored(maintain, outcome):
    harm = {"income_moved": 0.2, "maintain": maintain}
    course = with_project(TWO_LOCALITIES, live=1, redesign=harm)
    spread_over(1, course)  # half the practices move a tenth of its income
    assert course.world.projects.outcome[0] == outcome
    assert with_project(TWO_LOCALITIES, live=1, redesign={"maintain": 1.0}).world.projects.outcome[0] == v.OPEN


@pytest.mark.parametrize(("planned", "beyond"), [(0.0, True), (0.6, True), (0.75, False), (1.0, False)])
def test_what_is_planned_with_a_provider_does_not_count_against_what_it_bears(planned, beyond):
    """Half the practices move a tenth of its income; it bears .03: with .6 planned .04 are left, with .75 .025."""
    course = with_project(TWO_LOCALITIES, live=1, redesign={"income_moved": 0.2, "joint_planning": planned})
    spread_over(1, course)
    assert course.world.ccgs.threatened[0].tolist() == [0, float(beyond), 0, 0, 0, 0]  # dermatology is the hospitals'


@pytest.mark.parametrize(("planned", "outcome"), [(0.0, v.RESTORED), (1.0, v.OPEN)])
def test_a_provider_whose_future_is_planned_with_it_needs_no_contract_restored(planned, outcome):
    harm = {"income_moved": 0.2, "maintain": 1.0, "joint_planning": planned}
    course = with_project(TWO_LOCALITIES, live=1, redesign=harm)
    spread_over(1, course)
    assert course.world.projects.outcome[0] == outcome


def test_a_threat_ends_with_the_project_that_made_it():
    course = with_project(TWO_LOCALITIES, live=1, redesign={"income_moved": 0.2, "maintain": 1.0})
    spread_over(2, course)  # restored in the first month
    assert not course.world.ccgs.threatened.any()


def test_under_a_mandate_a_project_of_a_locality_without_practices_spreads_too():
    course = with_project([person(), person(locality=2)], locality=1, live=0)
    course.world.ccgs.mandate = 0.3
    assert spread_over(40, course) == [1, 1]
