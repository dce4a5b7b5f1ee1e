"""Nodes and edges with attributes, as many formats have them, checked and turned into people and ties."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ccgsim.foundation.problems import nearest, shown
from ccgsim.foundation.texts import one_line
from ccgsim.survey.reading.columns import TIES, matched
from ccgsim.survey.reading.raw import Context, PeopleTable, Raw, Said
from ccgsim.survey.reading.values import is_missing, number

_MADE_UP = re.compile(r"(n|v|node|_)?\d+(::?n?\d+)*")  # ids that programs give, not people
_NAMES = ("label", "name", "Label", "Name", "full name")
_MOST_HINTS = 20


@dataclass(slots=True)
class Node:
    """A node: its id, its attributes by name, and where it stands."""

    id: str
    attributes: dict[str, str]
    place: str


@dataclass(slots=True)
class Edge:
    """An edge between ids of nodes; `both` where it has no direction, `relation` the network of several it is in."""

    source: str
    target: str
    attributes: dict[str, str]
    place: str
    both: bool = False
    relation: str = ""


@dataclass(slots=True)
class Graph:
    """What a file holds, as found."""

    form: str
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    declares: bool = True  # whether every end must be a node of its own
    notes: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)  # of the network as a whole


def raw_of_graph(graph: Graph, context: Context) -> Raw:
    """People and ties of a graph; ids that stand twice and ends that are no node are faults, all told at once."""
    raw = Raw(graph.form, notes=list(graph.notes))
    called = _called(graph)
    _check_nodes(graph, raw, context)
    for node in graph.nodes:
        raw.add(context, called.get(node.id, node.id), node.place)
    if not graph.declares:
        for edge in graph.edges:
            called.setdefault(edge.source, edge.source)
            called.setdefault(edge.target, edge.target)
    _add_edges(graph, raw, called, context)
    if graph.nodes and any(node.attributes for node in graph.nodes):
        raw.people = _people(graph, called, context.file)
    if not graph.nodes and not graph.edges:
        raise context.refuse(f"is {graph.form} without people and ties")
    if graph.attributes.get("arrows", "").startswith("along the flow"):  # what `ccgsim run` writes
        raw.reversed = True
        raw.notes.append("the file says that its ties run along the flow of knowledge, from adviser to seeker: turned")
    return raw


def _called(graph: Graph) -> dict[str, str]:
    """The name of each node: its code, else its id, or its label where ids are made up and every label is another."""
    ids = [node.id for node in graph.nodes]
    codes = [one_line(node.attributes.get("code", "")) for node in graph.nodes]
    if codes and all(codes) and len(set(codes)) == len(codes):
        return dict(zip(ids, codes, strict=True))
    for key in _NAMES:
        labels = [one_line(node.attributes.get(key, "")) for node in graph.nodes]
        if labels and all(labels) and len(set(labels)) == len(set(ids)) and all(map(_MADE_UP.fullmatch, ids)):
            return dict(zip(ids, labels, strict=True))
    return dict(zip(ids, ids, strict=True))


def _check_nodes(graph: Graph, raw: Raw, context: Context) -> None:
    for name, times in Counter(node.id for node in graph.nodes).items():
        if times > 1:
            places = ", ".join([node.place for node in graph.nodes if node.id == name][:5])
            raw.faults.append(context.fault(places, name, f"is the id of {times} nodes; each needs one of its own"))


def _add_edges(graph: Graph, raw: Raw, called: dict[str, str], context: Context) -> None:
    names = list(dict.fromkeys(name for edge in graph.edges for name in edge.attributes))
    columns = matched(names, TIES, ("frequency", "relation", "wave", "unknown"))
    value = names[columns["frequency"]] if "frequency" in columns else _only_number(graph, names)
    relation, wave = (names[columns[what]] if what in columns else "" for what in ("relation", "wave"))
    unknown = names[columns["unknown"]] if "unknown" in columns else ""
    raw.valued = bool(value)
    raw.columns = {"frequency": value} if value else {}
    strangers, weightless = 0, 0
    for edge in graph.edges:
        absent = [end for end in (edge.source, edge.target) if end not in called]
        for end in absent:
            strangers += 1
            near = nearest(end, list(called)) if strangers <= _MOST_HINTS else ""
            rule = "is the end of an edge, and no node of the file" if end else "is missing: an edge has two ends"
            raw.faults.append(context.fault(edge.place, end, rule, near))
        if absent:
            continue
        ends = [raw.add(context, called[end], edge.place) for end in (edge.source, edge.target)]
        text = edge.attributes.get(value, "1") if value else ""
        weightless += bool(value) and value not in edge.attributes and unknown not in edge.attributes
        said: str | None = None if value and is_missing(text) else text
        if edge.attributes.get(unknown, "").casefold() in ("1", "true", "yes"):
            said = None
        raw.said.append(
            Said(
                *(ends[0], ends[1], said, edge.place, edge.relation or edge.attributes.get(relation, "")),
                *(edge.attributes.get(wave, ""), edge.both),
            )
        )
    if weightless:
        raw.notes.append(f"{weightless} ties have no {value}, where others do: taken as 1")


def _only_number(graph: Graph, names: list[str]) -> str:
    """The one attribute of edges that holds numbers, '' where there is none or more than one."""
    numeric = [
        name
        for name in names
        if name not in ("id", "key", "Label")
        and all(number(edge.attributes[name]) is not None for edge in graph.edges if edge.attributes.get(name))
    ]
    return numeric[0] if len(numeric) == 1 else ""


def _people(graph: Graph, called: dict[str, str], file: str) -> PeopleTable:
    """The attributes of nodes as a table of people, called as in the ties."""
    own = ("id", "code")
    names = list(dict.fromkeys(name for node in graph.nodes for name in node.attributes if name.casefold() not in own))
    kept = [name for name in names if name.casefold() not in ("label",)] if "name" in names else names
    if "name" not in kept:
        kept = ["name" if name.casefold() == "label" else name for name in kept]
    rows = []
    for node in graph.nodes:
        found = {
            "name" if name.casefold() == "label" and "name" not in names else name: text
            for name, text in node.attributes.items()
        }
        rows.append([called.get(node.id, node.id), *(found.get(name, "") for name in kept)])
    return PeopleTable(file, ["id", *kept], rows, [node.place for node in graph.nodes])


def text_of_value(value: object) -> str:
    """A value of an attribute as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else shown(value, 1_000) if not isinstance(value, str) else value
