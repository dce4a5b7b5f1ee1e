"""The too-late clock on paths made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ccgsim.scenario.scenario import load
from ccgsim.studies.clock import PLANS, Clock, Delays, last_in_time, slopes

CLOCK = Clock(scenario=load("vicious_circle"), months=(0, 24, 30), judged=36)


def test_the_last_month_in_time_is_the_last_before_the_share_first_falls_short():
    assert last_in_time((0, 12, 24), np.array([1.0, 0.8, 0.7]), 0.8) == 12
    assert last_in_time((0, 12, 24), np.array([1.0, 0.7, 0.9]), 0.8) == 0
    assert last_in_time((0, 12, 24), np.array([1.0, 1.0, 1.0]), 0.8) == 24
    assert np.isnan(last_in_time((0, 12, 24), np.array([0.5, 1.0, 1.0]), 0.8))


def test_a_month_of_delay_costs_the_slope_of_each_seed():
    level = np.array([[0.6, 0.5], [0.48, 0.5], [0.36, 0.5]])
    assert slopes((0, 12, 24), level) == pytest.approx([-0.01, 0.0])


def made_up() -> Delays:
    """Two seeds; the lever works in the first month, in one seed in the second, no more in the third."""
    undisturbed, alone = np.full((2, 37), 0.6), np.full((2, 37), 0.3)
    pulled = np.full((1, 3, 2, 37), 0.3)
    pulled[0, 0, :, -1], pulled[0, 1, 0, -1] = 0.55, 0.5001
    return Delays(CLOCK, ["dialogue"], undisturbed, alone, pulled)


def test_restored_is_what_lies_no_further_below_the_undisturbed_seed_than_the_distance():
    table = made_up().table()
    assert list(table["restored"]) == [1.0, 0.5, 0.0]
    assert made_up().summary()["last_month"].iloc[0] == 0
    assert made_up().summary()["cost"].iloc[0] > 0
    assert made_up().down.all()


def test_a_seed_that_needs_no_lever_says_nothing_about_one():
    delays = made_up()
    delays.undisturbed[0] = 0.35  # the first seed is low without any event too
    assert list(delays.down) == [False, True]
    assert list(delays.restored()[0]) == [1.0, 0.0, 0.0]
    delays.undisturbed[1] = 0.35
    assert np.isnan(delays.restored()).all() and np.isnan(delays.summary()["last_month"].iloc[0])


def test_worlds_are_the_undisturbed_one_the_one_alone_and_each_delay():
    worlds = CLOCK.worlds(PLANS)
    assert len(worlds) == 2 + 3 * len(PLANS)
    assert worlds[0].events == () and len(worlds[1].events) == 4 and len(worlds[2].events) == 5


def test_a_clock_can_look_beyond_the_scenarios_own_end():
    late = Clock(scenario=load("vicious_circle").with_(months=30), months=(40,), judged=50)
    assert late.worlds(PLANS[:1])[2].events[-1].month == 40
