"""Differences as a reader wants them: short, with their sign, and never rounded to a nought that they are not."""

from __future__ import annotations

NOUGHT = 1e-6  # what is smaller is rounding of the computer's own


def is_nought(*values: float) -> bool:
    """Whether all values are 0 but for rounding."""
    return all(abs(value) < NOUGHT for value in values)


def clear(low: float | None, high: float | None) -> bool:
    """Whether an interval leaves out 0; one that is missing does not."""
    return low is not None and high is not None and (low >= NOUGHT or high <= -NOUGHT)


def size(value: float, digits: int) -> str:
    """'.19', '12.0', '0': without sign or the zero before the point; more digits for what is smaller."""
    if is_nought(value):
        return "0"
    while abs(value) < 10**-digits:
        digits += 1
    return f"{abs(value):.{digits}f}".removeprefix("0") if abs(value) < 1 else f"{abs(value):.{digits}f}"


def signed(value: float | None, digits: int) -> str:
    """The same with its sign; a dash where it is undefined."""
    if value is None or value != value:
        return "–"
    return "0" if is_nought(value) else f"{'-' if value < 0 else '+'}{size(value, digits)}"
