"""The page of cases holds the table of docs/cases.csv, figure by figure."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pandas as pd

from ccgsim.scenario.scenario import load
from ccgsim.studies.claims import cases

ROOT = Path(__file__).parents[2]
TABLE = pd.read_csv(ROOT / "docs" / "cases.csv")


def experiment():
    """The experiment that makes the table, as a module."""
    spec = importlib.util.spec_from_file_location("cases_experiment", ROOT / "experiments" / "cases.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_holds_the_table_as_it_was_computed():
    assert experiment().table(TABLE) in (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")


def test_the_table_was_computed_for_the_claims_as_they_stand():
    assert sorted(set(TABLE["case"])) == sorted(cases())
    for row in TABLE.itertuples():
        claim = load(row.case).claim
        assert (row.measure, row.month, row.against) == (claim.measure, claim.month, claim.against)
        assert (row.smallest, row.relative, row.n) == (claim.size, claim.relative, 60)
