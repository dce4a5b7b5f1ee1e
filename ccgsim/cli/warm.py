"""The command `warm`: compiles the rules before they are needed, and packs them for a wheel ("seed")."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.cli.options.worlds import Warm
from ccgsim.cli.parts.answers import DONE, opening, place_faults, print_json
from ccgsim.cli.parts.worlds import compile_rules
from ccgsim.foundation import compiled
from ccgsim.foundation.problems import Problem, Problems, shown_path
from ccgsim.report.words import terminal


@dataclass(frozen=True, slots=True)
class Done:
    """Folder of the compiled rules, whether they were compiled before, time taken [s], and the packed file, if any."""

    folder: Path
    before: bool
    seconds: float
    seed: Path | None


def answer(asked: Warm) -> int:
    """Compile the rules and print where they are; returns the exit code."""
    done = carry_out(asked)
    if asked.as_json:
        print_json(opening("warm") | document(done))
    else:
        show(done)
    return DONE


def carry_out(asked: Warm) -> Done:
    """Compile what is missing; with --seed, write KEY.tar.xz and KEY.sha256 into that folder."""
    found = place_faults(asked.seed, "--seed")
    if not (compiled.KEPT or asked.seed):
        rule = "cannot be written, so the compiled rules would be gone when this command ends; name another folder"
        found.append(Problem("", "CCGSIM_CACHE", shown_path(compiled.HOME), rule))
    if found:
        raise Problems(found)
    before, began = compiled.is_compiled(), time.monotonic()
    compile_rules(asked.talks)
    seconds = time.monotonic() - began
    return Done(compiled.CACHE, before, seconds, compiled.plant(compiled.CACHE, asked.seed) if asked.seed else None)


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
