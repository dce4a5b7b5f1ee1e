"""The same small network is found in every form in which networks arrive."""

from __future__ import annotations

import json

import networkx as nx
import pytest

from ccgsim.report.network.exchange import ARROWS, gexf_bytes, graphml_bytes
from ccgsim.survey.describe import describe
from tests.survey.small import PEOPLE, TIES, cells, read, rows, ties_of

MATRIX = "\n".join(
    ["," + ",".join(PEOPLE), *(",".join([name, *row]) for name, row in zip(PEOPLE, cells(), strict=True))]
)
QUOTED = {name: f'"{name}"' for name in PEOPLE}
NUMBER = {name: str(place) for place, name in enumerate(PEOPLE, 1)}
ARCS = "\n".join(f"{NUMBER[one]} {NUMBER[other]} {value:g}" for (one, other), value in TIES.items())
VERTICES = f"*Vertices {len(PEOPLE)}\n" + "\n".join(f"{place} {QUOTED[name]}" for name, place in NUMBER.items())
PAJEK_ROWS = "\n".join(" ".join(row) for row in cells())
LABELS = ",".join(QUOTED.values())
WIDE_WORDS = {0.0: "Never", 1.0: "Monthly", 2.0: "Weekly", 3.0: "Daily", 4.0: "Several times a day"}


def answers(one):
    """What a person says of each, nothing of herself."""
    return ["" if one == other else WIDE_WORDS[TIES.get((one, other), 0.0)] for other in PEOPLE]


def wide(question, sign=","):
    """The survey form; Dee, who named nobody, sent it too."""
    lines = [sign.join(["Timestamp", "Your name", *(f'"{question.format(name)}"' for name in PEOPLE), "Any comment?"])]
    for one in PEOPLE:
        lines.append(sign.join(["01/02/2014 10:00", one, *answers(one), '"good,\nthanks; all"']))
    return "\n".join(lines)


def node_link(links="links", source="source", weight="weight"):
    return json.dumps(
        {
            "nodes": [{"id": name} for name in PEOPLE],
            links: [{source: one, "target": other, weight: value} for (one, other), value in TIES.items()],
        }
    )


def graphml(edge='<edge source="{}" target="{}"><data key="w">{}</data></edge>', ids=None, more="", default="directed"):
    ids = ids or {name: name for name in PEOPLE}
    nodes = "".join(
        f'<node id="{ids[name]}"><data key="l">{name}</data>{more}</node>'
        if ids[name] != name
        else f'<node id="{name}"/>'
        for name in PEOPLE
    )
    edges = "".join(edge.format(ids[one], ids[other], value) for (one, other), value in TIES.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key id="w" for="edge" attr.name="weight" attr.type="double"/><key id="l" for="node" attr.name="label"/>'
        f'<graph edgedefault="{default}">{nodes}{edges}</graph></graphml>'
    )


def dl_edges(quote=True):
    name = QUOTED if quote else NUMBER
    return "\n".join(f"{name[one]} {name[other]} {value:g}" for (one, other), value in TIES.items())


def gexf(version="1.3", weight='weight="{}"'):
    nodes = "".join(f'<node id="{NUMBER[name]}" label="{name}"/>' for name in PEOPLE)
    edges = "".join(
        f'<edge source="{NUMBER[one]}" target="{NUMBER[other]}" {weight.format(value)}/>'
        for (one, other), value in TIES.items()
    )
    return (
        f'<gexf xmlns="http://gexf.net/{version}" version="{version}"><graph defaultedgetype="directed">'
        f"<nodes>{nodes}</nodes><edges>{edges}</edges></graph></gexf>"
    )


FORMS = {
    "commas.csv": rows(),
    "semicolons.csv": rows(";", decimal=","),
    "tabs.tsv": rows("\t"),
    "bars.txt": rows("|"),
    "carriage returns.csv": rows().replace("\n", "\r"),
    "utf16.csv": rows().encode("utf-16"),
    "utf16 big.csv": rows("\t").encode("utf-16-be"),
    "sep.csv": "sep=;\n" + rows(";"),
    "title.csv": "Advice in our board,,\n,,\n" + rows(),
    "reordered.csv": "no,how often,asked,who asks\n"
    + "".join(f"7,{value:g},{other},{one}\n" for (one, other), value in TIES.items()),
    "gephi.csv": "Source,Target,Type,Id,Weight\n"
    + "".join(f"{one},{other},Directed,5,{value}\n" for (one, other), value in TIES.items()),
    "unknown names.csv": rows(header="person A,person B,intensity of advice"),
    "no header.csv": rows(header=""),
    "quoted blanks.txt": "\n".join(f'"{one}"  "{other}"\t{value}' for (one, other), value in TIES.items()),
    "names for numbers.csv": rows(header="Sender name,Receiver name,Tie strength (1-5)"),
    "matrix.csv": MATRIX,
    "matrix corner.csv": "seeks from" + MATRIX,
    "matrix semicolons.csv": MATRIX.replace(",", ";"),
    "matrix without corner.csv": MATRIX[1:],
    "matrix titled.csv": "Advice 2014\n\n" + MATRIX,
    "matrix blanks.csv": "\n".join(
        ["," + ",".join(PEOPLE), *(",".join([name, *row]) for name, row in zip(PEOPLE, cells(""), strict=True))]
    ),
    "matrix sums.csv": "\n".join(
        [
            "," + ",".join(PEOPLE) + ",Total",
            *(",".join([name, *row, "9"]) for name, row in zip(PEOPLE, cells(), strict=True)),
            "Total,1,2,3,4,5,15",
        ]
    ),
    "names above.csv": "\n".join([",".join(PEOPLE), *(",".join(row) for row in cells())]),
    "brackets.csv": wide("Whom do you ask? [{}]"),
    "dash.csv": wide("How often do you ask - {}"),
    "colon.csv": wide("Advice: {}"),
    "prefix.csv": wide("How often do you ask {} for advice?"),
    "bare.csv": wide("{}"),
    "surveymonkey.csv": "Respondent ID,What is your name?,Whom do you ask?,,,,,Comments\n"
    + f",Open-Ended Response,{','.join(PEOPLE)},Open-Ended Response\n"
    + "".join(f"77,{one},{','.join(answers(one))},fine\n" for one in PEOPLE),
    "wide tabs.txt": wide("Whom do you ask? [{}]", "\t"),
    "dl full.dl": f"dl n=5 format=fullmatrix\nlabels:\n{LABELS}\ndata:\n{PAJEK_ROWS}\n",
    "dl default.txt": f"DL n = 5\nlabels:\n{LABELS}\ndata:\n{PAJEK_ROWS}",
    "dl lines.dl": "dl\nn=5\nlabels:\n" + "\n".join(PEOPLE) + f"\ndata:\n{PAJEK_ROWS}",
    "dl nr nc.dl": f"dl nr=5, nc=5\nrow labels:\n{LABELS}\ncolumn labels:\n{LABELS}\ndata:\n{PAJEK_ROWS}",
    "dl wrapped.dl": f"dl n=5\nlabels:\n{LABELS}\ndata:\n" + "\n".join(PAJEK_ROWS.split()),
    "dl no diagonal.dl": f"dl n=5 diagonal=absent\nlabels:\n{LABELS}\ndata:\n"
    + "\n".join(" ".join(row[:place] + row[place + 1 :]) for place, row in enumerate(cells())),
    "dl embedded.dl": "dl n=5 format=fullmatrix\nlabels embedded\ndata:\n"
    + "\n".join(
        [" ".join(QUOTED.values()), *(" ".join([QUOTED[p], *row]) for p, row in zip(PEOPLE, cells(), strict=True))]
    ),
    "dl row embedded.dl": "dl n=5\nrow labels embedded:\ndata:\n"
    + "\n".join(" ".join([QUOTED[p], *row]) for p, row in zip(PEOPLE, cells(), strict=True)),
    "dl edges.dl": f"dl n=5 format=edgelist1\nlabels embedded:\ndata:\n{dl_edges()}",
    "dl numbered edges.dl": f"DL N=5, FORMAT=EDGELIST1\nLABELS:\n{LABELS}\nDATA:\n{dl_edges(False)}",
    "dl titled.dl": f'dl title="who asks n=99" n=5\nlabels:\n{LABELS}\ndata:\n{PAJEK_ROWS}',
    "arcs.net": f"{VERTICES}\n*Arcs\n{ARCS}\n",
    "bom.net": f"\ufeff{VERTICES}\n*Arcs\n{ARCS}\n",
    "colours.net": f"% by hand\n{VERTICES}\n*Arcs\n" + "\n".join(f'{line} c Blue l "x"' for line in ARCS.splitlines()),
    "relation.net": f'{VERTICES}\n*Arcs :1 "advice"\n{ARCS}\n*Arcs :2 "meets"\n1 2 1\n',
    "matrix.mat": f"{VERTICES}\n*Matrix\n{PAJEK_ROWS}\n",
    "latin.net": f"*Network Zo\xeb\n{VERTICES}\n*Arcs\n{ARCS}\n".encode("cp1252"),
    "partition.paj": f"*Network a\n{VERTICES}\n*Arcs\n{ARCS}\n"
    "*Partition b\n*Vertices 5\n1\n1\n2\n2\n2\n*Vector c\n*Vertices 5\n.1\n.2\n0\n0\n1\n",
    "data.vna": "*Node data\nID board\n"
    + "\n".join(f"{QUOTED[name]} yes" for name in PEOPLE)
    + "\n*Tie data\nfrom to advice\n"
    + dl_edges(),
    "ties only.vna": "*Tie data\nfrom to advice\n" + dl_edges(),
    "networkx.graphml": graphml(),
    "numbered.graphml": graphml(ids={name: f"n{place}" for name, place in NUMBER.items()}),
    "undirected default.graphml": graphml(
        '<edge source="{}" target="{}" directed="true"><data key="w">{}</data></edge>', default="undirected"
    ),
    "ports.graphml": graphml('<edge source="{}" sourceport="a" target="{}"><data key="w">{}</data></edge>'),
    "group.graphml": graphml()
    .replace('<node id="Ann"/>', '<node id="g"><graph edgedefault="directed"><node id="Ann"/>')
    .replace('<node id="Bob"/>', '<node id="Bob"/></graph></node>'),
    "doctype.graphml": graphml().replace("<graphml ", '<!DOCTYPE graphml SYSTEM "graphml.dtd"><graphml '),
    "utf16.graphml": graphml().replace("UTF-8", "UTF-16").encode("utf-16"),
    "latin.graphml": graphml()
    .replace("<graph ", "<!-- Zo\xeb --><graph ")
    .replace("UTF-8", "ISO-8859-1")
    .encode("latin-1"),
    "gexf13.gexf": gexf(),
    "gexf12.gexf": gexf("1.2draft"),
    "links.json": node_link(),
    "edges.json": node_link("edges", weight="value"),
    "from.json": node_link("ties", "from"),
    "cytoscape.json": json.dumps(
        {
            "elements": {
                "nodes": [{"data": {"id": name}} for name in PEOPLE],
                "edges": [{"data": {"source": one, "target": other, "weight": v}} for (one, other), v in TIES.items()],
            }
        }
    ),
    "places.json": json.dumps(
        {
            "nodes": [{"name": name} for name in PEOPLE],
            "links": [
                {"source": PEOPLE.index(one), "target": PEOPLE.index(other), "value": v}
                for (one, other), v in TIES.items()
            ],
        }
    ),
    "records.json": json.dumps([{"from": one, "to": other, "frequency": v} for (one, other), v in TIES.items()]),
    "graph.dot": "digraph {\n"
    + "".join(f'"{one}" -> "{other}" [weight={value:g}];\n' for (one, other), value in TIES.items())
    + "}",
    "labelled.gv": "strict digraph G { // advice\n edge [label=1]\n"
    + "".join(f'"{one}":p -> {{"{other}"}} [label="{value:g}"]\n' for (one, other), value in TIES.items())
    + "}",
}


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
