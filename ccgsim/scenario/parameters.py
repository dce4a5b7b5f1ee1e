"""Every declared parameter under its dotted name: which there are, which may change in mid-run."""

from __future__ import annotations

from typing import Any

from ccgsim.foundation.quantity import Quantity, quantities
from ccgsim.scenario.sections import HEADLINES, SECTIONS

# Sections that describe how a world begins: only what each CCG keeps as a state may change later.
_BEGINNING = ("england", "site", "people", "start", "ablation")


def all_parameters() -> dict[str, Quantity]:
    """Every declared parameter under its dotted name, section after section."""
    return {f"{section}.{name}": q for section, kind in SECTIONS.items() for name, q in quantities(kind)}


def parameter_rows() -> list[dict[str, Any]]:
    """Every parameter that a user may set by name: default, low, high, unit, meaning, source, headline, options."""
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
    """The parameters that an event may change in mid-run, under their dotted names."""
    return {
        name: q
        for name, q in all_parameters().items()
        if q.dated and (q.each_ccg or name.partition(".")[0] not in _BEGINNING)
    }
