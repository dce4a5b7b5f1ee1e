"""The sliders of the sandbox: parameters with plain labels and bounds for the lesson, within the declared bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ccgsim.foundation.quantity import Quantity, plain
from ccgsim.scenario.parameters import all_parameters
from ccgsim.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Slider:
    """A slider: label, group, and the lesson's bounds and step."""

    label: str
    group: str
    low: float
    high: float
    step: float

    def as_table(self, name: str) -> dict[str, Any]:
        """The slider for the page, with unit, meaning and source from the declaration."""
        declared = all_parameters()[name]
        return {
            "name": name,
            "label": self.label,
            "low": self.low,
            "high": self.high,
            "step": self.step,
            "default": declared.default,
            "unit": declared.unit,
            "meaning": declared.meaning,
            "source": declared.source,
            "group": self.group,
        }


SLIDERS: dict[str, Slider] = {
    "site.practices": Slider("Practices (network size)", "headline", 10, 300, 5),
    "site.density": Slider("Ties on the board (density)", "headline", 0.2, 0.8, 0.01),
    "turnover.broker_exits": Slider("Brokers who leave, one a year from month 24", "headline", 0, 4, 1),
    "policy.uncertainty": Slider("Policy uncertainty", "headline", 0, 1, 0.05),
    "policy.dialogue": Slider("Two-way dialogue with policy bodies", "help", 0, 1, 0.05),
    "engagement.soft_incentive": Slider("Vision and motivation", "help", 0, 0.3, 0.01),
    "engagement.hard_incentive": Slider("Money and accountability", "help", 0, 0.3, 0.01),
    "engagement.backfill": Slider("Locum hours paid for each GP", "help", 0, 40, 1),
    "stepping_in.inherited": Slider("Pressure on managers at the start", "district", -0.2, 0.4, 0.01),
    "stepping_in.tolerance": Slider("Participation below which managers step in", "district", 0.3, 0.55, 0.01),
    "site.localities": Slider("Localities with a lead on the board", "district", 1, 8, 1),
    "site.colocation": Slider("Board and PCT in one building", "district", 0, 1, 0.1),
    "patients.structure": Slider("Structured feedback from patients", "district", 0, 1, 0.1),
    "ties.closure": Slider("Friends of friends become contacts", "district", 0, 0.6, 0.05),
}


def setting_fault(name: str, value: float) -> str:
    """The rule that a setting breaks, or '' if it is allowed."""
    if name not in SLIDERS:
        return f"no slider of the lesson has this name; there are {', '.join(SLIDERS)}"
    slider, declared = SLIDERS[name], all_parameters()[name]
    rule = declared.fault(value)
    if not rule and not slider.low <= value <= slider.high:
        return f"lies outside the lesson's {plain(slider.low)} to {plain(slider.high)}"
    return rule


def values_of(scenario: Scenario) -> dict[str, float | None]:
    """The value of each slider in a scenario; None if unset."""
    places = (name.split(".") for name in SLIDERS)
    return {f"{section}.{key}": getattr(getattr(scenario, section), key) for section, key in places}


def quantity_of(name: str) -> Quantity:
    """The declared parameter of a slider."""
    return all_parameters()[name]
