"""Meanings of measures and parameters, and the search among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ccgsim.foundation.problems import nearest, refuse
from ccgsim.foundation.quantity import plain
from ccgsim.measures import catalogue
from ccgsim.measures.in_words import IN_WORDS
from ccgsim.scenario.parameters import parameter_rows

Row = Mapping[str, Any]
MEASURES, PARAMETERS = "measures", "parameters"  # commands that list them


def asked(what: str, words: Sequence[str]) -> list[Row]:
    """The measures or parameters that contain every word, matches of names first; raises Problems if there are none."""
    rows, keys = _kind(what)
    found = _having(rows, words, keys)
    if not found:
        near = elsewhere(what, words) or nearest("_".join(words), [row["name"] for row in rows])
        raise refuse("WORD", " ".join(words), f"no {what[:-1]} has this in its name or meaning", suggestion=near)
    named = _having(found, words, ("name",)) if words else []
    return named + [row for row in found if row not in named]


def elsewhere(what: str, words: Sequence[str]) -> str:
    """The other of the two commands, if names it lists contain every word; else ''."""
    other = PARAMETERS if what == MEASURES else MEASURES
    rows, _ = _kind(other)
    return f"ccgsim {other} {' '.join(words)}" if words and _having(rows, words, ("name", "headline")) else ""


def _kind(what: str) -> tuple[Sequence[Row], Sequence[str]]:
    """Every row of a kind, and the keys to search."""
    if what == MEASURES:
        return measure_rows(), ("name", "label", "sentence", "meaning")
    return parameter_rows(), ("name", "headline", "meaning")


def _having(rows: Iterable[Row], words: Sequence[str], keys: Sequence[str]) -> list[Row]:
    return [row for row in rows if all(_loose(word) in _text(row, keys) for word in words)]


def _text(row: Row, keys: Sequence[str]) -> str:
    return _loose(" ".join(str(row.get(key) or "") for key in keys))


def _loose(text: str) -> str:
    """The text normalised so that 'Manager control' finds manager_control."""
    return text.casefold().replace("_", " ")


def measure_rows() -> list[dict[str, Any]]:
    """Every measure: name, label, unit, plain sentence, formula in words, value for an empty base."""
    keys = ("name", "label", "unit", "meaning", "empty")
    return [
        {key: getattr(each, key) for key in keys} | {"sentence": IN_WORDS[each.name]} for each in catalogue.MEASURES
    ]


def measure_lines(measures: Iterable[Row]) -> Iterable[str]:
    """Three lines per measure: name, label and unit; the plain sentence; how it is computed."""
    for each in measures:
        yield f"{each['name']:26} {each['label']} [{each['unit']}]"
        yield f"{'':4}{each['sentence']}"
        yield f"{'':4}Computed: {each['meaning']}; {each['empty']}."


def parameter_lines(parameters: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """Two lines per parameter: name, default, range and unit; then meaning and source."""
    for parameter in parameters:
        headline = f"  = {parameter['headline']}" if parameter["headline"] else ""
        yield f"{parameter['name']:32} {_default(parameter):>10}  {_range(parameter)}{headline}"
        yield f"{'':4}{parameter['meaning']} ({parameter['source']})"


def step_lines(steps: Mapping[str, str]) -> Iterable[str]:
    """Numbered lines, one per step of the month."""
    return (f"{place:4} {name:15} {what}" for place, (name, what) in enumerate(steps.items(), start=1))


def _default(parameter: Mapping[str, Any]) -> str:
    value = parameter["default"]
    return "open" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _range(parameter: Mapping[str, Any]) -> str:
    if parameter["options"]:
        return " | ".join(parameter["options"])
    if parameter["low"] is None:
        return "true | false" if isinstance(parameter["default"], bool) else "the name of a file"
    return f"{plain(parameter['low'])} to {plain(parameter['high'])} {parameter['unit']}".rstrip()
