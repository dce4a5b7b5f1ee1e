"""Compile the rules before a run needs them, on all cores: each worker takes the next rule.

Numba compiles a rule for the types of its arguments. The types follow from the arguments' names, which mean the same
in all rules; a test checks that little is left to compile afterwards.
"""

from __future__ import annotations

import gc
import inspect
from contextlib import suppress
from functools import cache
from typing import Any

import numpy as np
from numba import bool_, config, float64, int64, typeof

from ccgsim.foundation import chance, tables
from ccgsim.foundation.quantity import record
from ccgsim.foundation.work.lifeline import WorkersFail
from ccgsim.foundation.work.parallel import spread
from ccgsim.foundation.work.progress import Progress
from ccgsim.measures import alignment, betweenness, catalogue, composite, memory, network, people, survey
from ccgsim.processes import (
    collaboration,
    decisions,
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
from ccgsim.processes.projects import adoption, arenas, redesign, results, stock
from ccgsim.processes.ties import balance, contacts, fading, forming, renewal
from ccgsim.scenario.scenario import load
from ccgsim.world.state import Plain

# Rules that share parts are adjacent, since a process compiles a part only once; quick ones come last.
RULES = (
    *(forming.form, balance.balance_flows, fading.place_weights, fading.fade, renewal.renew, contacts.contacts_of),
    *(network.network, alignment.alignment, betweenness.boards, survey._ask, people.people, memory.compare),
    *(priorities.sweep, engagement.sweep, policy.sweep, arenas.sweep, stock.take_stock, arenas.work_on_projects),
    *(redesign.births, adoption.sweep, collaboration.sweep, knowledge.sweep, rating.sweep, memory.board_ties),
    *(turnover.successors, turnover.leave, turnover.months_to_fill, insecurity.sweep, stepping_in.sweep),
    *(
        finance.sweep,
        transparency.sweep,
        insecurity.abolish_pct,
        insecurity.devalue,
        stepping_in.watch_participation,
        chance._fill,
    ),
    *(priorities.localities_mean, composite.composites, results.in_sight, decisions.courses),
)


PLAIN = {  # types of the arguments that are neither tables nor rows of them
    int64[::1]: (
        "first",
        "keys",
        "j",
        "other",
        "out_first",
        "gone",
        "which",
        "vacated",
        "due",
        "respondents",
        "adoption",
        "advisers_at_start",
    ),
    float64[::1]: ("control_path", "projects_of", "results", "between"),
    int64[:, ::1]: ("pairs", "made"),
    float64[:, ::1]: ("courses",),
    float64: ("span", "strength", "board_weight", "uncertainty", "exit_of_board", "exit_of_staff", "left"),
    int64: ("month", "months", "seed", "stream_number"),
    bool_: ("at_start",),
}


@cache
def types() -> dict[Any, Any]:
    """Numba's type of each argument by name, or by (rule, name) where a rule uses the name for another type."""
    scenario = load("site_f")
    rules = scenario.records()
    whole, real = np.zeros(1, np.int64), np.zeros(1)
    named = {name: kind for kind, names in PLAIN.items() for name in names}
    named |= {name: _type(tables.new(columns, 0)) for name, columns in tables.ALL.items()}
    named |= {"nations": named["nation"], "rules": _type(rules), "out": _type(catalogue.rows(1, 1)[0])}
    named |= {"world": _type_of_world(rules)}
    named |= {"contacts": typeof(contacts.Contacts(whole, whole, whole, whole, whole, real))}
    named |= dict.fromkeys(("then", "now"), typeof(memory.Memory(whole, whole, whole, whole, whole)))
    return named | {
        (fading.place_weights, "rules"): _type(record(scenario.ties)),
        (renewal.renew, "out"): named["ties"],
        (chance._fill, "out"): float64[::1],
        (contacts.contacts_of, "actors"): int64,
    }


def _type(table: np.ndarray) -> Any:
    return typeof(table.view(np.ndarray))


def _type_of_world(rules: np.ndarray) -> Any:
    whole, real = np.zeros(0, np.int64), np.zeros(0)
    tied = contacts.Contacts(whole, whole, whole, whole, whole, real)
    empty = {name: tables.new(columns, 0) for name, columns in tables.ALL.items() if name in Plain._fields}
    plain = {name: table.view(np.ndarray) for name, table in (empty | {"rules": rules}).items()}
    return typeof(Plain(**plain, adoption=whole, contacts=tied))


def signature(rule: Any) -> tuple[Any, ...]:
    """Types of the rule's arguments; KeyError for an unknown name."""
    known, names = types(), inspect.signature(rule).parameters
    return tuple(known[rule, name] if (rule, name) in known else known[name] for name in names)


def compile_rule(number: int) -> None:
    """Compile a rule, or load it.

    Garbage collection is off: compilers make many long-lived objects, and collecting would take a tenth of the time.
    """
    collected = gc.isenabled()
    gc.disable()
    try:
        RULES[number].compile(signature(RULES[number]))
    finally:
        if collected:
            gc.enable()


def warm(report: Progress = lambda done, planned: None, workers: int | None = None) -> None:
    """Compile, or load, all rules of a run on `workers` processes (None: one per core), reporting how many are done.

    Rules that workers do not survive are compiled here.
    """
    from ccgsim.lab.rehearsal import rehearse  # imported here: workers need only the rules

    if config.DISABLE_JIT:
        return
    with suppress(WorkersFail):
        for done, _ in enumerate(spread(compile_rule, range(len(RULES)), workers, few=0), start=1):
            report(done, len(RULES))
    rehearse()
