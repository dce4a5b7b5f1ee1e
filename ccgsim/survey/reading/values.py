"""What a frequency as written is worth: numbers with point or comma, words, and answers that are missing."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

# Only words that state a period have a worth of their own; 'often' or 'sometimes' needs the user's own (--words).
WORDS: Mapping[str, float] = {
    **{"never": 0.0, "no": 0.0, "none": 0.0, "not at all": 0.0, "false": 0.0, "no contact": 0.0},
    **{"less than yearly": 0.1, "less than once a year": 0.1},
    **{"yearly": 0.25, "annually": 0.25, "once a year": 0.25, "every year": 0.25, "less than monthly": 0.25},
    **{"less than once a month": 0.25, "once or twice a year": 0.25, "1-2 times a year": 0.25},
    **{"twice a year": 0.35, "half-yearly": 0.35, "six-monthly": 0.35, "every six months": 0.35},
    **{"every 6 months": 0.35},
    **{"quarterly": 0.5, "every quarter": 0.5, "every three months": 0.5, "every 3 months": 0.5, "once a quarter": 0.5},
    **{"a few times a year": 0.5, "several times a year": 0.5, "every few months": 0.5},
    **{"monthly": 1.0, "once a month": 1.0, "every month": 1.0},
    **{"yes": 1.0, "x": 1.0, "true": 1.0, "✓": 1.0, "✔": 1.0, "checked": 1.0, "selected": 1.0},
    **{"fortnightly": 1.5, "every two weeks": 1.5, "twice a month": 1.5, "every fortnight": 1.5, "every 2 weeks": 1.5},
    **{"every other week": 1.5, "once a fortnight": 1.5, "once or twice a month": 1.5, "more than once a month": 1.5},
    **{"a few times a month": 1.5, "several times a month": 1.5, "2-3 times a month": 1.5},
    **{"two or three times a month": 1.5},
    **{"weekly": 2.0, "once a week": 2.0, "every week": 2.0},
    **{"several times a week": 2.5, "twice a week": 2.5, "two or three times a week": 2.5, "2-3 times a week": 2.5},
    **{"a few times a week": 2.5, "once or twice a week": 2.5, "more than once a week": 2.5},
    **{"daily": 3.0, "every day": 3.0, "once a day": 3.0, "every working day": 3.0},
    **{"several times a day": 4.0, "hourly": 4.0, "more than once a day": 4.0, "many times a day": 4.0},
    **{"a few times a day": 4.0, "multiple times a day": 4.0},
}
MISSING = frozenset(
    (
        *("", "na", "n/a", "#n/a", "n.a.", ".", "missing", "no answer", "not answered", "null", "-", "–", "—", "?"),
        *("don't know", "dont know", "do not know", "dk", "unknown", "not known", "not sure", "unsure", "no response"),
        *(
            "prefer not to say",
            "prefer not to answer",
            "not applicable",
            "refused",
            "declined",
            "nr",
            "n.r.",
            "no reply",
        ),
        *(
            "not stated",
            "no data",
            "did not answer",
            "left blank",
            "no opinion",
            "can't say",
            "cannot say",
            "nil return",
        ),
    )
)
_SAID_MISSING = MISSING - {""}
_LONGEST_NUMBER = 3  # most cells are short numbers, which need no second look
_CODE = re.compile(r"^[(\[]?\d+[)\]]?\s*[-–—=:.)]\s*(?=\D)|\s*[(\[]\d+[)\]]$")  # '2 - weekly', 'weekly (2)'
_ROUGHLY = re.compile(r"^(at least|about|around|approximately|roughly|usually|on average)\s+|\s+or (more|more often)$")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?", re.ASCII)
SIGNS = {",": ".", ".": ","}  # the decimal sign and the other one, which then parts thousands
_GROUPED = {
    sign: re.compile(rf"[+-]?\d{{1,3}}(?:{re.escape(other)}\d{{3}})+(?:{re.escape(sign)}\d*)?", re.ASCII)
    for sign, other in SIGNS.items()
}
RULE = (
    "is no frequency: a number from 0, or a word that --words gives a number; empty or NA where nothing is known "
    "(--no-answer names other marks for it)"
)


def number(text: str, decimal: str = "") -> float | None:
    """The number that is written; None if it is none or too large to be one.

    `decimal`: the one decimal sign, where the file's is known; the other sign then parts thousands. Else a point or a
    comma is one.
    """
    if decimal:
        other = SIGNS[decimal]
        text = text.replace(other, "") if _GROUPED[decimal].fullmatch(text) else text
        if other in text:
            return None
    if not _NUMBER.fullmatch(text):
        return None
    found = float(text.replace(",", "."))
    return found if math.isfinite(found) else None


def mark_of(text: str) -> str:
    """A mark for 'no answer' however it is written: 99 is 99.0."""
    found = number(text)
    return text.casefold() if found is None else f"{found:g}"


def key_of(word: str) -> str:
    """A word for a frequency as the table of words knows it."""
    return " ".join(word.replace("_", " ").replace("’", "'").casefold().split())


def worth(text: str, words: Mapping[str, float], decimal: str = "") -> float | None:
    """The frequency that a number or a word stands for; None for anything else, negative numbers too.

    A number may be among the user's own words: 1 is daily in some surveys, and 5 never.
    """
    if (own := words.get(text)) is not None:
        return own
    if (found := number(text, decimal)) is not None:
        return found if found >= 0 else None
    key = key_of(text)
    plainer = _ROUGHLY.sub("", _CODE.sub("", key)).replace(" per ", " a ").replace("each ", "every ")
    return words.get(key, words.get(plainer))


def is_missing(text: str) -> bool:
    """Whether a cell holds no answer: blank, NA and the like, also behind a code: '9 = don't know'."""
    key = key_of(text)
    return key in MISSING or (len(key) > _LONGEST_NUMBER and _CODE.sub("", key) in _SAID_MISSING)


def looks_like_answers(cells: list[str], words: Mapping[str, float]) -> bool:
    """Whether nearly all cells of a column are frequencies, and one at least."""
    told = [cell for cell in cells if not is_missing(cell)]
    return bool(told) and sum(worth(cell, words) is not None for cell in told) >= 0.6 * len(told)
