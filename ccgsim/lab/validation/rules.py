"""What the numbers of the patterns come from, as one hash."""

from __future__ import annotations

from pathlib import Path

from ccgsim.lab.sources import origin
from ccgsim.lab.validation.patterns.pattern import SCENARIOS
from ccgsim.world.england import MODELS

PATTERNS = Path(__file__).with_name("patterns")


def rules_hash() -> str:
    """SHA-256 of the patterns, of all code that they run, of their scenarios and of the sites England is made of."""
    return origin(PATTERNS.glob("*.py"), (*SCENARIOS, *MODELS))
