"""The circle mapped: folds over places, ramps, times, signs and draws, on numbers that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ccgsim.lab.validation.mean_field import MeanField
from ccgsim.lab.validation.patterns.circle import HIGH, LOW
from ccgsim.processes.stepping_in import SteppingIn
from ccgsim.run import series_of
from ccgsim.studies import draws, phases, warning_signs
from ccgsim.studies.phases import MIDDLE, Folds, Place, held_world
from ccgsim.studies.ramps import SETTLED, Ramp, months_to_cross, ramped

STRAIGHT = Folds(np.array([0.0, 1.0]), np.array([0.4, -0.6]), np.array([0.6, -0.4]))  # a window of .2 that falls


def test_uncertainty_is_felt_less_under_dialogue_and_adds_to_pressure():
    seen, pressure = phases.felt(np.array([0.1]), np.array([0.55]), 0.5, 1.0)
    assert seen == pytest.approx(0.55 * (1 - 0.9 * 0.5) + 0.1)
    assert pressure == pytest.approx(0.1 + 0.15 * 0.2)


def test_a_window_holds_between_its_folds_only():
    lower, upper = STRAIGHT.beyond(np.array([0.3, 0.5, 0.7]), np.zeros(3))
    assert list((lower > 0) & (upper < 0)) == [False, True, False]


def test_folds_are_found_along_a_way_and_missing_where_it_never_crosses_them():
    way = np.linspace(0, 1, 1001)
    lower, upper = STRAIGHT.along(np.zeros(1001), way, 0.0, 0.0)
    # pressure falls below 0 where uncertainty lies below .35 and is then read at 0; above, it adds .15 (way - .35)
    assert lower == pytest.approx((0.4 + 0.0525) / 1.15, abs=0.002)
    assert upper == pytest.approx((0.6 + 0.0525) / 1.15, abs=0.002)
    assert np.isnan(STRAIGHT.along(np.zeros(1001), way / 10, 0.0, 0.0)).all()


def test_folds_of_a_theory_are_its_windows_and_missing_without_one():
    folds = Folds.of(pressures=np.array([0.0, 0.1]))
    window = MeanField().window(0.1)
    assert window is not None and (folds.low[1], folds.high[1]) == (window.low, window.high)
    assert np.isnan(Folds.of(MeanField(stepping_in=SteppingIn(steepness=0.0)), np.array([0.0])).low).all()


def test_a_held_world_keeps_its_uncertainty_and_begins_where_it_is_told():
    series = series_of(held_world(Place(0.1, 0.6, 0.4), LOW), 0, 5)
    assert series["uncertainty"].to_numpy() == pytest.approx(0.6, abs=1e-12)
    assert series["participation"].iloc[0] == pytest.approx(0.1)


def test_far_from_the_folds_both_starts_end_in_one_regime():
    table = phases.phase_table([Place(0.0, 0.05), Place(0.2, 0.9)], range(2), workers=1)
    assert list(table["high"]) == [1.0, 0.0] and list(table["low"]) == [0.0, 1.0]
    assert table["gap"].abs().max() < 0.05


RAMP = Ramp("uncertainty", 0.2, 0.8, 12)


def test_a_ramp_goes_up_and_back_in_steps_and_can_stay_up():
    value = RAMP.values()
    assert len(value) == RAMP.last == SETTLED + 24
    assert (
        value[SETTLED] == 0.2 and value[SETTLED + 3] == pytest.approx(0.35) and value[RAMP.turn] == pytest.approx(0.8)
    )
    assert value[-1] == pytest.approx(0.35)
    assert max(e["month"] for e in RAMP.events(only_up=True)) < RAMP.turn < max(e["month"] for e in RAMP.events())


def test_a_ramped_world_follows_its_ramp():
    world = ramped(Place(0.1, 0.3), RAMP)
    seen = series_of(world, 0, RAMP.last)["uncertainty"].to_numpy()[1:]
    assert seen == pytest.approx(RAMP.values(), abs=1e-9)


def test_months_to_cross_count_from_the_step_and_are_infinite_where_it_never_comes():
    control = np.full((2, 10), 0.2)
    control[0, 7:] = 0.8
    assert list(months_to_cross(control, 5, True)) == [2.0, np.inf]
    assert list(months_to_cross(control, 5, False)) == [0.0, 0.0]
    assert list(months_to_cross(np.full((1, 10), MIDDLE), 5, True)) == [np.inf]


def test_a_straight_line_has_no_variance_once_its_trend_is_out():
    line = np.linspace(0.2, 0.7, 60)
    assert warning_signs.without_trend(line) == pytest.approx(np.zeros(60), abs=1e-12)
    variance, autocorrelation = warning_signs.signs(line)
    assert variance < 1e-20 and np.isnan(autocorrelation)


def test_signs_by_hand():
    saw = np.tile([1.0, -1.0, -1.0, 1.0], 15)  # no trend; neighbours alike and unlike by turns
    variance, autocorrelation = warning_signs.signs(saw)
    assert variance == pytest.approx(1.0, abs=0.01) and abs(autocorrelation) < 0.05
    slow = np.sin(np.linspace(0, 12 * np.pi, 120))
    assert warning_signs.signs(slow)[1] > 0.9


def test_a_rise_is_found_where_fluctuations_grow_and_none_where_they_do_not():
    month = np.arange(200)
    still = np.array([np.sin(month * (0.9 + 0.1 * k)) for k in range(5)])
    growing = still * (1 + month / 50)
    table = warning_signs.rise(growing, still, np.full(5, 190)).set_index(["sign", "world"])
    assert table.loc[("variance", "beyond"), "low"] > 0
    assert table.loc[("variance", "moving"), "share_rising"] == 1.0
    assert abs(table.loc[("variance", "kept"), "rise"]) < 0.1
    assert table.loc[("autocorrelation", "beyond"), "low"] < 0.05


def test_seeds_that_fall_too_early_are_left_out():
    still = np.array([np.sin(np.arange(200) * 0.9)] * 3)
    table = warning_signs.rise(still, still, np.array([190, 190, 100]))
    assert set(table["n"]) == {2}


def test_draws_cover_the_declared_ranges_and_repeat():
    table = draws.drawn(50, 1)
    assert table.equals(draws.drawn(50, 1)) and not table.equals(draws.drawn(50, 2))
    assert table["stepping_in.steepness"].between(0, 30).all() and table["stepping_in.steepness"].max() > 29
    assert table["engagement.value"].between(0.3, 0.8).all()


def test_the_expected_gap_is_that_between_the_states_of_the_theory():
    theory = MeanField()
    states = theory.states(0.1, 0.4)
    assert draws.expected_gap(theory, 0.1, (0.4,)) == pytest.approx(
        states[-1].participation - states[0].participation, abs=0.011
    )
    assert draws.expected_gap(MeanField(stepping_in=SteppingIn(steepness=0.0)), 0.1) == 0.0


def test_a_sample_takes_draws_with_and_without_a_window():
    table = draws.drawn(10, 1).assign(expected_gap=[0.5, 0.0] * 5)
    assert list(draws.sample(table, 4)["expected_gap"]) == [0.5, 0.5, 0.0, 0.0]


def test_simulated_gaps_are_small_without_managers_response():
    table = draws.drawn(1, 1)
    table["stepping_in.steepness"] = 0.0
    gaps = draws.simulated_gaps(table, 0.1, [0], levels=(0.5,))
    assert gaps.shape == (1,) and abs(gaps[0]) < 0.1
    assert HIGH["participation"] > LOW["participation"]
