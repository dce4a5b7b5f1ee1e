"""Compile the rules before a run needs them, on all cores: each process takes the next unclaimed rule.

Numba compiles a rule for the types of its arguments. The types follow from the arguments' names, which mean the same
in all rules; a test checks that little is left to compile afterwards.
"""

from __future__ import annotations

import gc
import inspect
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numba import bool_, config, float64, int64, typeof

from ccgsim.foundation import chance, tables
from ccgsim.foundation.quantity import records
from ccgsim.foundation.work.lifeline import hang_on
from ccgsim.measures import alignment, betweenness, catalogue, composite, memory, network, people, survey
from ccgsim.processes import (
    collaboration,
    engagement,
    finance,
    insecurity,
    knowledge,
    policy,
    priorities,
    rating,
    stepping_in,
    transparency,
    turnover,
)
from ccgsim.processes.projects import adoption, arenas, redesign
from ccgsim.processes.ties import balance, contacts, fading, forming, renewal
from ccgsim.scenario.scenario import load
from ccgsim.scenario.sections import SECTIONS

# Rules that share parts are adjacent, since a process compiles a part only once; quick ones come last.
RULES = (
    *(forming.form, balance.balance_flows, fading.place_weights, fading.fade, renewal.renew, contacts.contacts_of),
    *(network.network, alignment.alignment, betweenness.boards, survey._ask, people.people, memory.compare),
    *(priorities.sweep, engagement.sweep, policy.sweep, arenas.sweep, arenas.take_stock, arenas.work_on_projects),
    *(redesign.births, adoption.sweep, collaboration.sweep, knowledge.sweep, rating.sweep, memory.board_ties),
    *(turnover.successors, turnover.leave, turnover.months_to_fill, insecurity.sweep, stepping_in.sweep),
    *(finance.sweep, transparency.sweep, insecurity.abolish_pct, stepping_in.watch_participation, chance._fill),
    *(priorities.localities_mean, composite.composites),
)
Report = Callable[[int, int], None]


PLAIN = {  # types of the arguments that are neither tables nor rows of them
    int64[::1]: (
        "first",
        "keys",
        "j",
        "other",
        "out_first",
        "gone",
        "which",
        "holders",
        "vacated",
        "due",
        "respondents",
        "adoption",
        "advisers_at_start",
    ),
    float64[::1]: ("control_path", "projects_of", "between"),
    int64[:, ::1]: ("pairs", "made"),
    float64: ("span", "strength", "board_weight", "uncertainty", "exit_of_board", "exit_of_staff"),
    int64: ("month", "months", "seed", "stream_number"),
    bool_: ("at_start",),
}


@cache
def types() -> dict[Any, Any]:
    """Numba's type of each argument by name, or by (rule, name) where a rule uses the name for another type."""
    scenario = load("site_f")
    rules = records({name: getattr(scenario, name) for name in SECTIONS})
    whole, real = np.zeros(1, np.int64), np.zeros(1)
    named = {name: kind for kind, names in PLAIN.items() for name in names}
    named |= {name: _type(tables.new(columns, 0)) for name, columns in tables.ALL.items()}
    named |= {"nations": named["nation"], "rules": _type(rules), "out": _type(catalogue.rows(1, 1)[0])}
    named |= {"contacts": typeof(contacts.Contacts(whole, whole, whole, whole, whole, real))}
    named |= dict.fromkeys(("then", "now"), typeof(memory.Memory(whole, whole, whole, whole, whole)))
    return named | {
        (fading.place_weights, "rules"): _type(scenario.records()["ties"]),
        (renewal.renew, "out"): named["ties"],
        (chance._fill, "out"): float64[::1],
        (contacts.contacts_of, "actors"): int64,
        (alignment.alignment, "priorities"): typeof(rules["priorities"][0]),
        (survey._ask, "nation"): named["nation"].dtype,
        (survey._ask, "rules"): named["rules"].dtype,
        (survey._ask, "clock"): named["clock"].dtype,
    }


def _type(table: np.ndarray) -> Any:
    return typeof(table.view(np.ndarray))


def signature(rule: Any) -> tuple[Any, ...]:
    """Types of the rule's arguments; KeyError for an unknown name."""
    known, names = types(), inspect.signature(rule).parameters
    return tuple(known[rule, name] if (rule, name) in known else known[name] for name in names)


def compile_some(claims: Path) -> Iterator[None]:
    """Compile rules not yet claimed in that folder, one per step, until none is left or the folder is gone.

    Garbage collection is off: compilers make many long-lived objects, and collecting would take a tenth of the time.
    """
    collected = gc.isenabled()
    gc.disable()
    try:
        while _compile_next(claims):
            yield
    finally:
        if collected:
            gc.enable()


def _compile_next(claims: Path) -> bool:
    for number, rule in enumerate(RULES):
        try:
            (claims / str(number)).touch(exist_ok=False)
        except FileExistsError:
            continue
        except FileNotFoundError:
            return False
        rule.compile(signature(rule))
        (claims / f"{number}.done").touch()
        return True
    return False


def warm(report: Report = lambda done, planned: None, workers: int | None = None) -> None:
    """Compile, or load, all rules of a run on `workers` processes (None: one per core), reporting how many are done.

    Rules that another process fails to compile are compiled here.
    """
    from ccgsim.lab.rehearsal import rehearse  # imported here: the other processes need only the rules

    workers = workers or os.cpu_count() or 1
    if config.DISABLE_JIT:
        return
    with tempfile.TemporaryDirectory(prefix="ccgsim-") as folder:
        claims = Path(folder)
        others = [_other(claims) for _ in range(workers - 1)]
        try:
            for _ in compile_some(claims):
                report(len(list(claims.glob("*.done"))), len(RULES))
            for other in others:
                other.wait()
        finally:
            for other in others:
                other.kill()
                other.communicate()
    rehearse()


def _other(claims: Path) -> subprocess.Popen[bytes]:
    """A process that compiles rules from the same claims folder and ends with this one."""
    command = [sys.executable, "-m", "ccgsim.lab.warming", str(claims)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    hang_on(sys.stdin.fileno())
    with suppress(KeyboardInterrupt):
        for _ in compile_some(Path(sys.argv[1])):
            pass
