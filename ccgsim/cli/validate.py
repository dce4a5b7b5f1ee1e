"""The command `validate`: judges patterns, prints and saves each at once, reports those that have stopped holding."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.cli.options.studies import Validate
from ccgsim.cli.parts.answers import DONE, FAILED, opening, place_faults, print_json, range_faults
from ccgsim.cli.parts.streams import say
from ccgsim.cli.parts.worlds import MOST_REPLICATES, compile_rules, last_first_seed
from ccgsim.foundation.files.reading import MOST_LIST, text_of
from ccgsim.foundation.files.writing import json_bytes, put
from ccgsim.foundation.problems import Problems, gathering, refuse
from ccgsim.report.findings import evidence
from ccgsim.report.words import terminal

SEEDS = (2, MOST_REPLICATES)  # one world has no interval


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """Patterns to judge, and the baseline that they are compared with."""

    asked: Validate
    patterns: Sequence[Any]
    before: Mapping[str, Any]


def answer(asked: Validate) -> int:
    """Judge the patterns, print and keep the judgement; returns the exit code."""
    document = carry_out(checked(asked))
    if asked.as_json:
        print_json(opening("validate") | document)
    else:
        evidence.print_board(document)
    warn(document, asked.talks)
    return FAILED if document["stopped"] else DONE


def checked(asked: Validate) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    from ccgsim.lab.validation import baseline, validation

    found, only = place_faults(asked.out), asked.only
    patterns: Sequence[Any] = ()
    found += range_faults(
        ("--seed", asked.seed, 0, last_first_seed(asked.seeds, *SEEDS)),
        ("--seeds", asked.seeds, *SEEDS),
    )
    with gathering(found):
        patterns = validation.chosen(None if only is None else [name.strip().upper() for name in only.split(",")])
    with gathering(found):
        kept(asked.out)
    if found:
        raise Problems(found)
    return Order(asked=asked, patterns=patterns, before=baseline.shipped())


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


def carry_out(order: Order) -> dict[str, Any]:
    """Judge the patterns, print and save each finding; returns the document compared with the baseline."""
    from ccgsim.lab.validation import baseline, validation

    asked = order.asked
    document: dict[str, Any] = {}
    compile_rules(asked.talks)
    with terminal.Meter("worlds", shown=asked.talks) as progress:
        for finding, document in validation.validate(asked.seeds, order.patterns, order.before, progress, asked.seed):
            progress.aside()
            if not asked.quiet and not asked.as_json:
                print_finding(validation.row_of(finding))
            if asked.out is not None:
                keep(validation.merged(kept(asked.out), document), asked.out)
    return baseline.compared(document, order.before)


def keep(document: Mapping[str, Any], out: Path) -> None:
    """Write the document; raises Problems if that fails."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        put(out, json_bytes(document))
    except OSError as error:
        raise refuse("--out", str(out), f"cannot be written: {error.strerror}") from None


def print_finding(row: Mapping[str, Any]) -> None:
    """Print one finding: the pattern, then each of its parts."""
    for line in evidence.finding_lines(row):
        terminal.print_line(line)
    sys.stdout.flush()


def warn(document: Mapping[str, Any], talk: bool) -> None:
    """Warn on standard error about parts that no longer hold (before and now) and if the baseline has other rules."""
    say(evidence.baseline_lines(document), talk or bool(document["stopped"]))
