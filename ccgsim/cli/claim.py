"""The command `claim`: in what share of the plausible space patterns hold, and what breaks them; printed and saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ccgsim.cli.options.studies import Claim
from ccgsim.cli.parts.answers import (
    INTERRUPTED,
    RUNS_FAILED,
    opening,
    place_faults,
    print_json,
    range_faults,
)
from ccgsim.cli.parts.streams import say
from ccgsim.cli.parts.worlds import compile_rules
from ccgsim.foundation.problems import Problem, Problems, gathering, shown
from ccgsim.foundation.work.stopping import Interrupted
from ccgsim.foundation.work.workers import cores, workers_out_of_range
from ccgsim.lab.claim.about import MOST_LARGE, is_large
from ccgsim.lab.claim.claim import Claims, Rehearsed, claims, rehearsed, wanted
from ccgsim.lab.claim.judged import code_hash, get_ready
from ccgsim.lab.claim.space import HALF
from ccgsim.lab.sweep.folder_checks import CLAIM, check
from ccgsim.lab.sweep.store import Sweep
from ccgsim.lab.sweep.sweep import on_this_machine
from ccgsim.lab.validation.patterns import Pattern
from ccgsim.report.findings import claims as report
from ccgsim.report.words import terminal

DRAWS, SEEDS = (10, 100_000), (1, 1000)  # fewest and most


def answer(asked: Claim) -> int:
    """Judge the patterns, print and keep the claims; returns the exit code."""
    patterns = checked(asked)
    compile_rules(asked.talks)
    get_ready(code_hash())  # or the first pattern would seem to take as long as loading the rules
    order = rehearsed(patterns, asked.draws, asked.seeds)
    say(list(notes(order, asked.workers or cores())), asked.talks)
    with _folder(asked) as folder:
        found = carry_out(asked, order, folder)
        if isinstance(found, Sweep):
            return interrupted(asked, found)
        document = document_of(order, found)
        files = report.write_claims(opening("claim") | document, found.draws, folder) if asked.out else {}
    if asked.as_json:
        print_json(opening("claim") | document | {"files": {name: str(path) for name, path in files.items()}})
    else:
        report.print_claims(document["claims"])
        if files:
            terminal.print_line(f"Tables and figure in {asked.out}")
    return RUNS_FAILED if found.sweep.failed else 0


def checked(asked: Claim) -> tuple[Pattern, ...]:
    """The patterns, if every option is allowed; raises Problems with every fault."""
    found = place_faults(asked.out)
    found += range_faults(("--draws", asked.draws, *DRAWS), ("--seeds", asked.seeds, *SEEDS))
    found += workers_out_of_range(asked.workers)
    patterns: tuple[Pattern, ...] = ()
    with gathering(found):
        patterns = wanted(ids_of(asked.patterns))
    with gathering(found):
        if asked.out is not None and asked.out.is_dir():
            check(asked.out, CLAIM)
    if asked.out is not None and asked.out.exists() and not asked.out.is_dir():
        found.append(Problem("", "--out", shown(str(asked.out)), "is a file, not a folder"))
    if found:
        raise Problems(found)
    return patterns


def ids_of(words: Sequence[str]) -> list[str]:
    """The ids among the words, which commas separate too: ['p9,P10', 'P12'] is P9, P10 and P12."""
    return [part.strip().upper() for word in words for part in word.split(",") if part.strip()]


def notes(order: Rehearsed, workers: int) -> Iterator[str]:
    """Which patterns have fewer draws because their worlds are large, and roughly how long all take."""
    if large := [each.pattern.id for each in order.abouts if is_large(each.pattern)]:
        yield f"{', '.join(large)}: worlds of many CCGs, so at most {MOST_LARGE} draws of one seed each"
    if (minutes := order.seconds / workers / 60) > 1:
        yield f"about {minutes:,.0f} minutes on {workers} processes"


@contextmanager
def _folder(asked: Claim) -> Iterator[Path]:
    """The folder for the draws: that of --out, or one that is removed at the end."""
    if asked.out is not None:
        yield asked.out
    else:
        with TemporaryDirectory(prefix="ccgsim-claim-") as place:
            yield Path(place) / "claim"


def carry_out(asked: Claim, order: Rehearsed, folder: Path) -> Claims | Sweep:
    """The claims, or the state of the draws where they were interrupted."""
    with terminal.Meter("worlds", shown=asked.talks) as progress:
        try:
            return claims(order, folder, on_this_machine(asked.workers), force_new=asked.force_new, progress=progress)
        except Interrupted as stopped:
            found: Sweep = stopped.found
            return found


def interrupted(asked: Claim, found: Sweep) -> int:
    """Tell how to resume; returns the exit code."""
    if asked.as_json:
        print_json(opening("claim") | counts_of(found) | {"claims": [], "files": {}})
    kept = "the same command resumes from here" if asked.out else "nothing is kept without --out"
    say([f"interrupted with {found.pending:,} draws pending: {kept}"], asked.talks)
    return INTERRUPTED


def counts_of(found: Sweep) -> dict[str, Any]:
    """Draws planned, done, failed and pending, and the reasons of those that failed."""
    return {key: getattr(found, key) for key in ("planned", "done", "failed", "pending", "failures")}


def document_of(order: Rehearsed, found: Claims) -> dict[str, Any]:
    """The JSON document of claims, without its opening and its files."""
    about = {"draws": order.draws, "seeds": order.seeds, "parameters": len(order.ranges), "half": HALF}
    return {**about, "code": code_hash(), **counts_of(found.sweep), "claims": found.claims}
