"""Judging: a verdict holds exactly where it misses nothing, and by hand on small samples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ccgsim.lab.validation import judging

samples = arrays(float, 12, elements=st.floats(-3, 3))
bounds = st.floats(-2, 2)


@given(samples, bounds, st.floats(0.01, 3))
def test_a_level_holds_exactly_where_it_misses_nothing(values, low, width):
    verdict = judging.level("", values, low, low + width)
    assert verdict.held == (verdict.miss == 0)


@given(samples, bounds, st.booleans())
def test_a_bound_holds_only_where_it_misses_nothing(values, bound, above):
    verdict = judging.beyond("", values, bound, above=above)
    assert not verdict.held or verdict.miss == 0
    assert verdict.miss > 0 or verdict.low <= bound <= verdict.high or verdict.held


@given(samples, bounds)
def test_a_contrast_holds_only_where_it_misses_nothing(differences, smallest):
    verdict = judging.contrast("", differences, smallest)
    assert not verdict.held or verdict.miss == 0
    assert 0 <= verdict.miss <= judging.MOST_MISSED


def test_verdicts_by_hand():
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    level = judging.level("", values, 0.0, 6.0)
    assert (level.value, level.held, level.miss) == (3.0, True, 0.0)
    half = 2.131847 * np.sqrt(2.5 / 5)  # t of 4 degrees of freedom at 95%
    assert (level.low, level.high) == pytest.approx((3 - half, 3 + half), rel=1e-6)
    assert judging.level("", values, 3.0, 6.0).miss == pytest.approx(1.0)  # the lower end lies one half-width below
    assert not judging.contrast("", values, 3.5).held
    assert judging.contrast("", values - 0.5, 2.5).held
    assert judging.most("", np.array([True, True, False, True]), 0.8).miss == pytest.approx(0.05)
    assert judging.ratio("", 2 * values, values, low=1.5).held
    assert not judging.ratio("", 2 * values, values, high=1.5).held


def test_empty_samples_hold_nothing():
    nothing = np.full(5, np.nan)
    for verdict in (
        judging.level("", nothing, 0, 1),
        judging.contrast("", nothing, 0.1),
        judging.beyond("", nothing, 0.0, above=True),
        judging.ratio("", nothing, nothing, low=1),
    ):
        assert not verdict.held and verdict.miss > 0
