"""A pattern: a finding of the sources that the model must reproduce by its own dynamics, and how it is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ccgsim.foundation.problems import refuse
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import Verdict
from ccgsim.scenario.scenario import Scenario, load

SCENARIOS = (
    "site_a",
    "site_b",
    "england",
)  # all scenarios that patterns run; they enter the hash of the rules
Change = Mapping[str, Mapping[str, Any]]
Judge = Callable[[Bench, Change], tuple[Verdict, ...]]


@dataclass(frozen=True)
class Pattern:
    """One pattern of docs/odd.md, section 8. `judge` runs it under a change of parameters ({}: the model as it is)."""

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


def world_of(name: str, *changes: Change, calendar: str | None = None, events: list[Any] | None = None) -> Scenario:
    """A shipped scenario with changes merged section by section; later ones win.

    Patterns load scenarios only through this function; raises Problems if the name is not in SCENARIOS.
    """
    if name not in SCENARIOS:
        raise refuse("scenario", name, "must be in SCENARIOS, so that it enters the hash of the rules")
    merged: dict[str, dict[str, Any]] = {}
    for change in changes:
        for section, values in change.items():
            merged.setdefault(section, {}).update(values)
    return load(name).with_(calendar=calendar, events=events, months=None, **merged)


def judge(pattern: Pattern, bench: Bench) -> Finding:
    """Judge a pattern and, if one is declared, its ablation."""
    verdicts = pattern.judge(bench, {})
    if pattern.ablation_judge is not None:
        return Finding(pattern, verdicts, pattern.ablation_judge(bench, {}))
    without = pattern.judge(bench, pattern.ablation) if pattern.ablation else ()
    return Finding(pattern, verdicts, without)
