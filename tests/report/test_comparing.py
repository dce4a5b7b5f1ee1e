"""What a comparison prints, draws and says of itself, on made-up worlds."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from ccgsim.lab.comparison import differences
from ccgsim.measures.catalogue import NAMES
from ccgsim.report.board_sentence import _number, _span, sentence
from ccgsim.report.comparing import print_comparison
from ccgsim.report.comparison_figure import comparison_figure, told_marks
from ccgsim.report.contrast_lines import contrast_lines
from ccgsim.world.scenario import load

from .test_figures import clipped, collisions, texts

EVENTS = ({"month": 30, "broker_exit": 1}, {"month": 36, "set": {"policy.dialogue": 0.8}})


def worlds(others: int = 1) -> dict:
    base = load("site_b")
    named = {f"a scenario with a long name {n}": base.with_(events=EVENTS[: n + 1]) for n in range(others)}
    return {"site_b": base} | named


def compared(effect: float = 0.2, seeds: int = 30, months: int = 72, others: int = 1, early: float = 0.0):
    """Worlds in which participation ends higher by `effect`, give or take .05, and was so by `early` before."""
    rng = np.random.default_rng(1)
    scenarios, rows = worlds(others), []
    for name in scenarios:
        for seed in range(seeds):
            frame = pd.DataFrame(0.5, index=range(months + 1), columns=list(NAMES)).rename_axis("month")
            if name != "site_b":
                frame["participation"] += early
                frame.loc[months, "participation"] = 0.5 + effect + rng.normal(0, 0.05)
            rows.append(frame.reset_index().assign(scenario=name, seed=seed))
    series = pd.concat(rows, ignore_index=True)
    return SimpleNamespace(
        scenarios=scenarios, seeds=tuple(range(seeds)), months=months, base="site_b", series=series,
        table=differences(series), provenance={},
    )  # fmt: skip


def said(found) -> str:
    return sentence(found, list(found.scenarios)[1])


def test_a_clear_difference_is_told_with_interval_range_and_what_is_assumed():
    words = said(compared())
    assert "after six years (December 2016), in 1,000 such worlds participation would on average be higher by" in words
    assert "(single worlds: +.1" in words and "95% intervals from 30 pairs of worlds" in words
    assert "The model assumes that all else, chance included, stays the same" in words
    assert "higher by .18 to .22" in words.replace(".19 to .22", ".18 to .22").replace(".18 to .21", ".18 to .22")


def test_a_lower_value_is_called_lower():
    assert "participation would on average be lower by" in said(compared(effect=-0.2))


@pytest.mark.parametrize("effect", [0.0, 0.015])
def test_nothing_clear_is_said_where_zero_lies_within_or_the_difference_is_too_small_to_matter(effect):
    words = said(compared(effect, seeds=200))
    assert "no headline measure differs clearly and by enough to matter" in words and "higher" not in words


def test_a_difference_that_has_passed_by_the_end_is_told_as_such():
    words = said(compared(effect=0.0, early=0.3))
    assert "no headline measure differs clearly, but over the six years together" in words
    assert "participation would on average be higher by" in words


def test_one_pair_of_worlds_tells_nothing_of_averages():
    assert "one pair of worlds tells nothing of averages" in said(compared(seeds=1))


@pytest.mark.parametrize(
    ("months", "words"),
    [(72, "six years"), (30, "two and a half years"), (12, "one year"), (18, "18 months"), (140, "140 months")],
)
def test_spans_are_words_where_they_can_be(months, words):
    assert _span(months) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0.194, ".19"), (-0.054, "-.05"), (0.001, "0"), (-0.001, "0"), (0.999, "1.00"), (3.46, "3.5")]
)
def test_numbers_are_short(value, words):
    assert _number(value) == words


def test_no_world_is_said_to_differ_from_itself():
    base = load("site_b")
    assert list(contrast_lines({"one": base, "other": base}, 60)) == ["other does not differ from one"]


def test_dated_events_are_told_by_date_with_the_world_that_has_them():
    lines = list(contrast_lines(worlds(2), 60))
    assert lines[1] == "  June 2013, month 30: broker exit, only in a scenario with a long name 0"
    assert "  December 2013, month 36: policy.dialogue = 0.8, only in a scenario with a long name 1" in lines


def test_events_that_not_all_worlds_share_are_marked_with_their_names():
    marks = dict(told_marks(worlds(2), 72))
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
    assert "[" not in row and row.count("–") == 3
