"""JSON with nodes and links, as d3, networkx, Cytoscape and this program write it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ccgsim.survey.formats.graph import Edge, Graph, Node, raw_of_graph, text_of_value
from ccgsim.survey.reading.raw import Context, Raw, is_whole, listed

_LINKS = ("links", "edges", "ties", "connections")
_NODES = ("nodes", "people", "vertices", "elements")
_FROM, _TO = ("source", "from", "seeker", "start"), ("target", "to", "adviser", "end")
_IDS = ("id", "key", "name", "label", "code")


def node_link(text: str, context: Context) -> Raw:
    """People and ties; raises Problems for what is no JSON or has no list of ties."""
    document = _document(text, context)
    nodes, links, about = _parts(document, context)
    found = Graph("JSON, nodes and links")
    ids = _add_nodes(found, nodes)
    undirected = about.get("directed") is False or about.get("directed") == "false"
    for place, link in enumerate(links, 1):
        data = link.get("data", link) if isinstance(link, Mapping) else {}
        if not isinstance(data, Mapping):
            data = {}
        one, other = (_end(data, keys, ids) for keys in (_FROM, _TO))
        attributes = _attributes(data, (*_FROM, *_TO, "id"))
        both = undirected if not isinstance(data.get("directed"), bool) else not data["directed"]
        both = both or data.get("direction") in ("undirected", "mutual")  # as Kumu writes it
        found.edges.append(Edge(one, other, attributes, f"tie {place}", both))
    found.declares = bool(found.nodes)
    return raw_of_graph(found, context)


def _document(text: str, context: Context) -> Any:
    try:
        return json.loads(text, parse_constant=str)
    except json.JSONDecodeError as error:
        raise context.refuse(f"is not valid JSON: {error.msg}", f"line {error.lineno}") from None
    except (ValueError, RecursionError):
        raise context.refuse("is not valid JSON: too deeply nested, or a number of thousands of digits") from None


def _parts(document: Any, context: Context) -> tuple[list[Any], list[Any], Mapping[str, Any]]:
    """Nodes, links, and what is said of the whole: at the top, under 'graph' or under 'elements'."""
    if isinstance(document, Mapping) and isinstance(document.get("elements"), list) and not set(_LINKS) & set(document):
        document = document["elements"]
    if isinstance(document, list):  # ties, or people and ties as Cytoscape mixes them
        people = [each for each in document if _is_person(each)]
        return people, [each for each in document if not _is_person(each)], {}
    if not isinstance(document, Mapping):
        raise context.refuse("is JSON, and neither an object nor a list")
    inner = [document, *(document.get(key) for key in ("graph", "elements", "network"))]
    for part in (each for each in inner if isinstance(each, Mapping)):
        links = next((part[key] for key in _LINKS if isinstance(part.get(key), list)), None)
        if links is not None:
            nodes: Any = next((part[key] for key in _NODES if isinstance(part.get(key), list | Mapping)), [])
            about = {**part, **({"directed": document["directed"]} if "directed" in document else {})}
            return _as_list(nodes), links, about
    has = listed([str(key) for key in document])
    raise context.refuse(f"has no list of ties (links or edges) beside its nodes; its keys are {has}")


def _is_person(element: Any) -> bool:
    """Whether an element of a mixed list has data and no ends."""
    data = element.get("data") if isinstance(element, Mapping) else None
    return isinstance(data, Mapping) and not set(_FROM) & set(data)


def _as_list(nodes: Any) -> list[Any]:
    if isinstance(nodes, list):
        return nodes
    return [{**value, "id": key} if isinstance(value, Mapping) else {"id": key} for key, value in nodes.items()]


def _add_nodes(found: Graph, nodes: Iterable[Any]) -> list[str]:
    ids = []
    for place, node in enumerate(nodes, 1):
        data = node.get("data", node) if isinstance(node, Mapping) else {"id": node}
        data = data if isinstance(data, Mapping) else {"id": data}
        key = next((key for key in _IDS if data.get(key) is not None), "id")
        name = text_of_value(data.get(key))
        ids.append(name)
        found.nodes.append(Node(name, _attributes(data, (key, "id")), f"person {place}"))
    return ids


def _end(data: Mapping[str, Any], keys: tuple[str, ...], ids: list[str]) -> str:
    """The id of one end: as written, within an object, or the number of a node in the list."""
    value = next((data[key] for key in keys if data.get(key) is not None), None)
    if isinstance(value, Mapping):
        value = next((value[key] for key in _IDS if value.get(key) is not None), None)
    if isinstance(value, int) and 0 <= value < len(ids) and not any(is_whole(each) for each in ids):
        return ids[value]
    return text_of_value(value)


def _attributes(data: Mapping[str, Any], but: tuple[str, ...]) -> dict[str, str]:
    """The simple values of an object by name; those of 'attributes' and 'metadata' too."""
    inner = [data[key] for key in ("attributes", "metadata") if isinstance(data.get(key), Mapping)]
    return {
        str(name): text_of_value(value)
        for part in (data, *inner)
        for name, value in part.items()
        if name not in but and isinstance(value, str | int | float)
    }
