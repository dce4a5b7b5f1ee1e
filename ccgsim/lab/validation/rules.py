"""The hash of everything that the numbers of the patterns depend on."""

from __future__ import annotations

from pathlib import Path

from ccgsim.lab.sources import origin
from ccgsim.lab.validation.patterns.pattern import SCENARIOS
from ccgsim.world.england import MODELS

PATTERNS = Path(__file__).with_name("patterns")


def rules_hash() -> str:
    """SHA-256 of the patterns, all code they run, their scenarios, and the sites from which England is built."""
    return origin(PATTERNS.glob("*.py"), (*SCENARIOS, *MODELS))
