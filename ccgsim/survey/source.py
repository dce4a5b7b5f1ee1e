"""Which reader a file needs: by its contents first, then by its ending; then the network that was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from ccgsim.foundation.files.lists import Columns, read_list
from ccgsim.foundation.files.reading import Unreadable, bytes_of
from ccgsim.foundation.problems import Problems, fault_at, shown_path
from ccgsim.survey.build import network
from ccgsim.survey.choices import Asked
from ccgsim.survey.formats.dl import dl
from ccgsim.survey.formats.dot import dot
from ccgsim.survey.formats.gexf import gexf
from ccgsim.survey.formats.graphml import graphml
from ccgsim.survey.formats.markup import tree
from ccgsim.survey.formats.multiplex import is_multiplex, multiplex
from ccgsim.survey.formats.node_link import node_link
from ccgsim.survey.formats.pajek import pajek
from ccgsim.survey.formats.vna import vna
from ccgsim.survey.network import Network
from ccgsim.survey.people import names_in
from ccgsim.survey.reading.grid import grid_of
from ccgsim.survey.reading.marks import codes_of, decimal_of
from ccgsim.survey.reading.raw import Context, PeopleTable, Raw
from ccgsim.survey.reading.shapes import NO_PERSON, any_ties, people_of, table_of
from ccgsim.survey.reading.text import MOST, text_of
from ccgsim.survey.reading.values import WORDS, key_of, number
from ccgsim.survey.reading.workbook import is_workbook, people_in, workbook

_NO_TIES = (".clu", ".vec", ".per")
_UCINET = (".##h", ".##d")
_DL = re.compile(r"dl\b[\s,]*(n|nr|nc|nm|format|title|labels?|data|diagonal)\b", re.IGNORECASE)
_STARRED = re.compile(
    r"^\s*\*\s*(vertices|network|arcs|edges|matrix|node|tie|partition)\w*\b", re.IGNORECASE | re.MULTILINE
)
_DOT = re.compile(r"(strict\s+)?(di)?graph\b[^{;]*\{", re.IGNORECASE)
_COMMENTS = re.compile(r"\A(\s+|//[^\n]*\n|/\*.*?\*/|#[^\n]*\n)+", re.DOTALL)
_GML = re.compile(r"(.*\n)?\s*graph\s*\[", re.IGNORECASE)
_OF_NETWORKX = re.compile(r"[ \t](\{[^{}\n]*\})[ \t]*$", re.MULTILINE)  # attributes behind a tie, as networkx writes
_WEIGHT = re.compile(r"'weight': ([^\s,}]+)")
_MUST_BE = {  # endings of other programs, and what such a file must hold
    (".graphml", ".gexf", ".xml"): "holds no XML",
    (".dl",): "does not begin as DL does: DL n = 24",
    (".net", ".paj", ".mat"): "has no line *Vertices, as Pajek's files have",
    (".vna",): "has no line *Tie data",
    (".json",): "holds no JSON",
    (".gv", ".dot"): "does not begin with graph or digraph",
}


def survey(path: Path, asked: Asked | None = None, option: str = "FILE") -> Network:
    """The network of a file; raises Problems with every fault of the file, of its people and of the options.

    `option`: what named the file, for the message if it cannot be read.
    """
    asked = asked or Asked()
    words, codes, decimal = words_of(asked.words), codes_of(asked.no_answer), decimal_of(asked.decimal)
    table, notes = people_table(asked.people, words) if asked.people is not None else (None, [])
    people = names_in(table) if table is not None else frozenset()
    context = Context(str(path), words, codes, decimal, people)
    raw, own = raw_of(path, context, option)
    raw.notes += notes
    return network(raw, table or own or raw.people, asked, context)


def words_of(path: Path | None) -> dict[str, float]:
    """The worth of words for frequencies, the user's own before the built-in ones; raises Problems."""
    if path is None:
        return dict(WORDS)
    listing = read_list(path, Columns(("word", "frequency")), 1_000, key="--words")
    found, faults = dict(WORDS), list(listing.faults)
    for row in listing.rows:
        value = number(row.cells["frequency"])
        if value is None or value < 0:
            faults.append(row.problem(listing.file, "frequency", "is no number from 0"))
        else:
            found[key_of(row.cells["word"])] = value
    if faults:
        raise Problems(faults)
    return found


def read(path: Path, option: str = "FILE") -> bytes:
    """The bytes of a file; raises Problems."""
    try:
        return bytes_of(path, MOST)
    except Unreadable as why:
        raise fault_at("", option, shown_path(path), str(why)) from None


def raw_of(path: Path, context: Context, option: str = "FILE") -> tuple[Raw, PeopleTable | None]:
    """What a file says of ties, and of people where it has a table of them."""
    data = read(path, option)
    if path.suffix.lower() in _UCINET:
        rule = "is half of UCINET's own binary pair (.##h, .##d), which is not read"
        raise context.refuse(f"{rule}; export it from UCINET as DL: Data > Export > DL")
    if is_workbook(data, path):
        return workbook(data, context)
    text, notes = text_of(data, context)
    raw = reader_of(text, path, context)(text, context)
    raw.notes[:0] = notes
    return raw, None


def reader_of(text: str, path: Path, context: Context) -> Callable[[str, Context], Raw]:
    """The reader for a text, by what stands in it; raises Problems where that contradicts the file's ending."""
    start, ending = text.lstrip("\ufeff \t\r\n"), path.suffix.lower()
    if start.startswith("<"):
        return _markup
    if start.startswith(("{", "[")) and ending not in (".csv", ".txt", ".net"):
        return node_link
    if _DL.match(start):
        return dl
    if ending in _NO_TIES:
        raise context.refuse(f"ends in {ending}: a partition or a vector of Pajek, without ties; give the .net or .paj")
    if starred := _STARRED.search(text):
        return vna if starred[1].casefold() in ("node", "tie") else pajek
    if _DOT.match(_COMMENTS.sub("", start)):
        return dot
    if rule := next((rule for endings, rule in _MUST_BE.items() if ending in endings), ""):
        raise context.refuse(f"ends in {ending} and {rule}", "", start[:30])
    if _GML.match(start):
        raise context.refuse("is GML, which is not read; save it as GraphML")
    return multiplex if is_multiplex(text, ending) else _table


def _table(text: str, context: Context) -> Raw:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if all(map(_OF_NETWORKX.search, lines)):
        text = _OF_NETWORKX.sub(lambda found: " " + "".join(_WEIGHT.findall(found[1])), text)
    return any_ties(grid_of(text, context), context)


def _markup(text: str, context: Context) -> Raw:
    root = tree(text, context)
    readers = {"graphml": graphml, "gexf": gexf}
    if root.tag.lower() not in readers:
        raise context.refuse(f"is XML, and its first element is <{root.tag}>, not <graphml> or <gexf>", root.place)
    return readers[root.tag.lower()](root, context)


def people_table(path: Path, words: Mapping[str, float]) -> tuple[PeopleTable, list[str]]:
    """The table of people in a file of its own, text or workbook, and what is to be said of it; raises Problems."""
    own = Context(str(path), words)
    data = read(path, "--people")
    if is_workbook(data, path):
        return people_in(data, own), []
    text, notes = text_of(data, own)
    grid = grid_of(text, own)
    if not grid.rows:
        raise own.refuse("is empty but for comments and blank lines")
    table = people_of(grid, own.file) or table_of(grid, 0, own.file)
    if not table.rows:
        raise own.refuse(NO_PERSON)
    if long := [row for row in range(len(table.rows)) if len(table.rows[row]) > len(table.columns)]:
        raise Problems(
            own.fault(table.places[row], "", f"has {len(table.rows[row])} cells under a header of {len(table.columns)}")
            for row in long
        )
    return table, [f"{path.name} {note}" for note in notes]
