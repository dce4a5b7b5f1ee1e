"""The patterns that test the model (docs/odd.md, section 1), one declared object each."""

from ccgsim.lab.validation.patterns import circle, coupling, england, network, redesign, size
from ccgsim.lab.validation.patterns.pattern import Finding, Pattern, judge

PATTERNS: tuple[Pattern, ...] = tuple(
    sorted(
        (
            *network.PATTERNS,
            *circle.PATTERNS,
            *size.PATTERNS,
            *coupling.PATTERNS,
            *redesign.PATTERNS,
            *england.PATTERNS,
        ),
        key=lambda p: int(p.id[1:]),
    )
)

__all__ = ["PATTERNS", "Finding", "Pattern", "judge"]
