"""The command `warm`: compiles the rules before they are needed, and packs them for a wheel ("seed")."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.cli.answers import place_faults
from ccgsim.cli.run import compile_rules
from ccgsim.foundation import compiled
from ccgsim.foundation.problems import Problems
from ccgsim.report import terminal


@dataclass(frozen=True, slots=True)
class Done:
    """Folder of the compiled rules, whether they were compiled before, time taken [s], and the packed file, if any."""

    folder: Path
    before: bool
    seconds: float
    seed: Path | None


def carry_out(seeds: Path | None, *, talk: bool) -> Done:
    """Compile what is missing; with `seeds`, write KEY.tar.xz and KEY.sha256 into that folder."""
    if found := place_faults(seeds, "--seed"):
        raise Problems(found)
    before, began = compiled.is_compiled(), time.monotonic()
    compile_rules(talk)
    seconds = time.monotonic() - began
    return Done(compiled.CACHE, before, seconds, compiled.plant(compiled.CACHE, seeds) if seeds else None)


def document(done: Done) -> dict[str, Any]:
    """The JSON document."""
    files = {"seed": str(done.seed)} if done.seed else {}
    return {"folder": str(done.folder), "compiled_before": done.before, "seconds": done.seconds, "files": files}


def show(done: Done) -> None:
    """Print where the compiled rules and the packed file are."""
    how = "were compiled already" if done.before else f"are compiled ({done.seconds:.0f} s)"
    terminal.print_line(f"The rules {how}: {done.folder}")
    if done.seed is not None:
        terminal.print_line(f"Packed for a wheel: {done.seed}")
