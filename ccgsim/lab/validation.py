"""The evidence board: every pattern judged on common seeds, as a document that names the rules it was computed with."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ccgsim.compiled import compiled_sources
from ccgsim.lab.bench import Bench
from ccgsim.lab.judging import Verdict
from ccgsim.lab.patterns import PATTERNS, Finding, Pattern, judge
from ccgsim.problems import Problem, Problems, nearest
from ccgsim.world.scenario import shipped_folder

JUDGED_BY = ("course.py", "happenings.py", "lab/bench.py", "lab/judging.py")
PACKAGE = Path(__file__).parents[1]


def rules_hash() -> str:
    """SHA-256 of the sources of the rules and of their defaults, of the patterns, and of the shipped scenarios."""
    digest = hashlib.sha256()
    sources = {*compiled_sources(PACKAGE), *(PACKAGE / name for name in JUDGED_BY)}
    sources |= {*(PACKAGE / "world").glob("*.py"), *(PACKAGE / "lab" / "patterns").glob("*.py")}
    for path in sorted(sources) + sorted(shipped_folder().glob("*.toml")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def chosen(only: Iterable[str] | None) -> tuple[Pattern, ...]:
    """The patterns of those names (all for None), in order; Problems for names that are not there."""
    if only is None:
        return PATTERNS
    known, wanted = [p.id for p in PATTERNS], list(only)
    wrong = [name for name in wanted if name not in known]
    if wrong:
        rule = f"must be among {', '.join(known)}"
        raise Problems(Problem("", "only", name, rule, nearest(name, known)) for name in wrong)
    return tuple(p for p in PATTERNS if p.id in wanted)


def validate(seeds: int, only: Iterable[str] | None = None) -> Iterator[tuple[Finding, dict[str, Any]]]:
    """Judge the patterns on seeds 0 to seeds - 1: each finding with the document (JSON, no NaN) of all so far."""
    bench, rules = Bench(range(seeds)), rules_hash()
    rows: list[dict[str, Any]] = []
    for pattern in chosen(only):
        finding = judge(pattern, bench)
        rows.append({**row_of(finding), "seeds": seeds})
        yield finding, document(rules, rows)


def document(rules: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows as one document, in the order of the patterns, with the count of emergent patterns shown."""
    rows = sorted(rows, key=lambda row: int(row["id"][1:]))
    return {
        "ccgsim": version("ccgsim"),
        "command": "validate",
        "seeds": max((row["seeds"] for row in rows), default=0),
        "rules": rules,
        "shown": sum(row["shown"] for row in rows),
        "emergent": sum(row["origin"] == "emergent" for row in rows),
        "patterns": rows,
    }


def merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The new document with the rows of patterns that it lacks, where the old one was computed with the same rules."""
    if old.get("rules") != new["rules"]:
        return new
    judged = {row["id"] for row in new["patterns"]}
    return document(new["rules"], [*new["patterns"], *(row for row in old["patterns"] if row["id"] not in judged)])


def row_of(finding: Finding) -> dict[str, Any]:
    """One pattern in plain values; its statistic is the first part that fails, else the first."""
    pattern = finding.pattern
    told = next((v for v in finding.verdicts if not v.held), finding.verdicts[0])
    head = {name: getattr(pattern, name) for name in ("id", "claim", "source", "origin", "scenario")}
    tail = {"held": finding.held, "held_without_mechanism": finding.held_without, "shown": finding.shown}
    parts = {"parts": [_plain(v) for v in finding.verdicts], "without": [_plain(v) for v in finding.without]}
    return {**head, **_plain(told), **tail, **parts}


def _plain(verdict: Verdict) -> dict[str, Any]:
    def number(x: float) -> float | None:
        return float(f"{x:.6g}") if math.isfinite(x) else None

    return {
        "statistic": verdict.statistic,
        "value": number(verdict.value),
        "low": number(verdict.low),
        "high": number(verdict.high),
        "tolerance": verdict.tolerance,
        "held": verdict.held,
    }
