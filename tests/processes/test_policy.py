"""Policy: uncertainty reverts to its mean, shocks have their dates, dialogue calms, logics follow those who lead."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import made, person

from ccgsim.foundation import vocabulary as v
from ccgsim.processes.policy import WITHOUT_DATES, entropy, grown, national_shock, uncertainty_seen

share = st.floats(0, 1)
QUIET = {"noise": 0.0}
AT_MEAN = {"noise": 0.0, "reversion": 0.0}


SHOCKS = {0: 0.10, 1: 0.15, 4: 0.15, 6: 0.10, 15: -0.15, 28: -0.20, 46: 0.10, 60: 0.20, 63: 0.05, 97: 0.15, 119: 0.20}


def test_national_shocks_fall_in_their_months_and_in_no_other():
    assert {month: national_shock(month) for month in range(200) if national_shock(month)} == SHOCKS


@pytest.mark.parametrize(("month", "share_grown"), [(0, 0), (28, 0), (46, 0.5), (64, 1), (139, 1)])
def test_the_grip_grows_over_three_years_from_abolition(month, share_grown):
    assert grown(month, 36.0) == share_grown


def test_uncertainty_seen_by_hand():
    assert uncertainty_seen(0.35, 0.2, 0.5, 0.9, 0.1) == pytest.approx(0.35 * 0.82 + 0.05)
    assert uncertainty_seen(1.0, 0.0, 1.0, 0.9, 0.5) == 1.0


@given(share, share, share, share, share)
def test_dialogue_takes_uncertainty_away_and_mixed_logics_add_to_it(uncertainty, dialogue, ambiguity, effect, weight):
    seen = uncertainty_seen(uncertainty, dialogue, ambiguity, effect, weight)
    assert 0 <= seen <= 1
    assert uncertainty_seen(uncertainty, 1.0, ambiguity, effect, weight) <= seen
    assert uncertainty_seen(uncertainty, dialogue, 1.0, effect, weight) >= seen
    assert uncertainty_seen(1.0, dialogue, ambiguity, effect, weight) >= seen


@given(st.lists(st.floats(0.001, 1), min_size=3, max_size=3))
def test_entropy_is_1_for_equal_parts_and_less_for_others(parts):
    distribution = np.array(parts) / sum(parts)
    assert -1e-12 <= entropy(distribution) <= entropy(np.full(3, 1 / 3)) + 1e-12
    assert entropy(np.full(3, 1 / 3)) == pytest.approx(1)
    assert entropy(np.array([0.0, 1.0, 0.0])) == 0


def test_without_noise_and_dates_uncertainty_decays_geometrically_to_its_mean():
    course = made([person()], policy={"uncertainty": 0.3, "reversion": 0.1, **QUIET})
    course.world.nation.uncertainty = 0.8
    for month in range(1, 30):
        course.policy()
        assert course.world.nation.uncertainty[0] == pytest.approx(0.3 + 0.5 * 0.9**month, rel=1e-12)


def test_a_world_without_calendar_knows_no_shock_grip_or_workload():
    course = made([person()], policy=AT_MEAN)
    nation, start = course.world.nation[0], course.world.rules[0].engagement.workload
    nation.uncertainty = 0.35
    for month in range(140):
        course.world.clock.month = month
        course.policy()
        assert (nation.uncertainty, nation.grip, nation.workload) == (0.35, 0, start)
        assert nation.logic.tolist() == WITHOUT_DATES.tolist()


def under_english_dates(month: int, **policy):
    course = made([person()], policy={**AT_MEAN, **policy})
    course.world.clock.month, course.world.clock.english = month, 1
    course.world.nation.uncertainty = 0.35
    course.policy()
    return course.world


@pytest.mark.parametrize(("month", "uncertainty"), [(0, 0.45), (2, 0.35), (28, 0.15), (60, 0.55)])
def test_english_dates_shake_uncertainty(month, uncertainty):
    assert under_english_dates(month).nation.uncertainty[0] == pytest.approx(uncertainty)
    assert under_english_dates(month, shocks=2.0).nation.uncertainty[0] == pytest.approx(max(0, 2 * uncertainty - 0.35))


@pytest.mark.parametrize(
    ("month", "grip", "workload"), [(27, 0, 0.05), (28, 0, 0.08), (52, 0.1 * 24 / 36, 0.095), (100, 0.1, 0.11)]
)
def test_grip_and_workload_grow_after_abolition(month, grip, workload):
    nation = under_english_dates(month).nation[0]
    assert (nation.grip, nation.workload) == (pytest.approx(grip), pytest.approx(workload))


def test_the_nation_turns_from_market_to_network_with_the_forward_view():
    assert under_english_dates(45).nation.logic[0].argmax() == v.MARKET
    assert under_english_dates(46).nation.logic[0].argmax() == v.NETWORK
    for month in (0, 45, 46, 139):
        assert under_english_dates(month).nation.logic[0].sum() == pytest.approx(1)


def test_an_announcement_counts_once():
    course = made([person()], policy=AT_MEAN)
    course.world.nation.uncertainty, course.world.nation.announced = 0.3, 0.25
    for _ in range(3):
        course.policy()
    assert course.world.nation.uncertainty[0] == pytest.approx(0.55)


def test_fixed_u_holds_what_is_seen_whatever_the_nation_does():
    course = made([person()], ablation={"fixed_u": 0.8})
    for uncertainty in (0.0, 1.0):
        course.world.nation.uncertainty = uncertainty
        course.policy()
        assert course.world.ccgs.uncertainty_seen[0] == 0.8


def test_logics_of_managers_follow_the_nation_and_those_of_gps_their_contacts():
    pure = np.eye(3)
    people = [
        person(logic=pure[2]),
        person(logic=pure[2]),
        person(v.PCT_STAFF, logic=pure[0]),
        person(v.PCT_STAFF, logic=pure[0], employer=v.PRACTICE),
        person(v.PROVIDER, logic=pure[0]),
        person(v.POLICY_BODY, logic=pure[0]),
    ]
    course = made(people, ((0, 2, 0.9), (3, 0, 0.3)))  # the first GP has two contacts, both of the market
    course.policy()
    moved = course.world.actors.logic
    to_nation = 0.98 * pure[0] + 0.02 * WITHOUT_DATES
    assert moved[0] == pytest.approx(0.98 * pure[2] + 0.02 * pure[0])
    assert moved[1] == pytest.approx(pure[2])  # no contacts
    assert moved[2] == pytest.approx(to_nation) and moved[5] == pytest.approx(to_nation)
    assert moved[3] == pytest.approx(pure[0]) and moved[4] == pytest.approx(pure[0])
    assert np.allclose(moved.sum(axis=1), 1)


def test_ambiguity_is_the_entropy_of_the_boards_mean_logic():
    course = made([person(board=True, logic=np.eye(3)[0]), person(board=True, logic=np.eye(3)[1])])
    course.policy()
    assert course.world.ccgs.ambiguity[0] == pytest.approx(math.log(2) / math.log(3))


@pytest.mark.parametrize(("month", "centre"), [(0, 0), (28, 0), (46, 0.2), (64, 0.4), (139, 0.4)])
def test_the_centre_takes_decisions_over_three_years_from_abolition(month, centre):
    course = made([person()], policy=AT_MEAN, engagement={"centre": 0.4})
    course.world.clock.month, course.world.clock.english = month, 1
    course.policy()
    assert course.world.nation.centre[0] == pytest.approx(centre)
    assert under_english_dates(month).nation.centre[0] == 0


def test_without_english_dates_the_centre_takes_nothing():
    course = made([person()], policy=AT_MEAN, engagement={"centre": 0.4})
    course.world.nation.centre, course.world.clock.month = 0.4, 100  # as before dates were left out
    course.policy()
    assert course.world.nation.centre[0] == 0


def test_the_centre_lowers_hearing_after_month_28_under_english_dates_only():
    found = {}
    for english in (0, 1):
        for month in (27, 28, 29, 64):
            course = made([person(board=True)], policy=AT_MEAN, engagement={"centre": 0.4})
            course.world.clock.month, course.world.clock.english = month, english
            course.policy()
            course.engagement()
            found[english, month] = course.world.actors.heard[0]
    usual = 0.05 + 0.9 * (1 - course.world.ccgs.manager_control[0])
    assert [found[0, month] for month in (27, 28, 29, 64)] == pytest.approx([usual] * 4)
    taken = [0, 0, 0.4 / 36, 0.4]
    assert [found[1, m] for m in (27, 28, 29, 64)] == pytest.approx([0.05 + (usual - 0.05) * (1 - t) for t in taken])
