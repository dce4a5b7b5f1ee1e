"""The same small network is found in every form in which networks arrive."""

from __future__ import annotations

import networkx as nx
import pytest

from ccgsim.report.network.exchange import ARROWS, gexf_bytes, graphml_bytes
from ccgsim.survey.describe import describe
from tests.survey.reading.forms import ARCS, FORMS, LABELS, NUMBER, VERTICES, gexf, graphml, node_link
from tests.survey.small import PEOPLE, TIES, cells, read, ties_of


@pytest.mark.parametrize("name", FORMS)
def test_the_same_network_is_found_in_every_form(name, tmp_path):
    found = read(tmp_path, name, FORMS[name])
    assert ties_of(found) == TIES
    assert sorted(found.people.ids) == PEOPLE
    assert not found.silent.any() and not len(found.open_seeker)


def test_blanks_in_names_do_not_separate_where_something_else_does(tmp_path):
    found = read(tmp_path, "x.csv", "Ann Lee;Bob Roe;2\nBob Roe;Cy Dee;1\n")
    assert ties_of(found) == {("Ann Lee", "Bob Roe"): 2.0, ("Bob Roe", "Cy Dee"): 1.0}


def test_utf16_without_a_mark_is_found_in_any_latin_text(tmp_path):
    found = read(tmp_path, "x.csv", "from,to\nŠárka Ž,Đorđe Š\n".encode("utf-16-le"))
    assert set(ties_of(found)) == {("Šárka Ž", "Đorđe Š")}
    assert any("UTF-16" in told for told in found.warnings)


def test_what_this_program_writes_along_the_flow_of_knowledge_is_turned_back(tmp_path):
    graph = nx.DiGraph(arrows=ARROWS["flow"])
    graph.add_nodes_from(PEOPLE)
    graph.add_edges_from((other, one, {"weight": value}) for (one, other), value in TIES.items())
    for name, data in (("x.graphml", graphml_bytes(graph)), ("x.gexf", gexf_bytes(graph))):
        found = read(tmp_path, name, data)
        assert ties_of(found) == TIES
        assert any("turned" in told for told in found.warnings)
        assert set(ties_of(read(tmp_path, name, data, reversed=True))) == {pair[::-1] for pair in TIES}


def test_ties_with_a_time_are_said_and_how_many_have_ended(tmp_path):
    spells = gexf().replace("<graph ", '<graph end="2014-03-31" ').replace("/></edges>", ' end="2013-01-01"/></edges>')
    found = read(tmp_path, "x.gexf", spells)
    assert ties_of(found) == TIES
    assert any("1 ties have a time (spells), 1 of them ended before 2014-03-31" in told for told in found.warnings)


def test_a_row_without_answers_in_one_matrix_is_unknown_there_and_known_in_the_other(tmp_path):
    head = "dl n=3 nm=2\nlabels:\nA,B,C\nmatrix labels:\nadvice,meets\ndata:\n"
    text = head + "0 1 1\nNA NA NA\n0 0 0\n0 1 0\n1 0 1\n0 0 0\n"
    advice, meets = (read(tmp_path, "x.dl", text, relation=name) for name in ("advice", "meets"))
    assert advice.unknown_out().tolist() == [0, 2, 0]
    assert meets.unknown_out().tolist() == [0, 0, 0]


@pytest.mark.slow
def test_ten_thousand_people_with_sixty_thousand_ties_are_read_and_described(tmp_path):
    steps = (1, 2, 30, 400, 5_000, 7_777)
    lines = [
        f"P{one:04d},P{(one + step) % 10_000:04d},{1 + (one + step) % 5}" for one in range(10_000) for step in steps
    ]
    found = describe(read(tmp_path, "large.csv", "from,to,frequency\n" + "\n".join(lines)))
    assert (found["nodes"], found["ties"], found["components"]) == (10_000, 60_000, 1)
    assert found["thresholds"] == {"1": 60_000, "2": 48_000, "3": 36_000, "4": 24_000}
    between = [row["betweenness"] for row in found["people"]]
    assert max(between) == pytest.approx(min(between)), "everybody stands in the ring as everybody else does"


def test_rows_may_be_numbers_where_nothing_names_people(tmp_path):
    found = read(tmp_path, "square.txt", "\n".join(" ".join(row) for row in cells()))
    assert ties_of(found) == {(NUMBER[one], NUMBER[other]): value for (one, other), value in TIES.items()}
    assert any("no labels" in told for told in found.warnings)


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        ("list.net", f"{VERTICES}\n*Arcslist\n1 2 3\n2 1\n3 4\n5 1\n"),
        ("node.dl", f"dl n=5 format=nodelist1\nlabels:\n{LABELS}\ndata:\n1 2 3\n2 1\n3 4\n5 1"),
        (
            "embedded.dl",
            "dl n=5 format=nodelist1\nlabels embedded\n"
            'data:\nAnn Bob "Cy Lee"\nBob Ann\n"Cy Lee" Dee\n"Eve O\'Neil" Ann',
        ),
        ("two.csv", "from,to\n" + "".join(f"{one},{other}\n" for one, other in TIES)),
        (
            "chain.gv",
            'digraph { Bob -> Ann -> {Bob "Cy Lee"} -> Dee; "Eve O\'Neil" -> Ann }'.replace(
                '{Bob "Cy Lee"} -> Dee', '{Bob "Cy Lee"}; "Cy Lee" -> Dee'
            ),
        ),
    ],
)
def test_lists_without_frequencies_have_ties_and_no_thresholds(name, contents, tmp_path):
    found = read(tmp_path, name, contents)
    assert set(ties_of(found)) == set(TIES)
    assert not found.valued


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        ("edges.net", f"{VERTICES}\n*Edges\n{ARCS}\n"),
        ("edgeslist.net", f"{VERTICES}\n*Edgeslist\n1 2 3\n3 4\n5 1\n"),
        ("graph.gv", 'graph { Ann -- Bob; Ann -- "Cy Lee" -- Dee; "Eve O\'Neil" -- Ann }'),
        ("half.dl", f"dl n=5 format=lowerhalf diagonal=absent\nlabels:\n{LABELS}\ndata:\n1\n1 0\n0 0 1\n1 0 0 0"),
        ("upper.dl", f"dl n=5 format=upperhalf diagonal=absent\nlabels:\n{LABELS}\ndata:\n1 1 0 1\n0 0 0\n1 0\n0"),
        ("flag.json", node_link().replace('{"nodes"', '{"directed": false, "nodes"')),
        ("type.csv", "Source,Target,Type\n" + "".join(f"{one},{other},Undirected\n" for one, other in TIES)),
        ("graphml.graphml", graphml(default="undirected")),
    ],
)
def test_undirected_ties_run_both_ways_and_are_said(name, contents, tmp_path):
    found = read(tmp_path, name, contents)
    assert set(ties_of(found)) == set(TIES) | {pair[::-1] for pair in TIES}
    assert any("undirected" in told for told in found.warnings)
