"""Main claims of docs/circle.md and docs/levers.md on few seeds, with bounds wider than the intervals printed there."""

from __future__ import annotations

import numpy as np
import pytest

from ccgsim.scenario.scenario import load
from ccgsim.studies import draws, phases
from ccgsim.studies.clock import PLANS, Clock
from ccgsim.studies.levers import PLANS as DOSES
from ccgsim.studies.levers import Comparison
from ccgsim.studies.phases import Place
from ccgsim.studies.ramps import Ramp, loops, ramped

pytestmark = pytest.mark.science
SEEDS = range(8)
CUT = {"stepping_in": {"steepness": 0.0}}


def test_inside_the_window_the_past_decides_in_most_worlds():
    table = phases.phase_table([Place(0.1, 0.4)], SEEDS)
    assert table["either"].iloc[0] >= 0.6
    assert table["gap"].iloc[0] >= 0.2


def test_dialogue_lets_a_high_world_bear_uncertainty_that_brings_it_down_without():
    table = phases.phase_table([Place(0.1, 0.6, 0.0), Place(0.1, 0.6, 0.8)], SEEDS)
    assert table["low"].iloc[0] >= 0.8
    assert table["low"].iloc[1] <= 0.2


def test_the_way_back_is_another_than_the_way_up_as_managers_respond_and_less_so_as_results_are_seen():
    ramp, unseen = Ramp("uncertainty", 0.05, 0.95, 240), CUT | {"engagement": {"results": 0.0, "results_worth": 0.0}}
    changes = {"free": {}, "cut": CUT, "cut and unseen": unseen}
    areas = loops({name: (ramped(Place(0.1, 0.3), ramp, change), ramp) for name, change in changes.items()}, SEEDS)[1]
    areas = areas.set_index("ramp")
    assert areas.loc["free", "area"] >= 0.16
    assert areas.loc["free", "falls_at"] - areas.loc["free", "returns_at"] >= 0.15
    assert abs(areas.loc["cut", "area"]) <= areas.loc["free", "area"] / 2
    assert abs(areas.loc["cut and unseen", "area"]) <= 0.04


def test_an_incentive_does_most_where_the_circle_has_closed_and_pairing_does_little_there():
    chosen = [plan for plan in DOSES if plan.name in ("soft_incentive", "pairing", "second_broker")]
    found = Comparison(seeds=range(6), plans=chosen).effects()
    collapsed = {name: values.mean() for name, values in found.singles("collapsed").items()}
    assert collapsed["soft_incentive"] >= 0.3
    assert found.singles("calm")["soft_incentive"].mean() <= collapsed["soft_incentive"] - 0.1
    assert max(abs(collapsed["pairing"]), abs(collapsed["second_broker"])) <= collapsed["soft_incentive"] / 4


def test_dialogue_restores_when_early_and_not_when_late():
    clock = Clock(scenario=load("vicious_circle"), months=(12, 84))
    early, late = clock.read(PLANS[:1], range(16)).restored()[0]
    assert early >= 0.8
    assert late <= 0.4


def test_draws_without_a_window_show_no_two_regimes_and_most_with_one_do():
    table = draws.drawn(24, 1)
    table["expected_gap"] = [draws.expected_gap(draws.theory(row), 0.1) for _, row in table.iterrows()]
    sampled = draws.sample(table, 4)
    gaps = draws.simulated_gaps(sampled, 0.1, range(2))
    assert np.mean((gaps >= draws.APART) == (sampled["expected_gap"] >= draws.APART)) >= 0.6
