"""Failed worlds of a calibration, kept by generation in a file beside the database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ccgsim.foundation.files.writing import json_bytes, put
from ccgsim.lab.calibration.folder import spoilt
from ccgsim.lab.calibration.task import FAULT, SEED


@dataclass(frozen=True, slots=True)
class Failure:
    """A world that failed: its generation, candidate and seed, and why."""

    generation: int
    candidate: int
    seed: int
    reason: str


def failure_of(found: Mapping[str, Any], generation: int, candidate: int) -> Iterator[Failure]:
    """The failure recorded in a candidate's numbers, if any."""
    if FAULT in found:
        yield Failure(generation, candidate, int(found[SEED]), str(found[FAULT]))


class Failures:
    """The failures so far, in a file that is rewritten whole. A repeated generation replaces its own failures."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: list[Failure] = []
        if path.exists():
            try:
                self._kept = [Failure(**each) for each in json.loads(path.read_bytes())["failures"]]
            except (ValueError, TypeError, KeyError):
                raise spoilt(path, "it lists the worlds that failed") from None

    def keep(self, generation: int, failures: Sequence[Failure]) -> None:
        """Keep the failures of a generation."""
        others = [failure for failure in self._kept if failure.generation != generation]
        self._kept = sorted([*others, *failures], key=lambda failure: (failure.generation, failure.candidate))
        put(self._path, json_bytes({"failures": [asdict(failure) for failure in self._kept]}))

    def all(self) -> tuple[Failure, ...]:
        """Every failure, by generation and candidate."""
        return tuple(self._kept)
