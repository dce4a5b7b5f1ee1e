"""Section `reference`: the engine's kernel, a tight Numba loop and an idiomatic Mesa twin on the same work."""

from __future__ import annotations

import numpy as np

from benchmarks import mesa_twin, reference, tight_loop
from benchmarks.timing import Cell, Contestant, Outcome, Table, beside_one_another, times_as_fast
from benchmarks.workload import MONTHS, Graph, graph

SEED = 0
TOLERANCE = 1e-9
TWIN_STEPS = 800_000  # the twin stops early in large worlds; speed is a rate
COMPILED_STEPS = 1_000_000  # compiled programs run small worlds several times over, lest a moment decide
WANTED_AGAINST_MESA = {200: 60.0, 2_000: 60.0, 20_000: 80.0}
WANTED_AGAINST_TIGHT = 1 / 3
COLUMNS = ("agents", "program", "months", "agent-steps/s", "x Mesa", "x tight loop", "equal to 1e-9", "target met")


def contestants(world: Graph, months: int, twin_months: int) -> list[Contestant]:
    """The three programs on one world; luck of the twin, tables and graphs are made outside the timing."""
    one, two = world.ends()
    runs = max(1, COMPILED_STEPS // (months * world.agents))

    def kernel():
        starts = [reference.start(world) for _ in range(runs)]
        return lambda: [reference.simulate(*start, months, SEED) for start in starts][-1]

    def tight():
        starts = [world.start.copy() for _ in range(runs)]
        return lambda: [tight_loop.simulate(world.first, world.other, one, two, k, months, SEED) for k in starts][-1]

    def twin():
        model = mesa_twin.Circle(world, twin_months, SEED)
        return lambda: mesa_twin.simulate(model, twin_months)

    return [
        Contestant("engine", runs * months * world.agents, kernel),
        Contestant("tight loop", runs * months * world.agents, tight),
        Contestant("Mesa twin", twin_months * world.agents, twin),
    ]


def same_numbers(engine: Outcome, twin: Outcome) -> bool:
    """Whether mean knowledge and mean cosine agree in every month that both ran."""
    months = len(twin.result[0])
    return all(
        np.allclose(ours[:months], theirs, rtol=0, atol=TOLERANCE)
        for ours, theirs in zip(engine.result, twin.result, strict=True)
    )


def rows_of(agents: int, months: int, repeats: int) -> list[tuple[Cell, ...]]:
    """Three rows for one size of world."""
    twin_months = max(12, min(months, TWIN_STEPS // agents))
    timed = beside_one_another(contestants(graph(agents, SEED), months, twin_months), repeats)
    engine, tight, twin = timed["engine"], timed["tight loop"], timed["Mesa twin"]
    equal = same_numbers(engine, twin)
    against_mesa, against_tight = times_as_fast(engine, twin), times_as_fast(engine, tight)
    met = against_mesa >= WANTED_AGAINST_MESA[agents] and against_tight >= WANTED_AGAINST_TIGHT
    return [
        (agents, "engine", months, engine.rate, against_mesa, against_tight, equal, met),
        (agents, "tight loop", months, tight.rate, times_as_fast(tight, twin), 1.0, None, None),
        (agents, "Mesa twin", twin_months, twin.rate, 1.0, times_as_fast(twin, tight), equal, None),
    ]


def section(quick: bool) -> Table:
    """Agent-steps a second at 200, 2,000 and (not quick) 20,000 agents, medians over interleaved repeats."""
    sizes, months, repeats = ((200, 2_000), 50, 3) if quick else ((200, 2_000, 20_000), MONTHS, 5)
    rows = [row for size in sizes for row in rows_of(size, months, repeats)]
    notes = [
        f"Medians of {repeats} interleaved repeats in one process; ratios are taken within a repeat.",
        "Targets: at least 60, 60 and 80 times the Mesa twin, at least a third of the tight loop.",
        "The tight loop has fastmath and luck of its own; the twin reads the engine's luck from lists made beforehand.",
    ]
    return Table("Reference workload", COLUMNS, rows, notes, all(row[6] is not False for row in rows))
