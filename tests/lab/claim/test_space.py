"""Behind a claim: what is drawn, what holds, the numbers of a share, and where mechanisms act."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from ccgsim.lab.claim import judged, shares, space
from ccgsim.lab.claim.about import about
from ccgsim.lab.claim.mechanism import places, readings
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.bounds import Bounds, bounds_of
from ccgsim.lab.validation.patterns import PATTERNS
from ccgsim.lab.validation.patterns.pattern import background, world_of
from ccgsim.scenario.parameters import all_parameters
from tests.lab.claim.planted import SURE

DRAWS = 30
RANGES = space.space()


# the space


def test_only_guesses_about_how_the_world_moves_are_drawn():
    declared = all_parameters()
    assert all(declared[name].source.startswith(("assumed", "fitted")) for name in RANGES)
    for name in ("policy.uncertainty", "insecurity.trust_start", "people.acute", "people.pct_least", "site.hold",
                 "england.reach", "start.burn_in", "engagement.backfill", "turnover.broker_exits"):  # fmt: skip
        assert name not in RANGES
    for name in ("engagement.noise", "ties.board_board", "turnover.base", "people.capability_for", "turnover.term"):
        assert name in RANGES


def test_ranges_lie_inside_the_declared_ones_around_the_default():
    shares_ = np.linspace(0, 1, 101)
    for name, here_ in RANGES.items():
        declared = all_parameters()[name]
        assert declared.low <= here_.low <= here_.default == declared.default <= here_.high <= declared.high
        assert here_.low < here_.high
        assert here_.high - here_.default <= space.HALF * (declared.high - declared.default) + 1e-9
        if here_.default > 0:
            assert here_.default / 2 <= here_.low + 1e-9 and here_.high <= 2 * here_.default + 1e-9
        values = here_.at(shares_)
        assert (np.diff(values) >= 0).all() and values[0] == here_.low and values[-1] == here_.high
        assert not any(declared.fault(value) for value in values)


def test_half_of_the_draws_lie_below_the_default():
    drawn = space.drawn(RANGES, 100)
    assert drawn.shape == (101, len(RANGES))
    for column, each in zip(drawn.T, RANGES.values(), strict=True):
        assert column[0] == each.default
        if each.kind is float and each.low < each.default < each.high:
            assert (column[1:] < each.default).sum() == 50
    assert (drawn == space.drawn(RANGES, 100)).all()


# behind the patterns


def test_what_a_pattern_sets_goes_before_the_background_and_is_noted():
    with background({"policy": {"shocks": 0.5, "noise": 0.03}}) as behind:
        world = world_of("vicious_circle", {"policy": {"shocks": 2.0}})
    assert (world.policy.shocks, world.policy.noise) == (2.0, 0.03)
    assert behind.chosen == {"policy.shocks"}
    assert {"policy.reversion", "stepping_in.inherited", "site.density"} <= behind.stated
    assert world_of("site_b").policy.noise == all_parameters()["policy.noise"].default


def test_draws_that_contradict_themselves_are_left_out():
    high = all_parameters()["stepping_in.high"].default
    values = {
        "pattern": "P2",
        "mechanism": True,
        "seeds": 1,
        "stepping_in.low": high + 0.05,
        "engagement.noise": float("nan"),
    }
    refused = judged.judged({"P2": SURE}, values, 0)
    assert refused.values == {judged.REFUSED: 1.0}
    kept = judged.judged({"P2": SURE}, values | {"stepping_in.low": 0.1}, 0)
    assert (kept.values["refused"], kept.values["holds"]) == (0.0, 1.0)


def test_a_rehearsal_takes_one_seed():
    seen = []
    pattern = dataclasses.replace(SURE, judge=lambda bench, change: seen.append(len(bench.seeds)) or ())
    assert about(pattern, RANGES).parts == ()
    assert seen == [1]


def test_the_circle_uses_the_seeds_of_the_bench(monkeypatch):
    from ccgsim.lab.validation.patterns import circle

    asked = []
    monkeypatch.setattr(circle, "circle_effects", lambda bench, change: asked.append(bench.seeds) or np.zeros((1, 3)))
    for seeds in (range(4, 8), range(60), range(120)):
        circle.circle(Bench(seeds), {})
    assert asked == [range(4, 8), range(circle.ENOUGH), range(120)]


# bounds and numbers


@pytest.mark.parametrize(
    ("tolerance", "value", "inside"),
    [
        ("at least 0.5", 0.5, True),
        ("at least 0", 0.0, False),  # no effect
        ("below 0", 0.0, False),
        ("0.2 to 0.4", 0.4, True),
        ("0.2 to 0.4", 0.41, False),
        ("at most 0.8", float("nan"), False),
        ("nan to nan", 0.3, False),
    ],
)
def test_a_value_inside_its_bounds_holds(tolerance, value, inside):
    assert bounds_of(tolerance).allow(value) is inside


def test_margins_are_signed():
    assert Bounds(0.2, 0.5).margin(0.3) == pytest.approx(0.1)
    assert Bounds(0.2, float("inf")).margin(0.1) == pytest.approx(-0.1)


def test_wilson_as_in_the_books():
    assert shares.wilson(8, 10) == pytest.approx((0.8, 0.490, 0.943), abs=5e-4)
    assert shares.wilson(0, 10)[:2] == (0.0, 0.0)
    assert shares.wilson(0, 0) == (None, None, None)


def test_rank_correlations_need_no_straight_line():
    x = np.linspace(1, 2, 50)
    table = pd.DataFrame({"a.up": np.exp(5 * x), "b.down": -(x**3), "c.same": 1.0})
    found = shares.breaks(table, x)
    assert [(each["parameter"], each["direction"]) for each in found] == [("a.up", "lower"), ("b.down", "higher")]
    assert [each["strength"] for each in found] == [pytest.approx(1.0)] * 2


# where mechanisms act


@pytest.mark.parametrize("pattern", [p for p in PATTERNS if p.ablation or p.ablation_judge], ids=lambda p: p.id)
def test_every_switch_of_an_ablation_is_read_somewhere(pattern):
    found = places(pattern)
    switched = {f"{section}.{key}" for section, values in pattern.ablation.items() for key in values}
    assert {place.parameter for place in found} == (switched or {""})


def test_a_reading_is_found_on_its_line():
    (place,) = readings("policy.dialogue_effect")
    assert (place.file, place.function) == ("ccgsim/processes/policy.py", "sweep")
    source = (space.__file__).replace("lab/claim/space.py", "processes/policy.py")
    with open(source, encoding="utf-8") as lines:
        assert ".dialogue_effect" in lines.read().splitlines()[place.line - 1]
    assert readings("ties.nothing") == []
