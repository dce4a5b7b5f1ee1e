"""Choices about a survey: relation, wave, threshold, direction. All of them are said."""

from __future__ import annotations

import json

import numpy as np
import pytest

from ccgsim.survey.choices import Asked
from ccgsim.survey.describe import densities, describe
from ccgsim.survey.reading.values import WORDS, number, worth
from ccgsim.survey.source import survey
from tests.survey.saying import refused, told
from tests.survey.small import PEOPLE as NAMES
from tests.survey.small import TIES as ALL
from tests.survey.small import rows, ties_of


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
        "5 people with 5 ties",
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
