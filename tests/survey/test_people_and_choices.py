"""People: columns, kinds, who answered. Choices: relation, wave, threshold, direction. All of them are said."""

from __future__ import annotations

import json

import numpy as np
import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.foundation.vocabulary import KINDS, ROLES
from ccgsim.survey.choices import Asked
from ccgsim.survey.describe import board_of, degrees, densities, describe
from ccgsim.survey.kinds import KIND_OF, ROLE_OF, meanings
from ccgsim.survey.reading.columns import PEOPLE, TIES, matched
from ccgsim.survey.reading.values import WORDS, number, worth
from ccgsim.survey.source import survey
from tests.survey.small import PEOPLE as NAMES
from tests.survey.small import TIES as ALL
from tests.survey.small import read, rows, ties_of


@pytest.fixture
def surveyed(tmp_path):
    """Reads ties, with a table of people where one is given."""

    def call(ties, people=None, **asked):
        if people is not None:
            (tmp_path / "who.csv").write_text(people, "utf-8")
            asked["people"] = tmp_path / "who.csv"
        return read(tmp_path, "ties.csv", ties, **asked)

    return call


def told(network, *words):
    """The one warning that holds all the words."""
    found = [each for each in network.warnings if all(word in each for word in words)]
    assert len(found) == 1, network.warnings
    return found[0]


def refused(call, *args, **asked):
    with pytest.raises(Problems) as why:
        call(*args, **asked)
    return why.value.problems


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


def test_relations_and_waves_are_chosen_and_the_others_are_said(surveyed):
    ties = "from,to,relation,wave\nAnn,Bob,advice,1\nBob,Ann,meets,1\nAnn,Cy,advice,2\n"
    network = surveyed(ties)
    assert set(ties_of(network)) == {("Ann", "Bob")}
    told(network, "2 relations", "advice", "meets", "--relation")
    told(network, "2 waves", "--wave")
    assert set(ties_of(surveyed(ties, wave="2"))) == {("Ann", "Cy")}
    assert set(ties_of(surveyed(ties, relation="MEETS"))) == {("Bob", "Ann")}
    both = refused(surveyed, ties, relation="meet", at_least="lots")
    assert [(problem.key, problem.suggestion) for problem in both] == [("--at-least", ""), ("--relation", "meets")]
    assert refused(surveyed, rows(), wave="2")[0].rule == "the file has no waves"


def test_people_who_left_are_not_there_in_the_wave(surveyed):
    ties = "from,to,wave\nAnn,Bob,1\nAnn,Cy,2\n"
    people = "name,wave 1,wave 2\nAnn,yes,yes\nBob,yes,no\nCy,no,yes\nDee,yes,yes\n"
    assert surveyed(ties, people).people.ids == ("Ann", "Bob", "Dee")
    assert surveyed(ties, people, wave="2").people.ids == ("Ann", "Cy", "Dee")
    late = surveyed("from,to,wave\nAnn,Bob,1\nAnn,Bob,2\n", people, wave="2")
    told(late, "not there in wave 2", "Bob")


def test_a_threshold_leaves_weaker_ties_out_as_known_to_be_absent(surveyed):
    network = surveyed(rows(), at_least="2")
    found = describe(network)
    assert found["ties"] == 3 and found["thresholds"] == {"1": 5, "2": 3, "3": 2, "4": 1}
    assert surveyed(rows(), at_least="weekly").counted.tolist() == network.counted.tolist()
    assert [(row["at_least"], row["ties"]) for row in densities(network)] == [(1, 5), (2, 3), (3, 2), (4, 1)]


def test_of_two_frequencies_of_a_pair_the_larger_counts_and_the_lines_are_said(surveyed):
    network = surveyed("from,to,w\nAnn,Bob,1\nBob,Ann,2\nAnn,Bob,4\nAnn,Bob,3\nBob,Bob,5\n")
    assert ties_of(network) == {("Ann", "Bob"): 4.0, ("Bob", "Ann"): 2.0}
    told(network, "line 2", "line 4", "line 5")
    told(network, "to herself", "line 6")


def test_ties_may_run_from_the_adviser_to_the_seeker(surveyed):
    assert ties_of(surveyed(rows(), reversed=True)) == {pair[::-1]: value for pair, value in ALL.items()}


def test_an_empty_frequency_is_an_unknown_tie(surveyed):
    network = surveyed("from,to,w\nAnn,Bob,NA\nBob,Ann,2\nAnn,Bob,\nBob,Cy,\n")
    assert ties_of(network) == {("Bob", "Ann"): 2.0}
    assert len(network.open_seeker) == 2
    told(network, "unknown and not absent", "line 2", "line 5")


@pytest.mark.parametrize(
    ("text", "value"),
    [("2", 2), ("2,5", 2.5), ("0.5", 0.5), (".5", 0.5), ("1e2", 100), ("Weekly", 2), ("once a  WEEK", 2), ("never", 0)],
)
def test_numbers_and_words_have_a_worth(text, value):
    assert worth(text, WORDS) == value


@pytest.mark.parametrize("text", ["-1", "often", "NaN", "inf", "1e999", "1,000.5", "50%", "", "²", "١"])
def test_what_is_no_frequency_has_none(text):
    assert worth(text, WORDS) is None
    assert number("x" + text) is None


def test_strangers_are_told_with_the_nearest_name(surveyed):
    problems = refused(surveyed, "from,to\nAnn,Bobb\nCy,Ann\n", "name,board\nAnn,yes\nBob,yes\n")
    assert [(problem.key, problem.value, problem.suggestion) for problem in problems] == [
        ("line 2, to", "'Bobb'", "Bob"),
        ("line 3, from", "'Cy'", ""),
    ]


def test_json_is_the_contract_and_nothing_else(tmp_path, ccgsim_says):
    (tmp_path / "ties.csv").write_text(rows(), "utf-8")
    code, out, err = ccgsim_says("network", "ties.csv", "--json")
    found = json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} in the document"))
    assert (code, err, list(found)[:2]) == (0, "", ["ccgsim", "command"])
    assert {"nodes", "ties", "density", "board", "kinds", "components", "isolated", "relation", "at_least"} <= set(
        found
    )
    assert {"thresholds", "warnings", "people"} <= set(found)
    assert {"members", "answered", "density", "low", "high"} <= set(found["board"])
    own = {"id", "kind", "board", "answered", "degree_in", "degree_out", "out_low", "out_high", "betweenness", "top3"}
    assert all(own <= set(row) for row in found["people"])
    assert sum(row["top3"] for row in found["people"]) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["ties.csv"]


def test_what_is_printed_names_columns_choices_and_bounds(tmp_path, ccgsim_says):
    (tmp_path / "ties.csv").write_text(rows(), "utf-8")
    (tmp_path / "who.csv").write_text(
        "name,board,answered\n" + "".join(f"{name},yes,\n" for name in NAMES[:4]) + "Eve O'Neil,yes,no\n"
    )
    code, out, _ = ccgsim_says("network", "ties.csv", "--people", "who.csv")
    assert code == 0
    for words in (
        "from is from",
        "5 people, 5 ties",
        "density between 0.250",
        "from 2: 3 ties",
        "Eve O'Neil",
        "Note: no answer",
    ):
        assert words in out


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ((), "FILE"),
        (("nothing.csv",), "FILE"),
        (("ties.csv", "--people", "nobody.csv"), "--people"),
        (("ties.csv", "--missing", "maybe"), "--missing"),
        (("ties.csv", "--kind", "wizard"), "--kind"),
        (("ties.csv", "--words", "none.csv"), "--words"),
        (("ties.csv", "--export", "x.doc"), "--export"),
        (("ties.csv", "--template", "new"), "--template"),
        ((".",), "FILE"),
    ],
)
def test_options_that_are_not_allowed_exit_3_and_name_the_option(words, key, tmp_path, ccgsim_says):
    (tmp_path / "ties.csv").write_text(rows(), "utf-8")
    code, out, _ = ccgsim_says("network", *words, "--json")
    assert code == 3
    assert [problem["key"] for problem in json.loads(out)["error"]["problems"]] == [key]
    assert [path.name for path in tmp_path.iterdir()] == ["ties.csv"]


def test_the_same_as_a_value_in_python(tmp_path):
    (tmp_path / "ties.csv").write_text(rows(), "utf-8")
    network = survey(tmp_path / "ties.csv", Asked())
    assert (np.diff(network.seeker * len(network.people) + network.adviser) > 0).all(), "sorted, each pair once"
