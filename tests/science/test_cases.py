"""The cases that the sources tell fare as docs/cases.csv says: 30 paired seeds, bounds twice as wide as the table's.

The table (60 seeds and as many fresh ones, `experiments/cases.py`) is the verdict; here each figure is found again.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.patterns.redesign import adopted_inside, adopted_outside
from ccgsim.scenario.scenario import load
from ccgsim.studies.claims import case, cases

pytestmark = pytest.mark.science
BENCH = Bench(range(30))
TABLE = pd.read_csv(Path(__file__).parents[2] / "docs" / "cases.csv")
FIRST = TABLE[TABLE["seeds"] == "first"].set_index("case")


def near(value, row, part=""):
    """Whether a figure lies in the table's interval at twice its width."""
    reach = row[f"{part}high"] - row[f"{part}low"] + 1e-9
    return abs(value - row[f"{part}value"]) <= reach


def test_the_table_holds_every_case_on_both_blocks_of_seeds():
    assert sorted(FIRST.index) == sorted(cases())
    assert (TABLE.groupby("case")["seeds"].apply(sorted).map(tuple) == ("first", "fresh")).all()


@pytest.mark.parametrize("name", cases())
def test_a_case_fares_as_the_table_says(name):
    found, row = case(BENCH, name), FIRST.loc[name]
    assert near(found.verdict.value, row), found.verdict
    assert near(found.without.value, row, "without_"), found.without
    if row["shown"]:
        excludes_nought = found.verdict.low > 0 or found.verdict.high < 0
        assert excludes_nought and abs(found.verdict.value) >= 0.8 * abs(row["smallest"]), found.verdict
        assert not found.without.held, found.without


def test_a_mandate_that_still_stands_reaches_nearly_every_practice_once_nobody_may_refuse():
    adoption = BENCH.at(load("gp_standards"), "adoption", 54)  # missing where the standard has faded
    assert 0.4 <= np.isfinite(adoption).mean() <= 0.8
    assert np.nanmin(adoption) >= 0.95


def test_the_clinic_is_used_more_inside_its_former_group_than_outside():
    world = load("gynaecology_clinic")
    inside, outside = (BENCH.probe(world, [48], probe)[:, 0] for probe in (adopted_inside, adopted_outside))
    assert (inside > outside).mean() >= 0.8


def test_a_shortage_elsewhere_leaves_the_ambulance_as_it_was():
    world = load("gp_and_paramedic_no_shortage")
    elsewhere = {"month": 42, "lever": {"name": "shortage", "sector": "community", "value": 0.8}}
    spared = world.with_(events=[*world.events, elsewhere])
    paths = (BENCH.path(each, "adoption", 60) for each in (world, spared))
    assert np.array_equal(*paths, equal_nan=True)
