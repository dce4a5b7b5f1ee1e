"""Patterns planted for tests of claims: they read parameters of a scenario and run no world."""

from __future__ import annotations

import numpy as np

from ccgsim.lab.validation import judging
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.patterns import Pattern
from ccgsim.lab.validation.patterns.pattern import Change, world_of
from ccgsim.processes.engagement import Engagement

SHAKEN: Change = {"policy": {"shocks": 2.0}}


def false(bench: Bench, change: Change) -> tuple[judging.Verdict, ...]:
    """A claim that holds at the defaults and in less than half of the space: choices are no noisier than today."""
    noise, today = world_of("site_b", SHAKEN, change).engagement.noise, Engagement().noise
    return (judging.beyond("noise of choice", np.full(len(bench.seeds), noise), today + 0.001, above=False),)


def tautology(bench: Bench, change: Change) -> tuple[judging.Verdict, ...]:
    """A claim that cannot fail."""
    shocks = world_of("site_b", change, SHAKEN).policy.shocks
    return (
        judging.beyond("shocks as they were set", np.full(len(bench.seeds), shocks), 1.99, above=True),
        judging.level("shocks, again", np.full(len(bench.seeds), shocks), 1.9, 2.1),
    )


def mixed(bench: Bench, change: Change) -> tuple[judging.Verdict, ...]:
    """Two parts, which break in opposite directions of two parameters; undefined where peers count for much."""
    engagement = world_of("vicious_circle", change).engagement
    hours = float(engagement.hours) if engagement.peers < 0.28 else float("nan")
    values = np.full(len(bench.seeds), 1.0)
    return (
        judging.ratio("hours above 20 over 4", values * (hours - 20.0), values * 4.0, low=0.0),
        judging.contrast("memory of results less two years", values * (24.0 - engagement.results_memory), 0.0),
    )


def told(bench: Bench, change: Change) -> tuple[judging.Verdict, ...]:
    """Something without a bound."""
    return (judging.told("a number", np.zeros(len(bench.seeds))),)


FALSE = Pattern("P1", "Noise stays low", "E1", "emergent", "site_b", false, {"turnover": {"load": 0.0}})
SURE = Pattern("P2", "What is set is set", "E1", "set", "site_b", tautology)
MIXED = Pattern("P3", "Two things at once", "E1", "emergent", "vicious_circle", mixed, {"engagement": {"hours": 5.0}})
LARGE = Pattern("P4", "Many CCGs", "E1", "fitted", "england", tautology, most_seeds=3)
TOLD = Pattern("P5", "Only told", "E1", "reported", "site_b", told)
PLANTED = (FALSE, SURE, MIXED, LARGE, TOLD)
