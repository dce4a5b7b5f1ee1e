"""Actions on a running world: each is exactly one dated event of the model."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ccgsim.foundation.quantity import plain


@dataclass(frozen=True, slots=True)
class Range:
    """The allowed values of an action."""

    low: float
    high: float
    default: float
    step: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """An action: its label, explanation, event, and range of values, if any."""

    label: str
    meaning: str
    event: Callable[[float], dict[str, Any]]
    value: Range | None = None

    def fault(self, value: float | None) -> str:
        """The rule that a value breaks, or '' if it is allowed."""
        if value is None:
            return ""
        if self.value is None:
            return "this action takes no value"
        if not math.isfinite(value) or not self.value.low <= value <= self.value.high:
            return f"lies outside {plain(self.value.low)} to {plain(self.value.high)}"
        if self.value.step == 1 and not float(value).is_integer():
            return "must be a whole number"
        return ""


def _sets(name: str) -> Callable[[float], dict[str, Any]]:
    return lambda value: {"set": {name: value}}


ACTIONS: dict[str, Act] = {
    "remove_broker": Act(
        "Remove the top broker",
        "The best-connected board members leave; much that ran through them is lost.",
        lambda value: {"broker_exit": int(value)},
        Range(1, 3, 1, 1, "people"),
    ),
    "open_dialogue": Act(
        "Open dialogue",
        "Policy bodies talk with the district, so that uncertain policy is less of a surprise.",
        _sets("policy.dialogue"),
        Range(0, 1, 0.8, 0.05, "share"),
    ),
    "announce": Act(
        "Announce a reform",
        "News from the centre unsettles policy by this much; it fades.",
        lambda value: {"announce": value},
        Range(-0.5, 0.5, 0.35, 0.05, "uncertainty"),
    ),
    "close_pct": Act(
        "Close the PCT",
        "The old authority closes; its staff who are left work for the district.",
        lambda _: {"abolish_pct": True},
    ),
    "pair": Act(
        "Pair GPs with managers",
        "Part of the board's GPs each work with one manager and keep in touch.",
        lambda value: {"lever": {"name": "pairing", "value": value}},
        Range(0.1, 1, 0.5, 0.1, "share of board GPs"),
    ),
    "motivate": Act(
        "Offer a vision",
        "Leaders give GPs a reason to take part: vision and motivation.",
        _sets("engagement.soft_incentive"),
        Range(0, 0.3, 0.15, 0.01, "utility"),
    ),
    "pay": Act(
        "Offer money",
        "GPs are paid for what comes of it: less where they see fewer results than usual.",
        _sets("engagement.hard_incentive"),
        Range(0, 0.3, 0.15, 0.01, "utility"),
    ),
    "backfill": Act(
        "Pay for locums",
        "Locums free hours of each GP for commissioning.",
        _sets("engagement.backfill"),
        Range(0, 40, 20, 1, "hours a month"),
    ),
    "pressure": Act(
        "Change the pressure on managers",
        "How hard managers are pressed from above to take decisions themselves; 0 takes the pressure away.",
        _sets("stepping_in.inherited"),
        Range(-0.2, 0.4, 0.2, 0.01, "share of participation"),
    ),
    "second_broker": Act(
        "Build up a second broker",
        "Another member takes up part of the top broker's outside advisers and of her reach.",
        lambda value: {"lever": {"name": "second_broker", "share": value}},
        Range(0.1, 1, 0.5, 0.1, "share of ties"),
    ),
    "hold_back": Act(
        "The capable hold back",
        "The most capable quarter of GPs give less, once.",
        lambda value: {"lower_participation": {"of": "top_quartile", "by": value}},
        Range(0.05, 0.5, 0.15, 0.05, "share"),
    ),
    "feedback": Act(
        "Listen to patients",
        "Patients' views are gathered in a structured way and reach the board.",
        _sets("patients.structure"),
        Range(0, 1, 0.8, 0.1, "share"),
    ),
    "support": Act(
        "Hire a management team",
        "A team supports the board and takes hours of project work off its GPs.",
        lambda _: {"lever": {"name": "executive_support"}},
    ),
}


def event_of(action: str, month: int, value: float | None = None) -> dict[str, Any]:
    """The scenario event of an action, as in a scenario file."""
    act = ACTIONS[action]
    default = act.value.default if act.value is not None else 0.0
    return {"month": month, **act.event(default if value is None else value)}


def said(action: str, value: float | None) -> str:
    """An action in a few words, for marks and captions."""
    act = ACTIONS[action]
    if act.value is None:
        return act.label
    return f"{act.label} ({plain(act.value.default if value is None else value)})"


def as_tables() -> list[dict[str, Any]]:
    """All actions for the page."""
    keys = ("low", "high", "default", "step", "unit")
    return [
        {
            "name": name,
            "label": act.label,
            "meaning": act.meaning,
            "value": None if act.value is None else {key: getattr(act.value, key) for key in keys},
        }
        for name, act in ACTIONS.items()
    ]
