"""Graphviz DOT: chains, groups, clusters, defaults, comments, quoted names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from ccgsim.survey.formats.graph import Edge, Graph, Node, raw_of_graph
from ccgsim.survey.reading.raw import Context, Raw
from ccgsim.survey.reading.values import number

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/|\#[^\n]*)
    |(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<arrow>->|--)|(?P<sign>[{}\[\];,=:+])
    |(?P<word>-?(?:\.\d+|\d+(?:\.\d*)?)(?![\w])|[^\W][\w.]*|_\w*)|(?P<markup><[^<>]*(?:<[^<>]*>[^<>]*)*>)""",
    re.VERBOSE | re.DOTALL,
)
_DEEPEST = 50


@dataclass(slots=True)
class Word:
    """A token and its line; `sign` for arrows and punctuation."""

    text: str
    line: int
    sign: bool = False


@dataclass(slots=True)
class Scope:
    """Defaults inside braces."""

    node: dict[str, str] = field(default_factory=dict)
    edge: dict[str, str] = field(default_factory=dict)

    def inner(self) -> Scope:
        """A scope within, which begins with these defaults."""
        return Scope(dict(self.node), dict(self.edge))


def dot(text: str, context: Context) -> Raw:
    """People and ties; raises Problems for what is no DOT."""
    reader = _Reader(_words(text, context), context)
    return raw_of_graph(reader.graph(), context)


def _words(text: str, context: Context) -> list[Word]:
    found, place, line = [], 0, 1
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise context.refuse("is not DOT from here on", f"line {line}", text[place : place + 20])
        if match.lastgroup != "skip":
            found.append(_word(match, line))
        line += text.count("\n", place, match.end())
        place = match.end()
    return found


def _word(match: re.Match[str], line: int) -> Word:
    text = match[0]
    if match.lastgroup == "quoted":
        inner = re.sub(r"\\\r?\n", "", text[1:-1])
        return Word(re.sub(r'\\(["\\])', r"\1", inner).replace("\\n", " "), line)
    return Word(text, line, match.lastgroup in ("arrow", "sign"))


class _Reader:
    """Reads statement by statement."""

    def __init__(self, words: list[Word], context: Context) -> None:
        self.words, self.context, self.at = words, context, 0
        self.found = Graph("Graphviz DOT")
        self.nodes: dict[str, Node] = {}
        self.both = False

    def graph(self) -> Graph:
        """The whole file."""
        if self._next_is("strict"):
            self.at += 1
        kind = self._take()
        if kind.text.lower() not in ("graph", "digraph"):
            raise self._wrong(kind, "graph or digraph")
        self.both = kind.text.lower() == "graph"
        if not self._is("{"):
            self._take()
        self._group(Scope(), 0)
        self.found.nodes = list(self.nodes.values())
        if not self.found.nodes:
            raise self.context.refuse("is a DOT graph without people")
        return self.found

    def _group(self, scope: Scope, depth: int) -> list[str]:
        """The statements within braces; returns the nodes named in them."""
        if depth > _DEEPEST:
            raise self.context.refuse(f"has braces within braces, more than {_DEEPEST} deep")
        self._expect("{")
        named: list[str] = []
        while not self._is("}"):
            if self._is(";") or self._is(","):
                self.at += 1
            else:
                named += self._statement(scope, depth)
        self.at += 1
        return named

    def _statement(self, scope: Scope, depth: int) -> list[str]:
        for word, into in (("graph", {}), ("node", scope.node), ("edge", scope.edge)):
            if self._next_is(word) and self._is("[", 1):
                self.at += 1
                into |= self._attributes()
                return []
        if self._is("=", 1) and not self._is("{"):
            self.at += 3
            return []
        line = self._peek().line
        ends = [self._ends(scope, depth)]
        while self._is("->") or self._is("--"):
            self.at += 1
            ends.append(self._ends(scope, depth))
        attributes = self._attributes()
        if len(ends) == 1:
            for name in ends[0] if attributes else []:
                self.nodes[name].attributes |= attributes
            return ends[0]
        for left, right in pairwise(ends):
            self._tie(left, right, scope.edge | attributes, line)
        return [name for group in ends for name in group]

    def _tie(self, left: list[str], right: list[str], attributes: dict[str, str], line: int) -> None:
        label = attributes.get("label", "")
        told = dict(attributes)
        if number(label) is not None and "weight" not in told:
            told["frequency"] = label
        for one in left:
            for other in right:
                self.found.edges.append(Edge(one, other, told, f"line {line}", self.both))

    def _ends(self, scope: Scope, depth: int) -> list[str]:
        """A node, or the nodes of a group."""
        if self._next_is("subgraph"):
            self.at += 1
            if not self._is("{"):
                self._take()
        if self._is("{"):
            return self._group(scope.inner(), depth + 1)
        word = self._take()
        text = word.text
        while self._is("+"):
            self.at += 1
            text += self._take().text
        for _ in range(2):
            if self._is(":"):  # a port, and its side
                self.at += 1
                self._take()
        if text not in self.nodes:
            self.nodes[text] = Node(text, dict(scope.node), f"line {word.line}")
        return [text]

    def _attributes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while self._is("["):
            self.at += 1
            while not self._is("]"):
                key = self._take().text
                found[key] = "yes"
                if self._is("="):
                    self.at += 1
                    found[key] = self._take().text
                while self._is(",") or self._is(";"):
                    self.at += 1
            self.at += 1
        return found

    def _peek(self, ahead: int = 0) -> Word:
        if self.at + ahead >= len(self.words):
            raise self.context.refuse("ends before its braces are closed")
        return self.words[self.at + ahead]

    def _is(self, sign: str, ahead: int = 0) -> bool:
        word = self._peek(ahead)
        return word.sign and word.text == sign

    def _next_is(self, keyword: str) -> bool:
        word = self._peek()
        return not word.sign and word.text.lower() == keyword

    def _take(self) -> Word:
        word = self._peek()
        if word.sign:
            raise self._wrong(word, "a name")
        self.at += 1
        return word

    def _expect(self, sign: str) -> None:
        if not self._is(sign):
            raise self._wrong(self._peek(), sign)
        self.at += 1

    def _wrong(self, word: Word, wanted: str) -> Exception:
        return self.context.refuse(f"stands where {wanted} must stand", f"line {word.line}", word.text)
