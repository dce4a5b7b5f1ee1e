"""Dated events: changes during a run, and the levers of a scenario (docs/odd.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ccgsim.foundation.dates import date_of, month_of
from ccgsim.foundation.problems import Problem, nearest, nearest_dotted, shown
from ccgsim.foundation.quantity import MONTH, Quantity
from ccgsim.foundation.vocabulary import ARENAS, KINDS, ORIGINS, PATHWAYS, ROLES, SECTORS
from ccgsim.scenario.parameters import all_parameters, dated_parameters

LAST_MONTH = 1200
Value = int | float | bool | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event: it acts before the processes of `month`; `act` is a name in ACTS, `value` its argument."""

    month: int
    act: str
    value: Value
    origin: str = field(default="", compare=False, repr=False)  # such as 'event 3 (month 24)': its position in its file
    file: str = field(default="", compare=False, repr=False)

    def called(self, file: str) -> str:
        """The name of the event in messages about `file`."""
        number, _, month = (self.origin or f"event (month {self.month})").partition(" (")
        of = f" of {self.file}" if self.file and self.file != file else ""
        return f"{number}{of} ({month}"

    def as_table(self) -> dict[str, Any]:
        """The event as in a scenario file."""
        return {"month": self.month, self.act: dict(self.value) if isinstance(self.value, Mapping) else self.value}


@dataclass(frozen=True, slots=True)
class Lever:
    """A lever: meaning and source; `sets` names the parameter that it sets, or else `fields` its arguments."""

    meaning: str
    source: str
    sets: str = ""
    fields: Mapping[str, Quantity] | None = None


def _whole(low: int, high: int, meaning: str, default: int | None = None) -> Quantity:
    return Quantity(default, low, high, "", meaning, "set by the user", int)


def _number(low: float, high: float, meaning: str, default: float | None = None) -> Quantity:
    return Quantity(default, low, high, "", meaning, "set by the user", float)


def _word(options: tuple[str, ...], meaning: str, default: str | None = None) -> Quantity:
    return Quantity(default, None, None, "", meaning, "set by the user", str, options)


_SEATS = {"count": _whole(1, 5, "Seats added", 1)}
# Fields without a default are required.
LEVERS: dict[str, Lever] = {
    "dialogue": Lever("Two-way dialogue between policy bodies and the CCG", "E41", "policy.dialogue"),
    "soft_incentive": Lever("Vision and motivation", "E40", "engagement.soft_incentive"),
    "hard_incentive": Lever("Money, held to account: less where less comes of it", "E40", "engagement.hard_incentive"),
    "backfill": Lever("Locum hours paid for each GP", "E17", "engagement.backfill"),
    "depository": Lever("A shared digital depository", "E37", "knowledge.depository"),
    "structured_feedback": Lever("Structured feedback from patients", "E38", "patients.structure"),
    "benchmarking": Lever("Comparative data from elsewhere", "E39", "transparency.benchmarking"),
    "colocation": Lever("Board and PCT in one building", "E14", "site.colocation"),
    "mandate": Lever("Practices must take up projects", "E31", "redesign.mandate"),
    "coaching": Lever(
        "Training of the most central board members",
        "E36",
        fields={"value": _number(0, 3, "Growth of brokerage"), "count": _whole(1, 60, "Members trained")},
    ),
    "second_broker": Lever(
        "Part of the top broker's outside ties and reach is built up with another member",
        "E36",
        fields={"share": _number(0, 1, "Part of the ties and of the reach", 0.5)},
    ),
    "pairing": Lever("Board GPs paired with managers", "E14", fields={"value": _number(0, 1, "Part of board GPs")}),
    "executive_support": Lever("A management team supports the board", "E1", fields={}),
    "provider_seat": Lever("Seats for providers", "E43", fields=_SEATS),
    "nurse_seat": Lever("Seats for nurses", "E43", fields=_SEATS),
    "patient_seat": Lever("Seats for lay members", "E16", fields=_SEATS),
    "localities": Lever("Practices grouped into localities", "E44", fields={"count": _whole(1, 3000, "Localities")}),
    "opt_in": Lever("Practices may refuse projects", "E31", fields={}),
    "alliance": Lever(
        "Providers of one pathway funded to work together",
        "E32",
        fields={"pathway": _word(PATHWAYS, "Pathway"), "months": _whole(1, LAST_MONTH, "Months of funding")},
    ),
    "shortage": Lever(
        "Providers of a sector lose staff",
        "E33",
        fields={"sector": _word(SECTORS[1:], "Sector"), "value": _number(0, 1, "Capacity lost")},
    ),
}

_TIE = {"source": _whole(0, 2**62, "Key of the seeker"), "target": _whole(0, 2**62, "Key of the adviser")}
_SEAT = {"role": _word(ROLES[1:], "Role of the seat"), "kind": _word(KINDS, "Kind of those who may hold it")}
_LOWER = {"of": _word(("top_quartile",), "Whose participation"), "by": _number(0, 1, "Participation taken away")}
_BEGUN = {
    "pathway": _word(PATHWAYS, "Pathway"),
    "origin": _word(ORIGINS, "Where the idea comes from"),
    "locality": _whole(0, 3000, "Locality where it begins, counted from 1; 0 leaves it to chance", 0),
    "arena": _word(ARENAS, "Arena where it stands at first", ARENAS[0]),
}
_FUNDING = {"pathway": _word(PATHWAYS, "Pathway that loses its money")}
_CUT = {
    "share": _number(0, 1, "Part of the staff off the board that goes"),
    "after": _whole(0, 120, "Months from the notice, in which staff fear for their posts, to the cut", 9),
}
_CLUSTER = {
    "share": _number(0.05, 1, "Part of the accountable officer's reach that is left for each board", 0.5),
    "officer": _word(("own", "neighbour"), "Whose officer leads, where one board is simulated", "own"),
}
_MERGED = {"ccg": _whole(0, 999, "Number of the CCG that ends"), "into": _whole(0, 999, "Number of the one it joins")}
_MOVED = {
    "share": _number(0, 1, "Part of the staff off the board that moves"),
    "to": _word(("regional", "local authority", "acute", "community"), "Kind of body that takes them", "regional"),
}
# The acts of events: a value, a table of fields, or what a method of the reader reads.
ACTS: dict[str, Quantity | Mapping[str, Quantity] | None] = {
    "set": None,
    "broker_exit": _whole(1, 60, "Members who leave", 1),
    "abolish_pct": None,
    "announce": _number(-1, 1, "Change of uncertainty", 0.0),
    "lever": None,
    "remove_tie": _TIE,
    "add_tie": _TIE,
    "remove_seat": _SEAT,
    "add_seat": _SEAT,
    "lower_participation": _LOWER,
    "begin_project": _BEGUN,
    "withdraw_funding": _FUNDING,
    "cut_staff": _CUT,
    "move_functions": _MOVED,
    "cluster": _CLUSTER,
    "merge_boards": _MERGED,
}
MONTH_OF_EVENT = Quantity(None, 0, LAST_MONTH - 1, MONTH, "Month", "set by the user", int)


class _Reader:
    """Reads the event tables of one file and collects all faults."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def fault(self, key: str, value: object, rule: str, suggestion: str = "") -> None:
        self.found.append(Problem(self.file, key, "" if value is None else shown(value), rule, suggestion))

    def value(self, quantity: Quantity, value: object, key: str) -> Any:
        found = quantity.problems(value, key, self.file)
        self.found += found
        return None if found else quantity.read(value)

    def table(self, fields: Mapping[str, Quantity], value: object, key: str) -> dict[str, Any]:
        """The fields of an act or lever, with defaults filled in."""
        if not isinstance(value, Mapping):
            self.fault(key, value, f"must be a table with {', '.join(fields) or 'nothing but its name'}")
            return {}
        for name in value:
            if name not in fields:
                allowed = f"it takes {', '.join(fields)}" if fields else "it takes nothing but its name"
                self.fault(_within(key, name), value[name], f"unknown; {allowed}", nearest(name, list(fields)))
        read: dict[str, Any] = {}
        for name, quantity in fields.items():
            given = value.get(name, quantity.default)
            if given is None:
                self.fault(_within(key, name), None, f"is missing: {quantity.meaning.lower()}")
            else:
                read[name] = self.value(quantity, given, _within(key, name))
        return read

    def set(self, value: object, key: str) -> dict[str, Any]:
        """Parameters to set, each checked against its declaration."""
        if not isinstance(value, Mapping) or not value:
            self.fault(key, value, 'must be a table such as { "policy.dialogue" = 0.8 }')
            return {}
        return {name: self.setting(name, given, f"{key}.{name}") for name, given in value.items()}

    def setting(self, name: str, given: object, key: str) -> Any:
        quantity = dated_parameters().get(name)
        if quantity is not None:
            if given is None:
                self.fault(key, "none", "must be a number")
            return self.value(quantity, given, key)
        if isinstance(given, Mapping):
            full = " and ".join(f'"{name}.{inner}" = ...' for inner in given)
            self.fault(key, None, f"put the name in quotes: {full}; TOML takes it for a table")
        elif name in all_parameters():
            self.fault(key, given, "is fixed when a world begins and cannot be changed by an event")
        else:
            self.fault(key, given, "unknown parameter", nearest_dotted(name, list(dated_parameters())))
        return None

    def lever(self, value: object, key: str) -> tuple[str, Any]:
        """A lever as (act, value); a lever that sets a parameter becomes a `set`."""
        name = value.get("name") if isinstance(value, Mapping) else None
        if not isinstance(value, Mapping) or not isinstance(name, str) or name not in LEVERS:
            near = nearest(name, list(LEVERS)) if isinstance(name, str) else ""
            self.fault(f"{key}.name", name, f"must be one of {', '.join(LEVERS)}", near)
            return "lever", {}
        lever = LEVERS[name]
        rest = {k: v for k, v in value.items() if k != "name"}
        read = self.table(fields_of(lever), rest, key)
        return ("set", {lever.sets: read.get("value")}) if lever.sets else ("lever", {"name": name, **read})

    def abolish_pct(self, value: object, key: str) -> bool:
        if value is not True:
            self.fault(key, value, "must be true")
        return True

    def act(self, name: str, value: object, key: str) -> tuple[str, Any]:
        """An act as (act, value)."""
        declared = ACTS[name]
        if declared is None:
            return self.lever(value, key) if name == "lever" else (name, getattr(self, name)(value, key))
        if isinstance(declared, Quantity):
            return name, self.value(declared, value, key)
        read = self.table(declared, value, key)
        if declared is _TIE and len(read) == 2 and read["source"] == read["target"]:
            self.fault(key, value, "source and target must differ")
        return name, read

    def event(self, table: object, number: int) -> Event | None:
        """One event, or None if it has a fault."""
        before, key = len(self.found), f"event {number}"
        if not isinstance(table, Mapping):
            self.fault(key, table, "must be a table with month and one act")
            return None
        stated = {name: value for name, value in table.items() if name == "month"}
        month: Any = self.table({"month": MONTH_OF_EVENT}, stated, key).get("month")
        if month is not None:
            key = f"{key} ({_when(stated['month'], month)})"
        acts = self.acts(table, key)
        done = [self.act(name, table[name], _within(key, name)) for name in acts]
        return None if len(self.found) > before else Event(month, *done[0], origin=key, file=self.file)

    def acts(self, table: Mapping[str, Any], key: str) -> list[str]:
        """The acts of an event; a fault is recorded unless there is exactly one."""
        unknown = [name for name in table if name != "month" and name not in ACTS]
        for name in unknown:
            near = nearest(name, ["month", *ACTS])
            rule = "unknown act" if near else f"unknown act; acts are {', '.join(ACTS)}"
            self.fault(_within(key, name), table[name], rule, near)
        acts = [name for name in table if name in ACTS]
        if len(acts) != 1 and not unknown:
            self.fault(key, None, f"must have exactly one of {', '.join(ACTS)}, not {', '.join(acts) or 'none'}")
        return acts


def fields_of(lever: Lever) -> Mapping[str, Quantity]:
    """What a lever takes beside its name; the value of one that sets a parameter has that parameter's bounds."""
    if not lever.sets:
        return lever.fields or {}
    sets = all_parameters()[lever.sets]
    return {"value": Quantity(None, sets.low, sets.high, "", sets.meaning, "", sets.kind)}


def _within(key: str, name: str) -> str:
    """The key of a field within an event, or within a part of one."""
    return f"{key}.{name}" if ", " in key else f"{key}, {name}"


def _when(written: object, month: int) -> str:
    """The month of an event for messages, with its date if it was written as a date."""
    return f"month {month}" if month_of(written) is None else f"month {month} = {date_of(month)}"


def read(tables: Iterable[Event | Mapping[str, Any]], file: str = "") -> tuple[tuple[Event, ...], list[Problem]]:
    """The valid events of one file, in order, and all faults of the others (events are counted from 1)."""
    reader = _Reader(file)
    plain = [table.as_table() if isinstance(table, Event) else table for table in tables]
    read_events = [reader.event(table, place) for place, table in enumerate(plain, start=1)]
    return tuple(event for event in read_events if event is not None), reader.found
