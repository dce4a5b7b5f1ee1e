"""Changes of parameters, in the form that scenarios take."""

from __future__ import annotations

from collections.abc import Mapping

from ccgsim.lab.validation.patterns.pattern import Change


def by_section(point: Mapping[str, float]) -> Change:
    """Values under dotted names as a change of parameters, section by section."""
    change: dict[str, dict[str, float]] = {}
    for name, value in point.items():
        section, key = name.split(".")
        change.setdefault(section, {})[key] = value
    return change
