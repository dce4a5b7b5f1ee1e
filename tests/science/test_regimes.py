"""The regimes' claims on 30 seeds: what docs/regimes.csv says of 60 holds again, widened.

Seeds 0 to 29. Statistic: each part of a claim, paired by seed, as it stands and without its mechanism. Tolerance: the
95% interval on 60 seeds, widened by its own width (at least .05) on either side, or the verdict itself again.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ccgsim.lab.validation.bench import Bench
from ccgsim.studies import regimes

pytestmark = pytest.mark.science
BENCH = Bench(range(30))
COMMITTED = pd.read_csv(Path(__file__).parents[2] / "docs" / "regimes.csv")
FIRST = COMMITTED[COMMITTED["block"] == "first"].reset_index(drop=True)
PARTS = list(regimes.parts())


def within(value: float, low: float, high: float) -> bool:
    """Whether a value lies in the interval widened by its own width on either side."""
    width = max(high - low, 0.05)
    return low - width <= value <= high + width


@pytest.mark.parametrize(
    "place", range(len(PARTS)), ids=[f"{p.regime}-{p.claim.measure}-{p.claim.against}" for p in PARTS]
)
def test_a_part_of_a_claim_fares_on_30_seeds_as_on_60(place):
    row, part = FIRST.loc[place], PARTS[place]
    assert (row["regime"], row["measure"], row["against"]) == (part.regime, part.claim.measure, part.claim.against)
    outcome = regimes.judged(BENCH, part)
    assert within(outcome.verdict.value, row["low"], row["high"]), outcome
    assert within(outcome.without.value, row["without_low"], row["without_high"]), outcome


def test_what_is_shown_on_both_blocks_keeps_at_least_half_of_its_smallest_effect_on_30_seeds():
    shown = COMMITTED.groupby(["regime", "measure", "against"])["shown"].all()
    kept = [p for p in PARTS if shown[p.regime, p.claim.measure, p.claim.against]]
    assert kept
    for part in kept:
        outcome = regimes.judged(BENCH, part)
        assert outcome.verdict.value / part.claim.size >= 0.5, outcome
