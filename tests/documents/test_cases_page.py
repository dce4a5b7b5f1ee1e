"""The page of cases holds the table of docs/cases.csv, figure by figure."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from ccgsim.scenario.scenario import load
from ccgsim.studies.claims import cases

ROOT = Path(__file__).parents[2]
TABLE = pd.read_csv(ROOT / "docs" / "cases.csv")
PAGE = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")


def experiment():
    """The experiment that makes the table, as a module."""
    spec = importlib.util.spec_from_file_location("cases_experiment", ROOT / "experiments" / "cases.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_holds_the_table_as_it_was_computed():
    assert experiment().table(TABLE) in PAGE


def test_the_table_was_computed_for_the_claims_as_they_stand():
    assert sorted(set(TABLE["case"])) == sorted(cases())
    for row in TABLE.itertuples():
        claim = load(row.case).claim
        assert (row.measure, row.month, row.against) == (claim.measure, claim.month, claim.against)
        assert (row.smallest, row.relative, row.n) == (claim.size, claim.relative, 60)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("delegated_commissioning", "Delegated commissioning"),
        ("threatened_provider", "A threatened provider"),
        ("hybrid_officer", "A hybrid officer"),
    ],
)
def test_a_paragraph_tells_the_effects_of_the_table(name, title):
    """On the first seeds, on fresh ones and without the mechanism; none where that is 0."""
    paragraph = next(part for part in PAGE.split("\n\n") if part.startswith(f"**{title}**"))
    rows = TABLE[TABLE["case"] == name].set_index("seeds")
    first, fresh = rows.loc["first"], rows.loc["fresh"]
    digits = 3 if abs(first["smallest"]) < experiment().SMALL else 2
    for figure in (first["value"], fresh["value"], first["without_value"]):
        told = f"{abs(figure):.{digits}f}".removeprefix("0")
        assert told in paragraph if figure else "None where" in paragraph, told
    assert ("*Shown*" in paragraph) == rows["shown"].all()
    assert ("*Shown on the first seeds only*" in paragraph) == (first["shown"] and not fresh["shown"])


def test_paragraphs_state_readings_that_the_table_has():
    readings = PAGE.partition("| scenario | reading |")[2].partition("<!-- cases:end -->")[0]
    for told in ("0.71", "0.65", "3.95", "0.60", "0.65"):
        assert f"| {told} |" in readings
