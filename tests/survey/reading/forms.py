"""One small network in every form in which networks arrive."""

from __future__ import annotations

import json

from tests.survey.small import PEOPLE, TIES, cells, rows

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
