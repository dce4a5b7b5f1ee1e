"""A hash of what numbers depend on: the meaning of the code that a run may reach, and scenario files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from ccgsim.foundation.meaning import PACKAGE, meaning, reached
from ccgsim.scenario import files


def scenario_sources(names: Iterable[str]) -> list[Path]:
    """Files of shipped scenarios and of those they are based on, sorted."""
    return sorted({file.path for name in names for file in files.chain(name)})


def origin(starts: Iterable[Path], scenarios: Iterable[str]) -> str:
    """SHA-256 of what the numbers of some code depend on: everything it imports, and the scenarios it runs."""
    digest = hashlib.sha256(meaning(PACKAGE, reached(PACKAGE, starts)).encode())
    for path in scenario_sources(scenarios):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
