"""The patterns on 30 seeds, England on two: none that holds in the baseline stops holding, as `validate` judges."""

from __future__ import annotations

import pytest

from ccgsim.lab.validation import baseline, validation
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.patterns import Finding
from ccgsim.lab.validation.rules import rules_hash

BASELINE = baseline.shipped()
ONE_CCG, ENGLAND = Bench(range(30)), Bench(range(2))
HELD = [row for row in BASELINE["patterns"] if row["held"]]


def test_the_baseline_was_computed_with_these_rules():
    again = "rerun ccgsim validate --out ccgsim/lab/validation/baseline.json"
    assert BASELINE["rules"] == rules_hash(), again


def test_the_baseline_judges_every_pattern_on_sixty_seeds_or_its_own_most():
    rows = {row["id"]: row["seeds"] for row in BASELINE["patterns"]}
    assert rows == {pattern.id: validation.seeds_of(pattern, 60) for pattern in validation.PATTERNS}


@pytest.mark.science
@pytest.mark.parametrize("row", HELD, ids=[row["id"] for row in HELD])
def test_a_pattern_that_holds_in_the_baseline_holds_on_fewer_seeds(row):
    (pattern,) = validation.chosen([row["id"]])
    bench = ONE_CCG if pattern.most_seeds is None else ENGLAND
    now = validation.row_of(Finding(pattern, pattern.judge(bench, {}), ())) | {"seeds": len(bench.seeds)}
    assert baseline.stopped(row, now) == []
