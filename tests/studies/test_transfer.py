"""Site A to predict site B: the fit looks at A alone, factors are put where they belong, summaries are right."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ccgsim.lab.reproduce.table4 import PRINTED, ROWS
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.patterns.network import bridges
from ccgsim.studies import transfer

BENCH = Bench(range(3000, 3003))
FEW = {"ties": {"base_loss": 0.1}}


@pytest.fixture(scope="module")
def site_a() -> pd.DataFrame:
    """Site A's worlds as they stand."""
    return transfer.worlds_of(BENCH, "site_a", {})


def test_worlds_begin_with_the_printed_ties(site_a):
    for name, printed in zip(ROWS, PRINTED["site_a"], strict=True):
        assert site_a[f"{name} at 0"].to_numpy() == pytest.approx(printed, abs=0.5 / 156)


def test_the_fit_measures_the_distance_of_a_from_what_is_printed_of_a(site_a):
    parts = transfer.misses_of_a(BENCH, {})
    assert parts["ties_to_pct"] == pytest.approx((site_a["ties_to_pct"].mean() - 18) ** 2 / 18)
    assert parts["persistence"] == pytest.approx(((site_a["persistence"].mean() - 0.475) / 0.0875) ** 2)
    assert bridges(BENCH, {})[0].value > 2 and parts[transfer.HAZARDS] == 0


def test_the_distance_does_not_see_b():
    only_b = {"site": {"lead_brokerage": 1.0}}
    assert transfer.misses_of_a(BENCH, only_b) == transfer.misses_of_a(BENCH, {})


def test_ties_that_are_lost_sooner_persist_less(site_a):
    assert transfer.worlds_of(BENCH, "site_a", FEW)["persistence"].mean() < site_a["persistence"].mean() - 0.1


def test_a_sites_own_factors_change_nothing_for_one_seed():
    one = Bench([3000])
    own = transfer.factors_of(one, "site_b", {})
    free = {"ties": {"search": 0.0}}
    pd.testing.assert_frame_equal(
        transfer.worlds_of(one, "site_b", free), transfer.worlds_of(one, "site_b", free, own), rtol=1e-12
    )


def test_factors_of_nothing_let_the_ties_of_the_board_go():
    gone = transfer.levels_without_search(BENCH, {}, np.full(8, 1e-6))
    kept = transfer.levels_without_search(BENCH, {})
    assert gone["all outside ties"].high < kept["all outside ties"].low


def test_the_mix_has_moved_by_the_share_that_changed_kind():
    kinds = [name for name in transfer.LEVELS if name != "board_density"]
    first, later = dict.fromkeys(kinds, 0.0), dict.fromkeys(kinds, 0.0)
    first |= {"ties_to_pct": 8.0, "ties_to_acute": 2.0}
    later |= {"ties_to_pct": 3.0, "ties_to_acute": 2.0}
    row = later | {f"{name} at 0": ties for name, ties in first.items()} | {"ties_outside": 5, "ties_outside at 0": 10}
    assert transfer._moved(pd.DataFrame([row]))[0] == pytest.approx(0.2)


def test_what_is_said_of_b_has_its_interval_inside_the_middle_of_worlds():
    said = transfer.predictions_of_b(Bench(range(3000, 3016)), {})
    for words in ("PCT", "board density", "persistence (Jaccard index), at 24"):
        assert said[words].world_low <= said[words].low < said[words].value < said[words].high <= said[words].world_high
    assert np.isnan(said["loss, bridges over embedded"].world_low)
    assert said["loss, bridges over embedded"].low < said["loss, bridges over embedded"].high
