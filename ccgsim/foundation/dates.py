"""Conversion between months and dates: month 0 is December 2010, month 28 April 2013, when CCGs went live."""

from __future__ import annotations

import re
from datetime import date

FIRST = 2010 * 12 + 11  # months before December 2010, counted from January of the year 0
_WRITTEN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?", re.ASCII)


def year_and_month(month: int) -> tuple[int, int]:
    """Year and calendar month (1 to 12) of a month of the model: (2013, 4) for month 28."""
    year, before = divmod(FIRST + month, 12)
    return year, before + 1


def date_of(month: int) -> str:
    """The date of a month of the model as text: '2013-04' for month 28."""
    return "{:04d}-{:02d}".format(*year_and_month(month))


def month_of(value: object) -> int | None:
    """The month of the model for a date: 28 for '2013-04', '2013-04-01' or a date object; None for other values.

    Negative before December 2010. The day is ignored.
    """
    if isinstance(value, date) and value == value:  # false for the missing date of pandas
        return value.year * 12 + value.month - 1 - FIRST
    if not isinstance(value, str) or not (found := _WRITTEN.fullmatch(value.strip())):
        return None
    return int(found[1]) * 12 + int(found[2]) - 1 - FIRST
