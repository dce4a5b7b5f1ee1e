"""What the numbers of the patterns come from, as one hash: rules and defaults, patterns, and the scenarios they run."""

from __future__ import annotations

from ccgsim.lab.sources import PACKAGE, digest, rule_sources, scenario_sources
from ccgsim.lab.validation.patterns.pattern import SCENARIOS
from ccgsim.world.england import MODELS

PATTERNS = PACKAGE / "lab" / "patterns"
JUDGED_BY = ("lab/bench.py", "lab/judging.py", "lab/mean_field.py")


def rules_hash() -> str:
    """SHA-256 of the sources of the rules and their defaults, of the patterns, and of the scenarios that they run.

    Among those are the sites that England is made of.
    """
    sources = {*rule_sources(), *(PACKAGE / name for name in JUDGED_BY), *PATTERNS.glob("*.py")}
    return digest([*sorted(sources), *scenario_sources((*SCENARIOS, *MODELS))])
