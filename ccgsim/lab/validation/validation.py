"""The evidence board: every pattern judged on common seeds, in a document with the hash of its rules."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from ccgsim.foundation.problems import Problem, Problems, nearest
from ccgsim.foundation.work.progress import Progress
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import Verdict
from ccgsim.lab.validation.patterns import PATTERNS, Finding, Pattern, judge
from ccgsim.lab.validation.rules import rules_hash

WORLDS_A_SEED = 8  # guess for a pattern whose number of worlds is not yet known


def chosen(only: Iterable[str] | None, option: str = "--only") -> tuple[Pattern, ...]:
    """The patterns with these ids (None: all), in order; raises Problems for unknown ids, given in `option`."""
    if only is None:
        return PATTERNS
    known, wanted = [p.id for p in PATTERNS], list(only)
    wrong = [name for name in wanted if name not in known]
    if wrong:
        rule = f"must be among {', '.join(known)}"
        raise Problems(Problem("", option, name, rule, nearest(name, known)) for name in wrong)
    return tuple(p for p in PATTERNS if p.id in wanted)


def validate(
    seeds: int,
    patterns: Sequence[Pattern] | None = None,
    before: Mapping[str, Any] | None = None,
    progress: Progress = lambda done, planned: None,
    first: int = 0,
) -> Iterator[tuple[Finding, dict[str, Any]]]:
    """Judge patterns (None: all) on seeds from `first` on; yields each finding with the document (JSON, no NaN) so far.

    A pattern's `most_seeds` limits its seeds. `progress` is called with the worlds run and planned; the planned number
    comes from the document `before`, and a finished pattern counts with its planned number.
    """
    patterns = PATTERNS if patterns is None else patterns
    benches: dict[int, Bench] = {}
    rules, rows = rules_hash(), list[dict[str, Any]]()
    planned = [worlds_of(pattern, seeds, before or {}) for pattern in patterns]
    for place, pattern in enumerate(patterns):
        bench = benches.setdefault(seeds_of(pattern, seeds), Bench(range(first, first + seeds_of(pattern, seeds))))
        started = bench.worlds
        bench.watcher = _watcher(progress, planned, place, started)
        finding = judge(pattern, bench)
        progress(sum(planned[: place + 1]), sum(planned))
        rows.append({**row_of(finding), "seeds": len(bench.seeds), "worlds": bench.worlds - started})
        yield finding, document(rules, rows, first)


def _watcher(progress: Progress, planned: Sequence[int], place: int, started: int) -> Callable[[int], None]:
    """A function that reports total progress from the bench's count, which was `started` before this pattern."""
    return lambda worlds: progress(sum(planned[:place]) + min(worlds - started, planned[place]), sum(planned))


def seeds_of(pattern: Pattern, seeds: int) -> int:
    """Number of seeds on which a pattern is judged if `seeds` are asked for."""
    return seeds if pattern.most_seeds is None else min(seeds, pattern.most_seeds)


def worlds_of(pattern: Pattern, seeds: int, before: Mapping[str, Any]) -> int:
    """Approximate number of worlds that a pattern will run, from an earlier document."""
    row: Mapping[str, Any] = next((row for row in before.get("patterns", ()) if row["id"] == pattern.id), {})
    each = row["worlds"] / row["seeds"] if "worlds" in row else WORLDS_A_SEED
    return math.ceil(each * seeds_of(pattern, seeds))


def document(rules: str, rows: list[dict[str, Any]], first: int = 0) -> dict[str, Any]:
    """The rows as one document, in the order of the patterns, with the number of emergent patterns shown."""
    rows = sorted(rows, key=lambda row: int(row["id"][1:]))
    return {
        "ccgsim": version("ccgsim"),
        "command": "validate",
        "first_seed": first,
        "seeds": max((row["seeds"] for row in rows), default=0),
        "rules": rules,
        "shown": sum(row["shown"] for row in rows),
        "emergent": sum(row["origin"] == "emergent" for row in rows),
        "patterns": rows,
    }


def merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The new document plus rows it lacks from the old one, if that has the same rules and first seed."""
    if any(old.get(name) != new[name] for name in ("rules", "first_seed")):
        return new
    judged = {row["id"] for row in new["patterns"]}
    rows = [*new["patterns"], *(row for row in old["patterns"] if row["id"] not in judged)]
    return document(new["rules"], rows, new["first_seed"])


def row_of(finding: Finding) -> dict[str, Any]:
    """One pattern in plain values; its statistic is the first failing part, else the first part."""
    pattern = finding.pattern
    part = next((v for v in finding.verdicts if not v.held), finding.verdicts[0])
    head = {name: getattr(pattern, name) for name in ("id", "claim", "source", "origin", "scenario")}
    tail = {"held": finding.held, "held_without_mechanism": finding.held_without, "shown": finding.shown}
    parts = {"parts": [_plain(v) for v in finding.verdicts], "without": [_plain(v) for v in finding.without]}
    return {**head, **_plain(part), **tail, **parts}


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
