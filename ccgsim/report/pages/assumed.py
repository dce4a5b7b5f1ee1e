"""What results rest on: the model's assumptions, and the values of a world that are not the defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ccgsim.report.pages.page import Items, Section, Table
from ccgsim.report.words.board_sentence import assumes
from ccgsim.scenario.contrasts import value_words
from ccgsim.scenario.parameters import parameter_rows

HEADING = "What is assumed, and what it does not show"
PEOPLE = "This page names people. In a small network codes do not hide them: think before you pass it on."
HEAD = ("parameter", "value", "default", "what it is", "source")


def assumed(limits: Sequence[str], *tables: Table) -> Section:
    """The section on what is assumed: the model's own sentence, limits of these results, and tables."""
    return Section(HEADING, (assumes(), Items(tuple(limits)), *tables))


def settings_table(resolved: Mapping[str, Any], caption: str = "Values that differ from the model's defaults") -> Table:
    """Each parameter of a world that differs from its default, with meaning and source."""
    note = "Every parameter: `ccgsim parameters`."
    return Table(caption, HEAD, tuple(_rows(resolved)), note)


def _rows(resolved: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for row in parameter_rows():
        section, _, key = row["name"].partition(".")
        values = resolved.get(section)
        if isinstance(values, Mapping) and key in values and values[key] != row["default"]:
            words = value_words(values[key]), value_words(row["default"])
            yield (row["name"], *words, row["meaning"], row["source"])


def parameters_table(names: Sequence[str], caption: str, ranges: Mapping[str, str]) -> Table:
    """The named parameters with the values or ranges used, meaning and source."""
    known = {row["name"]: row for row in parameter_rows()}
    rows = tuple(
        (name, ranges[name], *(str(known.get(name, {}).get(key, "")) for key in ("meaning", "source")))
        for name in names
    )
    return Table(caption, ("parameter", "values", "what it is", "source"), rows)
