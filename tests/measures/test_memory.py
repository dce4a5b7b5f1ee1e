"""Persistence and retention look back a year, or as far as there is a past."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgsim.measures.memory import persistence
from ccgsim.measures.observer import Observer

from .builders import Plan, at_month, person

PEOPLE = [person(board=1), person(board=1), person(board=1), person()]
BEFORE = Plan(PEOPLE, [(0, 1, 0.5), (1, 2, 0.5), (2, 3, 0.5), (3, 0, 0.5)])
AFTER = replace(BEFORE, ties=[(0, 1, 0.9), (1, 2, 0.5), (2, 0, 0.5), (3, 1, 0.5)])  # two kept, one lost, one new


def seen(plans: list[Plan]) -> dict[str, float]:
    """The measures of the last of these worlds, one a month."""
    observer = Observer(plans[0].world(), 0)
    for month, plan in enumerate(plans):
        observer.observe(at_month(plan, month))
    return observer.latest()


@pytest.mark.parametrize(
    ("plans", "value"),
    [
        ([BEFORE, BEFORE], 1.0),
        ([BEFORE, AFTER], (2 / 4) ** 12),
        ([BEFORE] * 6 + [AFTER], (2 / 4) ** 2),
        ([BEFORE] * 12 + [AFTER], 2 / 4),
        ([BEFORE] + [AFTER] * 12, 2 / 4),
        ([BEFORE] + [AFTER] * 13, 1.0),
        ([BEFORE, replace(BEFORE, ties=[])], 0.0),
    ],
)
def test_persistence_is_the_jaccard_index_of_the_boards_ties_a_year_apart(plans: list[Plan], value: float) -> None:
    assert seen(plans)["stability_persistence"] == pytest.approx(value, abs=1e-15)


def test_ties_to_the_board_from_outside_do_not_count() -> None:
    fewer = replace(BEFORE, ties=BEFORE.ties[:3])
    assert seen([BEFORE, fewer])["stability_persistence"] == 1


def test_without_ties_now_or_then_nothing_can_persist() -> None:
    empty = replace(BEFORE, ties=[])
    assert math.isnan(seen([empty, empty])["stability_persistence"])


def test_at_month_0_there_is_no_past() -> None:
    assert math.isnan(seen([BEFORE])["stability_persistence"])
    assert math.isnan(seen([BEFORE])["stability_retention"])


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 12))
def test_persistence_lies_between_0_and_1_and_grows_with_what_is_kept(kept: int, lost: int, months: int) -> None:
    value = persistence(kept, kept + lost + 1, months)
    assert 0 <= value <= persistence(kept + 1, kept + lost + 1, months) <= 1


def holders(first: int, second: int, number: tuple[int, int] = (0, 1)) -> list[dict[str, int]]:
    return [{"number": n, "holder": h} for n, h in zip(number, (first, second), strict=True)]


@pytest.mark.parametrize(
    ("then", "now", "value"),
    [
        (holders(5, 6), holders(5, 6), 1.0),
        (holders(5, 6), holders(5, 7), 0.5),
        (holders(5, 6), holders(5, -1), 0.5),
        (holders(5, -1), holders(5, -1), 0.5),  # a vacancy is nobody kept
        (holders(5, 6), holders(6, 5), 0.0),
        (holders(5, 6), holders(6, 5, number=(1, 0)), 1.0),  # rows moved, seats did not
        (holders(5, 6), [*holders(5, 6), {"number": 2, "holder": 8}], 1.0),  # a new seat has no past
        (holders(5, 6), holders(5, 6)[:1], 0.5),  # a seat taken away is a holder lost
        (holders(5, 6)[:1], holders(5, 6)[:1], 1.0),  # one seat is enough
        ([], holders(5, 6), math.nan),
    ],
)
def test_retention_is_the_share_of_seats_with_the_same_holder(
    then: list[dict[str, int]], now: list[dict[str, int]], value: float
) -> None:
    plans = [replace(BEFORE, seats=then), replace(BEFORE, seats=now)]
    assert seen(plans)["stability_retention"] == pytest.approx(value, nan_ok=True)


def test_stability_is_the_geometric_mean_of_its_parts() -> None:
    after = seen([BEFORE, AFTER])
    parts = [after[f"stability_{part}"] for part in ("persistence", "retention", "resilience")]
    assert math.isnan(parts[2])  # the board has no adviser outside any more
    assert after["stability"] == pytest.approx(math.sqrt(parts[0] * parts[1]))
    assert seen([BEFORE])["stability"] == seen([BEFORE])["stability_resilience"] == 1


def test_outside_reach_is_counted_against_month_0() -> None:
    more = replace(BEFORE, people=[*PEOPLE, person()], ties=[(2, 3, 0.5), (1, 4, 0.5), (2, 4, 0.5)])
    assert seen([BEFORE, more])["outside_reach"] == 2
    assert seen([BEFORE, AFTER])["outside_reach"] == 0
