"""Less usual forms of the files of UCINET, Pajek, yEd, Cytoscape, Kumu, networkx: read, or refused with a reason."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.survey.sheets import workbook_bytes
from tests.survey.small import read, ties_of

ARC = {("A", "B"): 2.0}
DL = "dl n=3 format={}\nlabels:\nA,B,C\ndata:\n{}\n"
VERTICES = '*Vertices 3\n1 "A"\n2 "B"\n3 "C"\n'
EMPTY = "0 0 0\n0 0 0\n0 0 0\n"
FULL = "0 2 0\n0 0 0\n0 0 0\n"


def told(network):
    return " ".join(network.warnings)


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("fm", FULL),
        ("edgelist", "1 2 2"),
        ("el1", "1 2 2"),
        ("EdgeList1", "1 2 2"),
        ("nodelist", "1 2"),
        ("nl1", "1 2"),
    ],
)
def test_short_names_of_the_formats_of_dl(tmp_path, form, data):
    assert set(ties_of(read(tmp_path, "t.dl", DL.format(form, data)))) == {("A", "B")}


@pytest.mark.parametrize("form", ["uh", "lh"])
def test_short_names_of_halves(tmp_path, form):
    data = {"uh": "0 2 0\n0 0\n0", "lh": "0\n2 0\n0 0 0"}[form]
    assert ties_of(read(tmp_path, "t.dl", DL.format(form, data))) == {("A", "B"): 2.0, ("B", "A"): 2.0}


@pytest.mark.parametrize("head", ["dl n=3, format=edgelist1, labels embedded", "dl n=3 format=el1 labels embedded:"])
def test_labels_are_embedded_wherever_the_header_says_so(tmp_path, head):
    assert ties_of(read(tmp_path, "t.dl", f"{head}\ndata:\nA, B, 2\n")) == ARC


@pytest.mark.parametrize("form", ["edgelist2", "nodelist2", "el2"])
def test_lists_of_two_kinds_of_nodes_are_refused_with_the_reason(tmp_path, form):
    with pytest.raises(Problems, match=f"'{form}': is a list of two kinds of nodes"):
        read(tmp_path, "t.dl", DL.format(form, "1 2"))


def test_a_square_of_two_kinds_of_nodes_is_refused(tmp_path):
    with pytest.raises(Problems, match="two kinds of nodes"):
        read(tmp_path, "t.dl", f"dl nr=3, nc=3\nrow labels:\nA,B,C\ncolumn labels:\nx,y,z\ndata:\n{FULL}")


def test_columns_may_stand_in_an_order_of_their_own(tmp_path):
    text = f"dl nr=3, nc=3\nrow labels:\nA,B,C\ncolumn labels:\nC,B,A\ndata:\n{FULL}"
    assert ties_of(read(tmp_path, "t.dl", text)) == ARC


@pytest.mark.parametrize("names", ['*Matrix :1 "one"\n{}*Matrix :2 "two"\n{}', "*Matrix\n{}*Matrix\n{}"])
def test_several_matrices_of_pajek_are_relations(tmp_path, names):
    text = VERTICES + names.format(EMPTY, FULL)
    relation = read(tmp_path, "t.net", text).chosen.relations[-1]
    assert ties_of(read(tmp_path, "t.net", text, relation=relation)) == ARC


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (VERTICES + "*Matrix\n0 2 0\n0 0 0\n", "has 2 rows for 3 people"),
        (VERTICES + "*Matrix\n0 2 0\n0 0\n*Arcs\n1 2\n", "has 2 values more than whole rows"),
        ("*Matrix\n0 1\n1 0\n", "needs people above it"),
    ],
)
def test_a_matrix_of_pajek_that_is_not_whole_is_refused(tmp_path, text, rule):
    with pytest.raises(Problems, match=rule):
        read(tmp_path, "t.net", text)


def test_a_partition_of_pajek_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(Problems, match="partition or a vector of Pajek, without ties"):
        read(tmp_path, "t.clu", "*Vertices 2\n1\n2\n")


@pytest.mark.parametrize(
    ("arrows", "ties"),
    [("none standard", {("A", "B")}), ("standard none", {("B", "A")}), ("none none", {("A", "B"), ("B", "A")})],
)
def test_the_arrowheads_of_yed_tell_the_direction(tmp_path, arrows, ties):
    back, forth = arrows.split()
    arrow = f'<data key="d"><PolyLineEdge><Arrows source="{back}" target="{forth}"/></PolyLineEdge></data>'
    nodes = '<node id="A"/><node id="B"/>'
    text = f'<graphml><graph edgedefault="directed">{nodes}<edge source="A" target="B">{arrow}</edge></graph></graphml>'
    found = read(tmp_path, "t.graphml", text)
    assert set(ties_of(found)) == ties
    assert ("turned" in told(found)) == (back == "standard") and ("undirected" in told(found)) == (len(ties) == 2)


def test_labels_that_stand_twice_are_not_used_and_this_is_said(tmp_path):
    nodes = "".join(f'<node id="{place}" label="Ann"/>' for place in range(2))
    text = f'<gexf><graph defaultedgetype="directed"><nodes>{nodes}</nodes><edges><edge source="0" target="1"/></edges>'
    found = read(tmp_path, "t.gexf", f"{text}</graph></gexf>")
    assert found.people.ids == ("0", "1") and "people are called by the ids" in told(found)


def test_xml_is_read_in_the_encoding_that_it_declares(tmp_path):
    text = '<?xml version="1.0" encoding="ISO-8859-2"?><graphml><graph edgedefault="directed"><node id="Dvořák"/>'
    text += '<node id="B"/><edge source="B" target="Dvořák"/></graph></graphml>'
    assert "Dvořák" in read(tmp_path, "t.graphml", text.encode("iso-8859-2")).people.ids


@pytest.mark.parametrize(
    "document",
    [
        {
            "elements": [
                {"data": {"id": "A"}},
                {"data": {"id": "B"}},
                {"data": {"source": "A", "target": "B", "weight": 2}},
            ]
        },
        [{"data": {"id": "A"}}, {"data": {"id": "B"}}, {"data": {"source": "A", "target": "B", "weight": 2}}],
        {"elements": [{"label": "A"}, {"label": "B"}], "connections": [{"from": "A", "to": "B", "strength": 2}]},
    ],
)
def test_json_of_cytoscape_and_kumu(tmp_path, document):
    assert ties_of(read(tmp_path, "t.json", json.dumps(document))) == ARC


def test_a_connection_of_kumu_may_have_no_direction(tmp_path):
    connection = {"from": "A", "to": "B", "direction": "undirected"}
    found = read(
        tmp_path, "t.json", json.dumps({"elements": [{"label": "A"}, {"label": "B"}], "connections": [connection]})
    )
    assert len(found.seeker) == 2


@pytest.mark.parametrize("document", ["5", "null", '"text"'])
def test_json_that_is_no_network_is_refused(tmp_path, document):
    with pytest.raises(Problems):
        read(tmp_path, "t.json", document)


def test_a_list_of_ties_of_networkx(tmp_path):
    assert ties_of(read(tmp_path, "t.edgelist", "# made by networkx\nA B {'kind': 'x', 'weight': 2}\n")) == ARC
    assert ties_of(read(tmp_path, "u.edgelist", "A B {}\nB A {}\n")) == {("A", "B"): 1.0, ("B", "A"): 1.0}


def test_a_sheet_of_ties_without_a_header_is_read_and_said(tmp_path):
    found = read(tmp_path, "t.xlsx", workbook_bytes({"Data": [["A", "B", 2], ["B", "A", 0]]}))
    assert ties_of(found) == ARC and "no header" in told(found)


def test_a_packed_file_that_is_no_workbook_is_called_so(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    with pytest.raises(Problems, match="packed file without a spreadsheet"):
        read(tmp_path, "t.docx", out.getvalue())
    with pytest.raises(Problems, match="no sheet with anything"):
        read(tmp_path, "e.xlsx", workbook_bytes({"Empty": [[""]]}))
