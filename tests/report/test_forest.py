"""Forest plots: where statistics lie against their tolerances, and that the figure can be read."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from ccgsim.lab.validation import baseline, validation
from ccgsim.report.drawing import margins
from ccgsim.report.figures.forest import forest_figure
from ccgsim.report.findings import evidence
from tests.report.test_figures import clipped, collisions, texts
from tests.toys import TOYS, part, row


def one(*parts, without=(), **more):
    return margins.forest_rows({"patterns": [row("P1", *parts, without=list(without), **more)]})[0]


@pytest.mark.parametrize(
    ("tolerance", "low", "high"),
    [
        ("at least 0.5", 0.5, float("inf")),
        ("above -0.03", -0.03, float("inf")),
        ("at most -0.03", float("-inf"), -0.03),
        ("below 1e-05", float("-inf"), 1e-05),
        ("0.66 to 0.82", 0.66, 0.82),
        ("-0.03 to 0.03", -0.03, 0.03),
        ("reported", float("-inf"), float("inf")),
    ],
)
def test_tolerances_are_read_back_from_their_words(tolerance, low, high):
    assert margins.bounds_of(tolerance) == margins.Bounds(low, high)


def test_every_tolerance_of_the_baseline_is_read():
    rows = [row for row in baseline.shipped()["patterns"] if row["origin"] != "reported"]
    parts = [part for row in rows for part in (*row["parts"], *row["without"])]
    assert parts
    assert all(margins.bounds_of(part["tolerance"]) != margins.bounds_of("") for part in parts)


def test_a_tolerance_of_two_sides_is_folded_on_its_middle():
    mark = one(part(0.7, 0.05, tolerance="0.2 to 1")).standing
    assert (mark.value, mark.low, mark.high) == pytest.approx((0.75, 0.625, 0.875))
    mark = one(part(0.6, 0.1, tolerance="0.2 to 1")).standing
    assert (mark.value, mark.low, mark.high) == pytest.approx((1.0, 0.75, 1.0))
    mark = one(part(1.2, 0.1, tolerance="0.2 to 1", held=False)).standing
    assert (mark.value, mark.low, mark.high) == pytest.approx((-0.5, -0.75, -0.25))


def test_a_tolerance_of_one_side_is_scaled_by_the_farther_of_both_statistics():
    found = one(part(0.3, 0.1, tolerance="at least 0.1"), without=[part(0.0, 0.02, tolerance="at least 0.1")])
    assert (found.standing.value, found.without.value) == pytest.approx((1.0, -0.5))
    assert (found.standing.low, found.without.high) == pytest.approx((0.5, -0.4))
    below = one(part(-0.04, 0.0, tolerance="below 0"), without=[part(0.08, 0.0, tolerance="below 0", held=False)])
    assert (below.standing.value, below.without.value) == pytest.approx((0.5, -1.0))


def test_a_pattern_is_told_by_what_fails_then_by_what_its_mechanism_brings():
    first, second = part(1.0, statistic="first"), part(2.0, statistic="second")
    assert one(first, {**second, "held": False}).part["statistic"] == "second"
    found = one(first, second, without=[first, {**second, "held": False, "value": -2.0}])
    assert found.part["statistic"] == "second" and found.without.value < 0
    assert one(first, second).part["statistic"] == "first"


def test_another_statistic_without_the_mechanism_has_its_own_scale_and_is_named():
    found = one(part(1.0), without=[part(0.2, statistic="ratio", tolerance="at least 0.4", held=False)])
    assert found.other["statistic"] == "ratio"
    assert (found.standing.value, found.without.value) == pytest.approx((1.0, -1.0))


def test_what_is_undefined_has_no_mark():
    found = one(part(None, held=False))
    assert found.standing is None and found.verdict == "not held"
    assert "undefined" in evidence.drawn(found)


def test_what_is_reported_has_no_bound_and_no_mark():
    found = one(part(0.4, 0.1, tolerance="reported"), origin="reported")
    assert found.standing is None and found.verdict == "reported"
    assert evidence.drawn(found).strip() == "no bound"


@pytest.mark.parametrize(
    ("held", "without", "shown", "origin", "verdict"),
    [
        (True, False, True, "emergent", "shown"),
        (True, True, False, "emergent", "held without"),
        (True, None, False, "set", "held"),
        (True, True, False, "fitted", "held"),
        (False, False, False, "emergent", "not held"),
        (True, None, False, "reported", "reported"),
    ],
)
def test_verdicts_in_words(held, without, shown, origin, verdict):
    found = row("P1", part(1.0, held=held), held_without_mechanism=without, shown=shown, origin=origin)
    assert margins.verdict_on(found) == verdict


def test_a_row_in_the_terminal_shows_bound_interval_and_the_statistic_without_its_mechanism():
    cells = evidence.drawn(one(part(1.0, 0.25), without=[part(-1.5, 0.6, held=False)]))
    assert len(cells) == evidence.PLOT
    bound = evidence.PLOT // 2
    assert cells[bound] == evidence.BOUND
    assert cells.index(evidence.HELD) > bound > cells.index(evidence.OTHER)
    assert evidence.FAILED not in cells


def test_what_lies_off_the_scale_becomes_an_arrow():
    cells = evidence.drawn(one(part(0.45, 0.0, tolerance="0.4 to 0.5"), without=[part(9.0, tolerance="0.4 to 0.5")]))
    assert cells[0] == evidence.FAR_LEFT and evidence.OTHER not in cells


def test_all_patterns_of_the_baseline_fit_in_a_hundred_columns():
    lines = [line.plain for line in evidence.plot_lines(baseline.shipped())]
    assert max(len(line) for line in lines) <= evidence.WIDTH
    assert sum(line.startswith("P") for line in lines) == len(baseline.shipped()["patterns"])


def test_texts_of_the_figure_lie_apart_and_on_the_sheet():
    sheet = forest_figure(baseline.shipped())
    assert collisions(texts(sheet)) == []
    assert clipped(sheet) == []


def test_the_figure_is_drawn_as_png_and_svg_and_names_every_pattern():
    *_, (_, document) = validation.validate(4, TOYS)
    drawn = dict(forest_figure(document).files("validation"))
    assert list(drawn) == ["validation.png", "validation.svg"]
    assert drawn["validation.png"].startswith(b"\x89PNG")
    assert ElementTree.fromstring(drawn["validation.svg"]).tag.endswith("svg")
    words = [text for text, _ in texts(forest_figure(document))]
    assert all(any(word.startswith(f"{toy.id}  ") for word in words) for toy in TOYS)
    assert "1 of 2 emergent patterns shown by the model's own dynamics" in words


def test_the_same_document_gives_the_same_bytes():
    *_, (_, document) = validation.validate(4, TOYS)
    first, second = (list(forest_figure(document).files("validation")) for _ in range(2))
    assert first == second
