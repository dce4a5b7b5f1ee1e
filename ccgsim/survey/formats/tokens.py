"""Words of a line, and lines with their numbers, as the formats of network programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r'"([^"]*)"|\'([^\']*)\'(?=[\s,]|$)|([^\s,]+)')
_BLANKS_ONLY = re.compile(r'"([^"]*)"|(\S+)')


class Token(NamedTuple):
    """A word, the line it stands in, and whether it was in quotes."""

    text: str
    line: int
    quoted: bool

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"line {self.line}"


def tokens(line: str, number: int, commas: bool = True) -> list[Token]:
    """The words of a line, separated by blanks and, where `commas`, by commas; quotes hold a word together."""
    if commas:
        return [
            Token(next((part for part in found if part), ""), number, not found[2]) for found in _TOKEN.findall(line)
        ]
    return [Token(quoted or word, number, not word) for quoted, word in _BLANKS_ONLY.findall(line)]


def lines_of(text: str, comment: str = "") -> Iterator[tuple[int, str]]:
    """Number and text of each line that is neither blank nor a comment."""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line.strip() and not (comment and line.lstrip().startswith(comment)):
            yield number, line.strip()
