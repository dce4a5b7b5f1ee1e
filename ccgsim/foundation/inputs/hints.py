"""The probable meaning of values in another notation: '0,5', '50%', '320,000', 'True', a date."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from ccgsim.foundation.dates import month_of
from ccgsim.foundation.problems import nearest

_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_PLAIN = re.compile(r"-?[0-9.]+(e[+-]?[0-9]+)?|-?(nan|inf)", re.IGNORECASE | re.ASCII)  # ASCII digits only, no 1_000
_GROUPED = re.compile(r"[+-]?\d{1,3}([,.' \u00a0\u202f]\d{3})+", re.ASCII)
_COMMA = re.compile(r"[+-]?\d*,\d+", re.ASCII)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = re.compile(r"([a-z]{3})[a-z]*\.?[ -](\d{4}|\d\d)", re.IGNORECASE | re.ASCII)  # Excel writes Mar-25
_DAYS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_SLASHED = re.compile(r"(?:(\d{1,2})[/.-](\d{4})|(\d{4})[/.](\d{1,2}))", re.ASCII)


def meant(value: object, fault: Callable[[object], str], options: Sequence[str] = ()) -> str:
    """How the value should be written, or '': the first interpretation of a text that `fault` (nearly) allows."""
    if isinstance(value, date):
        value = value.isoformat()
    if not isinstance(value, str):
        return ""
    readings = [(reading, fault(reading)) for reading in _readings(value.strip())]
    near = [reading for reading, rule in readings if not rule] + [r for r, rule in readings if rule.startswith("lies")]
    return _written(near[0]) if near else nearest(value, options)


def value_of(text: str) -> Any:
    """The value of a cell of a list: a number in the digits 0 to 9, true or false, or the text."""
    text = text.strip()
    for read in (int, float) if _PLAIN.fullmatch(text) else ():
        try:
            return read(text)
        except ValueError:
            continue
    return {"true": True, "false": False}.get(text.lower(), text)


def date_meant(text: str) -> str:
    """A date in the form 2013-06 for one such as 'June 2013', 'Jun-13' or '6/2013'; '' if it is no date."""
    if found := _NAMED.fullmatch(text.strip()):
        month, year = (_MONTHS.index(found[1].lower()) + 1 if found[1].lower() in _MONTHS else 0), f"20{found[2]}"[-4:]
    elif found := _SLASHED.fullmatch(text.strip()):
        month, year = int(found[1] or found[4]), found[2] or found[3]
    else:
        return ""
    return f"{year}-{month:02d}" if 1 <= month <= 12 else ""


def day_first(text: str) -> str:
    """A date in the form 2013-06 for '1/6/2013', as England writes it; '' for another text."""
    found = _DAYS.fullmatch(text.strip())
    return f"{found[3]}-{int(found[2]):02d}" if found and 1 <= int(found[2]) <= 12 and 1 <= int(found[1]) <= 31 else ""


def _readings(text: str) -> Iterator[Any]:
    """Possible interpretations of the text, the likeliest first."""
    if text.lower() in _WORDS:
        yield _WORDS[text.lower()]
    plain = text.translate(_DASHES)
    if _GROUPED.fullmatch(plain) and not plain.startswith("0"):
        yield _number(re.sub(r"[,.' \u00a0\u202f]", "", plain))
    share = plain.removesuffix("%").rstrip()
    point = share.replace(",", ".") if _COMMA.fullmatch(share) else share
    yield _number(point) / (100 if plain.endswith("%") else 1)
    if written := date_meant(plain):
        yield written
    month = month_of(written or plain)
    if month is not None:
        yield month


def _number(text: str) -> float:
    """The text as a number, NaN if it is none; integers stay integers."""
    try:
        number = float(text)
    except ValueError:
        return math.nan
    return int(number) if number.is_integer() else number


def _written(reading: Any) -> str:
    if isinstance(reading, bool):
        return str(reading).lower()
    if isinstance(reading, float):
        return str(int(reading)) if reading.is_integer() else repr(round(reading, 12))
    return str(reading)
