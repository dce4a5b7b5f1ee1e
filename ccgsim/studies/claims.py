"""Claims of scenarios: a what-if or case against its control, paired by seed, with and without its mechanism.

A what-if holds if its effect occurs. A case from the sources is shown only if its claim holds, and fails once the
mechanism is removed in both scenarios (`without`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ccgsim.foundation.problems import fault_at
from ccgsim.lab.validation import judging
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import Verdict
from ccgsim.scenario.scenario import Claim, Scenario, load, names


@dataclass(frozen=True, slots=True)
class Case:
    """A case from the sources: its scenario, the verdict on its claim, and the verdict without its mechanism."""

    scenario: Scenario
    verdict: Verdict
    without: Verdict

    @property
    def shown(self) -> bool:
        """Whether the claim holds because of the mechanism that it names."""
        return self.verdict.held and not self.without.held


def cases() -> tuple[str, ...]:
    """Names of the shipped scenarios whose claim names a mechanism, sorted."""
    claims = {name: load(name).claim for name in names()}
    return tuple(name for name, claim in claims.items() if claim is not None and claim.without)


def effects(bench: Bench, scenario: Scenario, change: Mapping[str, Any]) -> np.ndarray:
    """The effect in the scenario's claim, one value per seed, with `change` made in both scenarios.

    NaN if the measure is undefined in either; raises Problems if the scenario has no claim.
    """
    claim = _claim_of(scenario)
    other = load(claim.against)
    here, there = (bench.at(s.with_(**change), claim.measure, claim.month) for s in (scenario, other))
    scale = np.where(there == 0, np.nan, there) if claim.relative else np.ones_like(there)
    return np.asarray((here - there) / scale)


def verdict_on(bench: Bench, name: str) -> Verdict:
    """Whether a scenario's claim holds on the bench's seeds."""
    return _judged(bench, load(name), {})


def case(bench: Bench, name: str) -> Case:
    """A case judged with and without its mechanism."""
    scenario = load(name)
    return Case(scenario, _judged(bench, scenario, {}), _judged(bench, scenario, _claim_of(scenario).without))


def _judged(bench: Bench, scenario: Scenario, change: Mapping[str, Any]) -> Verdict:
    claim = _claim_of(scenario)
    return judging.contrast(claim.measure, effects(bench, scenario, change), claim.size)


def _claim_of(scenario: Scenario) -> Claim:
    if scenario.claim is None:
        raise fault_at(scenario.name, "claim", "", "is missing: the scenario claims nothing")
    return scenario.claim
