"""The largest differences of any month: which months they are, and intervals that bear the choice of the month."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ccgsim.lab.on_the_way import COLUMNS, _luck, _quantile, first_months, on_the_way
from ccgsim.measures.catalogue import NAMES

MEASURED = "coherence"


def series(pairs: np.ndarray) -> pd.DataFrame:
    """Two scenarios whose coherence differs by `pairs`, a row a seed and a column a month; other measures are 0."""
    seeds, months = (each.ravel() for each in np.indices(pairs.shape))
    frame = pd.DataFrame(0.0, index=range(pairs.size), columns=list(NAMES)).assign(seed=seeds, month=months)
    frame[MEASURED] = 0.5
    other = frame.assign(coherence=0.5 + pairs.ravel())
    return pd.concat({"base": frame, "other": other}, names=["scenario"]).reset_index("scenario")


def found(pairs: np.ndarray) -> dict[str, dict]:
    """What is found of such worlds: the rows of coherence by what they are."""
    made = series(pairs)
    table = on_the_way(made, first_months(made))
    assert list(table.columns) == list(COLUMNS) and set(table["measure"]) <= {MEASURED}
    return {row["at"]: row for row in table.to_dict("records")}


def paths(luck: np.random.Generator, seeds: int, months: int) -> np.ndarray:
    """Differences that keep much of the month before and come to nothing on average."""
    return luck.standard_normal((seeds, months)).cumsum(axis=1) / np.sqrt(np.arange(1, months + 1))


def test_a_dip_that_heals_has_its_month_beside_the_rise_that_follows():
    pairs = np.tile([0, 0, 0, -0.1, -0.3, -0.1, 0.2, 0.5, 0.4], (5, 1)) + np.linspace(-0.01, 0.01, 5)[:, None]
    pairs[:, :3] = 0
    rows = found(pairs)
    assert (rows["largest"]["month"], rows["opposite"]["month"]) == (7, 4)
    assert rows["largest"]["difference"] == pytest.approx(0.5) and rows["opposite"]["difference"] == pytest.approx(-0.3)


def test_worlds_first_differ_where_any_pair_does_not_at_the_start():
    pairs = np.zeros((4, 9))
    assert first_months(series(pairs)) == {"other": 1} and not found(pairs)
    pairs[2, 5:] = 0.1
    assert first_months(series(pairs)) == {"other": 5}
    pairs[1, 3] = math.nan  # defined in one of the two worlds only
    assert first_months(series(pairs)) == {"other": 3}


def test_what_never_changes_its_sign_has_no_opposite():
    assert set(found(np.full((3, 5), -0.2))) == {"largest"}


def test_a_month_in_which_few_pairs_are_defined_is_not_the_largest():
    pairs = np.full((10, 6), 0.1)
    pairs[:, 4] = math.nan
    pairs[0, 4] = 0.9
    assert found(pairs)["largest"]["difference"] == pytest.approx(0.1)


@pytest.mark.parametrize("seeds", [1, 2])
def test_fewer_than_three_pairs_have_a_largest_difference_and_no_interval(seeds):
    row = found(np.array([[0.0, 0.1, 0.3, 0.2], [0.0, 0.1, 0.4, 0.1]])[:seeds])["largest"]
    assert (row["month"], row["n"]) == (2, seeds) and pd.isna(row["low"]) and pd.isna(row["high"])


def test_a_single_month_or_months_that_go_together_keep_the_interval_of_one():
    month = np.random.default_rng(3).standard_normal((12, 1))
    together = np.repeat(month, 9, axis=1)
    for pairs in (month, together):
        assert _quantile(pairs, _luck(12)) == pytest.approx(0.975, abs=0.002)
    row = found(np.hstack([np.zeros((12, 1)), together]))["largest"]
    half = stats.t.ppf(0.975, 11) * month.std(ddof=1) / math.sqrt(12)
    assert row["high"] - row["difference"] == pytest.approx(half, rel=0.03)


def test_worlds_that_do_not_differ_on_average_are_seldom_said_to_whatever_month_is_chosen():
    rng, luck, wrong, alone = np.random.default_rng(0), _luck(15), 0, 0
    for _ in range(300):
        pairs = paths(rng, 15, 60)
        far = np.abs(pairs.mean(axis=0)) / (pairs.std(axis=0, ddof=1) / math.sqrt(15))
        month = np.abs(pairs.mean(axis=0)).argmax()
        wrong += far[month] > stats.t.ppf(_quantile(pairs, luck), 14)
        alone += far[month] > stats.t.ppf(0.975, 14)
    assert wrong / 300 <= 0.08  # 5% but for luck: the chance of more is below 2%
    assert alone / 300 > 0.12  # what the interval of one month would do
