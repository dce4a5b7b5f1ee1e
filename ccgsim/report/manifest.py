"""The manifest: what was run, with which versions, and the checksum of every file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ccgsim.foundation.files.writing import sha256
from ccgsim.report.drawing.inputs import Result, first_run, seeds_of

NAME = "manifest.json"
SCHEMA = 1


def manifest(result: Result, files: Mapping[str, Path]) -> dict[str, Any]:
    """Schema, resolved scenario, seeds, months, provenance, and the SHA-256 of each file by name."""
    seeds = seeds_of(result)
    facts = {
        "schema": SCHEMA,
        "name": result.scenario.name,
        "title": result.scenario.title,
        "seed": seeds[0],
        "seeds": list(seeds),
        "months": int(first_run(result).months),
    }
    prints = {name: sha256(path) for name, path in sorted(files.items())}
    return facts | dict(result.provenance) | {"scenario": result.scenario.resolved(), "files": prints}
