"""GEXF 1.1 to 1.3 as Gephi writes it.

Not by networkx's reader: it stops at the colours and the slices of 1.3, and does not tell lines.
"""

from __future__ import annotations

from ccgsim.survey.formats.graph import Edge, Graph, Node, raw_of_graph
from ccgsim.survey.formats.markup import Element
from ccgsim.survey.reading.raw import Context, Raw

_BOTH = ("undirected", "mutual")


def gexf(root: Element, context: Context) -> Raw:
    """People and ties, whenever they were; ties with a time are said."""
    graph = next(root.all("graph"), None)
    if graph is None:
        raise context.refuse("is GEXF without a graph")
    found = Graph(f"GEXF {root.get('version')}".strip())
    titles = {kind: _titles(graph, kind) for kind in ("node", "edge")}
    for node in graph.within("node"):
        attributes = {"label": node.get("label")} if node.get("label") else {}
        found.nodes.append(Node(node.get("id"), attributes | _values(node, titles["node"]), node.place))
    default = graph.get("defaultedgetype", "undirected")
    for edge in graph.within("edge"):
        attributes = _values(edge, titles["edge"])
        if edge.get("weight") and "frequency" not in attributes:
            attributes["weight"] = edge.get("weight")
        both = (edge.get("type") or default) in _BOTH
        found.edges.append(Edge(edge.get("source"), edge.get("target"), attributes, edge.place, both, edge.get("kind")))
    if len({edge.relation for edge in found.edges}) == 1:
        for edge_ in found.edges:
            edge_.relation = ""
    _times(graph, found)
    described = [each.text for meta in root.all("meta") for each in meta.all("description")]
    if any("along the flow" in text for text in described):
        found.attributes["arrows"] = "along the flow"
    return raw_of_graph(found, context)


def _titles(graph: Element, kind: str) -> dict[str, tuple[str, str]]:
    """Title and default of each attribute of nodes or edges, by id."""
    return {
        attribute.get("id"): (
            attribute.get("title") or attribute.get("id"),
            next((each.text.strip() for each in attribute.all("default")), ""),
        )
        for block in graph.all("attributes")
        if block.get("class", "node") == kind
        for attribute in block.all("attribute")
    }


def _values(element: Element, titles: dict[str, tuple[str, str]]) -> dict[str, str]:
    found = {title: default for title, default in titles.values() if default}
    for block in element.all("attvalues"):
        for each in block.all("attvalue"):
            key = each.get("for") or each.get("id")
            found[titles.get(key, (key, ""))[0]] = each.get("value")
    return {name: text for name, text in found.items() if text != ""}


def _times(graph: Element, found: Graph) -> None:
    """Say how many ties have a time of their own, and how many ended before the last day of the file."""
    timed, ended = 0, 0
    last = graph.get("end") or graph.get("timestamp")
    for edge in graph.within("edge"):
        spells = [edge, *edge.within("spell", "slice")]
        ends = [each.get("end") or each.get("endopen") for each in spells]
        if any(ends) or any(each.get("start") or each.get("timestamp") for each in spells):
            timed += 1
            told = [end for end in ends if end]
            ended += bool(told and last) and max(told) < last
    if timed:
        gone = f", {ended} of them ended before {last}" if ended else ""
        found.notes.append(f"{timed} ties have a time (spells){gone}: every tie counts, whenever it was")
