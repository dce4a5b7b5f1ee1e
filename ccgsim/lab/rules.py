"""What the numbers of the patterns come from, as one hash: rules and defaults, patterns, and the scenarios they run."""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from pathlib import Path

from ccgsim.compiled import compiled_sources
from ccgsim.problems import refuse
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
    for path in (*sorted(sources), *scenario_sources()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def scenario_sources() -> list[Path]:
    """The files of the scenarios that patterns run, and of those they are based on, sorted."""
    named = scenarios_named(PATTERNS, scenario_files.names()) | {*MODELS}  # whose make-up CCGs of England have
    return sorted({file.path for name in named for file in scenario_files.chain(name)})


@cache
def scenarios_named(modules: Path, shipped: tuple[str, ...]) -> frozenset[str]:
    """The shipped scenarios whose names stand between quotes in the modules of a folder."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in modules.glob("*.py")]
    texts = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(text for text in texts if text in shipped)


def seen_by_the_hash(name: str) -> str:
    """The name, if the hash counts that scenario; raises Problems for one that no module of patterns writes out."""
    if name not in scenarios_named(PATTERNS, scenario_files.names()):
        raise refuse("scenario", name, "must stand between quotes in a module of patterns, for the hash of the rules")
    return name
