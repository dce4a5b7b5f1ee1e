"""Sources that the numbers of a run come from: the rules and their defaults, and what builds and reads a world."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from ccgsim.foundation.compiled import compiled_sources
from ccgsim.scenario import files

PACKAGE = Path(__file__).parents[1]
BESIDE_RULES = ("course.py", "happenings.py", "measures/catalogue.py", "measures/observer.py")


def rule_sources() -> set[Path]:
    """Files of the rules, of their defaults and of what carries them from month to month."""
    beside = (PACKAGE / name for name in BESIDE_RULES)
    sources = {*compiled_sources(PACKAGE), *beside, *(PACKAGE / "world").glob("*.py")}
    return sources - {PACKAGE / "__init__.py"}  # names for users: no number comes from there


def scenario_sources(names: Iterable[str]) -> list[Path]:
    """Files of shipped scenarios and of their bases, sorted."""
    return sorted({file.path for name in names for file in files.chain(name)})


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 of names and bytes of files, in the order given."""
    hashed = hashlib.sha256()
    for path in paths:
        hashed.update(path.name.encode())
        hashed.update(path.read_bytes())
    return hashed.hexdigest()
