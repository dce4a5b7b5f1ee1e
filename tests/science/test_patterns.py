"""The patterns on 30 seeds: those that hold on 60 keep their sign within bounds widened by half their interval."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccgsim.lab import validation

COMMITTED = json.loads((Path(__file__).parents[2] / "docs" / "patterns.json").read_text(encoding="utf-8"))
HELD = [row for row in COMMITTED["patterns"] if row["held"]]


def test_the_committed_document_was_computed_with_these_rules():
    assert COMMITTED["rules"] == validation.rules_hash(), "rerun experiments/patterns.py --out docs/patterns.json"


@pytest.mark.science
@pytest.mark.parametrize("row", HELD, ids=[row["id"] for row in HELD])
def test_a_pattern_that_holds_on_60_seeds_shows_on_30(row):
    again = validation.validate(30, [row["id"]])["patterns"][0]
    for before, after in zip(row["parts"], again["parts"], strict=True):
        width = max(before["high"] - before["low"], 1e-6)
        assert before["low"] - width <= after["value"] <= before["high"] + width, after
