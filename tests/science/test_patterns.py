"""The patterns on 30 seeds: each statistic that holds on 60 holds, or lies within its interval there, widened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccgsim.lab import validation
from ccgsim.lab.bench import Bench

COMMITTED = json.loads((Path(__file__).parents[2] / "docs" / "patterns.json").read_text(encoding="utf-8"))
BENCH = Bench(range(30))
HELD = [row for row in COMMITTED["patterns"] if row["held"]]


def test_the_committed_document_was_computed_with_these_rules():
    assert COMMITTED["rules"] == validation.rules_hash(), "rerun experiments/patterns.py --out docs/patterns.json"


@pytest.mark.science
@pytest.mark.parametrize("row", HELD, ids=[row["id"] for row in HELD])
def test_a_pattern_that_holds_on_60_seeds_shows_on_30(row):
    pattern = validation.chosen([row["id"]])[0]
    for before, after in zip(row["parts"], pattern.judge(BENCH, {}), strict=True):
        width = max(before["high"] - before["low"], 0.05)
        assert after.held or before["low"] - width <= after.value <= before["high"] + width, after
