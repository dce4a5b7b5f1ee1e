"""The regimes of English commissioning since 1991 as one family: claims about each, and how they are judged.

The mapping and its limits are in docs/regimes.md; the claims were written down before any of them was run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ccgsim.foundation.vocabulary import GP
from ccgsim.lab.validation import judging
from ccgsim.lab.validation.bench import Bench, Probe
from ccgsim.lab.validation.judging import Verdict
from ccgsim.scenario.scenario import Claim, Scenario, load
from ccgsim.world.state import World

Settings = Mapping[str, Any]  # arguments of Scenario.with_
CCG, TRUST = "regime_ccg", "regime_primary_care_trust"
REGIMES = (
    "regime_fundholding",
    "regime_total_purchasing",
    TRUST,
    "regime_practice_based",
    CCG,
    "regime_integrated_care",
)  # in the order of years
YEARS = ("1991-97", "1995-97", "1999-2013", "2005-10", "2013-22", "since 2022")
GINI, HOURS = "adoption_gini", "hours_per_thousand"


@dataclass(frozen=True)
class Part:
    """One contrast of a regime's claim, and the changes that remove its mechanism from both scenarios."""

    regime: str
    claim: Claim
    mechanism: str
    without: Settings
    without_there: Settings = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """The judgement of a part with and without its mechanism."""

    part: Part
    verdict: Verdict
    without: Verdict

    @property
    def shown(self) -> bool:
        """Whether it holds, and fails without its mechanism."""
        return self.verdict.held and not self.without.held


# Measures that the catalogue of monthly measures lacks.
def gini(amounts: np.ndarray) -> float:
    """Gini coefficient of non-negative amounts, in [0, 1): 0 if all are equal, NaN if all are 0."""
    if amounts.sum() == 0:
        return float("nan")
    ranks, n = np.arange(1, len(amounts) + 1), len(amounts)
    return float(2 * (ranks * np.sort(amounts)).sum() / (n * amounts.sum()) - (n + 1) / n)


def projects_used(world: World) -> np.ndarray:
    """Projects that each practice of the first CCG has adopted so far, including ended ones, shape (practices,)."""
    practice = world.actors.practice[: world.ccgs.last_gp[0]]
    leads = np.flatnonzero(practice >= 0)
    used = np.zeros(int(world.ccgs.practices[0]))
    for project in world.projects[world.projects.ccg == 0]:
        takes_part = np.zeros(len(used))
        np.maximum.at(takes_part, practice[leads], world.adoption[int(project.first_adopter) + leads])
        used += takes_part
    return used


def adoption_gini(world: World) -> float:
    """Gini coefficient over practices of projects adopted so far; NaN before the first."""
    return gini(projects_used(world))


def hours_per_thousand(world: World) -> float:
    """GPs' hours of commissioning work a month per 1,000 patients."""
    gps = (world.actors.kind == GP) & (world.actors.active == 1)
    return float(1000 * world.actors.hours_used[gps].sum() / world.ccgs.population.sum())


PROBES: dict[str, Probe] = {GINI: adoption_gini, HOURS: hours_per_thousand}


def at(bench: Bench, scenario: Scenario, measure: str, month: int) -> np.ndarray:
    """A monthly measure or a probe in a month, one value per seed."""
    if measure in PROBES:
        return np.asarray(bench.probe(scenario, [month], PROBES[measure])[:, 0])
    return bench.at(scenario, measure, month)


# The claims: the first claim of each regime is in its scenario file, if its measure is a monthly one.
def parts() -> Iterator[Part]:
    """All parts of all claims, in order of years."""
    base, opted = load(CCG), ("disposition_sd", "time_cost")
    general = {name: getattr(base.engagement, name) for name in opted}
    size = {name: getattr(base.site, name) for name in ("population", "practices", "localities")}
    seats = {"board": base.site.board, "secondary_care": base.site.secondary_care}
    steady = {"turnover": {"load": 0.0, "disengagement": 0.0, "uncertainty": 0.0}}
    fund, pilot, trust, groups, ccg, footprint = REGIMES
    yield Part(fund, Claim(GINI, 0.10, 60, CCG), "opting in made general", {"engagement": general})
    yield _filed(pilot, "the size of a CCG", {"site": size})
    yield Part(pilot, Claim(HOURS, "50%", 60, CCG), "the size of a CCG", {"site": size})
    yield _filed(trust, "managers' least control as in a CCG", {"stepping_in": {"low": base.stepping_in.low}})
    yield Part(trust, Claim("vision_clinical", -0.10, 60, CCG), "the seats of a CCG", {"site": seats, "events": []})
    yield _filed(groups, "managers' least control as in a PCT", {"stepping_in": {"low": load(TRUST).stepping_in.low}})
    yield Part(
        groups,
        Claim("projects_approved", "-10%", 120, CCG),
        "refusal as rare as in a CCG",
        {"redesign": {"override": base.redesign.override}},
    )
    lowest = load(ccg).claim
    assert lowest is not None
    for other in REGIMES:
        if other != ccg:
            least = Claim(lowest.measure, lowest.effect, lowest.month, other)
            yield Part(ccg, least, "exits that heed nothing", steady, steady)
    blind = {"ablation": {"size_free": True}}
    yield _filed(footprint, "access and risk without size", blind, blind)


def _filed(regime: str, mechanism: str, without: Settings, there: Settings | None = None) -> Part:
    claim = load(regime).claim
    if claim is None:
        raise ValueError(f"{regime} states no claim")
    return Part(regime, claim, mechanism, without, there or {})


def contrast(bench: Bench, part: Part, here: Scenario, there: Scenario) -> Verdict:
    """The part's claim on two worlds, paired by seed."""
    claim = part.claim
    mine, others = (at(bench, world, claim.measure, claim.month) for world in (here, there))
    effect = (mine - others) / others if claim.relative else mine - others
    return judging.contrast(f"{claim.measure} at {claim.month} against {claim.against}", effect, claim.size)


def judged(bench: Bench, part: Part) -> Outcome:
    """A part of a claim judged with and without its mechanism."""
    here, there = load(part.regime), load(part.claim.against)
    changed = here.with_(**part.without), there.with_(**part.without_there)
    return Outcome(part, contrast(bench, part, here, there), contrast(bench, part, *changed))
