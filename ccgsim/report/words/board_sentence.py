"""The result of a comparison in a sentence fit for a board paper, with what the model assumes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ccgsim.foundation.inputs.texts import listed
from ccgsim.lab.comparison import Comparison, smallest_that_matters
from ccgsim.lab.on_the_way import first_months
from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.drawing.marks import all_begin
from ccgsim.report.drawing.time_axis import in_words, moment
from ccgsim.report.words.short_numbers import clear, is_nought, signed, size
from ccgsim.scenario.contrasts import BASE, EVENT, contrasts
from ccgsim.scenario.parameters import parameter_rows

Row = Mapping[Any, Any]
# In the order in which a board would ask.
ASKED = (
    "participation", "manager_control", "knowledge_mobility", "stability", "coherence", "efficacy", "board_density",
    "ties_outside",
)  # fmt: skip
MOST_TOLD = 3  # measures given with numbers; other clear differences are only named
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def sentence(found: Comparison, scenario: str) -> str:
    """What a scenario changes against the first: headline measures that clearly differ at the end, or did before.

    The last month comes first. Differences that were clear only earlier, or had the other sign, follow with the month.
    """
    both = (scenario, found.base)
    titles = [found.scenarios[name].title or name for name in both]
    names = titles if titles[0] != titles[1] else both
    start = f"'{names[0]}' against '{names[1]}'"
    if len(found.seeds) < 2:
        return f"{start}: one pair of worlds says nothing about averages; ask for more replicates."
    final, ways = (asked_rows(table, scenario) for table in (found.table, found.on_the_way))
    final = [row | {"month": found.months} for row in final if row["at"] == "final"]
    clearly = clear_rows(found, final)
    ends = {(row["measure"], row["difference"] > 0) for row in clearly}
    passed = [row for row in clear_rows(found, ways) if (row["measure"], row["difference"] > 0) not in ends]
    findings = _findings(clearly) if clearly else _nothing(final)
    return (
        f"{start}: {when(found, scenario)}, {len(found.seeds)} pairs of worlds on the same seeds show {findings}"
        f"{_passing(found, passed)} (95% intervals of averages). {assumes()}"
    )


def assumes() -> str:
    """What the model assumes, with the number of its parameters that are assumed."""
    known = parameter_rows()
    assumed = sum(row["source"].startswith("assumed") for row in known)
    return (
        "The model assumes that all else, chance included, stays the same, and that people behave by its rules, "
        f"{assumed} of whose {len(known)} parameters are assumed, not measured: rely on the sign and the order, and "
        "do not read the numbers as a forecast."
    )


def asked_rows(table: pd.DataFrame, scenario: str) -> list[dict[Any, Any]]:
    """The rows of these measures that have an interval, in their order."""
    rows = table[(table["scenario"] == scenario) & table["measure"].isin(ASKED) & table["low"].notna()]
    return sorted(rows.to_dict("records"), key=lambda row: ASKED.index(row["measure"]))


def clear_rows(found: Comparison, rows: Sequence[Row]) -> list[Row]:
    """The rows whose interval excludes 0 and whose difference is large enough to matter."""
    base = found.series[found.series["scenario"] == found.base].groupby("month")[list(ASKED)].mean().to_dict()
    return [
        row
        for row in rows
        if clear(row["low"], row["high"])
        and abs(row["difference"]) >= smallest_that_matters(row["measure"], base[row["measure"]][row["month"]])
    ]


def _findings(rows: Sequence[Row]) -> str:
    """'participation on average higher by .19 to .23 (single worlds: -.05 to +.40) and ...'."""
    parts = [f"{_by(row)} ({_range(row)})" for row in rows[:MOST_TOLD]]
    parts[0] = parts[0].replace(_name(rows[0]), f"{_name(rows[0])} on average", 1)
    others = [_name(row) for row in rows[MOST_TOLD:]]
    return listed(parts) + (f"; clear differences also in {listed(others)}" if others else "")


def _passing(found: Comparison, rows: Sequence[Row]) -> str:
    """'; on the way network stability lower by .04 to .09 in April 2014', '' for nothing."""
    begins = all_begin(found.scenarios)
    parts = [
        f"{_by(row)} in {moment(row['month'], None) if begins is None else in_words(begins + row['month'])}"
        for row in rows
    ]
    return f"; on the way {listed(parts[:MOST_TOLD])}" if parts else ""


def _by(row: Row) -> str:
    low, high = (_number(end) for end in sorted((abs(row["low"]), abs(row["high"]))))
    amount = low if low == high else f"{low} to {high}"
    return f"{_name(row)} {'higher' if row['low'] > 0 else 'lower'} by {amount}"


def _nothing(rows: Sequence[Row]) -> str:
    if not rows or all(is_nought(row["low"], row["high"]) for row in rows):
        return "no difference in any headline measure"
    row = next(row for row in rows if not is_nought(row["low"], row["high"]))
    interval = f"from {_signed(row['low'])} to {_signed(row['high'])}"
    return (
        "no headline measure that differs clearly and by enough to matter: "
        f"the average difference in {_name(row)} lies {interval} ({_range(row)})"
    )


def _name(row: Row) -> str:
    label = MEASURE[row["measure"]].label
    return label[0].lower() + label[1:]


def _range(row: Row) -> str:
    return f"single worlds: {_signed(row['range_low'])} to {_signed(row['range_high'])}"


def _number(value: float) -> str:
    """Two digits after the point, one from 1, none from 100."""
    return size(value, _digits(value))


def _signed(value: float) -> str:
    return signed(value, _digits(value))


def _digits(value: float) -> int:
    return 2 if abs(value) < 1 else 1 if abs(value) < 100 else 0


def when(found: Comparison, scenario: str) -> str:
    """'five years after the start (December 2015), 2 years 6 months after the first event that differs'."""
    begins = all_begin(found.scenarios)
    date = "" if begins is None else f" ({in_words(begins + found.months)})"
    return f"{span(found.months)} after the start{date}{_later(found, scenario)}"


def _later(found: Comparison, scenario: str) -> str:
    """How long the worlds have differed, '' if from the start or never."""
    pair = found.scenarios[found.base], found.scenarios[scenario]
    things = [each for each in contrasts(*pair, found.months) if each.kind != BASE]
    events = [(each.other or each.one)["month"] for each in things if each.kind == EVENT]
    if things and len(events) == len(things):
        return f", {span(found.months - min(events))} after the first event that differs" if min(events) else ""
    since = first_months(found.series)[scenario]
    return f", {span(found.months - since)} after the first month that differs" if since > 1 else ""


def span(months: int) -> str:
    """'six years', '4 years 7 months', '7 months'."""
    years, rest = divmod(months, 12)
    if not rest and 1 <= years <= len(_NUMBERS):
        return f"{_NUMBERS[years - 1]} year{'s' if years > 1 else ''}"
    parts = ((years, "year"), (rest, "month"))
    return " ".join(f"{n} {unit}{'s' if n > 1 else ''}" for n, unit in parts if n) or "no time"
