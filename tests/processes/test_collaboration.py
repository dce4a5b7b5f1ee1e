"""Collaboration: need and capacity draw CCGs together, plans grow alike, officers come to be shared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgsim.foundation import tables
from ccgsim.foundation.quantity import record, records
from ccgsim.processes import collaboration
from ccgsim.processes.collaboration import Collaboration, clinicians_say, propensity

P = record(Collaboration())[0]
shares = st.floats(0, 1)


def field(number: int) -> tuple[tables.Table, tables.Table, tables.Table, tables.Table]:
    """Nation, CCGs in one footprint, neighbours along a line, and a clock in 2016."""
    ccgs = tables.new(tables.CCGS, number)
    ccgs.number = np.arange(number)
    ccgs.first, ccgs.last = np.arange(number), np.arange(number) + 1
    ccgs.population = 100_000 + np.arange(number)
    ccgs.engagement, ccgs.standing = 0.6, 0.5
    ccgs.plans = (
        np.linspace(0, 1, number)[:, None] * np.eye(6)[0] + (1 - np.linspace(0, 1, number))[:, None] * np.eye(6)[1]
    )
    pairs = tables.new(tables.NEIGHBOURS, number - 1)
    pairs.one, pairs.other = np.arange(number - 1), np.arange(1, number)
    nation, clock = tables.new(tables.NATION, 1), tables.new(tables.CLOCK, 1)
    nation.priorities = np.full(6, 1 / 6)
    clock.month = clock.luck_month = 70
    return nation, ccgs, pairs, clock


def swept(months: int, number: int = 4, **values: float) -> tuple[tables.Table, tables.Table]:
    nation, ccgs, pairs, clock = field(number)
    rules = records({"collaboration": Collaboration(**values)})
    for _ in range(months):
        collaboration.sweep(nation, ccgs, pairs, rules, clock)
        clock.month += 1
        clock.luck_month += 1
    return ccgs, pairs


def test_propensity_by_hand():
    # -2 + 2 * .5 * .6 + 1 * .5 - 1 * .4 * .4 + 1 + .5 = .44
    p = record(Collaboration(propensity=-2.0, need=2.0, capacity=1.0, legacy=1.0, footprint=0.5, self_reliance=1.0))[0]
    assert propensity(0.5, 0.4, 0.5, 1, 1.0, p) == pytest.approx(1 / (1 + np.exp(-0.44)))


def test_clinicians_have_a_say_as_far_as_they_take_part_and_managers_leave_it_to_them():
    assert clinicians_say(0.5, 0.2) == pytest.approx(0.4)
    assert clinicians_say(0.0, 0.2) == clinicians_say(1.0, 1.0) == 0.0


@given(shares, shares, shares)
def test_need_and_say_never_lower_propensity_and_success_never_raises_it(strain, rating, say):
    here = propensity(strain, rating, say, 0, 0.0, P)
    assert propensity(min(1.0, strain + 0.1), rating, say, 0, 0.0, P) >= here
    assert propensity(strain, rating, min(1.0, say + 0.1), 0, 0.0, P) >= here
    assert propensity(strain, min(1.0, rating + 0.1), say, 0, 0.0, P) <= here


def test_plans_grow_alike_at_the_rate_of_imitation_and_stay_distributions():
    ccgs, _ = swept(10, imitation=0.1)
    start = field(4)[1].plans
    spread, before = ccgs.plans.std(axis=0)[0], start.std(axis=0)[0]
    assert spread == pytest.approx(before * 0.9**10)
    assert ccgs.plans.sum(axis=1) == pytest.approx(np.ones(4))
    assert (swept(10, imitation=0.0)[0].plans == start).all()


def test_neighbours_come_together_over_the_response_time():
    month, settled = swept(1, response=12.0)[1].together, swept(200, response=12.0)[1].together
    both_want = propensity(0.0, 0.5, clinicians_say(0.6, 0.0), 0, 1.0, P) ** 2
    assert month == pytest.approx(np.full(3, both_want / 12))
    assert settled == pytest.approx(np.full(3, both_want))


def test_comparative_data_flow_only_from_those_ahead():
    nation, ccgs, pairs, clock = field(2)
    ccgs.benchmark, pairs.together = [0.2, 0.6], 1.0
    rules = records({"collaboration": Collaboration(exchange=0.1, response=60.0)})
    collaboration.sweep(nation, ccgs, pairs, rules, clock)
    assert ccgs.benchmark[1] == 0.6
    assert 0.2 < ccgs.benchmark[0] < 0.6


def test_officers_are_shared_in_one_footprint_only_and_never_in_a_chain():
    ccgs, _ = swept(60, number=30, sharing=0.2, propensity=6.0)
    sharing = np.flatnonzero(ccgs.officer_from >= 0)
    assert len(sharing) > 5
    assert (ccgs.officer_from[ccgs.officer_from[sharing]] == -1).all()
    nation, ccgs, pairs, clock = field(30)
    ccgs.footprint = np.arange(30)
    rules = records({"collaboration": Collaboration(sharing=0.2, propensity=6.0)})
    for _ in range(20):
        collaboration.sweep(nation, ccgs, pairs, rules, clock)
        clock.luck_month += 1
    assert (ccgs.officer_from == -1).all()


def test_plans_move_to_the_mean_of_the_field_and_the_nation():
    """The field's mean is (.5, .5, 0), the nation's aim (0, 0, 1), between them (.25, .25, .5); .2 of the way there."""
    nation, ccgs, pairs, clock = field(2)
    nation.priorities, ccgs.plans = np.eye(6)[2], np.eye(6)[:2]
    collaboration.sweep(nation, ccgs, pairs, records({"collaboration": Collaboration(imitation=0.2)}), clock)
    assert ccgs.plans[:, :3].tolist() == [pytest.approx([0.85, 0.05, 0.1]), pytest.approx([0.05, 0.85, 0.1])]


@pytest.mark.parametrize(("month", "english", "begun"), [(27, 1, False), (28, 1, True), (27, 0, True)])
def test_neighbours_begin_to_work_together_when_ccgs_are_live(month, english, begun):
    nation, ccgs, pairs, clock = field(2)
    clock.month, clock.english = month, english
    collaboration.sweep(nation, ccgs, pairs, records({"collaboration": Collaboration()}), clock)
    assert (pairs.together[0] > 0) == begun


@pytest.mark.parametrize(("month", "footprints", "near"), [(60, (3, 3), 1.0), (59, (3, 3), 0.0), (60, (3, 4), 0.0)])
def test_a_common_footprint_draws_neighbours_together_from_month_60(month, footprints, near):
    nation, ccgs, pairs, clock = field(2)
    clock.month, ccgs.footprint = month, footprints
    collaboration.sweep(nation, ccgs, pairs, records({"collaboration": Collaboration(response=1.0)}), clock)
    assert pairs.together[0] == pytest.approx(propensity(0.0, 0.5, 0.6, 0, near, P) ** 2)


@pytest.mark.parametrize(("populations", "officers"), [((100, 300), [1, -1]), ((300, 100), [-1, 0])])
def test_the_smaller_ccg_takes_the_officer_of_the_larger(populations, officers):
    nation, ccgs, pairs, clock = field(2)
    ccgs.population = populations
    rules = records({"collaboration": Collaboration(sharing=0.2)})
    for clock.luck_month in range(100):
        pairs.together = 1.0
        collaboration.sweep(nation, ccgs, pairs, rules, clock)
    assert ccgs.officer_from.tolist() == officers


def test_who_shares_the_officer_of_the_first_ccg_is_bound_and_the_first_joins_nobody():
    nation, ccgs, pairs, clock = field(3)
    pairs.one, pairs.other = [0, 1], [2, 2]
    ccgs.population, ccgs.officer_from = [200, 100, 300], [-1, 0, -1]
    assert [collaboration.may_share(pair, ccgs, 70) for pair in pairs] == [True, False]
    rules = records({"collaboration": Collaboration(sharing=0.2)})
    for clock.luck_month in range(50):
        pairs.together = 1.0
        collaboration.sweep(nation, ccgs, pairs, rules, clock)
    assert ccgs.officer_from.tolist() == [-1, 0, -1]  # the lead of one is not led by another
