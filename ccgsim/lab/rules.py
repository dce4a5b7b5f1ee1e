"""What the numbers of the patterns come from, as one hash: rules and defaults, patterns, and the scenarios they run."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ccgsim.compiled import compiled_sources
from ccgsim.lab.patterns.pattern import SCENARIOS
from ccgsim.world import scenario_files
from ccgsim.world.england import MODELS

PACKAGE = Path(__file__).parents[1]
PATTERNS = PACKAGE / "lab" / "patterns"
JUDGED_BY = (
    *("course.py", "happenings.py", "measures/catalogue.py", "measures/observer.py"),
    *("lab/bench.py", "lab/judging.py", "lab/mean_field.py"),
)


def rules_hash() -> str:
    """SHA-256 of the sources of the rules and of their defaults, of the patterns, and of the scenarios they run."""
    digest = hashlib.sha256()
    sources = {*compiled_sources(PACKAGE), *(PACKAGE / name for name in JUDGED_BY)}
    sources |= {*(PACKAGE / "world").glob("*.py"), *PATTERNS.glob("*.py")}
    sources -= {PACKAGE / "__init__.py"}  # names for users: no number comes from there
    for path in (*sorted(sources), *scenario_sources()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def scenario_sources() -> list[Path]:
    """Files of the scenarios that patterns run, of their bases, and of the sites that England is made of, sorted."""
    return sorted({file.path for name in (*SCENARIOS, *MODELS) for file in scenario_files.chain(name)})
