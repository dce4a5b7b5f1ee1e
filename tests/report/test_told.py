"""A report says what its results carry and no more."""

from __future__ import annotations

import re

import numpy as np
import pytest

import ccgsim
from ccgsim.report.pages import effects, patterns
from ccgsim.report.pages.claimed import claimed
from ccgsim.report.pages.kinds import page_of
from ccgsim.report.pages.page import Table
from ccgsim.report.pages.reports import comparison
from ccgsim.report.words.terms import Terms

from . import kept_folders as folders
from .test_comparing import compared


def words_of(page) -> str:
    """All that a page says, as one text."""
    parts = [text for section in (page.first, *page.sections) for text in section.texts]
    return "\n".join(parts)


@pytest.mark.parametrize(
    ("pairs", "verdict"),
    [
        ([0.10, 0.12, 0.11, 0.09], effects.HIGHER),
        ([-0.10, -0.12, -0.11, -0.09], effects.LOWER),
        ([0.0, 0.0, 0.0, 0.0], effects.NONE),
        ([0.002, -0.002, 0.001, -0.001], effects.NO_MATTER),
        ([0.2, -0.2, 0.1, -0.1], effects.UNTOLD),
        ([0.010, 0.011, 0.012, 0.011], "higher, by too little to matter"),
        ([0.010, 0.028, 0.015, 0.020], "higher, perhaps by too little to matter"),
        ([0.5], effects.UNTOLD),
    ],
)
def test_a_verdict_follows_the_interval_and_what_matters(pairs, verdict):
    found = effects.effect("participation", np.full(len(pairs), 0.5), 0.5 + np.array(pairs))
    assert found.verdict == verdict


def test_the_amount_and_the_number_of_worlds_are_those_of_the_pairs():
    found = effects.effect("participation", np.full(4, 0.5), np.array([0.56, 0.62, 0.6, 0.58]))
    assert effects.amount(found) == "4.9 to 13 points" and (found.same, found.worlds) == (4, 4)
    assert effects.in_points("participation", 0.008) == "+0.8" and effects.in_points("ties_outside", -2.0) == "-2.0"


def test_a_measure_undefined_in_every_pair_has_no_effect():
    assert effects.effect("participation", np.array([np.nan]), np.array([0.5])) is None


def told(**how) -> str:
    found = compared(**how)
    name = list(found.scenarios)[1]
    return " ".join(comparison.answer(found, name, effects.effects_at_the_end(found, name, comparison.ASKED)))


def test_a_clear_difference_is_told_with_its_interval_and_the_number_of_worlds():
    said = told(effect=0.2)
    assert re.search(r"the average of participation is higher by 18 to 21 points \(higher in 30 of 30 pairs", said)
    assert "lower" not in said


def test_the_sign_is_that_of_the_data():
    assert "the average of participation is lower by" in told(effect=-0.2)


def test_what_the_worlds_do_not_tell_is_said_to_be_untold():
    said = told(effect=0.0, seeds=4)
    assert "no headline measure differs clearly" in said
    assert "For participation these worlds do not tell whether the average is higher, lower or the same." in said


def test_one_pair_of_worlds_says_nothing_about_averages():
    assert "says nothing about averages" in told(seeds=1)


def test_two_pairs_of_worlds_are_told_without_the_intervals_that_they_cannot_give(tmp_path):
    _, page = page_of(folders.compared_folder(tmp_path / "two", seeds=2))
    ways = next(section for section in page.sections if section.heading == "Month by month").blocks[-1].twin
    assert ways.rows and {row[-1] for row in ways.rows} == {"–"}


def test_the_measure_of_a_claim_that_is_no_headline_is_told_first_in_the_month_of_the_claim():
    found = ccgsim.compare({"as it was": "site_a", "exit": "broker_exit"}, replicates=4, months=20)
    assert comparison.question(found) == ccgsim.load("broker_exit").question
    moved = effects.effects_at_the_end(found, "exit", comparison.ASKED)
    told_first = next(comparison.answers(found, {"exit": moved}))
    start = "What 'Site A loses its broker' asks about, 'Outside advisers against the start': in June 2012, month 18, "
    assert told_first.startswith(start)
    found = ccgsim.compare({"as it was": "site_a", "exit": "broker_exit"}, replicates=2, months=17)
    assert not list(claimed(found, "exit", "it"))


def test_a_question_that_both_inherit_is_not_what_a_comparison_asks():
    dialogue = ccgsim.load("site_b").with_(policy={"dialogue": 0.8})
    found = ccgsim.compare({"as it was": "site_b", "dialogue": dialogue}, replicates=2, months=2)
    changed, base = (comparison.titled(found, name) for name in ("dialogue", "as it was"))
    assert comparison.question(found) == f"What does '{changed}' change against '{base}'?"


def test_one_world_is_never_called_an_average(made):
    kind, page = made["run"]
    said = " ".join(page.answer)
    assert kind == "run" and "in this one world" in said and "average" not in said and "95%" not in said
    assert "One world shows what may happen" in " ".join(page.sure)


def test_several_worlds_are_told_with_intervals(tmp_path):
    _, page = page_of(folders.run_folder(tmp_path / "several", seeds=5))
    table = page.figure.twin
    assert table is not None and "95% interval" in table.head
    assert all(row[5] in words_of(page) for row in table.rows)
    assert "People and ties are those of seed 0 alone, one of 5 worlds." in words_of(page)


def test_the_lever_that_moves_a_measure_is_told_and_the_other_is_not(made):
    _, page = made["sweep"]
    assert re.fullmatch(
        r"Participation in the last month is higher by 4\.\d to 5\.\d points with site.density = 0.8 than with 0.4\.",
        page.answer[0],
    )


def test_a_sweep_without_effect_says_so(tmp_path):
    _, page = page_of(folders.sweep_folder(tmp_path / "flat", effect=0.0))
    assert page.answer == (
        "None of site.density and turnover.broker_exits changes participation clearly and by enough to matter.",
    )


def test_sampled_settings_are_told_by_rank_correlation_over_them(tmp_path):
    _, page = page_of(folders.sweep_folder(tmp_path / "sampled", effect=0.2, method="lhs"))
    assert page.answer == ("Participation in the last month is higher where site.density is high.",)


def test_of_overlapping_indices_none_is_said_to_matter_most(tmp_path, made):
    assert "matters most" in made["sensitivity"][1].answer[0]
    _, page = page_of(folders.sensitivity_folder(tmp_path / "close", second=0.55))
    assert "matters most" not in page.answer[0] and "cannot be told" in page.answer[0]


def test_a_calibration_tells_what_is_known_what_is_not_and_which_target_is_missed(made):
    said = " ".join(made["calibration"][1].answer)
    assert "The targets tell: site.density is about 0.6 (95% interval 0.55 to 0.65)." in said
    assert "Of turnover.broker_exits the targets tell hardly anything" in said
    assert "0 of 1 targets lie within what these values predict on new seeds; not participation at 12." in said


def test_a_judgement_counts_and_names_what_does_not_hold(made):
    _, page = made["validate"]
    assert page.answer[0].startswith("1 of 2 emergent patterns shown")
    assert any("P32" in text for text in page.sections[0].texts) and "P9" not in " ".join(page.sections[0].texts)


def test_patterns_are_found_by_the_measures_that_they_name():
    rows = patterns.baseline.shipped()["patterns"]
    about = {row["id"] for row in patterns.naming(rows, ["participation"])}
    assert {"P9", "P10", "P36"} <= about and "P15" not in about
    assert "P15" not in {row["id"] for row in patterns.naming(rows, ["ties_outside"])}  # 'localities' are no ties
    assert patterns.naming(rows, []) == []


def test_a_term_is_explained_once_where_it_first_stands():
    terms = Terms()
    assert "GP" in terms.new_in(["Lead GPs decide."]) and terms.new_in(["A GP"]) == {}
    assert "locality" in terms.new_in(["two localities"]) and "tie" not in Terms().new_in(["localities"])
    assert "point" not in Terms().new_in(["at this point"]) and "point" in Terms().new_in(["by 6 points"])
    assert Terms().new_in(["policy.dialogue"], parameters=True).keys() == {"policy.dialogue"}


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["+9.6", "-0.3 to +1.2", "–", "36.0 ties", "12%", "6 of 6", ".84 [.69, .92]"], True),
        (["+9.6", "higher"], False),
        (["+1.4 [+0.7 to +2.2]: higher"], False),
        (["2026-11-29T10:13:52Z"], False),
    ],
)
def test_columns_of_numbers_are_known(cells, numbers):
    assert Table("", ("",), tuple((cell,) for cell in cells)).numeric == (numbers,)
