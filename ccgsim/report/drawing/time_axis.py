"""The time axis of a figure: years if the world uses the English calendar, else numbers of months."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from ccgsim.foundation.dates import year_and_month

NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 10**6)
_FEWEST_FOR_YEARS = 30  # shorter runs show months
_FIRST_JANUARY = 1


def name_months(axes: Sequence[Axes], months: int, dated: bool, most: int = 7) -> None:
    """Set ticks and labels on all given axes: at most `most` steps; years are labelled at January."""
    step = next(step for step in _STEPS if months / step <= most)
    ticks = range(0, months + 1, step)
    words = [f"{month}" for month in ticks]
    if dated and months >= _FEWEST_FOR_YEARS:
        ticks = range(_FIRST_JANUARY, months + 1, max(12, step))
        words = [f"{year_and_month(month)[0]}" for month in ticks]
    elif dated:
        words = [f"{NAMES[place - 1][:3]}\n{year}" for year, place in map(year_and_month, ticks)]
    for ax in axes:
        ax.set_xticks(list(ticks), words)
        ax.set_xlabel("month 0 is December 2010" if dated else "month", fontsize=9.5)


def in_words(month: int) -> str:
    """'April 2013' for month 28."""
    year, place = year_and_month(month)
    return f"{NAMES[place - 1]} {year}"


def moment(month: int, dated: bool) -> str:
    """'April 2013, month 28' if the world has dates, else 'month 28'."""
    return f"{in_words(month)}, month {month}" if dated else f"month {month}"
