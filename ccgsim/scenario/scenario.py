"""Scenarios: the full description of a world and its events, read from TOML into frozen values."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.foundation import quantity
from ccgsim.foundation.dates import date_of
from ccgsim.foundation.inputs.arguments import as_plain, either_none, reads, whole
from ccgsim.foundation.inputs.texts import visible
from ccgsim.foundation.problems import Problem, Problems, refuse
from ccgsim.foundation.tables import Table
from ccgsim.scenario import changes, checks
from ccgsim.scenario import files as scenario_files
from ccgsim.scenario.brought import network as brought
from ccgsim.scenario.brought import own_calendar
from ccgsim.scenario.claims import CLAIM_MONTH
from ccgsim.scenario.events import LAST_MONTH, Event, read
from ccgsim.scenario.files import File, is_path, names, shipped_folder
from ccgsim.scenario.sections import SECTIONS
from ccgsim.scenario.values import Claim, Values

__all__ = ["Claim", "Scenario", "any_scenario", "load", "names", "shipped_folder"]
REACHED = whole(0, LAST_MONTH)


@dataclass(frozen=True, kw_only=True)
class Scenario(Values):
    """One world and its dated events. `load` and `with_` check every value; the constructor does not."""

    @property
    def root(self) -> str:
        """Name of the lowest base; its own name if it has no base."""
        return (self.name, *self.bases)[-1]

    @reads(months=either_none(REACHED))
    def timeline(self, months: int | None = None) -> tuple[Event, ...]:
        """The events by month, including the headline's broker exits; with `months`, only those before that month."""
        exits = [Event(m, "broker_exit", 1) for m in checks.exit_months(self.turnover.broker_exits)]
        dated = sorted([*self.events, *exits], key=lambda event: event.month)
        return tuple(event for event in dated if months is None or event.month < months)

    @reads(months=REACHED)
    def left_out(self, months: int) -> tuple[Event, ...]:
        """The events that a run of `months` months does not reach."""
        return tuple(event for event in self.timeline() if event.month >= months)

    def records(self) -> Table:
        """The numbers of every section in one table of one row, for compiled rules."""
        return quantity.records({name: getattr(self, name) for name in SECTIONS})

    def files_read(self) -> dict[str, Path]:
        """Further files that a world of the scenario is built from, by the dotted name of the parameter."""
        stated = {f"{section}.{name}": getattr(getattr(self, section), name) for section, name in checks.PATHS}
        found = {name: Path(file) for name, file in stated.items() if file is not None}
        found |= {} if self.dates is None else {"calendar": self.dates}
        return found | (self.network.files() if self.network is not None else {})

    def resolved(self) -> dict[str, Any]:
        """All plain values as in a scenario file, bases merged, without unset values and values without effect."""
        head = {"schema": scenario_files.SCHEMA, "name": self.name, "title": self.title, "question": self.question}
        head |= {"source": self.source, "months": self.months, "calendar": self.calendar}
        if self.begins is not None:
            head["begins"] = date_of(self.begins)
        if self.network is not None:
            head["network"] = self.network.as_table()
        if self.words:
            head["words"] = dict(self.words)
        if self.claim is not None:
            claim = dataclasses.asdict(self.claim)
            head["claim"] = claim if self.claim.without else {k: v for k, v in claim.items() if k != "without"}
        sections = {name: _plain(getattr(self, name)) for name in SECTIONS}
        for fault in checks.idle_faults(sections, listed=False):
            section, _, key = fault.key.partition(".")
            del sections[section][key]
        return {**head, **sections, "events": [event.as_table() for event in self.events]}

    @reads()
    def with_(
        self,
        *,
        events: Iterable[Event | Mapping[str, Any]] | None = None,
        months: int | None = None,
        calendar: str | None = None,
        words: Mapping[str, str] | None = None,
        network: str | Path | Mapping[str, Any] | None = None,
        **sections: Mapping[str, Any],
    ) -> Scenario:
        """A checked copy with other values: `with_(policy={"dialogue": 0.8})`; `events=[]` removes the dated events.

        `network`: the file of a survey, or a table with file and options, with which the world begins; `calendar`:
        'england', 'none', or the file of a calendar of one's own; `words`: what readers call ccg, locality and pct.
        A new number of practices keeps list size and practices per locality, unless the same call sets them.
        Raises Problems with every fault.
        """
        head = {"months": months, "calendar": calendar, "network": network, "words": words}
        given = {key: value for key, value in head.items() if value is not None} | sections
        return _checked(*changes.changed(self, given, events))

    def __repr__(self) -> str:
        events = len(self.events)
        dated = f", {events} dated event{'s' if events > 1 else ''}" if events else ""
        return f"Scenario({self.name!r}, months={self.months}{dated})"

    @reads()
    def overridden(self, settings: Mapping[str, Any]) -> Scenario:
        """A checked copy with values by `section.name`, headline name or `months`; raises Problems with every fault."""
        settings = changes.plain_settings(settings)
        with changes.as_given(settings):
            return _checked(*changes.overridden(self, settings))


def _name_or_path(_: str, value: Any) -> str:
    """Argument reader for the name or path of a scenario."""
    text = as_plain(value, "scenario")
    if not isinstance(text, str):
        raise refuse("scenario", value, "must be the name of a shipped scenario, or a path")
    return text


@reads(name_or_path=_name_or_path)
def load(name_or_path: str | Path) -> Scenario:
    """A shipped scenario by name, or one from a file; raises Problems with all faults of the file."""
    files, found = scenario_files.readable(name_or_path)
    kept: list[File] = []
    for file in files:
        faults = checks.file_faults(file.table, file.label, file.path)
        listed = any("file" in base.table.get("england", {}) for base in kept)
        faults += checks.idle_faults(file.table, listed, file.label)
        kept.append(dataclasses.replace(file, table=checks.sound(file.table, faults)))
        found += faults
    if not files or "based_on" in files[0].table:  # an unreadable base: its values are unknown
        raise Problems(found)
    return _checked(_built(kept), found, files[-1].label)


def any_scenario(name: str, value: Any) -> Scenario:
    """Argument reader for a scenario: a Scenario, a name or a path."""
    if isinstance(value, Scenario):
        return value
    if not isinstance(value, (str, os.PathLike)):
        raise refuse(name, value, "must be a Scenario, the name of a shipped one, or a path")
    return load(value)  # type: ignore[arg-type]


def with_network(scenario: Scenario, network: Any) -> Scenario:
    """The scenario, beginning with this surveyed network (a file, or a table with file and options; None: as it is)."""
    return scenario if network is None else scenario.with_(network=network)


def _checked(scenario: Scenario, found: list[Problem], file: str = "") -> Scenario:
    """The scenario, if there are no earlier faults and its values are consistent; else raises Problems."""
    found = [*found, *checks.across(scenario, file, checks.subjects(found))]
    if found:
        raise Problems(found)
    return scenario


def _built(files: list[File]) -> Scenario:
    merged: dict[str, Any] = {name: {} for name in (*SECTIONS, "words")} | {"calendar": own_calendar.ENGLAND}
    events: tuple[Event, ...] = ()
    for file in files:
        for key, value in _local_paths(file).items():
            merged[key] = {**merged[key], **value} if key in (*SECTIONS, "words") else value
        stated = file.table.get("events")
        events = () if stated == [] else (*events, *read(stated or [], file.label)[0])
    top = files[-1]
    kept = ("title", "question", "source")
    sections = {name: changes.section(SECTIONS[name](), merged[name]) for name in SECTIONS}
    return Scenario(
        name=top.table.get("name") or visible(top.path.stem),
        based_on=top.table.get("based_on"),
        bases=tuple(visible(file.path.stem) for file in reversed(files[:-1])),
        months=int(merged.get("months", checks.MONTHS.default)),
        **changes.calendar_of(merged["calendar"], events),
        claim=_claim(top) if "claim" in top.table else None,
        network=brought.read(merged["network"]) if "network" in merged else None,
        words=merged["words"],
        file=top.path,
        **{key: merged[key] for key in kept if key in merged},
        **sections,
    )


def _claim(file: File) -> Claim:
    """The claim of a file, its path to the other scenario seen from the current folder."""
    table = file.table["claim"]
    other = str(file.path.parent / table["against"]) if is_path(table["against"]) else table["against"]
    return Claim(**{**table, "month": CLAIM_MONTH.read(table["month"]), "against": other})


def _local_paths(file: File) -> Mapping[str, Any]:
    """The table of a file, with its paths relative to the current folder instead of the file's folder."""
    table = {**file.table}
    for section, name in checks.PATHS:
        given = table.get(section, {})
        if name in given:
            table[section] = {**given, name: str(file.path.parent / given[name])}
    if own_calendar.is_file(table.get("calendar")):
        table["calendar"] = str(file.path.parent / table["calendar"])
    if "network" in table:
        table["network"] = brought.read(table["network"], file.path.parent).as_table()
    return table


def _plain(section: Any) -> dict[str, Any]:
    values = ((name, getattr(section, name)) for name, _ in quantity.quantities(type(section)))
    return {name: value for name, value in values if value is not None}
