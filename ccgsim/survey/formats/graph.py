"""Nodes and edges with attributes, as many formats have them, checked and turned into people and ties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ccgsim.foundation.inputs.texts import one_line
from ccgsim.foundation.problems import nearest, shown
from ccgsim.survey.reading.columns import OF_THE_TIE, TIES, matched, plain
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
    if all(called[node.id] == node.id and _MADE_UP.fullmatch(node.id) for node in graph.nodes) and _labelled(graph):
        raw.notes.append("labels are missing or stand twice: people are called by the ids of the file")
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


def _labelled(graph: Graph) -> bool:
    return any(node.attributes.get(key, node.id) != node.id for node in graph.nodes for key in _NAMES)


def _check_nodes(graph: Graph, raw: Raw, context: Context) -> None:
    for name, times in Counter(node.id for node in graph.nodes).items():
        if times > 1:
            places = ", ".join([node.place for node in graph.nodes if node.id == name][:5])
            raw.faults.append(context.fault(places, name, f"is the id of {times} nodes; each needs one of its own"))


def _add_edges(graph: Graph, raw: Raw, called: dict[str, str], context: Context) -> None:
    names = list(dict.fromkeys(name for edge in graph.edges for name in edge.attributes))
    columns = matched(names, TIES, ("frequency", "relation", "wave", "unknown"))
    values = [names[columns["frequency"]]] if "frequency" in columns else _numbers(graph, names)
    part = {what: names[place] for what, place in columns.items() if what != "frequency"}
    raw.valued = bool(values)
    raw.columns = {"frequency": ", ".join(values)} if values else {}
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
        ends = (raw.add(context, called[edge.source], edge.place), raw.add(context, called[edge.target], edge.place))
        raw.said += _said(edge, ends, values, part)
        weightless += len(values) == 1 and not {values[0], part.get("unknown")} & set(edge.attributes)
    if weightless:
        raw.notes.append(f"{weightless} ties have no {values[0]}, where others do: taken as 1")


def _said(edge: Edge, ends: tuple[str, str], values: list[str], part: dict[str, str]) -> Iterator[Said]:
    """What an edge says: one pair, or one of each relation where each has an attribute of its own."""
    told = {what: edge.attributes.get(name, "") for what, name in part.items()}
    unknown, wave = told.get("unknown", "").casefold() in ("1", "true", "yes"), told.get("wave", "")
    relation = edge.relation or told.get("relation", "")
    for name in values if len(values) > 1 else []:
        if text := edge.attributes.get(name, ""):
            own = " ".join(filter(None, (relation, name)))
            yield Said(*ends, None if unknown or is_missing(text) else text, edge.place, own, wave, edge.both)
    if len(values) < 2:
        text = edge.attributes.get(values[0], "1") if values else ""
        value = None if unknown or (values and is_missing(text)) else text
        yield Said(*ends, value, edge.place, relation, wave, edge.both)


def _numbers(graph: Graph, names: list[str]) -> list[str]:
    """The attributes of edges that hold numbers and are not known to mean something else."""
    return [
        name
        for name in names
        if not OF_THE_TIE.fullmatch(plain(name))
        and all(number(edge.attributes[name]) is not None for edge in graph.edges if edge.attributes.get(name))
    ]


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
