"""Redesign: projects need clinicians and managers in all three arenas, and spread where advisers have adopted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import DERMATOLOGY, with_project
from worlds import begun, made, person, run_for

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.processes.projects import arenas, redesign
from ccgsim.processes.projects.arenas import rate_of_fading, rate_of_failing, support
from ccgsim.processes.projects.redesign import address
from ccgsim.processes.projects.stock import take_stock

share = st.floats(0, 1)


# The arenas
def test_support_by_hand():
    assert support(0.5, 0.5, 0.8, 0.3) == pytest.approx((1 - 0.5 * 0.6) * 1.3)
    assert support(0.6, 0.2, 0.8, 0.3) == pytest.approx((1 - 0.4 * 0.84) * (1 + 0.3 * 0.48 / 0.64))
    assert support(1.0, 1.0, 0.8, 0.3) == 1.0
    assert support(0.0, 0.0, 0.8, 0.3) == 0.0


@given(share, share, share, st.floats(0, 1))
def test_support_is_a_share_and_pulling_together_never_hurts(clinical, managerial, worth, tandem):
    found = support(clinical, managerial, worth, tandem)
    assert 0 <= found <= 1
    assert found >= support(clinical, managerial, worth, 0.0)
    assert support(clinical, 0.0, worth, tandem) == pytest.approx(clinical)
    assert support(0.0, managerial, worth, tandem) == pytest.approx(worth * managerial)


@given(share, share)
def test_want_of_support_and_uncertainty_bring_projects_down(arena_support, uncertainty):
    assert rate_of_failing(1.0, 0.0, 0.012) == 0.012
    rate = rate_of_failing(arena_support, uncertainty, 0.012)
    assert 0.012 <= rate <= rate_of_failing(0.0, 1.0, 0.012) == pytest.approx(0.048)


@given(share)
def test_a_live_project_fades_where_its_weakest_arena_gives_too_little(least):
    rate = rate_of_fading(least, 0.45, 0.1, 0.002)
    assert rate == pytest.approx(0.1 * max(0, 0.45 - least) + 0.002)


ARENA_PEOPLE = [
    person(board=True, participation=0.8, capability=0.5),
    person(participation=0.4),
    person(v.PCT_STAFF, board=True),
    person(v.PROVIDER, sector=v.ACUTE, participation=0.6),
]


def test_inputs_of_the_three_arenas_by_hand():
    course = with_project(ARENA_PEOPLE, ((0, 2, 0.5), (0, 3, 0.7)), v.STRATEGIC)
    w = course.world
    course.priorities()  # sets the locality's participation
    w.ccgs.manager_control, w.ccgs.cost_transparency = 0.3, 0.4
    course.redesign()
    density = 1 / 2
    strategic = support(math.sqrt(density) * 0.4 / 0.57, 0.3, 0.8, 0.3)
    programme = support(0.8 * 0.75, (1 - math.exp(-0.7)) * 0.7, 0.8, 0.3)
    delivery = support(0.6, 0.6, 0.8, 0.3)
    assert w.projects.support[0] == pytest.approx([strategic, programme, delivery])


def support_with(localities=1, **sections) -> list[float]:
    course = with_project(ARENA_PEOPLE, ((0, 2, 0.5), (0, 3, 0.7)), v.STRATEGIC, **sections)
    course.priorities()
    course.world.ccgs.manager_control, course.world.ccgs.localities = 0.3, localities
    course.redesign()
    return course.world.projects.support[0].tolist()


def test_localities_cost_the_programme_arena_coordination():
    one, six = support_with(), support_with(localities=6)
    assert six == pytest.approx([one[0], 0.8 * one[1], one[2]])
    assert support_with(localities=40)[1] == 0


def test_efforts_and_ablations_change_the_support_that_they_name():
    usual = support_with()
    halved = support_with(redesign={"strategic_effort": 0.5})
    assert halved == pytest.approx([usual[0] / 2, *usual[1:]])
    assert support_with(ablation={"pooled_arenas": True}) == pytest.approx([sum(usual) / 3] * 3)
    assert support_with(ablation={"effortless_delivery": True}) == pytest.approx([usual[0], 1, 1])
    assert support_with(ablation={"arenas_without_network": True})[0] > usual[0]


def moved_on(arena, months=1, **sections) -> int:
    """Arena of a project that nothing brings down, after so many months."""
    calm = {"advance": 1.0, **sections.pop("redesign", {})}
    course = with_project(ARENA_PEOPLE, ((0, 2, 0.9), (0, 3, 0.9)), arena, redesign=calm, **sections)
    course.priorities()
    course.world.ccgs.manager_control = 0.3
    for month in range(months):
        course.world.clock.month = course.world.clock.luck_month = month
        course.redesign()
    return int(course.world.projects.arena[0])


def test_a_project_passes_the_arenas_one_a_month_at_most_and_goes_live():
    path = [moved_on(v.STRATEGIC, months) for months in range(1, 30)]
    assert set(np.diff([0, *path]).tolist()) == {0, 1}
    assert moved_on(v.STRATEGIC, 60) == v.LIVE
    assert moved_on(v.STRATEGIC, 60, redesign={"advance": 0.0}) == v.STRATEGIC


def test_without_clinical_leadership_nothing_goes_live():
    assert moved_on(v.DELIVERY, 60) == v.LIVE
    assert moved_on(v.DELIVERY, 60, redesign={"clinical_lead": 1.0}) == v.DELIVERY


def test_what_the_pct_withholds_holds_projects_up():
    course = with_project(ARENA_PEOPLE, ((0, 2, 0.9), (0, 3, 0.9)), v.STRATEGIC, redesign={"advance": 1.0})
    course.world.ccgs.manager_control, course.world.ccgs.withheld = 0.3, 1.0
    for month in range(30):
        course.world.clock.luck_month = month
        course.redesign()
    assert course.world.projects.arena[0] == v.STRATEGIC


def ended(arena, outcome, **redesign_given):
    """The world in which a project in this arena has come to that end."""
    course = with_project(ARENA_PEOPLE, (), arena, live=0 if arena == v.LIVE else -1, redesign=redesign_given)
    course.world.ccgs.manager_control, course.world.actors.priorities[0] = 1.0, [1, 0, 0, 0, 0, 0]
    for month in range(1, 400):
        course.world.clock.month = course.world.clock.luck_month = month
        course.redesign()
        if course.world.projects.outcome[0] != v.OPEN:
            break
    project = course.world.projects[0]
    assert (project.outcome, project.ended, project.arena) == (outcome, month, arena)
    return course.world


def test_a_project_that_fails_in_the_strategic_arena_is_a_refusal():
    assert ended(v.STRATEGIC, v.FAILED, fail=0.1).ccgs.refused[0] == 1
    assert ended(v.DELIVERY, v.FAILED, fail=0.1).ccgs.refused[0] == 0


def test_a_gp_who_is_overridden_believes_less_and_so_do_those_around_her():
    world = ended(v.PROGRAMME, v.OVERRIDDEN, override=0.5)
    assert world.actors.efficacy[:2] == pytest.approx([0.45, 0.49])
    assert world.ccgs.refused[0] == 1


def share_overridden(control, months=2000):
    """Share of months in which a GP's project, 5/6 from the managers' priorities, would be overridden at rate 1."""
    w = with_project(ARENA_PEOPLE, arena=v.PROGRAMME, redesign={"override": 1.0}).world
    w.ccgs.manager_control, w.actors.priorities[0] = control, [1, 0, 0, 0, 0, 0]
    stock = take_stock(w.actors, w.ties, w.ccgs)
    count = 0
    for month in range(months):
        w.clock.luck_month = month
        count += arenas.overruled(w.projects[0], w.actors, w.ccgs[0], stock, w.rules[0].redesign, w.clock[0])
    return count / months


@pytest.mark.parametrize(("role", "managers"), [(v.CHAIR, 1.0), (v.ACCOUNTABLE_OFFICER, 2.0)])
def test_a_gp_who_is_an_officer_counts_among_managers_and_clinicians(role, managers):
    doctor = person(board=True, role=role, participation=0.8, capability=0.5, priorities=[1, 0, 0, 0, 0, 0])
    people = [doctor, person(v.PCT_STAFF, board=True, priorities=[0, 1, 0, 0, 0, 0])]
    w = made(people).world
    stock = take_stock(w.actors, w.ties, w.ccgs)
    assert (stock.gps[0], stock.drive[0], stock.managers[0]) == (1.0, pytest.approx(0.4), managers)
    assert stock.priorities[0, 0] == pytest.approx((managers - 1) / managers)


@pytest.mark.parametrize(("control", "chance"), [(0.0, 0.0), (0.3, 0.2212), (0.9, 0.5276)])
def test_managers_override_by_their_control(control, chance):
    """Rates 5/6 × control, 0, .25 and .75: chances 1 - exp(-rate)."""
    assert share_overridden(control) == pytest.approx(chance, abs=4.5 * math.sqrt(chance * (1 - chance) / 2000))


def test_a_live_project_fades_in_the_end():
    ended(v.LIVE, v.FADED, wear=0.05)


def test_going_live_encourages_the_locality():
    people = [person(board=True, participation=1.0), person(efficacy=0.2), person(efficacy=0.2, locality=1)]
    course = with_project(people, (), v.DELIVERY, redesign={"advance": 1.0})
    course.priorities()
    w, month = course.world, 0
    while w.projects.live[0] < 0:
        w.clock.month = w.clock.luck_month = month
        course.redesign()
        month += 1
    assert w.actors.efficacy == pytest.approx([0.55, 0.28, 0.2])


# Births
@given(st.tuples(*[st.integers(-1, 200), st.integers(0, 4), st.integers(0, 7)] * 2))
def test_projects_of_different_months_origins_or_pathways_have_different_addresses(parts):
    assert (address(*parts[:3]) == address(*parts[3:])) == (parts[:3] == parts[3:])


def test_birth_rates_by_hand():
    course = made([person()])
    here, p = course.world.ccgs[0], course.world.rules[0].redesign
    here.benchmark, here.density, here.strain, here.patients_heard = 0.4, 0.7, 0.5, 0.25
    shares = p.programme_births / 8, p.national_births / 8, p.outside_births / 8
    rates = [redesign.birth_rate(origin, here, 0.5, 0.3, 1.0, p) for origin in range(6)]
    parts = [0.4 * 0.7 * 0.5, 0.3, *shares, p.patient_births * 0.25 * 0.5]
    assert rates == pytest.approx(1.5 * p.birth * np.array(parts))


def test_what_is_born_names_its_ccg_pathway_origin_champion_and_locality():
    """Births at the programme board alone; the GP on the board, row 1, is the only one to lead them."""
    births = {"birth": 0.5, "programme_births": 4.0, "national_births": 0.0, "outside_births": 0.0}
    w = made([person(), person(board=True)], redesign=births).world
    w.ccgs.benchmark, born = 0.0, []
    for w.clock.luck_month in range(30):
        born += redesign.births(w.plain).tolist()
    assert {(g, origin, champion, place) for g, _, origin, champion, place in born} == {(0, v.PROGRAMME_BOARD, 1, 0)}
    assert {pathway for _, pathway, *_ in born} == set(range(8))


def test_room_for_improvement_adds_up_over_the_localities_of_a_ccg():
    localities, ccgs = tables.new(tables.LOCALITIES, 3), tables.new(tables.CCGS, 2)
    localities.ccg = [0, 0, 1]
    gaps = np.linspace(0.1, 0.9, 24).reshape(3, 8)
    assert redesign.rooms(gaps, ccgs, localities) == pytest.approx(np.stack([gaps[0] + gaps[1], gaps[2]]))


@pytest.mark.parametrize("support", [0, 1])
def test_a_ccg_carries_no_more_projects_than_it_has_slots(support):
    stuck = {"advance": 0.0, "fail": 0.0, "override": 0.0, "slots": 1, "support_slots": 1}
    births = {"birth": 0.5, "programme_births": 1.0, "national_births": 1.0, "outside_births": 1.0}
    for seed in range(10):
        course = begun(seed, redesign={**stuck, **births}, site={"executive_support": bool(support)})
        assert len(run_for(course, 3).world.projects) <= 1 + support
    assert len(run_for(course, 9).world.projects) == 1 + support


def test_champions_fit_the_origin():
    seen = set()
    for seed in range(4):
        course = begun(seed, redesign={"birth": 0.5, "slots": 30, "specialists": 1.0}, ties={"gp_specialist": 0.1})
        w = run_for(course, 60).world
        for project in w.projects:
            me = w.actors[w.row_of(int(project.champion))]
            assert me.kind == {v.NATIONAL_BODY: v.PCT_STAFF, v.OUTSIDE: v.PROVIDER}.get(project.origin, v.GP)
            assert project.origin != v.FRONTLINE or me.pathway == project.pathway
            assert project.origin != v.OUTSIDE or me.sector in v.PROVIDED_BY[project.pathway]
        seen |= set(w.projects.origin.tolist())
    assert seen == set(range(len(v.ORIGINS)))


def test_a_live_project_halves_the_room_for_more_in_its_locality():
    people = [person(), person(locality=1)]
    w = with_project(people).world
    gaps, under_way = redesign.room_left(w.ccgs, w.localities, w.projects)
    assert gaps[0, DERMATOLOGY] == 0.25 and (np.delete(gaps.ravel(), DERMATOLOGY) == 0.5).all() and under_way[0] == 0
    w.projects.arena = v.DELIVERY
    gaps, under_way = redesign.room_left(w.ccgs, w.localities, w.projects)
    assert (gaps == 0.5).all() and under_way[0] == 1


def test_leading_a_project_is_work_until_it_is_live():
    w = with_project(ARENA_PEOPLE, arena=v.DELIVERY).world
    assert arenas.work_on_projects(w.actors, w.ccgs, w.projects).tolist() == [1, 0, 0, 1]
    w.projects.arena = v.LIVE
    assert arenas.work_on_projects(w.actors, w.ccgs, w.projects).tolist() == [0, 0, 0, 1]


def test_providers_of_both_sectors_of_a_pathway_work_on_its_projects_and_no_others():
    sectors = (v.ACUTE, v.COMMUNITY, v.MENTAL_HEALTH)
    w = with_project([person(), *(person(v.PROVIDER, sector=sector) for sector in sectors)]).world
    assert v.PROVIDED_BY[DERMATOLOGY] == sectors[:2]
    assert arenas.work_on_projects(w.actors, w.ccgs, w.projects).tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize("arena", [v.DELIVERY, v.LIVE])
def test_a_provider_who_leads_a_project_works_on_it_once(arena):
    w = with_project(ARENA_PEOPLE, arena=arena).world
    w.projects.champion, w.projects.champion_row = w.actors.key[3], 3
    assert arenas.work_on_projects(w.actors, w.ccgs, w.projects).tolist() == [0, 0, 0, 1]
