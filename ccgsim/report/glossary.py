"""What measures and parameters mean, in words, and those among them that a reader asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ccgsim.measures.catalogue import MEASURES
from ccgsim.measures.in_words import IN_WORDS
from ccgsim.problems import nearest, refuse
from ccgsim.quantity import plain

Row = Mapping[str, Any]


def having(rows: Sequence[Row], words: Sequence[str], what: str, keys: Sequence[str]) -> list[Row]:
    """The rows that hold every word in one of `keys`, named ones first; raises Problems where there are none."""
    asked = [_loose(word) for word in words]
    found = [row for row in rows if all(word in _text(row, keys) for word in asked)]
    if not found:
        near = nearest("_".join(words), [row["name"] for row in rows])
        raise refuse("WORD", " ".join(words), f"no {what} has this in its name or meaning", suggestion=near)
    named = [row for row in found if asked and all(word in _loose(row["name"]) for word in asked)]
    return named + [row for row in found if row not in named]


def _text(row: Row, keys: Sequence[str]) -> str:
    return _loose(" ".join(str(row[key] or "") for key in keys))


def _loose(text: str) -> str:
    """The text so that 'Manager control' finds manager_control."""
    return text.casefold().replace("_", " ")


def measure_rows() -> list[dict[str, Any]]:
    """Every measure: name, label, unit, a plain sentence, its formula in words, what an empty base gives."""
    keys = ("name", "label", "unit", "meaning", "empty")
    return [{key: getattr(each, key) for key in keys} | {"sentence": IN_WORDS[each.name]} for each in MEASURES]


def measure_lines(measures: Iterable[Row]) -> Iterable[str]:
    """Three lines a measure: name, label and unit; the plain sentence; how it is computed."""
    for each in measures:
        yield f"{each['name']:26} {each['label']} [{each['unit']}]"
        yield f"{'':4}{each['sentence']}"
        yield f"{'':4}Computed: {each['meaning']}; {each['empty']}."


def parameter_lines(parameters: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """Two lines a parameter: name, default, range and unit, then meaning and source."""
    for parameter in parameters:
        headline = f"  = {parameter['headline']}" if parameter["headline"] else ""
        yield f"{parameter['name']:32} {_default(parameter):>10}  {_range(parameter)}{headline}"
        yield f"{'':4}{parameter['meaning']} ({parameter['source']})"


def _default(parameter: Mapping[str, Any]) -> str:
    value = parameter["default"]
    return "open" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _range(parameter: Mapping[str, Any]) -> str:
    if parameter["options"]:
        return " | ".join(parameter["options"])
    if parameter["low"] is None:
        return "true | false" if isinstance(parameter["default"], bool) else "the name of a file"
    return f"{plain(parameter['low'])} to {plain(parameter['high'])} {parameter['unit']}".rstrip()
