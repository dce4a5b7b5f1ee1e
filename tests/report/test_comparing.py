"""What a comparison prints, draws and says of itself, on made-up worlds."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from ccgsim.lab.comparison import differences
from ccgsim.lab.on_the_way import first_months, on_the_way
from ccgsim.measures.catalogue import NAMES
from ccgsim.report.figures.comparison import comparison_figure, event_marks
from ccgsim.report.findings.comparing import _difference, print_comparison
from ccgsim.report.words.board_sentence import _number, _signed, sentence, span
from ccgsim.report.words.contrast_lines import contrast_lines
from ccgsim.scenario.scenario import load

from .test_figures import clipped, collisions, texts

EVENTS = ({"month": 30, "broker_exit": 1}, {"month": 36, "set": {"policy.dialogue": 0.8}})


def worlds(others: int = 1) -> dict:
    base = load("site_b")
    named = {f"a scenario with a long name {n}": base.with_(events=EVENTS[: n + 1]) for n in range(others)}
    return {"site_b": base} | named


def compared(effect: float = 0.2, seeds: int = 30, months: int = 72, others: int = 1, dip: float = 0.0):
    """Worlds in which participation ends higher by `effect`, give or take .05, and was so by `dip` in month 41."""
    rng = np.random.default_rng(1)
    scenarios, rows = worlds(others), []
    for name in scenarios:
        for seed in range(seeds):
            frame = pd.DataFrame(0.5, index=range(months + 1), columns=list(NAMES)).rename_axis("month")
            if name != "site_b":
                frame.loc[41:41, "participation"] += dip + rng.normal(0, 0.005)
                frame.loc[months, "participation"] = 0.5 + effect + rng.normal(0, 0.05)
            rows.append(frame.reset_index().assign(scenario=name, seed=seed))
    series = pd.concat(rows, ignore_index=True)
    return SimpleNamespace(
        scenarios=scenarios, seeds=tuple(range(seeds)), months=months, base="site_b", series=series,
        table=differences(series), on_the_way=on_the_way(series, first_months(series)), provenance={},
    )  # fmt: skip


def said(found) -> str:
    return sentence(found, list(found.scenarios)[1])


def test_a_clear_difference_is_told_with_interval_range_and_what_is_assumed():
    words = said(compared())
    assert "six years after the start (December 2016), 3 years 6 months after the first event that differs" in words
    assert "30 pairs of worlds on the same seeds show participation on average higher by" in words
    assert "(single worlds: +.1" in words and "(95% intervals of averages)" in words
    assert "The model assumes that all else, chance included, stays the same" in words
    assert "higher by .18 to .22" in words.replace(".19 to .22", ".18 to .22").replace(".18 to .21", ".18 to .22")


def test_a_lower_value_is_called_lower():
    assert "participation on average lower by" in said(compared(effect=-0.2))


@pytest.mark.parametrize("effect", [0.0, 0.015])
def test_nothing_clear_is_said_where_zero_lies_within_or_the_difference_is_too_small_to_matter(effect):
    words = said(compared(effect, seeds=200))
    assert "no headline measure that differs clearly and by enough to matter" in words and "higher" not in words


def test_a_difference_that_has_passed_by_the_end_is_told_as_such():
    words = said(compared(effect=0.0, dip=-0.3))
    assert "no headline measure that differs clearly" in words
    assert re.search(r"; on the way participation lower by (.29 to )?.30( to .31)? in May 2014 \(95%", words)


def test_a_dip_that_turns_into_its_opposite_is_told_and_a_peak_in_the_same_direction_is_not():
    assert "; on the way participation lower by" in said(compared(effect=0.2, dip=-0.1))
    assert "on the way" not in said(compared(effect=0.2, dip=0.4))


def test_worlds_without_any_difference_are_said_to_have_none(capsys):
    found = compared(effect=0.0)
    found.scenarios["same"] = found.scenarios["site_b"]
    same = found.series[found.series["scenario"] == "site_b"].assign(scenario="same")
    series = pd.concat([found.series, same], ignore_index=True)
    found.series, found.table = series, differences(series)
    found.on_the_way = on_the_way(series, first_months(series))
    assert "show no difference in any headline measure (95%" in sentence(found, "same")
    print_comparison(found)
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("efficacy")]
    assert [row.count("no difference") for row in rows] == [2, 0, 2]  # at the end and in the mean; nothing on the way


def test_one_pair_of_worlds_tells_nothing_of_averages():
    assert "one pair of worlds says nothing about averages" in said(compared(seeds=1))


@pytest.mark.parametrize(
    ("months", "words"),
    [(72, "six years"), (55, "4 years 7 months"), (12, "one year"), (18, "1 year 6 months"), (13, "1 year 1 month")],
)
def test_spans_are_words_where_they_can_be(months, words):
    assert span(months) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.194, "+.19"), (-0.0541, "-.05"), (0.999, "+1.00"), (3.46, "+3.5"), (-0.0004, "-.0004"), (0, "0")],
)
def test_numbers_are_short_but_never_rounded_to_nought(value, words):
    assert _signed(value) == words
    assert _number(value) == words.lstrip("+-")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.0002, 0.0008, "+.0005 [+.0002, +.0008]*"),
        (-0.0008, -0.0002, "-.0005 [-.0008, -.0002]*"),
        (-0.0001, 0.0011, "+.0005 [-.0001, +.001] "),
        (0.0, 0.0, "no difference"),
    ],
)
def test_a_star_never_contradicts_the_printed_interval(low, high, words):
    row = {"measure": "coherence", "difference": (low + high) / 2, "low": low, "high": high}
    assert _difference(row) == words


def test_no_world_is_said_to_differ_from_itself():
    base = load("site_b")
    assert list(contrast_lines({"one": base, "other": base}, 60)) == ["other does not differ from one"]


def test_dated_events_are_told_by_date_with_the_world_that_has_them():
    lines = list(contrast_lines(worlds(2), 60))
    assert lines[1] == "  June 2013, month 30: broker exit, only in a scenario with a long name 0"
    assert "  December 2013, month 36: policy.dialogue = 0.8, only in a scenario with a long name 1" in lines


def test_events_that_not_all_worlds_share_are_marked_with_their_names():
    marks = dict(event_marks(worlds(2), 72))
    assert "(" not in marks[28].partition("PCTs")[2]
    assert marks[30] == "broker exit (a scenario with a long name 0, a scenario with a long name 1)"
    assert marks[36] == "policy.dialogue = 0.8 (a scenario with a long name 1)"


@pytest.mark.parametrize("others", [1, 2])
@pytest.mark.parametrize("months", [12, 72, 140])
def test_no_text_of_a_comparison_lies_on_another_or_off_the_sheet_or_in_the_next_panel(others, months):
    sheet = comparison_figure(compared(0.0123, seeds=3, months=months, others=others))
    assert collisions(texts(sheet)) == [] and clipped(sheet) == []
    panels = [ax.get_window_extent() for ax in sheet.figure.axes]
    for ax in sheet.figure.axes:
        left = [label.get_window_extent().x0 for label in ax.get_yticklabels() if label.get_text()]
        beside = [box.x1 for box in panels if box.x1 < ax.get_window_extent().x0]
        assert not beside or min(left) > max(beside)


def test_one_pair_is_printed_without_intervals_or_ranges(capsys):
    print_comparison(compared(seeds=1))
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("participation"))
    assert "[" not in row and row.count("–") == 2
