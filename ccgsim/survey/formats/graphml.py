"""GraphML as networkx, igraph, yEd and Gephi write it.

Not by networkx's reader: it makes people of unknown ends, overwrites ids that stand twice, and does not tell lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from ccgsim.foundation.inputs.texts import one_line
from ccgsim.foundation.problems import Problems
from ccgsim.survey.formats.graph import Edge, Graph, Node, raw_of_graph
from ccgsim.survey.formats.markup import Element
from ccgsim.survey.reading.raw import Context, Raw, listed
from ccgsim.survey.reading.values import number


def graphml(root: Element, context: Context) -> Raw:
    """People and ties; hyperedges are refused, ports left out and said."""
    hyper = [
        context.fault(each.place, each.get("id"), "is a hyperedge: a tie runs from one person to another")
        for each in root.within("hyperedge")
    ]
    if hyper:
        raise Problems(hyper)
    keys = {key.get("id"): key for key in root.all("key")}
    graphs = list(root.all("graph"))
    if not graphs:
        raise context.refuse("is GraphML without a graph")
    found = Graph("GraphML")
    for number_, graph in enumerate(graphs, 1):
        name = graph.get("id") or f"graph {number_}"
        _add(
            found, graph, keys, name if len(graphs) > 1 else "", set() if number_ == 1 else {n.id for n in found.nodes}
        )
    if any(True for _ in root.within("port")):
        ports = [node.get("id") for node in root.within("node") if any(True for _ in node.all("port"))]
        found.notes.append(f"ports say nothing of who asks whom and are left out: {listed(ports)}")
    found.attributes = _data(graphs[0], keys, "graph")
    return raw_of_graph(found, context)


def _add(found: Graph, graph: Element, keys: dict[str, Element], relation: str, known: set[str]) -> None:
    """Add nodes and edges of a graph and of the groups in it; several graphs share the people of the same ids."""
    undirected = graph.get("edgedefault", "directed") == "undirected"
    for node in _nodes(graph):
        if node.get("id") not in known:
            attributes = _data(node, keys, "node")
            label = next((one_line(each.text) for each in node.within("NodeLabel") if each.text.strip()), "")
            if label and not _has_name(attributes):
                attributes["label"] = label
            found.nodes.append(Node(node.get("id"), attributes, node.place))
    turned = 0
    for edge in graph.within("edge"):
        attributes = _data(edge, keys, "edge")
        label = next((one_line(each.text) for each in edge.within("EdgeLabel") if each.text.strip()), "")
        if label and number(label) is not None and not any(number(text) is not None for text in attributes.values()):
            attributes["frequency"] = label
        both = undirected if not edge.get("directed") else edge.get("directed").casefold() in ("false", "0")
        ends, both = _along_arrows(edge, both)
        turned += ends[0] != edge.get("source")
        found.edges.append(Edge(*ends, attributes, edge.place, both, relation))
    if turned:
        found.notes.append(f"{turned} edges have their arrowhead at the first end, and are turned")


def _along_arrows(edge: Element, both: bool) -> tuple[tuple[str, str], bool]:
    """Both ends of an edge and whether it has no direction: in yEd its arrowheads tell, drawn at either end."""
    ends = (edge.get("source"), edge.get("target"))
    arrows = next(edge.within("Arrows"), None)
    if arrows is None:
        return ends, both
    back, forth = (arrows.get(end, "none") != "none" for end in ("source", "target"))
    return (ends[::-1] if back and not forth else ends), back == forth


def _nodes(graph: Element) -> Iterator[Element]:
    """People: nodes, but for the folders in which yEd groups them."""
    for node in graph.within("node"):
        if not any(True for _ in node.all("graph")):
            yield node


def _has_name(attributes: dict[str, str]) -> bool:
    return any(name.casefold() in ("name", "label") and text for name, text in attributes.items())


def _data(element: Element, keys: dict[str, Element], what: str) -> dict[str, str]:
    """Attributes of a node or an edge by name, with the defaults of their keys."""
    found = {}
    for key in keys.values():
        name = key.get("attr.name")
        default = next((each.text.strip() for each in key.all("default")), "")
        if name and default and key.get("for", "all") in (what, "all"):
            found[name] = default
    for data in element.all("data"):
        declared = keys.get(data.get("key"))
        name = declared.get("attr.name") if declared else data.get("key")
        if name and not data.children and data.text.strip():
            found[name] = data.text.strip()
    return found
