"""A pattern: a finding of the sources that the model must reproduce by its own dynamics, and how it is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from ccgsim.foundation.problems import refuse
from ccgsim.foundation.quantity import quantities
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import Verdict
from ccgsim.scenario.scenario import Scenario, load
from ccgsim.scenario.sections import SECTIONS

SCENARIOS = (
    "site_a",
    "site_b",
    "england",
    "vicious_circle",
    "vicious_circle_no_shock",
)  # all scenarios that patterns run; they enter the hash of the rules
Change = Mapping[str, Mapping[str, Any]]
Judge = Callable[[Bench, Change], tuple[Verdict, ...]]


@dataclass(frozen=True)
class Pattern:
    """One pattern of docs/odd.md, section 1. `judge` runs it under a change of parameters ({}: the model as it is)."""

    id: str
    claim: str
    source: str
    origin: str  # set, fitted, emergent or reported
    scenario: str
    judge: Judge
    ablation: Change = field(default_factory=dict)
    ablation_judge: Judge | None = None  # if an ablation is more than a change of parameters
    most_seeds: int | None = None  # limit on the number of seeds, for large worlds


@dataclass(frozen=True)
class Finding:
    """The judgement of a pattern with and without its mechanism."""

    pattern: Pattern
    verdicts: tuple[Verdict, ...]
    without: tuple[Verdict, ...]

    @property
    def held(self) -> bool:
        """Whether every part of the pattern holds."""
        return all(verdict.held for verdict in self.verdicts)

    @property
    def held_without(self) -> bool | None:
        """Whether it holds without its mechanism; None if no ablation is declared."""
        return all(verdict.held for verdict in self.without) if self.without else None

    @property
    def shown(self) -> bool:
        """Whether an emergent pattern is shown: it holds, and fails under its ablation."""
        return self.pattern.origin == "emergent" and self.held and self.held_without is False


@dataclass(frozen=True)
class Background:
    """Values of parameters below those that patterns set, and the dotted names that scenarios and patterns set."""

    values: Change
    stated: set[str] = field(default_factory=set)
    chosen: set[str] = field(default_factory=set)


_BACKGROUND: ContextVar[Background | None] = ContextVar("background", default=None)


@contextmanager
def background(values: Change) -> Iterator[Background]:
    """Inside the block the worlds of patterns start from these values; what a pattern sets itself goes before them.

    Yields a record that tells, once patterns have been judged, which parameters their scenarios state (`stated`) and
    which they or their ablations choose (`chosen`), by dotted names.
    """
    behind = Background(values)
    token = _BACKGROUND.set(behind)
    try:
        yield behind
    finally:
        _BACKGROUND.reset(token)


def world_of(name: str, *changes: Change, calendar: str | None = None, events: list[Any] | None = None) -> Scenario:
    """A shipped scenario with changes merged section by section; later ones win.

    Patterns load scenarios only through this function; raises Problems if the name is not in SCENARIOS.
    """
    if name not in SCENARIOS:
        raise refuse("scenario", name, "must be in SCENARIOS, so that it enters the hash of the rules")
    scenario, behind = load(name), _BACKGROUND.get()
    merged: dict[str, dict[str, Any]] = {}
    for change in (behind.values if behind else {}, *changes):
        for section, values in change.items():
            merged.setdefault(section, {}).update(values)
    if behind is not None:
        behind.stated.update(_stated(scenario))
        behind.chosen.update(f"{section}.{key}" for change in changes for section in change for key in change[section])
    return scenario.with_(calendar=calendar, events=events, months=None, **merged)


def _stated(scenario: Scenario) -> Iterator[str]:
    """Dotted names of the parameters that a scenario sets to other values than the defaults."""
    for section, kind in SECTIONS.items():
        for name, quantity in quantities(kind):
            if getattr(getattr(scenario, section), name) != quantity.default:
                yield f"{section}.{name}"


def verdicts(pattern: Pattern, bench: Bench, *, intact: bool = True) -> tuple[Verdict, ...]:
    """The verdicts on a pattern, or on its ablation if its mechanism is not `intact`; () if no ablation is declared."""
    if intact:
        return pattern.judge(bench, {})
    if pattern.ablation_judge is not None:
        return pattern.ablation_judge(bench, {})
    return pattern.judge(bench, pattern.ablation) if pattern.ablation else ()


def judge(pattern: Pattern, bench: Bench) -> Finding:
    """Judge a pattern and, if one is declared, its ablation."""
    return Finding(pattern, verdicts(pattern, bench), verdicts(pattern, bench, intact=False))
