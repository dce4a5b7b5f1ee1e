"""Tables of people as they come: marks for yes and no, open cells, words for kinds, columns that nobody needs."""

from __future__ import annotations

import pytest

from ccgsim.foundation.vocabulary import KINDS
from tests.survey.small import read

TIES = "from,to\nAnn,Bob\nBob,Ann\n"


def read_with(folder, people):
    (folder / "people.csv").write_text(people, "utf-8")
    return read(folder, "ties.csv", TIES, people=folder / "people.csv")


@pytest.mark.parametrize(
    ("yes", "no"),
    [("1.0", "0.0"), ("Yes (chair)", "No (retired)"), ("✓", "✗"), ("complete", "no response"), ("Y", "-"), ("1", "0")],
)
def test_marks_for_yes_and_no(tmp_path, yes, no):
    people = read_with(tmp_path, f"name,board,answered\nAnn,{yes},{yes}\nBob,yes,{no}\n").people
    assert people.answered.tolist() == [True, False]
    assert read_with(tmp_path, f"name,board\nAnn,{yes}\nBob,{no}\n").people.board.tolist() == [True, False]


@pytest.mark.parametrize("cell", ["", "N/A", "unknown", "?"])
def test_an_open_cell_says_nothing_of_kind_and_locality(tmp_path, cell):
    people = read_with(
        tmp_path, f"name,kind,role,organisation,locality\nAnn,{cell},{cell},{cell},{cell}\nBob,GP,,,\n"
    ).people
    assert KINDS[people.kinds[0]] == "PCTStaff" and people.localities[0] == people.organisations[0] == ""


@pytest.mark.parametrize(
    ("word", "kind"),
    [("G.P.", "GP"), ("Chief Nurse", "Nurse"), ("Finance Director", "PCTStaff"), ("Community Trust", "Provider")],
)
def test_usual_words_for_kinds(tmp_path, word, kind):
    assert KINDS[read_with(tmp_path, f"name,kind\nAnn,{word}\nBob,GP\n").people.kinds[0]] == kind


def test_columns_that_are_not_used_and_a_board_of_nobody_are_said(tmp_path):
    told = " ".join(read_with(tmp_path, "name,kind,board,shoe size\nAnn,GP,no,38\nBob,GP,no,44\n").warnings)
    assert "columns of the table of people that are not used: shoe size" in told
    assert "nobody is on the board" in told
