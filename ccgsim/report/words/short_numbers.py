"""Short differences with their sign; a value other than 0 is never rounded to 0."""

from __future__ import annotations

NOUGHT = 1e-6  # smaller values are floating-point errors


def is_nought(*values: float) -> bool:
    """Whether all values are 0, except for floating-point errors."""
    return all(abs(value) < NOUGHT for value in values)


def clear(low: float | None, high: float | None) -> bool:
    """Whether an interval excludes 0; False if it is missing."""
    return low is not None and high is not None and (low >= NOUGHT or high <= -NOUGHT)


def size(value: float, digits: int) -> str:
    """'.19', '12.0', '0': without sign or leading zero; more digits for smaller values."""
    if is_nought(value):
        return "0"
    while abs(value) < 10**-digits:
        digits += 1
    return f"{abs(value):.{digits}f}".removeprefix("0") if abs(value) < 1 else f"{abs(value):.{digits}f}"


def signed(value: float | None, digits: int) -> str:
    """The same with its sign; a dash if undefined."""
    if value is None or value != value:
        return "–"
    return "0" if is_nought(value) else f"{'-' if value < 0 else '+'}{size(value, digits)}"
