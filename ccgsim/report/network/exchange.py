"""The advice network of one month as GEXF and GraphML, for Gephi and other programs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import SubElement

import networkx as nx
import pandas as pd
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from ccgsim.foundation.inputs.texts import capital
from ccgsim.foundation.kinds import TABLE

_WORDS = ("kind", "role", "employer")
ARROWS = {
    "flow": "along the flow of knowledge, from adviser to seeker",
    "advice": "along advice sought, from seeker to adviser",
}
_WHOLE = ("board", "ccg", "locality", "legacy")


def last_network(agents: pd.DataFrame, ties: pd.DataFrame, arrows: str, ccg_names: Sequence[str] = ()) -> nx.DiGraph:
    """The network of the last month: nodes by key with label, kind, role, employer, board, locality, legacy and
    betweenness; ties with strength as weight, in the direction `arrows`, which is also a graph attribute. Undefined
    values are left out, as both formats require.
    """
    month = agents["month"].max()
    names = labels(agents, ccg_names)
    graph = nx.DiGraph(arrows=ARROWS[arrows])
    now = agents[agents["month"] == month].sort_values("agent")
    for row in now.to_dict("records"):
        graph.add_node(int(row["agent"]), label=names[int(row["agent"])], **_attributes(row))
    edges = ties[ties["month"] == month].sort_values(["source", "target"])
    for source, target, strength in zip(edges["source"], edges["target"], edges["strength"], strict=True):
        ends = (target, source) if arrows == "flow" else (source, target)
        graph.add_edge(*map(int, ends), weight=float(strength))
    return graph


def labels(agents: pd.DataFrame, ccg_names: Sequence[str] = ()) -> dict[int, str]:
    """A short name for every agent that ever existed, such as 'GP 12': kind, and number within its kind in the CCG.

    With several CCGs, the CCG's name comes first, or its number if `ccg_names` are not given.
    """
    people = agents.drop_duplicates("agent").sort_values("agent")
    place = people.groupby(["ccg", "kind"]).cumcount() + 1
    several = people["ccg"].nunique() > 1
    called = dict(enumerate(ccg_names))
    prefix = [f"{called.get(ccg, f'CCG {ccg}')} " if several else "" for ccg in people["ccg"]]
    kinds = [capital(TABLE[kind].called[0]) for kind in people["kind"]]
    named = [f"{ccg}{kind} {n}" for ccg, kind, n in zip(prefix, kinds, place, strict=True)]
    return dict(zip((int(key) for key in people["agent"]), named, strict=True))


def _attributes(row: dict[Any, Any]) -> dict[str, str | int | float]:
    found: dict[str, str | int | float] = {name: str(row[name]) for name in _WORDS if pd.notna(row[name])}
    found |= {name: int(row[name]) for name in _WHOLE if pd.notna(row[name]) and row[name] >= 0}
    if pd.notna(row["betweenness"]):
        found["betweenness"] = float(row["betweenness"])
    return found


def gexf_bytes(graph: nx.DiGraph) -> bytes:
    """The graph as GEXF 1.2, without networkx's date; its description states the direction of arrows."""
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
        SubElement(meta, "description").text = f"Ties run {graph.graph['arrows']}"
    writer.add_graph(graph)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def graphml_bytes(graph: nx.DiGraph) -> bytes:
    """The graph as GraphML."""
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(graph)
    out = io.BytesIO()
    writer.dump(out)
    return out.getvalue()
