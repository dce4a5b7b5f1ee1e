"""Scenarios compared: pairs of one seed, intervals by hand, and how many pairs would show what matters."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from worlds import small

import ccgsim
from ccgsim import Problems
from ccgsim.lab.comparison import COLUMNS, compare, differences, replicates_needed, smallest_that_matters
from ccgsim.measures.catalogue import NAMES


def series(values: dict[str, list[float]]) -> pd.DataFrame:
    """One measure by scenario and seed at months 0 and 1, alike in both; the other measures 0."""
    rows = [
        {"scenario": name, "seed": seed, "month": month, **dict.fromkeys(NAMES, 0.0), "coherence": value}
        for name, given in values.items()
        for seed, value in enumerate(given)
        for month in (0, 1)
    ]
    return pd.DataFrame(rows)


def compared(values: dict[str, list[float]]) -> pd.DataFrame:
    made = series(values)
    return differences(made)


def coherence_of(table: pd.DataFrame, at: str = "final") -> pd.Series:
    return table[(table["measure"] == "coherence") & (table["at"] == at)].iloc[0]


def test_differences_are_paired_by_seed_with_the_t_interval():
    base, other = [0.1, 0.5, 0.9], [0.2, 0.7, 0.95]
    found = coherence_of(compared({"base": base, "other": other}))
    pairs = np.subtract(other, base)
    half = stats.t.ppf(0.975, 2) * pairs.std(ddof=1) / math.sqrt(3)
    assert found["difference"] == pytest.approx(pairs.mean())
    assert (found["low"], found["high"]) == pytest.approx((pairs.mean() - half, pairs.mean() + half))
    assert found["n"] == 3


def test_a_pair_with_an_undefined_end_is_left_out():
    found = coherence_of(compared({"base": [0.1, math.nan, 0.3], "other": [0.2, 0.4, 0.6]}))
    assert found["n"] == 2
    assert found["difference"] == pytest.approx(0.2)


def test_one_seed_has_a_difference_and_no_interval():
    found = coherence_of(compared({"base": [0.1], "other": [0.3]}))
    assert found["difference"] == pytest.approx(0.2)
    assert pd.isna(found["low"]) and pd.isna(found["high"]) and pd.isna(found["replicates_needed"])


def test_the_number_of_pairs_needed_has_the_power_that_it_promises():
    smallest = 0.02
    pairs = np.array([-1.0, 1.0] * 50) * 0.05
    needed = replicates_needed(pairs, smallest)
    assert needed is not None
    sd = pairs.std(ddof=1)

    def power(n: int) -> float:
        return float(stats.nct.sf(stats.t.ppf(0.975, n - 1), n - 1, smallest / sd * math.sqrt(n)))

    assert power(needed) >= 0.795
    assert power(needed - 2) < 0.8


def test_pairs_without_scatter_need_two_and_nothing_that_matters_needs_none():
    assert replicates_needed(np.full(9, 0.3), 0.02) == 2
    assert replicates_needed(np.array([0.1]), 0.02) is None
    assert replicates_needed(np.array([0.1, 0.3]), 0.0) is None


def test_what_matters_is_a_fiftieth_of_a_share_and_a_twentieth_of_a_count():
    assert smallest_that_matters("coherence", 0.5) == 0.02
    assert smallest_that_matters("ties_outside", 40.0) == pytest.approx(2.0)


def test_a_scenario_differs_from_itself_by_nothing():
    found = compare({"here": small(), "there": small()}, replicates=3, months=6)
    table = found.table.dropna(subset="difference")
    assert (table["difference"] == 0).all()
    assert list(found.table.columns) == list(COLUMNS)
    assert found.base == "here"
    assert len(found.series) == 2 * 3 * 7


def test_a_comparison_repeats_the_runs_of_its_seeds():
    found = ccgsim.compare(
        {"open": small(policy={"dialogue": 0.8}), "as it was": small()}, replicates=2, seed=7, months=5
    )
    run = ccgsim.simulate(small(), 8, 5)
    mine = found.series[(found.series["scenario"] == "as it was") & (found.series["seed"] == 8)]
    assert np.array_equal(mine[list(NAMES)].to_numpy(), run.series[list(NAMES)].to_numpy(), equal_nan=True)


def test_months_are_those_of_the_shortest_scenario():
    assert compare({"a": small(months=4), "b": small(months=9)}, replicates=1).months == 4


@pytest.mark.parametrize(
    ("given", "said"), [({"a": "site_a"}, "two scenarios"), ({"a": "site_a", "b": "site_x"}, "site_x")]
)
def test_what_cannot_be_compared_is_refused(given, said):
    with pytest.raises(Problems, match=said):
        compare(given)


@pytest.mark.parametrize("replicates", [0, -1, 2.5, True])
def test_replicates_are_whole_and_positive(replicates):
    with pytest.raises(Problems, match="replicates"):
        compare({"a": "site_a", "b": "site_b"}, replicates=replicates)
