"""Tables as people make them: notes and sums beside a matrix, a second table below, rows that name nobody."""

from __future__ import annotations

import pytest

from ccgsim.foundation.problems import Problems
from tests.survey.small import read, ties_of

ROWS = {"Ann": [0, 3, 1, 0], "Bob": [2, 0, 0, 1], "Cy": [1, 1, 0, 2], "Dee": [0, 2, 1, 0]}
MATRIX = {
    (one, other): float(row[place]) for one, row in ROWS.items() for place, other in enumerate(ROWS) if row[place]
}


def matrix(column=None, *below):
    """The matrix with a further column (name and cells) and further rows."""
    name, *cells = column or [""]
    lines = [["", *ROWS, name]]
    lines += [[who, *row, cell] for (who, row), cell in zip(ROWS.items(), cells or [""] * 4, strict=True)]
    return "\n".join(",".join(map(str, line)) for line in [*lines, *below]) + "\n"


def told(network):
    return " ".join(network.warnings)


@pytest.mark.parametrize(
    "column",
    [
        ("Notes", "", "on leave", "", "chair"),
        ("Notes", "", "", "", ""),
        ("Background", "GP", "GP", "nurse", "lay"),
        ("Key", "0 = never", "1 = monthly", "2 = weekly", "3 = daily"),
        ("Years on the board", 4, 2, 7, 1),
        ("Grand total", 4, 3, 4, 3),
        ("Times named", 4, 3, 4, 3),
        ("People", 2, 2, 3, 2),
    ],
)
def test_a_column_beside_a_matrix_that_is_no_person_is_left_out_and_said(tmp_path, column):
    found = read(tmp_path, "t.csv", matrix(column))
    assert ties_of(found) == MATRIX
    assert found.people.ids == tuple(ROWS)
    assert column[0] in told(found) or "sums are left out" in told(found)


def test_a_column_of_answers_without_a_row_is_a_person_who_did_not_answer(tmp_path):
    found = read(tmp_path, "t.csv", matrix(("Eve", 1, 0, 0, 2)))
    assert "Eve" in found.people.ids
    assert "a column and no row, so no answer: Eve" in told(found)


@pytest.mark.parametrize(
    "row",
    [
        ["Total", 3, 6, 2, 3],
        ["Column total", 3, 6, 2, 3],
        ["Named", 3, 6, 2, 3],
        ["Scale 0 to 3", "", "", "", ""],
        ["Role", "GP", "GP", "nurse", "lay"],
    ],
)
def test_a_row_below_a_matrix_that_is_no_person_is_left_out_and_said(tmp_path, row):
    found = read(tmp_path, "t.csv", matrix(None, row))
    assert ties_of(found) == MATRIX
    assert "left out" in told(found) or "rows not used, as no column has their label: line 6" in told(found)


def test_a_row_of_answers_without_a_column_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(Problems, match="take the row out if it is no person's"):
        read(tmp_path, "t.csv", matrix(None, ["Eve", 1, 0, 0, 2]))


def test_an_empty_row_of_a_misspelt_person_is_refused_with_the_nearest_name(tmp_path):
    with pytest.raises(Problems, match="did you mean Dora Fox"):
        read(tmp_path, "t.csv", ",Ann,Bob,Dora Fox\nAnn,0,1,2\nBob,1,0,1\nDora Foxx,,,\n")


def test_a_title_above_a_matrix_is_no_header(tmp_path):
    assert ties_of(read(tmp_path, "t.csv", "Advice 2024,,,,\n" + matrix())) == MATRIX


@pytest.mark.parametrize(
    "text",
    [
        "Advice,Ann,Bob,Cy\nAnn,0,1,1\nBob,1,0,0\nCy,1,1,0\n\nMeetings,Ann,Bob,Cy\nAnn,0,2,0\nBob,1,0,0\nCy,1,0,0\n",
        "from,to,frequency\nAnn,Bob,3\n\nname,kind,board\nAnn,GP,yes\nBob,GP,no\n",
    ],
)
def test_a_second_table_below_the_first_is_refused_and_never_dropped(tmp_path, text):
    with pytest.raises(Problems, match=r"begins a second table; put each into a sheet or a file of its own"):
        read(tmp_path, "t.csv", text)


def test_empty_lines_within_a_list_begin_no_second_table(tmp_path):
    assert len(read(tmp_path, "t.csv", "Ann,Bob,3\n\nCy,Bob,3\n\nAnn,Cy,1\n").seeker) == 3


def test_sums_and_headers_among_ties_are_left_out_and_said(tmp_path):
    text = "from,to,frequency\nAnn,Bob,3\nfrom,to,frequency\nBob,Ann,2\nTotal,,5\n"
    found = read(tmp_path, "t.csv", text)
    assert ties_of(found) == {("Ann", "Bob"): 3.0, ("Bob", "Ann"): 2.0}
    assert "are left out: line 3 ('from'), line 5 ('Total')" in told(found)


def test_nobody_is_no_person(tmp_path):
    found = read(tmp_path, "t.csv", "from,to,frequency\nAnn,Bob,3\nBob,nobody,\nCy,n/a,\n")
    assert found.people.ids == ("Ann", "Bob", "Cy")
    assert "rows whose adviser is nobody, 'none' or 'n/a', are no ties: line 3, line 4" in told(found)


def test_who_writes_none_answered_and_whose_row_is_empty_did_not(tmp_path):
    text = "Name,1st choice,2nd choice\nAnn,Bob,Cy\nBob,Ann,\nCy,none,\nDee,,\n"
    found = read(tmp_path, "t.csv", text)
    assert dict(zip(found.people.ids, found.people.answered.tolist(), strict=True)) == {
        **{"Ann": True, "Bob": True, "Cy": True},
        "Dee": False,
    }


def test_a_person_whose_name_begins_like_a_column_of_survey_tools_is_not_dropped(tmp_path):
    text = "Timestamp,Your name,Enda,Agent Smith,Cy,Total,Comments\n1,Enda,,3,1,4,x\n2,Cy,1,2,,3,\nTotal,,1,5,1,7,\n"
    found = read(tmp_path, "t.csv", text)
    assert found.people.ids == ("Enda", "Agent Smith", "Cy")
    assert "columns not used: Timestamp, Total, Comments" in told(found)


def test_a_sum_below_the_people_is_no_person(tmp_path):
    (tmp_path / "people.csv").write_text("name,kind,board\nAnn,GP,yes\nBob,GP,yes\nTotal,2,2\n", "utf-8")
    found = read(tmp_path, "t.csv", "from,to\nAnn,Bob\n", people=tmp_path / "people.csv")
    assert found.people.ids == ("Ann", "Bob")
    assert "line 4 holds a sum and no person" in told(found)


def test_a_person_whose_line_begins_like_a_comment_is_not_dropped_in_silence(tmp_path):
    found = read(tmp_path, "t.csv", "from,to\nAnn,Bob\n#4 Bo,Ann\n# made in May\n")
    assert "is a comment, left out: line 3" in told(found)


def test_names_in_another_order_or_with_a_title_are_said_to_be_alike(tmp_path):
    found = read(tmp_path, "t.csv", 'from,to\nAnn Lee,Bob\n"Lee, Ann",Bob\nDr Bob,Ann Lee\n')
    assert "taken as different people: Ann Lee and Lee, Ann; Bob and Dr Bob" in told(found)


def test_others_are_said_to_be_no_one_person(tmp_path):
    assert "perhaps none or several: Other" in told(read(tmp_path, "t.csv", "from,to\nAnn,Bob\nBob,Other\n"))
