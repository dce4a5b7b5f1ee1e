"""Finance: a yearly balance, steadier in large populations, and the strain that deficits leave."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import made, person

from ccgsim.processes.finance import given as settled
from ccgsim.processes.finance import scatter, strain_after

share = st.floats(0, 1)
NO_LUCK = {"volatility": 0.0}


def year_after_year(course, years: int) -> list[float]:
    """Balances of so many years."""
    found = []
    for year in range(years):
        course.world.clock.month = course.world.clock.luck_month = 12 * year + 3
        course.finance()
        found.append(float(course.world.ccgs.balance_of_year[0]))
    return found


def test_scatter_by_hand():
    assert scatter(7000.0, 0.014) == 0.014
    assert scatter(4 * 7000.0, 0.014) == pytest.approx(0.007)


@given(st.floats(5000, 1e7), st.floats(1, 100))
def test_larger_populations_pool_risk(population, times):
    assert scatter(population * times, 0.014) <= scatter(population, 0.014)
    assert scatter(population * 4, 0.014) == pytest.approx(scatter(population, 0.014) / 2)


def test_strain_by_hand():
    assert strain_after(0.4, -0.01, 0.5, 20.0) == pytest.approx(0.4)
    assert strain_after(0.4, 0.02, 0.5, 20.0) == pytest.approx(0.2)
    assert strain_after(0.9, -0.2, 0.5, 20.0) == 1.0


@given(share, st.floats(-1, 1), share, st.floats(0, 100))
def test_strain_is_a_share_and_a_surplus_adds_none(strain, balance, memory, gain):
    after = strain_after(strain, balance, memory, gain)
    assert 0 <= after <= 1
    assert after <= strain_after(strain, balance - 0.01, memory, gain)
    assert balance < 0 or after <= strain


def test_with_surpluses_strain_halves_each_year():
    course = made([person()], finance={**NO_LUCK, "saving": 0.01})
    course.world.ccgs.strain = 0.8
    for year in range(1, 6):
        assert year_after_year(course, 1) == [0.01]
        assert course.world.ccgs.strain[0] == pytest.approx(0.8 * 0.5**year)


def test_a_standing_deficit_leaves_its_fixed_strain():
    course = made([person()], finance={**NO_LUCK, "saving": -0.02})
    year_after_year(course, 40)
    assert course.world.ccgs.strain[0] == pytest.approx(20 * 0.02 / (1 - 0.5))


def test_the_year_ends_in_march_only():
    course = made([person()])
    for month in range(24):
        course.world.clock.month = month
        course.world.ccgs.balance_of_year = math.nan
        course.finance()
        assert math.isnan(course.world.ccgs.balance_of_year[0]) == (month not in (3, 15))


def test_balances_scatter_as_stated_around_saving_and_drift():
    course = made([person()], finance={"saving": 0.003})
    course.world.ccgs.drift, course.world.ccgs.population = 0.002, 28_000
    found = np.array(year_after_year(course, 2000))
    assert abs(found.mean() - 0.005) <= 4.5 * 0.007 / math.sqrt(2000)
    assert abs(found.std(ddof=1) - 0.007) <= 4.5 * 0.007 / math.sqrt(2 * 1999)


def test_national_settlements_are_given_under_english_dates_only():
    per_mille = [6, 6, 6, 6, 4, 2.9, 2.9, 2, 2, 2, 4, 4]
    assert [1000 * settled(year, True) for year in range(12)] == pytest.approx(per_mille)
    assert settled(99, True) == settled(11, True)
    assert {settled(year, False) for year in range(12)} == {0.0}


def test_a_year_without_luck_ends_with_what_its_settlement_gives():
    course = made([person()], finance={**NO_LUCK, "saving": 0.001})
    course.world.clock.english = 1
    assert year_after_year(course, 6) == pytest.approx([0.007, 0.007, 0.007, 0.007, 0.005, 0.0039])


def test_where_risk_is_free_of_size_small_and_large_share_their_luck():
    def balance(population, **ablation):
        course = made([person()], ablation=ablation)
        course.world.ccgs.population = population
        return year_after_year(course, 1)[0]

    assert balance(50_000, size_free=True) == balance(500_000, size_free=True)
    assert abs(balance(50_000)) > abs(balance(500_000))
