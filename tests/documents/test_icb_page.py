"""The page on an integrated care board holds the tables that were computed, and the rehearsal gave its signs."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from ccgsim.scenario.scenario import load

ROOT = Path(__file__).parents[2]
TABLE = pd.read_csv(ROOT / "docs" / "icb_reorganisation.csv")
PAGE = (ROOT / "docs" / "icb_reorganisation.md").read_text(encoding="utf-8")
FILE = (ROOT / "scenarios" / "icb_reorganisation.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def experiment():
    """The experiment that makes the tables, as a module."""
    path = ROOT / "experiments" / "icb_reorganisation.py"
    spec = importlib.util.spec_from_file_location("icb_experiment", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_holds_the_tables_as_they_were_computed(experiment):
    assert experiment.tables(TABLE) in PAGE and set(TABLE["worlds"]) == {60}


def test_the_rehearsal_gave_the_signs_of_e14(experiment):
    rows = TABLE[TABLE["part"].isin(experiment.READINGS)]
    assert len(rows) == 16 and not (rows["verdict"] == experiment.AGAINST).any()
    of_e14 = rows[~rows["what"].str.startswith("knowledge mobility")]
    assert (of_e14["verdict"] == experiment.AS_SAID).all()
    building = rows[rows["what"].str.startswith("knowledge mobility") & (rows["where"] != "apart")]
    assert (building["verdict"] == experiment.UNTOLD).all()  # a shared building keeps no mobility that can be told


def test_the_rehearsal_changes_no_parameter(experiment):
    site_b = load("site_b").with_(calendar="none", months=experiment.AFTER + 1)
    cut = experiment.trust(0.0, 0.4)
    assert cut.with_(events=[]).resolved() | {"title": ""} == site_b.resolved() | {"title": ""}


def test_each_part_of_the_reorganisation_is_taken_alone(experiment):
    world, base = load(experiment.BOARD), load(experiment.PLAIN)
    own = [event.act for event in world.events if event not in base.events]
    parts = [act for act in experiment.ALONE.values() if act is not None]
    assert sorted(set(own)) == sorted(parts) and len(own) == 5
    for act in parts:
        alone = [event.act for event in experiment.only(act).events if event not in base.events]
        assert set(alone) == {act}


def test_every_event_of_the_scenario_stands_under_its_source_and_what_is_assumed():
    blocks = [block for block in FILE.split("\n\n") if "[[events]]" in block]
    assert len(blocks) == 4
    assert all("2025" in block and "assumed" in block for block in blocks)
