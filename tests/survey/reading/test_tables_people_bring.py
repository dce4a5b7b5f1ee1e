"""Tables as spreadsheets, survey tools and R write them: notes below, marks on the diagonal, columns without a name."""

from __future__ import annotations

import pytest

from ccgsim.foundation.problems import Problems
from tests.survey.small import PEOPLE, TIES, cells, read, ties_of

TWO = {("Ann", "Bob"): 2.0, ("Bob", "Ann"): 3.0}


def matrix(blank="0", own=None, side=PEOPLE, above=PEOPLE):
    """The small network as a labelled matrix, with a mark of one's own on the diagonal."""
    table = cells(blank)
    for row in range(len(table)):
        table[row][row] = table[row][row] if own is None else own
    return "\n".join([",".join(["", *above]), *(",".join([name, *row]) for name, row in zip(side, table, strict=True))])


def told(network):
    return " ".join(network.warnings)


@pytest.mark.parametrize("name", ["f", "advice", "Q2"])
def test_a_column_of_numbers_without_a_known_name_is_the_frequency(tmp_path, name):
    found = read(tmp_path, "t.csv", f"from,to,{name}\nAnn,Bob,2\nBob,Ann,3\nAnn,Cy,0\n")
    assert ties_of(found) == TWO


def test_several_columns_of_answers_are_relations(tmp_path):
    text = "Source,Target,Id,Advice,Trust\nAnn,Bob,1,2,0\nBob,Ann,2,3,1\n"
    assert ties_of(read(tmp_path, "t.csv", text)) == TWO
    assert ties_of(read(tmp_path, "t.csv", text, relation="trust")) == {("Bob", "Ann"): 1.0}
    assert "columns not used: Id" in told(read(tmp_path, "t.csv", text))


def test_several_numbers_of_edges_are_relations(tmp_path):
    keys = "".join(f'<key id="{name}" for="edge" attr.name="{name}"/>' for name in ("advice", "trust"))
    edge = '<edge source="Ann" target="Bob"><data key="advice">0</data><data key="trust">2</data></edge>'
    text = f'<graphml>{keys}<graph edgedefault="directed"><node id="Ann"/><node id="Bob"/>{edge}</graph></graphml>'
    assert not len(read(tmp_path, "t.graphml", text).seeker)
    assert ties_of(read(tmp_path, "t.graphml", text, relation="trust")) == {("Ann", "Bob"): 2.0}


def test_words_that_nobody_knows_beside_never_are_faults_and_no_ties(tmp_path):
    with pytest.raises(Problems, match="sometimes"):
        read(tmp_path, "t.csv", "from,to,Advice\nAnn,Bob,never\nBob,Ann,sometimes\n")


def test_a_year_tells_waves_and_the_times_of_answers_do_not(tmp_path):
    text = "year,from,to\n2014,Ann,Bob\n2015,Bob,Ann\n"
    assert ties_of(read(tmp_path, "t.csv", text, wave="2015")) == {("Bob", "Ann"): 1.0}
    rows = "".join(f"10:{minute},Ann,P{minute}\n" for minute in range(10, 40))
    assert len(read(tmp_path, "t.csv", f"time,from,to\n{rows}").seeker) == 30


@pytest.mark.parametrize(
    "note", ["Source: survey of May", '"Key: 0 = never, 4 = daily",,', "* provisional", "Key: 0, 4"]
)
def test_notes_below_a_table_are_left_out_and_said(tmp_path, note):
    found = read(tmp_path, "t.csv", f"from,to,often\nAnn,Bob,2\nBob,Ann,3\n\n{note}\n")
    assert ties_of(found) == TWO
    assert "notes below the table are left out: line 5" in told(found)
    people = f"name,kind\nAnn,GP\nBob,nurse\n\n{note}\n"
    (tmp_path / "people.csv").write_text(people, "utf-8")
    found = read(tmp_path, "t.csv", "from,to,often\nAnn,Bob,2\nBob,Ann,3\n", people=tmp_path / "people.csv")
    assert found.people.ids == ("Ann", "Bob") and "line 5" in told(found)


def test_a_lone_name_below_an_empty_row_stays_a_person(tmp_path):
    (tmp_path / "people.csv").write_text("name,kind\nAnn,GP\n\nBob\n", "utf-8")
    found = read(tmp_path, "t.csv", "from,to\nAnn,Bob\n", people=tmp_path / "people.csv")
    assert found.people.ids == ("Ann", "Bob")


@pytest.mark.parametrize("own", ["-", "–", "X", "self", "///", "", "NA"])
def test_a_mark_on_the_diagonal_says_nothing(tmp_path, own):
    found = read(tmp_path, "m.csv", matrix(own=own))
    assert ties_of(found) == TIES and not len(found.unknown_pairs()[0])


def test_a_dash_in_a_matrix_is_an_empty_cell(tmp_path):
    assert ties_of(read(tmp_path, "m.csv", matrix("-"))) == TIES
    found = read(tmp_path, "m.csv", matrix().replace("Dee,0,0,0,0,0", "Dee,0,-,0,0,0"))
    assert len(found.unknown_pairs()[0]) == 1


@pytest.mark.parametrize(
    "above", [["Ann", "Bob", "Cy.Lee", "Dee", "Eve.O.Neil"], [f"V{place}" for place in range(1, 6)]]
)
def test_names_as_r_changes_them_are_those_at_the_side(tmp_path, above):
    assert ties_of(read(tmp_path, "m.csv", matrix(above=above))) == TIES


def test_numbers_as_r_changes_them_are_those_at_the_side(tmp_path):
    found = read(tmp_path, "m.csv", '"","X1","X2","X3"\n"1",0,1,0\n"2",0,0,2\n"3",0,0,0\n')
    assert ties_of(found) == {("1", "2"): 1.0, ("2", "3"): 2.0}


@pytest.mark.parametrize("title", ["From", "Seeker"])
def test_titles_of_the_sides_of_a_matrix_are_no_names(tmp_path, title):
    lines = matrix().splitlines()
    table = [f",,{title} whom,,,,", f",{lines[0]}", *(f"{title},{line}" for line in lines[1:])]
    assert ties_of(read(tmp_path, "m.csv", "\n".join(table))) == TIES


def test_half_a_matrix_is_undirected(tmp_path):
    found = read(tmp_path, "m.csv", ",A,B,C\nA,0,1,0\nB,,0,2\nC,,,0\n")
    assert ties_of(found) == {("A", "B"): 1.0, ("B", "A"): 1.0, ("B", "C"): 2.0, ("C", "B"): 2.0}
    assert "undirected" in told(found) and not len(found.unknown_pairs()[0])


def test_a_column_of_roles_between_the_names_of_a_matrix_is_left_out_and_said(tmp_path):
    found = read(tmp_path, "m.csv", "Name,Role,Ann,Bob\nAnn,Chair,0,2\nBob,GP,3,0\n")
    assert ties_of(found) == TWO and "columns not used: Role" in told(found)


def test_a_label_written_in_another_way_is_a_fault_with_the_right_one(tmp_path):
    with pytest.raises(Problems, match="did you mean Ann"):
        read(tmp_path, "m.csv", matrix(side=["ANN", *PEOPLE[1:]]))


@pytest.mark.parametrize(
    ("word", "worth"),
    [("A few times a year", 0.5), ("2 - weekly", 2.0), ("Weekly (5)", 2.0), ("At least once a month", 1.0)],
)
def test_words_of_survey_tools_for_a_period_have_a_worth(tmp_path, word, worth):
    found = read(tmp_path, "t.csv", f"from,to,often\nAnn,Bob,{word}\nBob,Ann,never\n")
    assert ties_of(found) == {("Ann", "Bob"): worth} and found.chosen.words[word] == worth


@pytest.mark.parametrize("word", ["Don’t know", "don't know", "?", "-", "Prefer not to say", "N/A"])
def test_an_answer_that_says_nothing_is_unknown(tmp_path, word):
    found = read(tmp_path, "t.csv", f"from,to,often\nAnn,Bob,{word}\nBob,Ann,3\n")
    assert len(found.unknown_pairs()[0]) == 1


def test_a_word_with_a_code_that_has_no_period_needs_a_worth(tmp_path):
    text = "from,to,how often\nAnn,Bob,5 - rarely\n"
    with pytest.raises(Problems, match="5 - rarely"):
        read(tmp_path, "t.csv", text)
    (tmp_path / "words.csv").write_text("word,frequency\nRarely,0.3\n", "utf-8")
    assert ties_of(read(tmp_path, "t.csv", text, words=tmp_path / "words.csv")) == {("Ann", "Bob"): 0.3}


def test_a_table_of_people_and_meetings_is_refused_as_two_kinds(tmp_path):
    with pytest.raises(Problems, match="two kinds of nodes"):
        read(tmp_path, "m.csv", ",Meeting 1,Meeting 2,Meeting 3\nAnn,1,0,1\nBob,0,1,1\n")


def test_rows_of_names_are_no_matrix(tmp_path):
    with pytest.raises(Problems, match="'Cy'"):
        read(tmp_path, "a.txt", "Ann Bob Cy\nBob Ann\nCy\n")


def test_a_first_row_of_people_with_a_word_that_nobody_knows_is_no_header(tmp_path):
    with pytest.raises(Problems, match="'often'"):
        read(tmp_path, "t.csv", "Ann;Bob;often\nBob;Ann;daily\n")


def test_every_empty_name_is_told(tmp_path):
    with pytest.raises(Problems) as refused:
        read(tmp_path, "t.csv", "from,to\nAnn,\n,Ann\n")
    assert "line 2" in str(refused.value) and "line 3" in str(refused.value)


def test_times_a_month_are_a_frequency(tmp_path):
    assert ties_of(read(tmp_path, "t.csv", "Seeker,Adviser,Times per month\nAnn,Bob,2\nBob,Ann,3\n")) == TWO


def test_a_word_that_nobody_knows_beside_numbers_is_a_fault_whatever_the_column_is_called(tmp_path):
    with pytest.raises(Problems, match="'lots'"):
        read(tmp_path, "t.csv", "from,to,f\nAnn,Bob,lots\nBob,Ann,2\n")
