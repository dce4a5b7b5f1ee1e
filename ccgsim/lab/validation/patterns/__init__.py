"""The patterns that test the model (docs/odd.md, section 8), one declared object each."""

from ccgsim.lab.validation.patterns import circle, england, network, redesign, size
from ccgsim.lab.validation.patterns.pattern import Finding, Pattern, judge

PATTERNS: tuple[Pattern, ...] = tuple(
    sorted(
        (*network.PATTERNS, *circle.PATTERNS, *size.PATTERNS, *redesign.PATTERNS, *england.PATTERNS),
        key=lambda p: int(p.id[1:]),
    )
)

__all__ = ["PATTERNS", "Finding", "Pattern", "judge"]
