"""Every what-if does what it says: 60 paired seeds, mean at least the smallest effect, right sign in 80% of seeds."""

from __future__ import annotations

import numpy as np
import pytest

from ccgsim.lab.validation.bench import Bench
from ccgsim.scenario.scenario import load, names
from ccgsim.studies.claims import cases, verdict_on
from ccgsim.studies.regimes import REGIMES

pytestmark = pytest.mark.science
BENCH = Bench(range(60))
ELSEWHERE = {*cases(), *REGIMES}  # test_cases.py, test_regimes.py
CLAIMS = [name for name in names() if load(name).claim is not None and name not in ELSEWHERE]
# What-ifs whose effect has the right sign but falls short, in size or in the share of worlds that agree, as docs/odd.md
# says; one that comes to hold leaves the list.
SHORT = {"patient_voice", "broker_exit"}


@pytest.mark.parametrize("name", [name for name in CLAIMS if name not in SHORT])
def test_a_what_if_has_its_smallest_effect(name):
    verdict = verdict_on(BENCH, name)
    assert verdict.held, verdict


@pytest.mark.parametrize("name", sorted(SHORT))
def test_a_what_if_that_falls_short_still_has_two_thirds_of_its_effect(name):
    verdict = verdict_on(BENCH, name)
    assert not verdict.held, "it holds now: take it off the list, and out of the limits in docs/odd.md"
    size = load(name).claim.size
    assert verdict.low * verdict.high > 0 and verdict.value / size >= 2 / 3, verdict


def test_a_broker_exit_is_partly_made_good_within_half_a_year_and_not_forgotten_after_two():
    left, stayed = load("broker_exit"), load("site_a")
    months = (13, 18, 36)
    loss = [BENCH.at(stayed, "outside_reach", m).mean() - BENCH.at(left, "outside_reach", m).mean() for m in months]
    assert 0.25 * loss[0] <= loss[2] <= loss[1] <= 0.85 * loss[0], loss


def test_after_the_shock_participation_stays_lower_though_the_shock_is_gone():
    path = BENCH.path(load("vicious_circle"), "participation", 60)
    fall = path[:, 11:12] - path[:, 24:61]
    assert fall.mean(axis=0).min() >= 0.15
    assert (fall.mean(axis=1) > 0).mean() >= 0.8


def test_with_the_loop_cut_participation_recovers():
    path = BENCH.path(load("vicious_circle_cut"), "participation", 42)
    gap = path[:, 11] - path[:, 42]
    assert abs(gap.mean()) <= 0.07
    assert (np.abs(gap) <= 0.14).mean() >= 0.8


@pytest.mark.parametrize("name", ["vicious_circle", "vicious_circle_no_shock", "site_a", "site_b"])
def test_both_regimes_stay_inside_their_bounds(name):
    scenario = load(name)
    part, control = (BENCH.path(scenario, measure, 84) for measure in ("participation", "manager_control"))
    assert part.mean(axis=0).min() > 0.1 and part.mean(axis=0).max() < 0.9
    assert control.mean(axis=0).min() > 0.15 and control.mean(axis=0).max() < 0.9
