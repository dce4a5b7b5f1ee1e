"""Exports of surveys: who answers is found whatever the column is called, and names may be the answers."""

from __future__ import annotations

import pytest

from ccgsim.foundation.problems import Problems
from tests.survey.small import read, ties_of

ROWS = "{},,weekly,never\nBob,daily,,never\nCy,never,never,\n"
HEADER = "{},Ask [Ann],Ask [Bob],Ask [Cy]\n"
TWO = {("Ann", "Bob"): 2.0, ("Bob", "Ann"): 3.0}


def told(network):
    return " ".join(network.warnings)


def test_who_answers_is_found_by_the_names_below(tmp_path):
    text = "Timestamp,Which of these are you?,Ask [Ann],Ask [Bob]\n10:00,Ann,,weekly\n10:01,Bob,daily,\n"
    assert ties_of(read(tmp_path, "s.csv", text)) == TWO


def test_a_survey_that_does_not_say_who_answers_is_refused(tmp_path):
    text = "Timestamp,Post,Ask [Ann],Ask [Bob]\n10:00,chair,,weekly\n10:01,nurse,daily,\n"
    with pytest.raises(Problems, match="no column that says who answers"):
        read(tmp_path, "s.csv", text)


@pytest.mark.parametrize("name", ["ANN", "ann", "Ánn", "Ann."])
def test_a_respondent_who_writes_her_name_in_another_way_is_taken_for_the_one_asked_about(tmp_path, name):
    found = read(tmp_path, "s.csv", HEADER.format("Your name") + ROWS.format(name))
    assert ties_of(found) == TWO and len(found.people) == 3
    assert f"'{name}' is taken for Ann" in told(found)


def test_nobody_is_taken_for_one_of_two_who_are_written_alike(tmp_path):
    found = read(tmp_path, "s.csv", "Your name,Ask [Ann],Ask [ann]\nANN,weekly,never\n")
    assert ties_of(found) == {("ANN", "Ann"): 2.0}


@pytest.mark.parametrize("sign", [";", ", ", "\n"])
def test_boxes_to_tick_in_one_cell_are_names(tmp_path, sign):
    text = f'When,Your name,Whom do you ask?\n1,Ann,"Bob{sign}Cy{sign}"\n2,Bob,Ann\n3,Cy,\n'
    found = read(tmp_path, "s.csv", text)
    assert set(ties_of(found)) == {("Ann", "Bob"), ("Ann", "Cy"), ("Bob", "Ann")}
    assert [found.people.ids[row] for row in found.silent.nonzero()[0]] == ["Cy"]


def test_names_in_numbered_columns_are_ties_with_their_frequencies(tmp_path):
    text = "Name,Adviser 1,How often 1,Adviser 2,How often 2\nAnn,Bob,weekly,Dee,daily\nBob,Ann,daily,,\n"
    assert ties_of(read(tmp_path, "s.csv", text)) == {**TWO, ("Ann", "Dee"): 3.0}


def test_two_questions_for_names_are_two_relations(tmp_path):
    text = "Name,Advice 1,Advice 2,Trust 1,Trust 2\nAnn,Bob,,Cy,\nBob,Ann,Cy,Ann,\nCy,Bob,,,\n"
    assert set(ties_of(read(tmp_path, "s.csv", text, relation="trust"))) == {("Ann", "Cy"), ("Bob", "Ann")}


def test_telephones_are_nobody_who_is_asked(tmp_path):
    with pytest.raises(Problems, match="table of people"):
        read(tmp_path, "s.csv", "Name,Role,Phone 1,Phone 2\nAnn,chair,12a,13a\nBob,nurse,14a,\n")


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        ("Your code", ["advice[SQ001] [Ann]", "advice[SQ002] [Bob]"]),  # LimeSurvey
        ("respondent", ["advice_Ann", "advice_Bob"]),  # REDCap
    ],
)
def test_exports_with_codes_around_names(tmp_path, name, questions):
    text = f"record_id,{name},{','.join(questions)}\n1,Ann,,2\n2,Bob,3,\n"
    assert ties_of(read(tmp_path, "s.csv", text)) == TWO


def test_a_survey_with_a_name_in_its_first_row_and_an_id_is_no_table_of_people(tmp_path):
    text = "ResponseId,Name,Q2_1,Q2_2\nResponse ID,Name,Rate: - Ann,Rate: - Bob\nR1,Ann,,2\nR2,Bob,3,\n"
    assert ties_of(read(tmp_path, "s.csv", text)) == TWO


def test_a_list_of_respondents_and_whom_they_ask_is_no_wide_form(tmp_path):
    text = "Respondent,{},Frequency of contact,Trust\nAnn,Bob,weekly,1\nBob,Ann,daily,2\n"
    for name in ("Partner", "Organisation asked"):
        assert ties_of(read(tmp_path, "s.csv", text.format(name))) == TWO


def test_numbers_before_names_are_no_part_of_them(tmp_path):
    text = "When,Your name,1. Ann,2. Bob\n10:00,Ann,,weekly\n10:01,Bob,daily,\n"
    assert ties_of(read(tmp_path, "s.csv", text)) == TWO
