"""Pajek: networks (.net), matrices (.mat) and projects (.paj), with arcs, edges, lists of either and matrices.

Not by networkx's reader: it takes comments for data and trips over a byte order mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from ccgsim.foundation.inputs.texts import one_line
from ccgsim.survey.formats.tokens import Token, lines_of, tokens
from ccgsim.survey.reading.raw import Context, Raw, Said, is_whole
from ccgsim.survey.reading.values import is_missing, number

_MOST = 20_000  # vertices of a file
_HEAD = re.compile(r"\*(\w+)\s*(.*)", re.DOTALL)
_RELATION = re.compile(r":\s*(\d+)\s*(?:\"([^\"]*)\"|'([^']*)'|(\S.*)?)")
_TIME = re.compile(r"\[[\d,\s*-]+\]")


@dataclass(slots=True)
class Net:
    """One network of the file while it is read."""

    name: str
    people: list[str] = field(default_factory=list)  # by number, from 0
    said: list[Said] = field(default_factory=list)
    valued: bool = False
    matrix: list[Token] = field(default_factory=list)  # values that fill no row yet
    rows: int = 0  # of the matrix that is read
    matrices: int = 0
    relation: str = ""


class Reader:
    """Reads section by section; what it finds is in `raw` and `nets`."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.raw = Raw("Pajek")
        self.nets: list[Net] = []
        self.others: list[str] = []
        self.relations: dict[str, str] = {}  # names by number
        self._read: Callable[[list[Token]], None] = self._outside
        self._named: set[int] = set()
        self._timed = False

    @property
    def net(self) -> Net:
        """The network that is being read; one without a name where none was begun."""
        if not self.nets:
            self.nets.append(Net(""))
        return self.nets[-1]

    def line(self, number_: int, text: str) -> None:
        """Take one line: the head of a section, or one of its lines."""
        if text.startswith("*"):
            self._head(number_, text)
            return
        self._timed = self._timed or bool(_TIME.search(text))
        words = tokens(_TIME.sub(" ", text), number_, commas=False)
        if words:
            self._read(words)

    def _head(self, number_: int, text: str) -> None:
        found = _HEAD.match(text)
        word, rest = (found[1].lower(), found[2].strip()) if found else ("", "")
        sections: dict[str, Callable[[list[Token]], None]] = {
            **{"vertices": self._vertex, "matrix": self._cells},
            **{"arcs": partial(self._tie, both=False), "edges": partial(self._tie, both=True)},
            **{"arcslist": partial(self._list, both=False), "edgeslist": partial(self._list, both=True)},
        }
        self._read = sections.get(word, self._outside)
        if word in ("network", "vertices"):
            self._end_matrix()
        if word == "network":
            self.nets.append(Net(one_line(rest) or f"network {len(self.nets) + 1}"))
        elif word == "vertices" and not self._in_others():
            self._vertices(number_, rest)
        elif word in sections:
            self._end_matrix()
            self._relation(rest)
            if word == "matrix":
                self._begin_matrix(number_)
        elif word in ("partition", "vector", "permutation", "cluster", "hierarchy"):
            self.others.append(f"{word} {one_line(rest)}".strip())
            self._read = self._outside
        else:
            raise self.context.refuse("is no section of a Pajek file that is read", f"line {number_}", text)

    def _in_others(self) -> bool:
        """Whether *Vertices belongs to a partition or a vector, not to a network: then its lines are no people."""
        inside = bool(self.others) and self.others[-1] != ""
        if inside:
            self.others[-1:] = [self.others[-1], ""]
            self._read = self._outside
        return inside

    def _vertices(self, number_: int, rest: str) -> None:
        sizes = [int(word[:9]) for word in rest.split() if is_whole(word)]
        place = f"line {number_}"
        if not sizes or sizes[0] > _MOST:
            raise self.context.refuse(f"needs the number of vertices, at most {_MOST:,}: *Vertices 24", place, rest)
        if len(sizes) > 1 and sizes[1] < sizes[0]:
            raise self.context.refuse("has two kinds of vertices; a network of people has one", place, rest)
        if not self.nets or self.net.people:
            self.nets.append(Net(f"network {len(self.nets) + 1}"))
        self.net.people = [""] * sizes[0]
        self._named = set()

    def _relation(self, rest: str) -> None:
        """A section of a relation of its own: *Arcs :2 "meetings"."""
        self.net.relation = ""
        if found := _RELATION.match(rest):
            name = one_line(next((part for part in found.groups()[1:] if part), ""))
            self.relations[found[1]] = name or self.relations.get(found[1], f"relation {found[1]}")
            self.net.relation = self.relations[found[1]]
        self._name_all()

    def _name_all(self) -> None:
        """People without a label are called by their number."""
        for place, name in enumerate(self.net.people):
            if not name:
                self.net.people[place] = self.raw.add(self.context, str(place + 1), f"vertex {place + 1}")

    def _vertex(self, words: list[Token]) -> None:
        row = self._row(words[0])
        if row is None:
            return
        label = words[1].text if len(words) > 1 else str(row + 1)
        if row in self._named or (label and one_line(label) in self.net.people):
            rule = "is the number or the label of an earlier vertex too; each person needs one of her own"
            self.raw.faults.append(self.context.fault(words[0].place, label, rule))
            return
        self._named.add(row)
        self.net.people[row] = self.raw.add(self.context, label, words[0].place)

    def _row(self, word: Token) -> int | None:
        """The place of a vertex by its number; a fault where there is none."""
        if is_whole(word.text.removeprefix("-")) and 1 <= abs(int(word.text)) <= len(self.net.people):
            return abs(int(word.text)) - 1
        rule = f"is no vertex: they are numbered 1 to {len(self.net.people)}"
        self.raw.faults.append(self.context.fault(word.place, word.text, rule))
        return None

    def _tie(self, words: list[Token], both: bool) -> None:
        relation = self.net.relation
        if words[0].text.endswith(":"):
            key = words.pop(0).text[:-1]
            relation = self.relations.get(key, f"relation {key}")
        if len(words) < 2:
            self.raw.faults.append(self.context.fault(words[0].place if words else "", "", "a tie needs two vertices"))
            return
        ends = [self._row(word) for word in words[:2]]
        if ends[0] is None or ends[1] is None:
            return
        value = words[2].text if len(words) > 2 and (number(words[2].text) is not None or len(words) == 3) else ""
        self.net.valued = self.net.valued or bool(value)
        self._say(ends[0], ends[1], value, words[0].place, relation, both)

    def _say(self, one: int, other: int, value: str, place: str, relation: str, both: bool) -> None:
        names = self.net.people
        said = None if value and is_missing(value) else value
        self.net.said.append(Said(names[one], names[other], said, place, relation, both=both))

    def _list(self, words: list[Token], both: bool) -> None:
        rows = [self._row(word) for word in words]
        for other in rows[1:]:
            if rows[0] is not None and other is not None:
                self._say(rows[0], other, "", words[0].place, self.net.relation, both)

    def _cells(self, words: list[Token]) -> None:
        """Values of a matrix; rows may be wrapped."""
        self.net.valued = True
        self.net.matrix += words
        n = len(self.net.people)
        while len(self.net.matrix) >= n:
            row, self.net.matrix = self.net.matrix[:n], self.net.matrix[n:]
            if self.net.rows >= n:
                self.raw.faults.append(self.context.fault(row[0].place, "", f"is a row beyond the {n} of the matrix"))
                return
            for column, cell in enumerate(row):
                place = f"row {self.net.rows + 1}, {cell.place}"
                self._say(self.net.rows, column, cell.text, place, self.net.relation, False)
            self.net.rows += 1

    def _begin_matrix(self, number_: int) -> None:
        """A second matrix without a name is a relation of its own."""
        if not self.net.people:
            raise self.context.refuse("needs people above it: *Vertices 24", f"line {number_}", "*Matrix")
        if not self.net.relation and self.net.matrices:
            self.net.relation = f"matrix {self.net.matrices + 1}"
        self.net.matrices += 1

    def _end_matrix(self) -> None:
        """Every row of a matrix must be there, and whole."""
        net, n = self.net, len(self.net.people)
        if net.matrix:
            rule = f"has {len(net.matrix)} values more than whole rows of {n}"
            self.raw.faults.append(self.context.fault(net.matrix[0].place, "", rule))
        elif 0 < net.rows < n:
            self.raw.faults.append(self.context.fault("*Matrix", "", f"has {net.rows} rows for {n} people"))
        net.matrix, net.rows = [], 0

    def _outside(self, words: list[Token]) -> None:
        """Lines of partitions and vectors say nothing of ties."""

    def finish(self) -> Raw:
        """Everything together: several networks are relations under their names."""
        raw, several = self.raw, len(self.nets) > 1
        for net in self.nets:
            for said in net.said:
                name = " ".join(part for part in (net.name if several else "", said.relation) if part)
                raw.said.append(said._replace(relation=name))
        raw.valued = any(net.valued for net in self.nets)
        if not raw.said and not raw.ids and not raw.faults:
            raise self.context.refuse("has no *Vertices and no ties")
        if others := [name for name in self.others if name]:
            raw.notes.append(f"not used: {', '.join(others)}; a table of people (--people) says who is who")
        if self._timed:
            raw.notes.append("ties or people have times; every one counts, whenever it was")
        return raw


def pajek(text: str, context: Context) -> Raw:
    """People and ties of every network in the file."""
    reader = Reader(context)
    for number_, line in lines_of(text, comment="%"):
        reader.line(number_, line)
    if reader.nets:
        reader._end_matrix()
        reader._name_all()
    return reader.finish()
