"""The command `validate`: judges patterns, prints and saves each at once, reports those that have stopped holding."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.cli.answers import place_faults
from ccgsim.cli.run import MOST_REPLICATES, compile_rules, say
from ccgsim.foundation.files.reading import MOST_LIST, text_of
from ccgsim.foundation.files.writing import json_bytes, put
from ccgsim.foundation.problems import Problem, Problems, gathering, refuse, shown
from ccgsim.report import evidence, terminal

FEWEST_SEEDS = 2  # one world has no interval


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """Patterns to judge, number of seeds, and the file for the judgement (None: no file)."""

    seeds: int
    patterns: Sequence[Any]
    out: Path | None
    before: Mapping[str, Any]


def checked(seeds: int, only: str | None, out: Path | None) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    from ccgsim.lab.validation import baseline, validation

    found = place_faults(out)
    patterns: Sequence[Any] = ()
    if not FEWEST_SEEDS <= seeds <= MOST_REPLICATES:
        rule = f"lies outside {FEWEST_SEEDS} to {MOST_REPLICATES}"
        found.append(Problem("", "--seeds", shown(seeds), rule))
    with gathering(found):
        patterns = validation.chosen(None if only is None else [name.strip().upper() for name in only.split(",")])
    with gathering(found):
        kept(out)
    if found:
        raise Problems(found)
    return Order(seeds=seeds, patterns=patterns, out=out, before=baseline.shipped())


def kept(out: Path | None) -> dict[str, Any]:
    """The document in the file, {} if there is no file yet; raises Problems for any other file or a folder."""
    if out is None or not out.exists():
        return {}
    try:
        held = json.loads(text_of(out, MOST_LIST))
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict) or held.get("command") != "validate":
        raise refuse("--out", str(out), "exists and is not a document of `ccgsim validate`")
    return held


def carry_out(order: Order, tell: Callable[[Mapping[str, Any]], None], *, talk: bool) -> dict[str, Any]:
    """Judge the patterns, print and save each finding; returns the document compared with the baseline."""
    from ccgsim.lab.validation import baseline, validation

    document: dict[str, Any] = {}
    compile_rules(talk)
    with terminal.Meter("worlds", shown=talk) as progress:
        for finding, document in validation.validate(order.seeds, order.patterns, order.before, progress):
            progress.aside()
            tell(validation.row_of(finding))
            if order.out is not None:
                keep(validation.merged(kept(order.out), document), order.out)
    return baseline.compared(document, order.before)


def keep(document: Mapping[str, Any], out: Path) -> None:
    """Write the document; raises Problems if that fails."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        put(out, json_bytes(document))
    except OSError as error:
        raise refuse("--out", str(out), f"cannot be written: {error.strerror}") from None


def tell(row: Mapping[str, Any]) -> None:
    """Print one finding: the pattern, then each of its parts."""
    for line in evidence.finding_lines(row):
        terminal.print_line(line)
    sys.stdout.flush()


def silent(row: Mapping[str, Any]) -> None:
    """Print nothing of a finding."""


def show(document: Mapping[str, Any]) -> None:
    """Print table, forest plot, headline."""
    evidence.print_board(document)


def warn(document: Mapping[str, Any], *, talk: bool) -> None:
    """Warn on standard error about parts that no longer hold (before and now) and if the baseline has other rules."""
    say(evidence.baseline_lines(document), talk or bool(document["stopped"]))
