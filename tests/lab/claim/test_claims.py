"""Claims of scenarios: paired differences, relative effects, and what it takes for a case to be shown."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ccgsim import Problems
from ccgsim.lab.validation.judging import contrast
from ccgsim.scenario.scenario import load
from ccgsim.studies.claims import Case, case, cases, effects, verdict_on

SEEDS = 10


class Told:
    """A bench that tells what it is given: by scenario, and lower where the mechanism is off."""

    def __init__(self, values, off=lambda scenario: False):
        self.values, self.off = values, off

    def at(self, scenario, measure, month):
        base = self.values[scenario.name]
        return np.full(SEEDS, self.values["without"] if self.off(scenario) else base) + np.arange(SEEDS) / 1000


def test_an_effect_is_the_difference_to_the_other_scenario_seed_by_seed():
    bench = Told({"cost_transparency": 0.5, "site_b": 0.3})
    assert effects(bench, load("cost_transparency"), {}) == pytest.approx(np.full(SEEDS, 0.2))


def test_an_effect_in_per_cent_is_a_part_of_the_other_value_and_missing_where_that_is_nought():
    bench = Told({"gynaecology_clinic": 0.3, "gynaecology_clinic_joined": 0.0})
    found = effects(bench, load("gynaecology_clinic"), {})
    assert np.isnan(found[0]) and found[1] == pytest.approx((0.301 - 0.001) / 0.001)


def test_a_case_is_shown_where_its_claim_holds_and_fails_without_its_mechanism():
    values = {"gynaecology_clinic": 0.3, "gynaecology_clinic_joined": 0.6, "without": 0.5}
    by_mechanism = case(Told(values, lambda scenario: scenario.ablation.uniform_adoption), "gynaecology_clinic")
    assert by_mechanism.verdict.held and not by_mechanism.without.held and by_mechanism.shown
    anyway = case(Told(values), "gynaecology_clinic")
    assert anyway.verdict.held and anyway.without.held and not anyway.shown


def test_a_claim_that_does_not_hold_is_never_shown():
    fails = contrast("x", np.array([0.1, -0.1, 0.2]), 1.0)
    assert not Case(load("federations"), fails, fails).shown


def test_a_scenario_without_a_claim_is_refused():
    with pytest.raises(Problems, match="claims nothing"):
        verdict_on(Told({}), "site_a")


def test_every_case_names_its_mechanism_source_and_evidence():
    assert len(cases()) >= 9
    for name in cases():
        scenario = load(name)
        assert re.match(r"E\d+ \(", scenario.source)
        assert scenario.with_(**scenario.claim.without) != scenario
