"""The time axis of a figure: years if the months of the world have dates, else numbers."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from ccgsim.foundation.dates import FIRST, year_and_month

NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 10**6)
_FEWEST_FOR_YEARS = 30  # shorter runs show months


def name_months(axes: Sequence[Axes], months: int, begins: int | None, most: int = 7) -> None:
    """Set ticks and labels on all given axes: at most `most` steps; years are labelled at January.

    `begins`: the month of month 0, counted from December 2010; None if months have no dates.
    """
    step = next(step for step in _STEPS if months / step <= most)
    ticks = range(0, months + 1, step)
    words = [f"{month}" for month in ticks]
    if begins is not None and months >= _FEWEST_FOR_YEARS:
        ticks = range(-(FIRST + begins) % 12, months + 1, max(12, step))
        words = [f"{year_and_month(begins + month)[0]}" for month in ticks]
    elif begins is not None:
        dates = (year_and_month(begins + month) for month in ticks)
        words = [f"{NAMES[place - 1][:3]}\n{year}" for year, place in dates]
    for ax in axes:
        ax.set_xticks(list(ticks), words)
        ax.set_xlabel("month" if begins is None else f"month 0 is {in_words(begins)}", fontsize=9.5)


def in_words(month: int) -> str:
    """'April 2013' for month 28, counted from December 2010."""
    year, place = year_and_month(month)
    return f"{NAMES[place - 1]} {year}"


def moment(month: int, begins: int | None) -> str:
    """'April 2013, month 28' in a world that begins in December 2010 (`begins` 0), 'month 28' without dates."""
    return f"month {month}" if begins is None else f"{in_words(begins + month)}, month {month}"


def until(months: int, begins: int | None) -> str:
    """', December 2010 to April 2013' after the length of a run; '' without dates."""
    return "" if begins is None else f", {in_words(begins)} to {in_words(begins + months)}"
