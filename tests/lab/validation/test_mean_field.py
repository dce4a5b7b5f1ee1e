"""The mean-field theory gives the folds and states worked out on paper, and bends as its parameters say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ccgsim.lab.validation.mean_field import MeanField, Window, curve
from ccgsim.processes.engagement import Engagement
from ccgsim.processes.stepping_in import SteppingIn, control_called_for

WRITTEN = 0.02
PRINTED = 0.006  # two printed figures


AS_PRINTED = {
    **{"value": 0.6, "time_cost": 0.25, "waiting": 0.42, "noise": 0.18, "disposition_sd": 0.2},
    **{"results": 0.0, "results_worth": 0.0},
}


def printed(**values: float) -> MeanField:
    """The theory with the parameters for which its figures were printed, without results in sight."""
    return MeanField(stepping_in=SteppingIn(tolerance=0.38), engagement=Engagement(**AS_PRINTED | values))


def patient() -> MeanField:
    return replace(printed(value=0.60, waiting=0.30), stepping_in=SteppingIn(tolerance=0.42))


def folds(theory: MeanField, pressure: float) -> list[float]:
    window = theory.window(pressure)
    assert window is not None
    return [window.low, window.high]


@pytest.mark.parametrize(("pressure", "low", "high"), [(0.0, 0.54, 0.70), (0.10, 0.32, 0.50), (0.20, 0.11, 0.31)])
def test_folds_are_the_printed_ones(pressure, low, high):
    assert folds(printed(), pressure) == pytest.approx([low, high], abs=PRINTED)


@pytest.mark.parametrize(("pressure", "low", "high"), [(0.0, 0.63, 0.87), (0.10, 0.33, 0.60), (0.15, 0.19, 0.46)])
def test_folds_with_cheaper_waiting_and_more_tolerance_are_the_printed_ones(pressure, low, high):
    assert folds(patient(), pressure) == pytest.approx([low, high], abs=PRINTED)


def test_at_pressure_a_tenth_and_uncertainty_035_two_regimes_are_parted_by_a_threshold():
    states = printed(disposition_sd=0.14).states(0.10, 0.35)
    assert [s.participation for s in states] == pytest.approx([0.35, 0.45, 0.70], abs=WRITTEN)
    assert [s.stable for s in states] == [True, False, True]
    assert states[0].control > 0.7 > 0.3 > states[2].control


@pytest.mark.parametrize("participation", [0.1, 0.38, 0.5, 0.9])
def test_control_is_that_of_the_process(participation):
    p = SteppingIn()
    wanted = control_called_for(participation, 0.1, p.steepness, p.tolerance, p.low, p.high)
    assert float(MeanField().control(np.array(participation), 0.1)) == pytest.approx(wanted, abs=1e-12)


def test_outside_the_window_there_is_one_state():
    theory = MeanField()
    assert [s.stable for s in theory.states(0.0, 0.05)] == [True]
    assert [s.stable for s in theory.states(0.0, 0.95)] == [True]


def test_the_window_is_gone_where_managers_do_not_respond_to_participation():
    assert MeanField(stepping_in=SteppingIn(steepness=0.0)).window(0.0) is None
    assert MeanField(stepping_in=SteppingIn(low=0.5, high=0.5)).window(0.0) is None


def test_the_window_is_gone_where_being_heard_is_worth_nothing_to_managers_loop():
    assert MeanField(engagement=Engagement(heard_span=0.0)).window(0.0) is None


def test_pressure_lowers_the_uncertainty_at_which_the_circle_starts():
    theory = MeanField()
    highs = [folds(theory, pressure)[1] for pressure in (0.0, 0.05, 0.10, 0.15, 0.20)]
    assert highs == sorted(highs, reverse=True)


@pytest.mark.parametrize("lever", [{"soft_incentive": 0.1}, {"hard_incentive": 0.1}, {"backfill": 20.0}])
def test_incentives_and_backfill_let_a_world_bear_more_uncertainty(lever):
    helped = MeanField(engagement=Engagement(**lever))
    assert folds(helped, 0.10)[0] > folds(MeanField(), 0.10)[0] + 0.1


def test_every_point_of_the_curve_rests():
    theory, pressure = MeanField(), 0.10
    line = curve(pressure)
    seen = np.isfinite(line.uncertainty)
    participation, uncertainty = line.participation[seen], line.uncertainty[seen]
    control = theory.control(participation, pressure)
    results = theory.results(participation)
    board = theory.board_participation(control, uncertainty, results)
    practices = theory.practice_participation(control, uncertainty, results, board)
    assert 0.4 * board + 0.6 * practices == pytest.approx(participation, abs=1e-9)


def test_stability_of_the_curve_agrees_with_months_simulated_from_beside_it():
    theory, pressure, uncertainty = MeanField(), 0.10, 0.35
    low, threshold, high = (s.participation for s in theory.states(pressure, uncertainty))
    for start, end in ((threshold - 0.03, low), (threshold + 0.03, high)):
        assert settled(theory, start, pressure, uncertainty) == pytest.approx(end, abs=0.005)


def settled(theory: MeanField, participation: float, pressure: float, uncertainty: float) -> float:
    seen, doubt = np.array(participation), np.array(uncertainty)
    for _ in range(400):
        control, results = theory.control(seen, pressure), theory.results(seen)
        board = theory.board_participation(control, doubt, results)
        practices = theory.practice_participation(control, doubt, results, board)
        seen = seen + 0.2 * (0.4 * board + 0.6 * practices - seen)
    return float(seen)


def test_curve_turns_at_its_folds():
    line = curve(0.10)
    unstable = line.uncertainty[~line.stable & np.isfinite(line.uncertainty)]
    window = MeanField().window(0.10)
    assert isinstance(window, Window)
    assert window.width == pytest.approx(np.max(unstable) - np.min(unstable), abs=0.002)


def test_peers_strong_enough_to_hold_two_states_alone_are_refused():
    with pytest.raises(ValueError, match=r"engagement\.peers = 1"):
        MeanField(engagement=Engagement(peers=1.0))
