"""The command `warm`: compile the rules before they are needed, and make a seed of them for a wheel."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.cli.answers import place_faults
from ccgsim.cli.run import compiling
from ccgsim.foundation import compiled
from ccgsim.foundation.problems import Problems
from ccgsim.report import terminal


@dataclass(frozen=True, slots=True)
class Done:
    """Where compiled rules lie, whether that is news, how long it took [s], and the seed made of them."""

    folder: Path
    before: bool
    seconds: float
    seed: Path | None


def carry_out(seeds: Path | None, *, talk: bool) -> Done:
    """Compile what is not compiled; with `seeds`, write KEY.tar.xz and KEY.sha256 into that folder."""
    if found := place_faults(seeds, "--seed"):
        raise Problems(found)
    before, began = compiled.is_compiled(), time.monotonic()
    with compiling(talk):
        seconds = time.monotonic() - began
    return Done(compiled.CACHE, before, seconds, compiled.plant(compiled.CACHE, seeds) if seeds else None)


def document(done: Done) -> dict[str, Any]:
    """What `--json` says."""
    files = {"seed": str(done.seed)} if done.seed else {}
    return {"folder": str(done.folder), "compiled_before": done.before, "seconds": done.seconds, "files": files}


def show(done: Done) -> None:
    """Print where the rules are, and the seed."""
    how = "were compiled already" if done.before else f"are compiled ({done.seconds:.0f} s)"
    terminal.print_line(f"The rules {how}: {done.folder}")
    if done.seed is not None:
        terminal.print_line(f"Seed for a wheel: {done.seed}")
