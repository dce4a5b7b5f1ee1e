"""People of a survey: columns, kinds, roles, who answered. All of it is said."""

from __future__ import annotations

import numpy as np
import pytest

from ccgsim.foundation.vocabulary import KINDS, ROLES
from ccgsim.survey.describe import board_of, degrees
from ccgsim.survey.kinds import KIND_OF, ROLE_OF, meanings
from ccgsim.survey.reading.columns import PEOPLE, TIES, matched
from tests.survey.saying import refused, told
from tests.survey.small import PEOPLE as NAMES
from tests.survey.small import rows


def silent(network):
    return [network.people.ids[row] for row in np.flatnonzero(network.silent)]


def test_words_mean_kinds_and_roles_that_the_model_has():
    assert set(KIND_OF.values()) == set(range(len(KINDS))) and set(ROLE_OF.values()) == set(range(len(ROLES)))
    own = meanings(None)
    assert all(own.kind(kind) == place for place, kind in enumerate(KINDS))
    assert all(own.role(role) == place for place, role in enumerate(ROLES))


def test_without_a_table_of_people_everybody_is_a_manager_on_the_board_and_it_is_said(surveyed):
    network = surveyed(rows())
    assert {KINDS[kind] for kind in network.people.kinds} == {"PCTStaff"} and network.people.board.all()
    told(network, "no table of people", "board")
    told(network, "no kind is said for everybody", "--kind")
    assert {KINDS[kind] for kind in surveyed(rows(), kind="gp").people.kinds} == {"GP"}


def test_kinds_that_mean_nothing_are_named_all_at_once_and_a_table_maps_them(surveyed, tmp_path):
    people = "name,kind,role\nAnn,Wizard,boss\nBob,Witch,chair\nCy Lee,Wizard,\nDee,GP,\nEve O'Neil,gp,\n"
    problems = refused(surveyed, rows(), people)
    assert [(problem.key, problem.value) for problem in problems] == [
        ("line 2, line 4, kind", "'Wizard'"),
        ("line 3, kind", "'Witch'"),
    ]
    kinds = tmp_path / "kinds.csv"
    kinds.write_text("word,kind,role\nwizard,patient group,\nWITCH,Nurse,\nBoss,,Chair\n", "utf-8")
    found = surveyed(rows(), people, kinds=kinds).people
    assert [KINDS[kind] for kind in found.kinds] == ["PatientGroup", "Nurse", "PatientGroup", "GP", "GP"]
    assert [ROLES[role] for role in found.roles] == ["chair", "chair", "none", "none", "none"]
    kinds.write_text("word,kind\nwizard,Gpp\nwitch,bat\n", "utf-8")
    problems = refused(surveyed, rows(), people, kinds=kinds)
    assert [problem.suggestion for problem in problems if problem.file == str(kinds)] == ["GP", ""]


def test_a_column_that_may_mean_something_else_is_kinds_only_if_it_names_some(surveyed):
    network = surveyed(rows(), "name,group\n" + "".join(f"{name},{place}\n" for place, name in enumerate(NAMES)))
    told(network, "the column group holds no word for a kind", "0, 1")
    some = "name,group\n" + "".join(f"{name},{'GP' if place else 'red'}\n" for place, name in enumerate(NAMES))
    assert refused(surveyed, rows(), some)[0].value == "'red'"


def test_roles_that_are_none_of_the_models_are_said_and_a_role_says_the_kind(surveyed):
    people = "name,role\nAnn,chair\nBob,Head of Everything\nCy Lee,lay member\nDee,\nEve O'Neil,\n"
    network = surveyed(rows(), people)
    assert [KINDS[kind] for kind in network.people.kinds[:3]] == ["GP", "PCTStaff", "PatientGroup"]
    told(network, "Head of Everything", "Bob", "--kinds")


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Code;Full name;Type of person;On the board?", {"id": 0, "name": 1, "kind": 2, "board": 3}),
        ("STAFF NUMBER;Profession;Job title;Employer", {"id": 0, "kind": 1, "role": 2, "organisation": 3}),
        ("person_id;board_member;Answered the survey;Area", {"id": 0, "board": 1, "answered": 2, "locality": 3}),
    ],
)
def test_columns_of_people_are_matched_loosely(header, found):
    assert matched(header.split(";"), PEOPLE) == found


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Ego,Alter,How often? (0-5)", {"from": 0, "to": 1, "frequency": 2}),
        ("weight,target,source", {"from": 2, "to": 1, "frequency": 0}),
        ("Survey wave,Advice seeker,Adviser's name,Contact frequency", {"wave": 0, "from": 1, "frequency": 3}),
    ],
)
def test_columns_of_ties_are_matched_loosely(header, found):
    assert found.items() <= matched(header.split(","), TIES).items()


def test_first_and_last_names_are_one_name(surveyed):
    network = surveyed("from,to\nAnn Lee,Bob Roe\n", "First name,Surname,Board\nAnn,Lee,yes\nBob,Roe,no\n")
    assert network.people.ids == ("Ann Lee", "Bob Roe")


def test_codes_that_lost_their_zeros_are_matched_and_said_unless_two_are_meant(surveyed):
    network = surveyed("from,to\n1,2\n", "id,board\n001,yes\n002,yes\n")
    assert network.people.ids == ("001", "002")
    told(network, "1 is taken for 001")
    assert len(refused(surveyed, "from,to\n1,2\n", "id,board\n001,yes\n01,yes\n002,no\n")) == 1


def test_names_that_differ_in_capitals_only_are_two_people_and_it_is_said(surveyed):
    network = surveyed("from,to\nAnn,Bob\nbob,Ann\n")
    assert len(network.people) == 3
    told(network, "written alike", "Bob and bob")


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ("yes,yes,yes,,", []),
        ("yes,no,yes,,", ["Bob"]),
        (",no,,,", ["Bob"]),
        ("yes,,yes,,", []),
        ("yes,no,,,", ["Bob"]),
        ("no,,yes,no,", ["Ann", "Dee"]),
    ],
)
def test_who_did_not_answer_is_silent_whoever_named_somebody_is_not(surveyed, answered, expected):
    said = answered.split(",")
    people = "name,board,answered\n" + "".join(
        f"{name},{'yes' if place < 3 else 'no'},{said[place]}\n" for place, name in enumerate(NAMES)
    )
    assert silent(surveyed(rows(), people)) == expected


def test_a_contact_who_sent_a_form_was_asked_and_answered(surveyed):
    ties = "Your name,Ask? [Ann],Ask? [Bob],Ask? [Cy]\nAnn,,weekly,never\nCy,never,daily,\n"
    network = surveyed(ties, "name,board\nAnn,yes\nBob,no\nCy,no\n")
    assert network.people.asked.tolist() == network.people.answered.tolist() == [True, False, True]


def test_a_member_without_a_word_and_without_a_tie_counts_as_silent_and_it_is_said(surveyed):
    network = surveyed("from,to\nAnn,Bob\n", "name,board,answered\nAnn,yes,yes\nBob,yes,\nCy,no,\n")
    assert silent(network) == ["Bob"]
    told(network, "'answered' is empty", "Bob")


def test_unknown_ties_bound_the_density_of_the_board(surveyed):
    people = "name,board,answered\nAnn,yes,yes\nBob,yes,no\nCy Lee,yes,yes\nDee,no,\nEve O'Neil,no,\n"
    network = surveyed(rows(), people)
    board = board_of(network)
    assert (board["ties"], board["low"], board["high"]) == (3, 3 / 6, 4 / 6)
    found = degrees(network)
    assert (found.out[1], found.most_out[1]) == (1, 4), "what Bob is known to ask stays known"
    assert len(network.unknown_pairs()[0]) == 3
    none = surveyed(rows(), people, missing="none")
    assert board_of(none)["high"] == 3 / 6 and not len(none.unknown_pairs()[0])
