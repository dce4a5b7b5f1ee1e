"""Numbers that runs give stay as they are written down, but where CHANGELOG.md says so (tests/baselines/refresh.py)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ccgsim.measures.catalogue import MEASURES, NAMES
from tests.baselines import refresh

AGREES = 1e-9  # another machine's exp and log may differ in the last digits


def written(name: str) -> pd.DataFrame:
    return pd.read_csv(refresh.path_of(name), index_col="month")


def first_difference(found: pd.DataFrame, expected: pd.DataFrame) -> str:
    """The first month and measure in which two tables differ; '' where they agree."""
    same = np.isclose(found, expected, rtol=AGREES, atol=1e-12, equal_nan=True)
    for month, column in np.argwhere(~same):
        name = found.columns[column]
        return f"month {month}, {name}: {found.iloc[month, column]!r}, written down {expected.iloc[month, column]!r}"
    return ""


@pytest.mark.parametrize("name", refresh.WORLDS)
def test_a_small_world_goes_its_two_years_as_it_is_written_down(name):
    expected, found = written(name), refresh.months_of(name)
    assert list(found.columns) == list(expected.columns) == list(NAMES)
    assert len(expected) == refresh.MONTHS + 1
    assert first_difference(found, expected) == "", "see tests/baselines/refresh.py"


def test_a_number_that_moves_by_a_millionth_is_found():
    expected = written("one_site")
    moved = expected.copy()
    moved.loc[20, "efficacy"] *= 1 + 1e-6
    assert first_difference(expected, expected.copy()) == ""
    assert first_difference(moved, expected).startswith("month 20, efficacy: ")


def test_the_worlds_written_down_see_what_they_are_there_for():
    site, merger, england = (written(name) for name in ("one_site", "merger", "england"))
    assert site["projects_live"].max() > 0 and site["adoption"].max() > 0 and site["exits"].sum() > 0
    assert merger.loc[:11].equals(england.loc[:11]) and not merger.loc[12].equals(england.loc[12])
    abolished, without = written("abolition"), written("without_dates")
    assert abolished.loc[9, "board_commissioning"] < 0.95 * abolished.loc[8, "board_commissioning"]
    assert without["uncertainty"].max() < written("one_site")["uncertainty"].max()


@pytest.mark.parametrize("name", refresh.WORLDS)
def test_shares_that_are_written_down_lie_between_0_and_1(name):
    found = written(name)
    for measure in MEASURES:
        if measure.unit == "share":
            assert found[measure.name].dropna().between(-1e-12, 1 + 1e-12).all(), measure.name
