"""What a scenario holds: the values of every section, its dated events and its claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ccgsim.processes.declared import Processes
from ccgsim.scenario.brought.network import Brought
from ccgsim.scenario.events import Event
from ccgsim.scenario.sections import Ablation, England, People, Site, Start


@dataclass(frozen=True, slots=True)
class Claim:
    """The expectation of a what-if: `effect` on `measure` in `month` against another scenario, in a `share` of seeds.

    An effect given as text with a per cent sign ('-10%') is relative to the other scenario's value. `without` holds
    settings that remove the mechanism in both scenarios; the claim must then fail.
    """

    measure: str
    effect: float | str
    month: int
    against: str
    share: float = 0.8
    without: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def relative(self) -> bool:
        """Whether the effect is relative to the other scenario's value."""
        return isinstance(self.effect, str)

    @property
    def size(self) -> float:
        """The effect as a number: -0.1 for '-10%'."""
        return float(self.effect.rstrip("% ")) / 100 if isinstance(self.effect, str) else float(self.effect)


@dataclass(frozen=True, kw_only=True)
class Values(Processes):
    """The fields of a scenario, as checks, changes and comparisons read them."""

    name: str
    title: str = ""
    question: str = ""
    source: str = ""
    based_on: str | None = None
    bases: tuple[str, ...] = field(default=(), compare=False)  # names of all bases, the nearest first
    months: int = 140
    calendar: str = "england"  # whose dates happen: England's, or none but those of `events`
    dates: Path | None = None  # the calendar of one's own from whose rows the first `events` come
    begins: int | None = None  # month 0 by those dates, counted from December 2010; None without dates
    network: Brought | None = None  # the survey that the world begins with, instead of a board of the site's numbers
    words: Mapping[str, str] = field(default_factory=dict)  # what readers call bodies of the model
    site: Site = field(default_factory=Site)
    england: England = field(default_factory=England)
    people: People = field(default_factory=People)
    start: Start = field(default_factory=Start)
    ablation: Ablation = field(default_factory=Ablation)
    events: tuple[Event, ...] = ()
    claim: Claim | None = None
    file: Path | None = None
    origin: Values | None = field(default=None, compare=False, repr=False)  # the scenario before values were changed
