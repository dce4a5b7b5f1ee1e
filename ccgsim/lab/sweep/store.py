"""The folder of a sweep: started, resumed or refused; its finished runs; its tables."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ccgsim.foundation.files.writing import csv_bytes, json_bytes, put, sha256
from ccgsim.foundation.problems import Problems, telling
from ccgsim.lab.sweep import folder_checks as checks
from ccgsim.lab.sweep.folder_checks import CSV, DESIGN, KIND, MANIFEST, SCHEMA, SERIES, TABLE
from ccgsim.lab.sweep.jobs import DONE, FAILED, PENDING, Outcome
from ccgsim.lab.sweep.parts import Parts
from ccgsim.lab.sweep.plan import Plan
from ccgsim.lab.sweep.tables import write_series, write_table
from ccgsim.run import provenance

FULL_PART, LONGEST_WAIT = 1000, 1.0  # outcomes in a full part, and seconds that an outcome may wait to be written


@dataclass(frozen=True, kw_only=True, slots=True)
class Sweep:
    """The state of a sweep: planned = done + failed + pending."""

    planned: int
    done: int
    failed: int
    pending: int
    failures: list[dict[str, Any]]  # run, reason
    table: Path
    interrupted: bool = False

    def __repr__(self) -> str:
        counts = f"{self.done:,} done, {self.failed:,} failed, {self.pending:,} pending"
        return f"Sweep({self.planned:,} planned: {counts}; {str(self.table)!r})"


class Store:
    """A sweep's folder, open for its single writer."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder, self.plan = folder, plan
        self.parts = Parts(folder, len(plan.runs), plan.columns, plan.series)
        self._waiting: list[Outcome] = []
        self._began, self._written = time.time(), time.monotonic()

    def begin(self, *, force_new: bool) -> None:
        """Start in an empty folder, or resume; raises Problems if neither is allowed."""
        with telling(self.folder):
            if force_new:
                checks.clear(self.folder)
            self.compare()
            put(self.folder / DESIGN, checks.design_bytes(self.plan.runs, self.facts))
            put(self.folder / MANIFEST, json_bytes(self._manifest({})))
            self.parts.load()
            self.parts.tidy()
            for name in (TABLE, CSV):  # written again at the end
                (self.folder / name).unlink(missing_ok=True)

    def compare(self) -> None:
        """Raise Problems with the differences if the folder holds another sweep."""
        before = checks.facts_of(self.folder)
        if before is not None and (differing := checks.differences(before, self.facts, self.plan.what)):
            raise Problems(differing)

    def standing(self, *, interrupted: bool) -> Sweep:
        """The state of the sweep on disk; interrupted only if runs are pending."""
        counts, failures = self.counts(), self.parts.failures()
        stopped = interrupted and counts["pending"] > 0
        return Sweep(**counts, failures=failures, table=self.folder / TABLE, interrupted=stopped)

    @cached_property
    def _origin(self) -> dict[str, Any]:
        return provenance(self._began)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Plain values that must be unchanged to resume."""
        kept = {"columns": list(self.plan.columns), "series": list(self.plan.series)}
        runs = {"runs": len(self.plan.runs), "design_sha256": hashlib.sha256(csv_bytes(self.plan.runs)).hexdigest()}
        plain: dict[str, Any] = json.loads(json_bytes({**self.plan.facts, **kept, **runs}))
        return plain

    def _manifest(self, files: Mapping[str, str]) -> dict[str, Any]:
        head = {"schema": SCHEMA, "kind": KIND, **self.plan.words, **self._origin}
        taken = {"seconds": round(time.time() - self._began, 3)}
        return {**head, **taken, **self.counts(), "facts": self.facts, "files": dict(files)}

    def counts(self) -> dict[str, int]:
        """Runs planned, done, failed and pending; runs not yet written count as pending."""
        counted = {status: self.parts.count(status) for status in (DONE, FAILED, PENDING)}
        return {"planned": len(self.plan.runs), **counted}

    @property
    def pending(self) -> np.ndarray:
        """Mask of the runs that are still to be done."""
        return self.parts.pending

    @property
    def finished(self) -> int:
        """Number of runs done or failed, including those not yet written."""
        return len(self.plan.runs) - self.parts.count(PENDING) + len(self._waiting)

    def add(self, outcome: Outcome) -> None:
        """Add an outcome; it is written to disk soon, or at the next `flush`."""
        self._waiting.append(outcome)
        if len(self._waiting) >= FULL_PART or time.monotonic() - self._written > LONGEST_WAIT:
            self.flush()

    def flush(self) -> None:
        """Write the waiting outcomes."""
        if self._waiting:
            with telling(self.folder, len(self.plan.runs) - self.parts.count(PENDING)):
                self.parts.add(self._waiting)
            self._waiting = []
        self._written = time.monotonic()

    def finish(self) -> None:
        """Write tables and manifest of the finished runs, and the series once no run is pending."""
        with telling(self.folder, len(self.plan.runs) - self.parts.count(PENDING)):
            write_table(self.plan.runs, self.parts, self.plan.columns, self.folder)
            files = [self.folder / name for name in (DESIGN, TABLE, CSV)]
            if self.plan.series and not self.pending.any():
                files += write_series(self.parts, len(self.plan.runs), self.folder / SERIES)
            prints = {path.relative_to(self.folder).as_posix(): sha256(path) for path in files}
            put(self.folder / MANIFEST, json_bytes(self._manifest(prints)))


def preview(plan: Plan, folder: Path, *, force_new: bool) -> Sweep:
    """The state of a sweep before it starts; writes nothing; raises Problems if it could not start."""
    store = Store(folder, plan)
    if folder.exists():
        checks.check(folder, plan.what)
    if folder.exists() and not force_new:
        store.compare()
        store.parts.load()
    return store.standing(interrupted=False)
