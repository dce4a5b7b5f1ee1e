"""All declared parameters by dotted name, and those that may change during a run."""

from __future__ import annotations

from typing import Any

from ccgsim.foundation.quantity import Quantity, quantities
from ccgsim.scenario.sections import HEADLINES, SECTIONS

# Sections that describe the start of a world: only parameters that are states of a CCG may change later.
_BEGINNING = ("england", "site", "people", "start", "ablation")


def all_parameters() -> dict[str, Quantity]:
    """All declared parameters by dotted name, section by section."""
    return {f"{section}.{name}": q for section, kind in SECTIONS.items() for name, q in quantities(kind)}


def parameter_rows() -> list[dict[str, Any]]:
    """All parameters that a user may set by name: default, low, high, unit, meaning, source, headline, options."""
    headlines = {parameter: headline for headline, parameter in HEADLINES.items()}
    keys = ("default", "low", "high", "unit", "meaning", "source")
    return [
        {
            "name": name,
            **{key: getattr(quantity, key) for key in keys},
            "headline": headlines.get(name),
            "options": list(quantity.options),
        }
        for name, quantity in all_parameters().items()
        if not name.startswith("ablation.")
    ]


def dated_parameters() -> dict[str, Quantity]:
    """The parameters that an event may change during a run, by dotted name."""
    return {
        name: q
        for name, q in all_parameters().items()
        if q.dated and (q.each_ccg or name.partition(".")[0] not in _BEGINNING)
    }
