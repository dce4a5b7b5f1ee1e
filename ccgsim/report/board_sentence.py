"""What a comparison comes to, in a sentence that can stand in a board paper, and what the model assumes for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from ccgsim.lab.comparison import smallest_that_matters
from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.marks import english
from ccgsim.report.time_axis import in_words
from ccgsim.world.scenario_parameters import parameter_rows

if TYPE_CHECKING:
    from ccgsim.report.comparing import Comparison

# What a board asks first comes first.
ASKED = (
    "participation", "manager_control", "knowledge_mobility", "stability", "coherence", "efficacy", "board_density",
    "ties_outside",
)  # fmt: skip
MOST_TOLD = 3  # in numbers; others that differ are named
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def sentence(found: Comparison, scenario: str) -> str:
    """What a scenario changes against the first by the last month: headline measures that clearly differ, or none."""
    names = [found.scenarios[name].title or name for name in (scenario, found.base)]
    start = f"'{names[0]}' against '{names[1]}'"
    if len(found.seeds) < 2:
        return f"{start}: one pair of worlds tells nothing of averages; ask for more replicates."
    rows = {at: _rows(found, scenario, at) for at in ("final", "mean")}
    when, pairs = _when(found), f"95% intervals from {len(found.seeds)} pairs of worlds"
    if clear := _clear(found, rows["final"], "final"):
        return f"{start}: {when}, in 1,000 such worlds {_told(clear)} ({pairs}). {_assumes()}"
    if clear := _clear(found, rows["mean"], "mean"):
        over = f"but over the {_span(found.months)} together, in 1,000 such worlds"
        return f"{start}: {when}, no headline measure differs clearly, {over} {_told(clear)} ({pairs}). {_assumes()}"
    return f"{start}: {when}, {_nothing(rows['final'])} ({pairs}). {_assumes()}"


def _assumes() -> str:
    """What the model takes for granted, with the part of its parameters that nobody has measured."""
    known = parameter_rows()
    assumed = sum(row["source"].startswith("assumed") for row in known)
    return (
        "The model assumes that all else, chance included, stays the same, and that people behave by its rules, "
        f"{assumed} of whose {len(known)} parameters are assumed, not measured: lean on the sign and the order, and "
        "do not read the numbers as a forecast."
    )


def _rows(found: Comparison, scenario: str, at: str) -> list[Mapping[str, Any]]:
    """The rows of the measures asked for whose interval is known, in their order."""
    table = found.table[(found.table["scenario"] == scenario) & (found.table["at"] == at)]
    rows = {row["measure"]: row for row in table.to_dict("records") if pd.notna(row["low"])}
    return [{str(key): value for key, value in rows[name].items()} for name in ASKED if name in rows]


def _clear(found: Comparison, rows: Sequence[Mapping[str, Any]], at: str) -> list[Mapping[str, Any]]:
    """Those whose interval leaves out 0 and whose difference is large enough to matter."""
    base = found.series[found.series["scenario"] == found.base]
    months = base[base["month"] == found.months] if at == "final" else base[base["month"] >= 1]
    return [
        row
        for row in rows
        if (row["low"] > 0 or row["high"] < 0)
        and abs(row["difference"]) >= smallest_that_matters(row["measure"], float(months[row["measure"]].mean()))
    ]


def _told(rows: Sequence[Mapping[str, Any]]) -> str:
    """'participation would on average be higher by .19 to .23 (single worlds: -.05 to +.40) and ...'."""
    parts = []
    for place, row in enumerate(rows[:MOST_TOLD]):
        verb = " would on average be" if place == 0 else ""
        way = "higher" if row["low"] > 0 else "lower"
        low, high = sorted((abs(row["low"]), abs(row["high"])))
        amount = _number(low) if _number(low) == _number(high) else f"{_number(low)} to {_number(high)}"
        parts.append(f"{_name(row)}{verb} {way} by {amount} ({_range(row)})")
    others = [_name(row) for row in rows[MOST_TOLD:]]
    return _listed(parts) + (f"; clear differences also in {_listed(others)}" if others else "")


def _nothing(rows: Sequence[Mapping[str, Any]]) -> str:
    told = "no headline measure differs clearly and by enough to matter"
    if not rows:
        return told
    first = rows[0]
    interval = f"from {_number(first['low'], signed=True)} to {_number(first['high'], signed=True)}"
    return f"{told}: the average difference in {_name(first)} lies {interval} ({_range(first)})"


def _name(row: Mapping[str, Any]) -> str:
    label = MEASURE[row["measure"]].label
    return label[0].lower() + label[1:]


def _range(row: Mapping[str, Any]) -> str:
    ends = [_number(row[end], signed=True) for end in ("range_low", "range_high")]
    return f"single worlds: {ends[0]} to {ends[1]}"


def _number(value: float, *, signed: bool = False) -> str:
    """'.19' and '-.05', a decimal from 1, none from 100."""
    digits = 2 if abs(value) < 1 else 1 if abs(value) < 100 else 0
    rounded = round(value, digits) + 0.0  # adding 0 makes -0 plain
    text = f"{abs(rounded):.{digits}f}"
    sign = "-" if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + (text.removeprefix("0") if abs(rounded) < 1 and rounded else "0" if not rounded else text)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _when(found: Comparison) -> str:
    dated = english(found.scenarios[found.base].resolved())
    return f"after {_span(found.months)}" + (f" ({in_words(found.months)})" if dated else "")


def _span(months: int) -> str:
    """'six years', 'two and a half years', '140 months'."""
    years, rest = divmod(months, 12)
    if rest not in (0, 6) or not 1 <= years <= len(_NUMBERS) or (years == 1 and rest):
        return f"{months} months"
    return f"{_NUMBERS[years - 1]}{' and a half' if rest else ''} year{'s' if months > 12 else ''}"
