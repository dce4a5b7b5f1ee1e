"""What cannot be read is refused with place, value, rule and the nearest right name, all faults at once."""

from __future__ import annotations

import time

import pytest

from ccgsim.foundation.problems import Problems
from tests.survey.small import read, rows

ENTITIES = (
    '<?xml version="1.0"?>\n<!DOCTYPE g [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>\n<graphml><graph id="&b;"/></graphml>'
)
OUTSIDE = '<!DOCTYPE g [<!ENTITY a SYSTEM "who.csv">]>\n<gexf><graph><nodes><node id="&a;"/></nodes></graph></gexf>'
BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
HYPER = '<graphml><graph><node id="a"/>\n<hyperedge id="h7"><endpoint node="a"/></hyperedge></graph></graphml>'
ENDS = (
    '<graphml><graph><node id="Ann"/>\n<edge source="Ann" target="Anna"/>\n'
    '<edge source="x" target="Ann"/></graph></graphml>'
)
TWICE = '<gexf><graph><nodes><node id="a"/>\n<node id="a"/></nodes></graph></gexf>'

REFUSED = {
    # file: contents, and for each fault words that its message holds
    "empty.csv": ("", [["is empty"]]),
    "blank.csv": (" \n\n", [["is empty"]]),
    "comments.csv": ("# from,to\n", [["comments"]]),
    "header.csv": ("from,to,frequency\n", [["line 1", "no row below"]]),
    "one.csv": ("person\nAnn\nBob\n", [["'person'", "only column"]]),
    "arrow.csv": ("tie,frequency\nAnn -> Bob,2\n", [["line 2, tie", "Ann -> Bob", "two people in one cell"]]),
    "long.csv": (rows() + "Lee, Cy,Ann,2\n", [["line 7", "4 cells", "header of 3"]]),
    "frequency.csv": (
        rows() + "Ann,Dee,-2\nAnn,Eve,often\nBob,Dee,NaN\nBob,Eve,1e999\n",
        [["line 7", "-2"], ["line 8", "often", "--words"], ["line 9", "NaN"], ["line 10", "1e999"]],
    ),
    "nobody.csv": (rows() + ",Bob,2\nBob,,1\n", [["line 7, from", "is empty"], ["line 8, to", "is empty"]]),
    "quote.csv": ('from,to\n"Ann,Bob\nBob,Cy\n', [["line 2", "never closed"]]),
    "people.csv": ("name,kind,board\nAnn,GP,yes\n", [["table of people", "--people"]]),
    "columns.csv": ("1,2,3,4,5\n1,3,2,1,2\n1,4,4,4,4\n", [["line 1", "5 columns", "no names"]]),
    "control.csv": ("from,to\nAnn,Bob\x1b[2J\nCy\u202e,Ann\n", [["line 2, to", "U+001B"], ["line 3, from", "U+202E"]]),
    "length.csv": (f"from,to\nAnn,{'x' * 5000}\nBob,{'x' * 5000}\n", [["line 2, to", "5,000 characters"]]),
    "zeros.csv": (b"from,to\nAnn,B\0ob\n", [["zero byte"]]),
    "hole.csv": (b"from,to\nA\x81,B\n", [["line 2", "0x81", "Windows-1252"]]),
    "two encodings.csv": ("from,to\nÉva,Zo".encode() + b"\xeb\n", [["line 2", "0xEB", "UTF-8"]]),
    "picture.csv": (b"\x89PNG\r\n", [["picture"]]),
    "labels.csv": (",A,B,B\nA,0,1,1\nB,1,0,0\nB,0,0,0\n", [["'B'", "C1, D1", "3, 4"]]),
    "rows.csv": (",A,B\nA,0,1\nB,1,0\nD,0,0\n", [["line 4", "'D'", "a row and no column"]]),
    "text.xlsx": (rows(), [["text.xlsx", "rename it to end in .csv"]]),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), [["password"]]),
    "torn.xlsx": (b"PK\x03\x04" + bytes(50), [["damaged"]]),
    "advice.##h": (b"\x05DATE", [["UCINET", "DL"]]),
    "advice.##d": (b"\0\0", [["UCINET", "DL"]]),
    "entities.graphml": (ENTITIES, [["line 2", "entities"]]),
    "outside.gexf": (OUTSIDE, [["entities", "from outside"]]),
    "bomb.graphml": (f'<!DOCTYPE g [<!ENTITY a0 "x">{BOMB}]><graphml>&a11;</graphml>', [["entities"]]),
    "hyper.graphml": (HYPER, [["line 2", "h7", "hyperedge"]]),
    "ends.graphml": (ENDS, [["line 2", "'Anna'", "Ann?"], ["line 3", "'x'"]]),
    "twice.gexf": (TWICE, [["line 1, line 2", "'a'", "2 nodes"]]),
    "torn.graphml": ("<graphml><graph>", [["not valid XML"]]),
    "page.graphml": ("<html><p>404</p></html>", [["<html>"]]),
    "list.graphml": (rows(), [["ends in .graphml", "no XML"]]),
    "deep.graphml": ("<a>" * 5000, [["nested"]]),
    "torn.json": ('{"nodes": [', [["line 1", "not valid JSON"]]),
    "deep.json": ("[" * 100_000, [["JSON"]]),
    "ties.json": ('{"nodes": []}', [["links or edges"]]),
    "ends.json": (
        '{"nodes": ["a"], "links": [{"source": "a"}, {"source": "b", "target": "a"}]}',
        [["tie 1"], ["tie 2", "'b'"]],
    ),
    "size.dl": ("dl format=fullmatrix\ndata:\n0 1\n1 0\n", [["does not say n"]]),
    "count.dl": ("dl n=3\ndata:\n0 1 1\n0 0\n", [["9 values", "holds 5"]]),
    "format.dl": ("dl n=3 format=edgelist2\ndata:\n1 2\n", [["edgelist2", "two kinds of nodes"]]),
    "modes.dl": ("dl nr=2 nc=3\ndata:\n1 0 1\n0 1 0\n", [["2 rows and 3 columns"]]),
    "labels.dl": ("dl n=3\nlabels:\nA,B\ndata:\n0 1 1\n0 0 0\n0 0 0\n", [["n = 3", "2 labels"]]),
    "person.dl": (
        "dl n=2 format=edgelist1\nlabels:\nAnn,Bob\ndata:\n1 3\nAnne Bob\n",
        [["line 5", "'3'"], ["line 6", "'Anne'", "Ann?"]],
    ),
    "list.dl": (rows(), [["ends in .dl"]]),
    "vertices.net": ('*Vertices 2\n1 "A"\n2 "A"\n*Arcs\n1 9\n', [["line 3", "'A'"], ["line 5", "'9'", "1 to 2"]]),
    "section.net": ('*Vertices 1\n1 "A"\n*Arrows\n1 1\n', [["line 3", "*Arrows"]]),
    "modes.net": ("*Vertices 5 2\n", [["two kinds"]]),
    "rows.net": ("*Vertices 2\n*Matrix\n0 1\n1\n", [["1 values more than whole rows"]]),
    "section.vna": ("*Node dta\nID\nAnn\n*Tie data\nfrom to\nAnn Bob\n", [["line 1", "node data?"]]),
    "blank.vna": ("*Tie data\nfrom to advice\nAnn Bob Lee 3\n", [["line 3", "4 values", "quotes"]]),
    "arrow.gv": ("digraph {\n a -> ;\n}", [["line 2", "';'"]]),
    "open.gv": ("digraph { a -> b", [["braces"]]),
    "graph.gml": ("graph [\n node [ id 1 ]\n]", [["GML", "GraphML"]]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_told_all_at_once_with_its_place(name, tmp_path):
    contents, faults = REFUSED[name]
    began = time.monotonic()
    with pytest.raises(Problems) as refused:
        read(tmp_path, name, contents)
    assert time.monotonic() - began < 5
    told = [str(problem) for problem in refused.value.problems]
    assert len(told) == len(faults), told
    for message, words in zip(told, faults, strict=True):
        assert name in message and len(message) < 500
        assert all(word in message for word in words), (message, words)


@pytest.mark.parametrize(
    ("name", "contents", "words", "ids"),
    [
        ("formula.csv", "from,to\n=1+2,Bob\n+44 1632,@x\n", ["line 2, from", "=1+2", "plain text"], ["=1+2", "Bob"]),
        ("markup.csv", "from,to\n<b>Ann</b>,Bob\n", ["line 2, from", "markup"], ["<b>Ann</b>"]),
        ("break.csv", 'from,to\nAnn,"Bob\nRoe"\n', ["line 2, to", "line break"], ["Bob Roe"]),
        (
            "values.csv",
            "from,to,w\nNA,TRUE,3\nTRUE,1E5,2\nnull,NA,1\n007,7,5\n",
            ["no table of people"],
            ["NA", "007", "7"],
        ),
        ("none.csv", "from,to,w\nAnn,Bob,0\n", ["no tie"], ["Ann", "Bob"]),
        ("latin.csv", "from;to\nZoë;Bob\n".encode("cp1252"), ["Windows-1252"], ["Zoë"]),
        ("gap.edgelist", "0 1\n1 3\n", ["from 0 to 3", "without 2"], ["0", "1", "3"]),
        (
            "ports.graphml",
            '<graphml><graph><node id="a"><port name="p"/></node></graph></graphml>',
            ["ports", "a"],
            ["a"],
        ),
        (
            "count.dl",
            "dl n=3 format=edgelist1\nlabels embedded\ndata:\nAnn Bob\n",
            ["n says 3", "2 people"],
            ["unnamed 1"],
        ),
        ("matrix.csv", ",A,B\nA,,1\nB,2,\n", ["no zero", "no tie"], ["A", "B"]),
        ("holes.csv", ",A,B,C\nA,0,,1\nB,0,0,0\nC,NA,NA,NA\n", ["cell C2", "unknown"], ["A", "B", "C"]),
        ("absent.csv", ",A,B,C\nA,0,1,1\nB,0,0,0\n", ["a column and no row", "C"], ["A", "B", "C"]),
    ],
)
def test_what_is_odd_is_read_and_said(name, contents, words, ids, tmp_path):
    found = read(tmp_path, name, contents)
    assert set(ids) <= set(found.people.ids)
    assert any(all(word in told for word in words) for told in found.warnings), found.warnings


def test_a_thousand_faults_are_listed_and_no_more(tmp_path):
    with pytest.raises(Problems) as refused:
        read(tmp_path, "many.csv", rows() + "Ann,Bob,often\n" * 3000)
    assert len(refused.value.problems) == 1000
