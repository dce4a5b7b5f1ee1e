"""A folded design finds the effects that there are, and the step that it calls for brings statistics inside bounds."""

from __future__ import annotations

import numpy as np
import pytest

from ccgsim.studies.response import Bounds, best_step, design, lines, shortfall

SLOPES = np.array([[0.5, 0.0], [0.0, -0.3], [0.2, 0.1], [0.0, 0.0], [0.0, 0.4]])


def bounds(least: list[float], most: list[float]) -> Bounds:
    return Bounds(np.array(least), np.array(most), np.full(len(least), 0.1), np.ones(len(least)))


@pytest.mark.parametrize("parameters", [1, 3, 5, 7, 8, 24, 31])
def test_a_design_is_balanced_and_its_columns_are_free_of_one_another_and_of_products_of_two(parameters):
    signs = design(parameters)
    assert len(signs) == 2 * (1 << parameters.bit_length())
    assert (signs.sum(axis=0) == 0).all()
    assert (signs.T @ signs == len(signs) * np.eye(parameters)).all()
    products = signs[:, :1] * signs
    assert (products[:, 1:].T @ signs == 0).all()


def test_effects_are_found_beside_products_of_two():
    signs = design(5)
    values = 1.0 + signs @ SLOPES + 0.05 * (signs[:, 0] * signs[:, 1])[:, None]
    found = lines(signs, values)
    assert found.centre == pytest.approx([1.0, 1.0])
    assert found.slopes == pytest.approx(SLOPES, abs=0.003)
    assert found.scatter == pytest.approx([0.05 * np.sqrt(16 / 10)] * 2)


def test_an_effect_that_may_be_luck_is_shrunk_and_a_clear_one_is_not():
    luck = 0.2 * np.random.default_rng(1).standard_normal((64, 1))
    signs = design(31)
    found = lines(signs, signs[:, :1] * 1.0 + luck)
    assert found.slopes[0, 0] == pytest.approx(1.0, abs=0.08)
    assert np.abs(found.slopes[1:]).mean() < np.abs(signs[:, 1:].T @ luck / 64).mean() * 0.75


def test_points_without_a_value_are_left_out_and_a_statistic_mostly_without_is_constant():
    signs = design(5)
    values = 1.0 + signs @ SLOPES
    values[3, 0], values[:9, 1] = np.nan, np.nan
    found = lines(signs, values)
    assert found.slopes[:, 0] == pytest.approx(SLOPES[:, 0], abs=1e-9)
    assert found.slopes[:, 1] == pytest.approx(np.zeros(5))


def test_the_step_brings_both_statistics_safely_inside_and_stays_within_reach():
    found = lines(design(5), 1.0 + design(5) @ SLOPES)
    wanted = bounds([1.3, -np.inf], [np.inf, 0.7])
    step = best_step(found, wanted)
    assert (wanted.margins(found.at(np.zeros(5))) < 0).all()
    assert (wanted.margins(found.at(step)) > 1).all()
    assert np.abs(step).max() <= 1.0
    assert step[3] == pytest.approx(0.0, abs=1e-3)  # a parameter without effect stays


def test_a_part_beyond_hope_does_not_rule_the_others():
    found = lines(design(5), 1.0 + design(5) @ SLOPES)
    hopeless = bounds([9.0, -np.inf], [np.inf, 0.7])
    assert shortfall(best_step(found, hopeless), found, hopeless) == pytest.approx(6.0, abs=0.5)
