"""Claims over the plausible space: what a share is, what breaks a pattern, how a judgement is resumed."""

from __future__ import annotations

import pandas as pd
import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.lab.claim import about as about_
from ccgsim.lab.claim import judged, plan, space
from ccgsim.lab.claim.about import SETS, STATED, SWITCHED, Size, size_of
from ccgsim.lab.claim.claim import claims, rehearsed, wanted
from ccgsim.lab.claim.shares import claim_of
from ccgsim.lab.sweep.folder_checks import CLAIM, check
from ccgsim.lab.sweep.results import results
from ccgsim.lab.sweep.sweep import on_this_machine
from ccgsim.lab.validation import validation
from tests.lab.claim.planted import FALSE, LARGE, MIXED, PLANTED, SURE, TOLD
from tests.lab.sweep.hands import here, some

DRAWS = 30
RANGES = space.space()


@pytest.fixture
def no_rules(monkeypatch):
    """Planted patterns run no world: no rules are loaded."""
    monkeypatch.setattr(judged, "load_rules", lambda code, here: None)


@pytest.fixture(autouse=True)
def few_large(monkeypatch):
    monkeypatch.setattr(about_, "MOST_LARGE", 10)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The claims of planted patterns in one process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judged, "load_rules", lambda code, here: None)
        patch.setattr(about_, "MOST_LARGE", 10)
        folder = tmp_path_factory.mktemp("claims") / "out"
        return claims(rehearsed((FALSE, SURE, MIXED, LARGE), DRAWS, 2), folder, here)


def claim(found, pattern):
    return next(row for row in found.claims if row["id"] == pattern.id)


def test_a_planted_false_claim_falls_and_a_tautology_stands(found):
    assert claim(found, FALSE)["share"] < 0.6
    assert claim(found, FALSE)["at_defaults"] is True
    assert claim(found, SURE)["share"] >= 0.95
    for row in found.claims:
        assert row["low"] <= row["share"] <= row["high"]


def test_what_breaks_a_claim_is_found_with_its_direction(found):
    first, *rest = claim(found, FALSE)["breaks"]
    assert (first["parameter"], first["direction"], first["sure"]) == ("engagement.noise", "higher", True)
    assert first["strength"] == pytest.approx(1.0)
    assert all(each["strength"] < 0.8 for each in rest)
    most, *others = claim(found, MIXED)["breaks"]
    assert (most["parameter"], most["direction"], most["sure"]) == ("engagement.results_memory", "higher", True)
    assert "engagement.hours" not in {each["parameter"] for each in others}  # its ablation switches it


def test_nothing_breaks_what_never_changes(found):
    assert claim(found, SURE)["breaks"] == []


def test_nothing_breaks_what_holds_in_every_draw_however_its_margin_moves(found, no_rules):
    table = pd.DataFrame(results(found.sweep.table.parent))
    held = rehearsed((FALSE,), DRAWS, 2)
    assert claim_of(held.abouts[0], table, held.ranges)["breaks"]
    assert claim_of(held.abouts[0], table.assign(holds=1.0), held.ranges)["breaks"] == []


def test_a_sweep_never_takes_the_folder_of_a_claim(found):
    folder = found.sweep.table.parent
    check(folder, CLAIM)
    with pytest.raises(Problems, match=r"holds results of another kind \(claim\)"):
        check(folder)


def test_a_claim_is_told_without_its_mechanism_on_fewer_draws(found):
    without = claim(found, FALSE)["without"]
    assert without["draws"] == DRAWS // plan.EVERY
    assert claim(found, SURE)["without"] is None
    assert claim(found, MIXED)["without"]["share"] == 0.0


def test_held_parameters_are_named_with_the_reason_and_not_drawn(found):
    assert claim(found, FALSE)["held"] == {"turnover.load": SWITCHED, "policy.shocks": SETS}
    held = claim(found, MIXED)["held"]
    assert held["policy.reversion"] == STATED and held["engagement.hours"] == SWITCHED
    draws = found.draws
    assert draws.loc[draws["claim"] == "P1", "policy.shocks"].isna().all()
    assert draws.loc[draws["claim"] == "P1", "engagement.noise"].notna().all()
    assert claim(found, FALSE)["parameters"] == len(RANGES) - 2


def test_large_worlds_have_fewer_draws(found):
    large = claim(found, LARGE)
    assert large["draws"] + large["refused"] == 10
    assert size_of(LARGE, 500, 9) == Size(10, 1, 3)
    assert (claim(found, LARGE)["seeds"], claim(found, SURE)["seeds"]) == (1, 2)
    assert size_of(SURE, 500, 9) == Size(500, 9, 20)
    assert size_of(SURE, 500, 30) == Size(500, 30, 30)


def test_draw_0_has_the_defaults_and_counts_in_no_share(found):
    draws = found.draws[(found.draws["claim"] == "P2") & (found.draws["draw"] == 0)]
    assert list(draws["seeds"]) == [20]
    for name, each in RANGES.items():
        assert draws[name].isna().all() or draws[name].iloc[0] == each.default
    sure = claim(found, SURE)
    assert sure["draws"] + sure["refused"] == DRAWS


def test_every_draw_tells_whether_it_holds_and_by_how_much(found):
    draws = found.draws[found.draws["mechanism"] & (found.draws["claim"] == "P1") & (found.draws["draw"] > 0)]
    assert list(draws["draw"]) == list(range(1, DRAWS + 1))
    draws = draws[draws["refused"] == 0]
    assert ((draws["margin"] >= 0) == (draws["holds"] == 1)).all()
    assert draws["holds"].mean() == claim(found, FALSE)["share"]


def test_an_undefined_part_fails_and_lies_furthest_out(found):
    mine = (found.draws["claim"] == "P3") & (found.draws["refused"] == 0)
    draws = found.draws[mine & found.draws["mechanism"]]
    undefined = draws["margin_1"].isna()
    assert undefined.any() and (draws.loc[undefined, "holds"] == 0).all()
    assert draws.loc[undefined, "margin"].isna().all()


def same(one, other):
    pd.testing.assert_frame_equal(one.draws, other.draws, check_exact=True)
    assert one.claims == other.claims


def test_a_resumed_claim_equals_one_without_a_pause(found, no_rules, tmp_path):
    asked = rehearsed((FALSE, SURE, MIXED, LARGE), DRAWS, 2)
    begun = claims(asked, tmp_path / "out", some(after=90, order=1))
    assert begun.sweep.pending == begun.sweep.planned - 90
    same(claims(asked, tmp_path / "out", here), found)


def test_other_code_is_refused_with_what_differs(no_rules, tmp_path, monkeypatch):
    asked = rehearsed((SURE,), 10, 1)
    claims(asked, tmp_path / "out", here)
    with pytest.raises(Problems, match="seeds = 2: it was 1"):
        claims(rehearsed((SURE,), 10, 2), tmp_path / "out", here)
    monkeypatch.setattr(plan, "code_hash", lambda: "other")
    with pytest.raises(Problems, match="rules of the model have changed"):
        claims(asked, tmp_path / "out", here)
    assert claims(asked, tmp_path / "out", here, force_new=True).sweep.done == 11


def test_progress_counts_worlds(no_rules, tmp_path):
    told = []
    claims(rehearsed((SURE, LARGE), 10, 2), tmp_path / "out", here, progress=lambda *counts: told.append(counts))
    assert told[0] == (20, 20 + 3 + 10 * (2 + 1))  # the defaults first
    assert told[-1] == (53, 53) and told == sorted(told)


@pytest.mark.slow
def test_one_worker_and_two_find_the_same(found, tmp_path):
    asked = rehearsed((FALSE, SURE, MIXED, LARGE), DRAWS, 2)
    for workers in (1, 2):
        same(claims(asked, tmp_path / str(workers), on_this_machine(workers)), found)


@pytest.mark.slow
def test_a_pattern_of_the_model_is_judged_the_same_by_one_worker_and_two(tmp_path):
    asked = rehearsed(wanted(["P9"]), 10, 1)
    one, two = (claims(asked, tmp_path / str(workers), on_this_machine(workers)) for workers in (1, 2))
    same(one, two)
    assert 0 <= one.claims[0]["share"] <= 1
    assert {"stepping_in.uncertainty", "policy.shocks"} <= set(one.claims[0]["held"])


def test_unknown_and_boundless_patterns_are_refused(monkeypatch):
    monkeypatch.setattr(validation, "PATTERNS", PLANTED)
    assert wanted(["P3", "P1"]) == (FALSE, MIXED)
    with pytest.raises(Problems, match=r"PATTERN = P11: must be among .*did you mean P1\?"):
        wanted(["P11"])
    with pytest.raises(Problems, match="P5: is reported without a bound"):
        wanted([TOLD.id])
    with pytest.raises(Problems, match=r"(?s)P5: is reported without a bound.*PATTERN = P11"):
        wanted([TOLD.id, "P11"])
    with pytest.raises(Problems, match="names no pattern"):
        wanted([])
