"""Rows and columns of a table that are no people: sums, notes, a key, what a spreadsheet says of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ccgsim.survey.reading.columns import plain
from ccgsim.survey.reading.values import is_missing, number

_SUMS = re.compile(
    r"((grand|sub|row|column|col|over) ?)?(totals?|sums?|means?|averages?)( (of|per|by) .*)?"
    r"|(total|sum|mean|average|number|no) (of )?(ties|answers|contacts|nominations|advisers|responses|row|column|score)"
    r"|(in|out) ?degrees?|median|std dev|standard deviation"
)
_ABOUT = re.compile(  # columns and rows that stand beside the people of a matrix
    r"(field |free )?(notes?|comments?|remarks?|observations?)( .*)?|key|legend|scale|codes?|role|job title|kind"
    r"|organi[sz]ation|employer|locality|years?( .*)|hours?( .*)|sessions( .*)?|e ?mail|telephone|response rate"
    r"|(date|time)( .*)?|rank|timestamp|answered|responded|returned|completed|age|years|tenure"
)
NOBODY = frozenset(
    ("nobody", "no one", "noone", "none", "no-one", "nil", "no adviser", "no contact", "nobody else", "no one else")
)


def is_sum(label: str) -> bool:
    """Whether a label is a word for sums: 'Total', 'Column total', 'Out-degree'."""
    return bool(_SUMS.fullmatch(plain(label)))


def is_about(label: str) -> bool:
    """Whether a label names something about people, 'Notes' or 'Years on the board', and no person."""
    return bool(_ABOUT.fullmatch(plain(label)))


def is_nobody(name: str) -> bool:
    """Whether a cell that should hold a person says that there is none."""
    return name.casefold() in NOBODY


def adds_up(cells: Sequence[str], lines: Sequence[Sequence[str]]) -> bool:
    """Whether each of these cells is the sum, or the number, of the line beside it: 'Times named' without its name."""
    told = [(number(cell), [number(text) or 0.0 for text in line]) for cell, line in zip(cells, lines, strict=True)]
    if len([cell for cell, _ in told if cell]) < 3 or any(cell is None for cell, _ in told):
        return False
    return any(
        all(abs(measure(line) - (cell or 0.0)) < 0.01 for cell, line in told)
        for measure in (sum, lambda line: sum(value > 0 for value in line), max, lambda line: sum(line) / len(line))
    )


def is_text(cells: Sequence[str]) -> bool:
    """Whether cells hold something, and no number among it."""
    told = [cell for cell in cells if not is_missing(cell)]
    return bool(told) and all(number(cell) is None for cell in told)
