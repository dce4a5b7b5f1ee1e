"""The range of single worlds beside the interval of their average."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ccgsim.foundation.statistics import OF_INDICES, OF_RATIOS, edges, half_width, range_of, resampled
from ccgsim.run import interval


def test_the_range_of_many_worlds_leaves_out_a_twentieth_at_either_end():
    assert range_of(np.arange(101.0)) == (5.0, 95.0)
    assert edges(101) == "5th to 95th percentile"


def test_the_range_of_few_worlds_is_from_the_lowest_to_the_highest():
    assert range_of(np.array([3.0, np.nan, 1.0, 2.0])) == (1.0, 3.0)
    assert edges(19) == "lowest to highest"


@pytest.mark.parametrize("values", [[], [1.0], [np.nan, 1.0]])
def test_one_world_has_no_range(values):
    assert range_of(np.array(values)) == (None, None)


def test_more_worlds_narrow_the_interval_and_not_the_range():
    few, many = (interval(np.tile([0.2, 0.4, 0.6], times)) for times in (10, 1000))
    assert many["high"] - many["low"] < (few["high"] - few["low"]) / 5
    assert (many["range_low"], many["range_high"]) == (few["range_low"], few["range_high"]) == (0.2, 0.6)


def test_the_half_width_is_that_of_students_t():
    assert half_width(np.array([1.0, 2.0, 3.0])) == pytest.approx(4.302653 / math.sqrt(3))  # t(2) at .975, variance 1
    assert half_width(np.array([1.0, 3.0]), 0.9) == pytest.approx(6.313752)  # t(1) at .95
    assert math.isnan(half_width(np.array([1.0])))


def test_resampling_draws_with_replacement_the_same_rows_each_time_and_others_for_another_use():
    rows = resampled(2000, 5, OF_RATIOS)
    assert rows.shape == (2000, 5) and set(np.unique(rows)) == set(range(5))
    assert (rows == resampled(2000, 5, OF_RATIOS)).all() and (rows != resampled(2000, 5, OF_INDICES)).any()
    assert np.bincount(rows.ravel()) / 10_000 == pytest.approx(0.2, abs=0.02)  # five standard errors
