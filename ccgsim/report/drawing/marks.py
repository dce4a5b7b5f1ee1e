"""Dated events to mark in figures by month: those of the national calendar and the scenario's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ccgsim.foundation.dates import month_of
from ccgsim.foundation.vocabulary import ABOLITION_MONTH
from ccgsim.scenario.checks import exit_months

if TYPE_CHECKING:  # the lesson uses marks before anything needs pandas
    import pandas as pd

Mark = tuple[int, str]  # month, what happens
PCTS_ABOLISHED = "PCTs abolished, their staff who stay work for the CCG"
FORMER_STAFF = "PCT staff, once PCTs are abolished: their former staff, now the CCG's"
REORGANISATIONS = ("cut_staff", "move_functions", "cluster", "merge_boards")
WAVE = 0.05  # share of CCGs that must merge in one April for a mark


def english(resolved: Mapping[str, Any]) -> bool:
    """Whether the national calendar applies, that is, unless the scenario has `calendar = "none"`."""
    return bool(resolved.get("calendar", "english") != "none")


def begins_of(resolved: Mapping[str, Any]) -> int | None:
    """The month of month 0, counted from December 2010: 0 by the national calendar; None if months have no dates."""
    return 0 if english(resolved) else month_of(resolved.get("begins"))


def all_begin(scenarios: Mapping[str, Any]) -> int | None:
    """The same of several scenarios; None if they do not begin in the same month."""
    found = {begins_of(world.resolved()) for world in scenarios.values()}
    return found.pop() if len(found) == 1 else None


def marks_of(resolved: Mapping[str, Any], months: int, ccgs: pd.DataFrame | None = None) -> list[Mark]:
    """Every event before `months` as (month, short text), in order; with the English calendar also PCT abolition.

    Events are the scenario's own, broker exits set by the headline parameter, and the month from which managers'
    control is fixed. `ccgs` lists many CCGs each March: Aprils in which at least 5% of them merged are events too.
    """
    found = [(ABOLITION_MONTH, PCTS_ABOLISHED)] if english(resolved) else []
    found += [(int(event["month"]), event_words(event)) for event in resolved.get("events") or () if "month" in event]
    found += list(_cuts(resolved))
    found += [(month, "broker exit") for month in exit_months(resolved.get("turnover", {}).get("broker_exits", 0))]
    held = resolved.get("ablation", {}).get("control_from_month")
    found += [(int(held), "managers' control held from here")] if held else []
    found += _waves_of_mergers(ccgs) if ccgs is not None else []
    merged: dict[int, str] = {}
    for month, words in sorted(found, key=lambda mark: mark[0]):
        if 0 <= month < months and words not in merged.get(month, ""):
            merged[month] = f"{merged[month]}; {words}" if month in merged else words
    return list(merged.items())


def _cuts(resolved: Mapping[str, Any]) -> Iterator[Mark]:
    """The month of each cut of staff that its event announces."""
    for event in resolved.get("events") or ():
        if "cut_staff" in event and event["cut_staff"]["after"]:
            yield int(event["month"]) + int(event["cut_staff"]["after"]), "the staff cut comes"


def abolition(resolved: Mapping[str, Any]) -> int | None:
    """The month in which PCTs close, by the calendar or an event; None if they stay."""
    months = [int(event["month"]) for event in resolved.get("events") or () if event.get("abolish_pct")]
    return min([*months, ABOLITION_MONTH] if english(resolved) else months, default=None)


def _waves_of_mergers(ccgs: pd.DataFrame) -> list[Mark]:
    """Aprils with many mergers, and the number of CCGs gone by the next March."""
    gone = (ccgs["merged_into"] >= 0).groupby(ccgs["year"]).sum()
    there = ccgs["ccg"].nunique() - gone
    newly = gone.diff().fillna(0)
    waves = newly[newly > WAVE * there.shift()]
    years, numbers = waves.index.to_numpy(int), waves.to_numpy(int)
    return [(int(12 * (y - 2011) - 8), f"{n} CCGs merge into others") for y, n in zip(years, numbers, strict=True)]


def event_words(event: Mapping[str, Any]) -> str:
    """What an event does, in a few words."""
    return "; ".join(_phrase(act, value) for act, value in event.items() if act != "month" and value is not None)


def _phrase(act: str, value: Any) -> str:
    if act == "set":
        return ", ".join(f"{key} = {item}" for key, item in value.items())
    if act == "broker_exit":
        return f"{value} broker exits" if value != 1 else "broker exit"
    if act == "announce":
        return f"announcement {value:+g}"
    if act == "abolish_pct":
        return PCTS_ABOLISHED
    if act in REORGANISATIONS:
        return ", ".join([act.replace("_", " "), *(f"{key} {item}" for key, item in value.items())])
    if act == "lever":
        return ", ".join([str(value.get("name", "lever")), *(f"{k} {v}" for k, v in value.items() if k != "name")])
    if isinstance(value, Mapping):
        return " ".join([act.replace("_", " "), *(str(item) for item in value.values())])
    return act.replace("_", " ")
