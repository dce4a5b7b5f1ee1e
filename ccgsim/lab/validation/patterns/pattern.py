"""A pattern: a finding of the sources that the model must show by its own dynamics, and how that is judged."""

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
)  # all that patterns run: no other is loaded, and the hash of the rules sees these
Change = Mapping[str, Mapping[str, Any]]
Judge = Callable[[Bench, Change], tuple[Verdict, ...]]


@dataclass(frozen=True)
class Pattern:
    """One pattern of model section 8. `judge` runs it under a change of parameters ({} as it stands)."""

    id: str
    claim: str
    source: str
    origin: str  # set, fitted, emergent or reported
    scenario: str
    judge: Judge
    ablation: Change = field(default_factory=dict)
    ablation_judge: Judge | None = None  # where an ablation is more than a change of parameters
    most_seeds: int | None = None  # where worlds are large: judged on so many seeds at most


@dataclass(frozen=True)
class Finding:
    """How a pattern fared, as it stands and without its mechanism."""

    pattern: Pattern
    verdicts: tuple[Verdict, ...]
    without: tuple[Verdict, ...]

    @property
    def held(self) -> bool:
        """Every part of the pattern holds."""
        return all(verdict.held for verdict in self.verdicts)

    @property
    def held_without(self) -> bool | None:
        """Whether it holds without its mechanism; None where no ablation is declared."""
        return all(verdict.held for verdict in self.without) if self.without else None

    @property
    def shown(self) -> bool:
        """An emergent pattern counts only if it holds and fails under its ablation."""
        return self.pattern.origin == "emergent" and self.held and self.held_without is False


def world_of(name: str, *changes: Change, calendar: str | None = None, events: list[Any] | None = None) -> Scenario:
    """A shipped scenario with changes merged section by section, later ones winning.

    Patterns load scenarios through here alone; Problems for one that is not among SCENARIOS.
    """
    if name not in SCENARIOS:
        raise refuse("scenario", name, "must stand in SCENARIOS, so that the hash of the rules sees it")
    merged: dict[str, dict[str, Any]] = {}
    for change in changes:
        for section, values in change.items():
            merged.setdefault(section, {}).update(values)
    return load(name).with_(calendar=calendar, events=events, months=None, **merged)


def judge(pattern: Pattern, bench: Bench) -> Finding:
    """Judge a pattern as it stands and, where one is declared, under its ablation."""
    verdicts = pattern.judge(bench, {})
    if pattern.ablation_judge is not None:
        return Finding(pattern, verdicts, pattern.ablation_judge(bench, {}))
    without = pattern.judge(bench, pattern.ablation) if pattern.ablation else ()
    return Finding(pattern, verdicts, without)
