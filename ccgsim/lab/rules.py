"""What the numbers of the patterns come from, as one hash: rules and defaults, patterns, and the scenarios they run."""

from __future__ import annotations

from pathlib import Path

from ccgsim.lab.patterns.pattern import SCENARIOS
from ccgsim.lab.sources import PACKAGE, digest, rule_sources
from ccgsim.world import scenario_files
from ccgsim.world.england import MODELS

PATTERNS = PACKAGE / "lab" / "patterns"
JUDGED_BY = ("lab/bench.py", "lab/judging.py", "lab/mean_field.py")


def rules_hash() -> str:
    """SHA-256 of the sources of the rules and of their defaults, of the patterns, and of the scenarios they run."""
    sources = {*rule_sources(), *(PACKAGE / name for name in JUDGED_BY), *PATTERNS.glob("*.py")}
    return digest([*sorted(sources), *scenario_sources()])


def scenario_sources() -> list[Path]:
    """Files of the scenarios that patterns run, of their bases, and of the sites that England is made of, sorted."""
    return sorted({file.path for name in (*SCENARIOS, *MODELS) for file in scenario_files.chain(name)})
