"""The bounds that a tolerance's text states, and which values they allow."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_ONE_SIDED = re.compile(r"(at least|above|at most|below) (\S+)")
_TWO_SIDED = re.compile(r"(\S+) to (\S+)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a tolerance; infinite on an open side."""

    low: float
    high: float

    @property
    def one_sided(self) -> bool:
        """Whether exactly one side is open."""
        return math.isfinite(self.low) != math.isfinite(self.high)

    def margin(self, x: float) -> float:
        """Distance of x inside the nearer bound, in the unit of x; negative outside, NaN for an undefined x."""
        return min(x - self.low, self.high - x)

    def allow(self, x: float) -> bool:
        """Whether x lies inside. A value at a bound does, but not at a bound of 0: no effect is no effect."""
        margin = self.margin(x)
        return margin > 0 or (margin == 0 and 0.0 not in (self.low, self.high))


def bounds_of(tolerance: str) -> Bounds:
    """The bounds of a tolerance text: 'at least 0.5', 'below 1', '0.3 to 0.65'; both sides open for other texts."""
    if found := _ONE_SIDED.fullmatch(tolerance):
        bound = float(found[2])
        return Bounds(bound, math.inf) if found[1] in ("at least", "above") else Bounds(-math.inf, bound)
    if found := _TWO_SIDED.fullmatch(tolerance):
        return Bounds(float(found[1]), float(found[2]))
    return Bounds(-math.inf, math.inf)
