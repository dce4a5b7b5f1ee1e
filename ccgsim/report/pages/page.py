"""What a report holds, before it is written as HTML or as a document: sections of words, tables and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ccgsim.report.drawing.canvas import Sheet
from ccgsim.scenario.wording import Words

_NUMBER = re.compile(r"[-+–.\d\[][-+.,%\d\[\]eE ]*( to [-+.\d]+| of \d+| (ties|people|projects))?")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; the first cell of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers only."""
        return tuple(all(map(_is_number, column)) for column in zip(*self.rows, strict=True))

    @property
    def texts(self) -> Iterator[str]:
        """Every text of the table."""
        yield from (self.caption, self.note, *self.head)
        for row in self.rows:
            yield from row


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its title, what it shows for those who do not see it, and the same as a table."""

    title: str
    shows: str
    sheet: Sheet
    twin: Table | None = None  # None if a table beside it says the same
    wide: bool = True

    @property
    def texts(self) -> Iterator[str]:
        """Every text of the figure and its twin."""
        yield from (self.title, self.shows)
        if self.twin is not None:
            yield from self.twin.texts


@dataclass(frozen=True, slots=True)
class Items:
    """A list of sentences."""

    items: tuple[str, ...]

    @property
    def texts(self) -> Iterator[str]:
        """Every item."""
        yield from self.items


@dataclass(frozen=True, slots=True)
class Command:
    """Something to type, one line each."""

    lines: tuple[str, ...]

    @property
    def texts(self) -> Iterator[str]:
        """Nothing: what is typed needs no explanation."""
        yield from ()


Block = str | Table | Figure | Items | Command


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def texts(self) -> Iterator[str]:
        """Every text of the section."""
        yield self.heading
        for block in self.blocks:
            yield from (block,) if isinstance(block, str) else block.texts


@dataclass(frozen=True, slots=True)
class Page:
    """A report: the first page is for a board (question, answer, how sure, one figure); details follow."""

    title: str
    about: str  # what was done, in one line
    question: str
    answer: tuple[str, ...]
    sure: tuple[str, ...]
    figure: Figure
    sections: tuple[Section, ...]
    words: Words = field(default_factory=Words)  # what it calls the model's bodies

    @property
    def first(self) -> Section:
        """The first page as a section, without its headings."""
        return Section(self.title, (self.about, self.question, *self.answer, *self.sure, self.figure))


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None


def kind_of(block: Block) -> str:
    """The kind of a block, by which a writer chooses how to write it."""
    return "words" if isinstance(block, str) else type(block).__name__.lower()
