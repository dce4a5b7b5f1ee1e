"""Figures: labels do not lie on each other, bands hold the worlds, events are named."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from ccgsim.report.drawing.canvas import Sheet, style
from ccgsim.report.drawing.labels import first_free, spread
from ccgsim.report.drawing.marks import FORMER_STAFF, PCTS_ABOLISHED, all_begin, marks_of
from ccgsim.report.figures.measures import band, measures_figure
from ccgsim.report.network.figure import network_figure, networks_figure
from ccgsim.scenario.scenario import load

from . import builders


def texts(sheet: Sheet, gid: str | None = None) -> list[tuple[str, Bbox]]:
    found = [item for item in sheet.figure.findobj(Text) if isinstance(item, Text) and item.get_text().strip()]
    with style():
        if gid is None:
            sheet.canvas.draw()  # ticks get their words only then
        shown = [text for text in found if text.get_visible() and (gid is None or text.get_gid() == gid)]
        return [(text.get_text(), text.get_window_extent(sheet.renderer())) for text in shown]


def collisions(boxes: Sequence[tuple[str, Bbox]]) -> list[tuple[str, str]]:
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 2
    ]


def clipped(sheet: Sheet) -> list[str]:
    width, height = sheet.canvas.get_width_height()
    return [words for words, box in texts(sheet) if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]


@pytest.mark.parametrize("seed", [0, 1])
def test_names_of_lines_stand_apart(seed: int) -> None:
    sheet = measures_figure(builders.a_run(seed))
    names = texts(sheet, "line-name")
    assert len(names) == 4 + 4 + 4 + 5 + 8 + 5
    assert collisions(names) == []


def test_no_text_of_the_measures_lies_on_another_or_off_the_sheet() -> None:
    sheet = measures_figure(builders.replicates(12))
    assert collisions(texts(sheet)) == []
    assert clipped(sheet) == []


@pytest.mark.parametrize(("practices", "localities"), [(4, 1), (30, 6), (60, 4), (90, 12)])
def test_roles_stand_apart_on_boards_of_any_size(practices: int, localities: int) -> None:
    sheet = network_figure(builders.a_run(1, 48, practices=practices, localities=localities))
    for ax in sheet.figure.axes[:2]:
        roles = [item for item in texts(sheet, "role") if ax.get_window_extent().contains(*item[1].min)]
        assert len(roles) >= 7
        assert collisions(roles) == []


def test_no_text_of_the_network_lies_on_another_or_off_the_sheet() -> None:
    sheet = network_figure(builders.a_run(1))
    # The box of a turned text is larger than the text: bands' names are checked in their own test.
    upright = [(words, box) for words, box in texts(sheet) if not words.startswith(("locality", "p", "PCT staff"))]
    assert collisions(upright) == []
    assert clipped(sheet) == []


def test_names_of_two_boards_side_by_side_stand_apart() -> None:
    sheet = networks_figure([builders.a_run(1, 48), builders.a_run(2, 48, practices=60, localities=4)])
    upright = [(words, box) for words, box in texts(sheet) if not words.startswith(("locality", "p", "PCT staff"))]
    assert sum("Month 48" in words for words, _ in upright) == 2
    assert collisions(upright) == []
    assert clipped(sheet) == []


def largest_mark(ax: Axes) -> float:
    return max(float(marks.get_sizes().max()) for marks in ax.collections if isinstance(marks, PathCollection))


def test_two_boards_side_by_side_are_drawn_at_one_scale() -> None:
    one, other = builders.a_run(1, 48), builders.a_run(1, 48)
    left, right = networks_figure([one, other]).figure.axes[:2]
    assert largest_mark(left) == largest_mark(right)
    other.agents["betweenness"] *= 0.25
    left, right = networks_figure([one, other]).figure.axes[:2]
    assert largest_mark(left) > 1.3 * largest_mark(right)


def test_names_of_bands_stand_apart() -> None:
    sheet = network_figure(builders.a_run(1))
    for ax in sheet.figure.axes[:2]:
        spots = [
            np.array(text.get_window_extent(sheet.renderer()).min) for text in ax.texts if text.get_rotation() != 0
        ]
        assert len(spots) >= 8
        assert min(float(np.hypot(*(a - b))) for a, b in combinations(spots, 2)) > 60


def test_a_title_with_signs_of_another_language_is_only_text() -> None:
    odd = builders.Scenario(title="costs $1 and $2: \\frac{1}{2} <b>", events=())
    sheet = measures_figure(builders.a_run(0, 24, scenario=odd))
    assert odd.title in [words for words, _ in texts(sheet)]
    assert b"&lt;b&gt;" in dict(sheet.files("x"))["x.svg"]


def test_a_long_title_stays_on_the_sheet() -> None:
    long = builders.Scenario(title="A board that WONDERS WHY " * 12)
    run = builders.a_run(0, 12, scenario=long)
    assert clipped(measures_figure(run)) == [] and clipped(network_figure(run)) == []


def test_measures_that_are_never_defined_are_not_named() -> None:
    run = builders.a_run(0, 24)
    run.series["coherence_external"] = np.nan
    assert "external" not in [words for words, _ in texts(measures_figure(run), "line-name")]


def test_a_run_of_one_month_can_be_drawn() -> None:
    run = builders.a_run(0, 1)
    assert len(dict(measures_figure(run).files("m"))) == 2
    assert len(dict(network_figure(run).files("n"))) == 2


def test_many_events_are_all_lettered_and_the_rest_is_counted() -> None:
    marks = [(month, f"policy.dialogue = {month / 100}") for month in range(2, 62, 2)]
    sheet = measures_figure(builders.a_run(0, 72), marks)
    found = texts(sheet)
    assert sum(words == "z" for words, _ in found) == 6 and any(" more" in words for words, _ in found)
    assert clipped(sheet) == []


def test_bands_are_the_5th_to_95th_percentile_of_many_worlds_and_the_range_of_few() -> None:
    frame = pd.DataFrame({"seed": range(21), "month": 0, "x": np.arange(21.0)})
    low, high = band(frame, "x")
    assert (low[0], high[0]) == (1.0, 19.0)
    low, high = band(frame[frame["seed"] < 19], "x")
    assert (low[0], high[0]) == (0.0, 18.0)


def test_events_become_marks_in_order_with_abolition_under_the_english_calendar() -> None:
    events = [{"month": 30, "announce": 0.25}, {"month": 12, "set": {"policy.dialogue": 0.8}}, {"month": 90}]
    expected = [(12, "policy.dialogue = 0.8"), (28, PCTS_ABOLISHED), (30, "announcement +0.25")]
    assert marks_of({"events": events}, 60) == expected
    assert [month for month, _ in marks_of({"events": events, "calendar": "none"}, 60)] == [12, 30]


def test_events_of_one_month_share_a_mark() -> None:
    events = [{"month": 28, "abolish_pct": True}, {"month": 28, "broker_exit": 2}]
    assert marks_of({"events": events}, 60) == [(28, f"{PCTS_ABOLISHED}; 2 broker exits")]


def test_the_months_of_exits_set_by_number_and_of_control_held_are_marked() -> None:
    resolved = {"calendar": "none", "turnover": {"broker_exits": 2}, "ablation": {"control_from_month": 30}}
    expected = [(24, "broker exit"), (30, "managers' control held from here"), (36, "broker exit")]
    assert marks_of(resolved, 60) == expected
    assert marks_of(load("site_b").overridden({"broker_exits": 2}).resolved(), 30)[0] == (24, "broker exit")


@pytest.mark.parametrize(("months", "words"), [(140, ["2011", "2013"]), (72, ["2011", "2012"]), (12, ["Dec\n2010"])])
def test_the_axis_shows_years_where_the_world_keeps_the_calendar(months: int, words: list[str]) -> None:
    bottom = measures_figure(builders.a_run(0, months)).figure.axes[3]
    assert [label.get_text() for label in bottom.get_xticklabels()][: len(words)] == words
    undated = builders.a_run(0, months, scenario=builders.Scenario(calendar="none"))
    assert bottom.get_xticks()[0] == (1 if months > 30 else 0)
    assert measures_figure(undated).figure.axes[3].get_xticklabels()[0].get_text() == "0"


@pytest.mark.parametrize(("months", "words"), [(60, "2026"), (12, "Jan\n2025")])
def test_a_calendar_of_ones_own_gives_its_dates_to_axis_marks_and_drawings(months: int, words: str) -> None:
    own = builders.Scenario(calendar="none", begins="2025-01")
    sheet = measures_figure(builders.a_run(0, months, scenario=own))
    assert words in [label.get_text() for label in sheet.figure.axes[3].get_xticklabels()]
    said = "\n".join(text for text, _ in texts(sheet))
    assert "month 0 is January 2025" in said and "2010" not in said
    assert months < 24 or "a (January 2026, month 12)" in said
    assert any("January 2025" in text for text, _ in texts(network_figure(builders.a_run(1, 12, scenario=own))))


def test_the_key_of_the_events_stands_clear_of_the_dates() -> None:
    own = builders.Scenario(calendar="none", begins="2025-01")
    sheet = measures_figure(builders.a_run(0, 24, scenario=own))
    key = next(text for text in sheet.figure.texts if text.get_text().startswith("a (January 2026"))
    sheet.figure.draw_without_rendering()
    label = sheet.figure.axes[3].xaxis.label
    assert label.get_window_extent(sheet.renderer()).y0 > key.get_window_extent(sheet.renderer()).y1


def test_worlds_that_begin_in_different_months_have_no_common_dates() -> None:
    own, other = (builders.Scenario(calendar="none", begins=begins) for begins in ("2025-01", "2025-02"))
    assert all_begin({"a": own, "b": own}) == 169 and all_begin({"a": own, "b": other}) is None
    assert all_begin({"a": own, "b": builders.Scenario()}) is None


def test_who_pct_staff_are_after_their_trusts_is_said_once_these_are_gone() -> None:
    said = [words for words, _ in texts(network_figure(builders.a_run(1, 48)))]
    assert any(FORMER_STAFF in words for words in said)
    before = [words for words, _ in texts(network_figure(builders.a_run(1, 12)))]
    assert not any(FORMER_STAFF in words for words in before)
    assert any(PCTS_ABOLISHED in words for words, _ in texts(measures_figure(builders.a_run(1, 48))))


def test_an_april_in_which_many_ccgs_merge_is_marked():
    years = np.repeat([2019, 2020, 2021], 10)
    into = np.array([-1] * 10 + [-1] * 10 + [2, 2] + [-1] * 8)
    ccgs = pd.DataFrame({"year": years, "ccg": np.tile(np.arange(10), 3), "merged_into": into})
    assert marks_of({"calendar": "none"}, 140, ccgs) == [(112, "2 CCGs merge into others")]  # April 2020


@given(st.lists(st.floats(0, 1), max_size=9), st.floats(0.01, 0.11))
def test_spread_labels_keep_their_order_and_distance(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap, 0, 1)
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in placed)
    ordered = sorted(placed)
    assert all(b - a >= gap - 1e-9 for a, b in pairwise(ordered))
    assert np.all(np.diff(np.asarray(placed)[np.argsort(wanted, kind="stable")]) > 0)


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([0.9, 0.1, 0.5], 0.1, 0, 1) == pytest.approx([0.9, 0.1, 0.5])


def test_the_first_free_box_wins_else_the_least_covered() -> None:
    taken = [(0.0, 0.0, 1.0, 1.0)]
    assert first_free([(0.5, 0.5, 1.5, 1.5), (1.0, 0.0, 2.0, 1.0), (5.0, 5.0, 6.0, 6.0)], taken) == 1
    assert first_free([(0.0, 0.0, 1.0, 1.0), (0.9, 0.9, 1.9, 1.9)], taken) == 1
