"""The patterns that judge the model (section 8 of its description), each a small declared object."""

from ccgsim.lab.validation.patterns import circle, england, network, redesign, size
from ccgsim.lab.validation.patterns.pattern import Finding, Pattern, judge

PATTERNS: tuple[Pattern, ...] = tuple(
    sorted(
        (*network.PATTERNS, *circle.PATTERNS, *size.PATTERNS, *redesign.PATTERNS, *england.PATTERNS),
        key=lambda p: int(p.id[1:]),
    )
)

__all__ = ["PATTERNS", "Finding", "Pattern", "judge"]
