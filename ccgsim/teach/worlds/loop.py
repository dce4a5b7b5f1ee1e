"""The state of the circle: four arrows computed for one month with the model's own compiled rules.

This is not a second simulation: the rules are applied to copies of this month's state. The level of an arrow is its
effect compared with month 0, its pull the change it drives this month; both are positive in the vicious direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.tables import Table, as_table
from ccgsim.processes import engagement, stepping_in
from ccgsim.processes.projects import arenas
from ccgsim.world.state import World

ARROWS: tuple[dict[str, Any], ...] = (
    {
        "id": "step_in",
        "from": "GPs give less",
        "to": "managers step in",
        "level": "Control that managers call for because GPs give less than at the start",
        "pull": "Control called for beyond that held",
        "unit": "share of decisions",
        "full": 0.3,
    },
    {
        "id": "unheard",
        "from": "managers step in",
        "to": "GPs are heard less",
        "level": "Hearing lost because managers hold more than at the start",
        "pull": "Hearing lost this month",
        "unit": "share",
        "full": 0.3,
    },
    {
        "id": "disbelief",
        "from": "GPs are heard less",
        "to": "GPs believe less",
        "level": "Belief lost since the start",
        "pull": "What hearing falls short of belief",
        "unit": "share",
        "full": 0.3,
    },
    {
        "id": "hold_back",
        "from": "GPs believe less",
        "to": "GPs give less",
        "level": "Participation that the lost belief costs",
        "pull": "What choice falls short of participation",
        "unit": "share",
        "full": 0.3,
    },
)
SIZE = 2 * len(ARROWS) + 4  # levels, pulls; pressure, control called for, mean heard, perceived uncertainty


@dataclass(frozen=True, slots=True)
class Start:
    """Values of month 0, the reference of levels."""

    engagement: float
    control: float
    belief: dict[int, float]


def start_of(world: World) -> Start:
    """The reference of the arrows: the first CCG of a world at month 0."""
    here, gps = world.ccgs[0], _gps(world)
    belief = dict(zip(world.actors.key[gps].tolist(), world.actors.efficacy[gps].tolist(), strict=True))
    return Start(float(here.engagement), float(here.manager_control), belief)


def read(world: World, start: Start, heard_before: float) -> np.ndarray:
    """The arrows of a world with one CCG: levels, pulls, then four levels of nodes (shape (SIZE,), NaN undefined)."""
    found, gps = np.full(SIZE, np.nan), _gps(world)
    if len(gps) == 0:
        return found
    me, here = world.actors, world.ccgs[0]
    now = next_month(world)
    as_at_start = next_month(world, control=start.control)
    believing = np.array([start.belief.get(int(key), float("nan")) for key in me.key[gps]])
    believing = np.where(np.isnan(believing), me.efficacy[gps], believing)
    with_belief = next_month(world, gps=gps, belief=believing)
    response = float(world.rules[0].engagement.response)
    choice = me.participation[gps] + response * (now.participation[gps] - me.participation[gps])
    choice_then = me.participation[gps] + response * (with_belief.participation[gps] - me.participation[gps])
    pressure, called, called_then = _control(world, start)
    heard = float(now.heard[gps].mean())
    found[0:4] = (
        called - called_then,
        as_at_start.heard[gps].mean() - heard,
        (believing - me.efficacy[gps]).mean(),
        (choice_then - choice).mean(),
    )
    found[4:8] = (
        called - float(here.manager_control),
        heard_before - heard if world.month > 0 else 0.0,
        (me.efficacy[gps] - now.heard[gps]).mean(),
        (me.participation[gps] - choice).mean(),
    )
    found[8:12] = pressure, called, heard, float(here.uncertainty_seen)
    return found


def next_month(
    world: World, control: float | None = None, gps: np.ndarray | None = None, belief: np.ndarray | None = None
) -> Table:
    """Hearing, belief and participation next month if nothing else changed: the compiled rule on a copy.

    `control` replaces managers' control, `belief` the beliefs of these GPs (rows).
    """
    w = world.plain
    actors, ccgs = w.actors.copy(), w.ccgs.copy()
    if control is not None:
        ccgs["manager_control"] = control
    if gps is not None and belief is not None:
        actors["efficacy"][gps] = belief
    work = arenas.work_on_projects(w.actors, w.ccgs, w.projects)
    engagement.sweep(w.nation, actors, w.ties, w.contacts, ccgs, w.localities, work, w.rules, w.clock)
    return as_table(actors)


def _control(world: World, start: Start) -> tuple[float, float, float]:
    """Pressure now; target of control now; target of control if GPs participated as at the start."""
    p, here, nation = world.rules[0].stepping_in, world.ccgs[0], world.nation[0]
    pressure = stepping_in.pressure_to_step_in(
        here.inherited, here.strain, nation.uncertainty, nation.grip, here.standing, p
    )
    given = (here.engagement, start.engagement)
    now, then = (
        stepping_in.control_called_for(each, pressure, p.steepness, p.tolerance, p.low, p.high) for each in given
    )
    return float(pressure), float(now), float(then)


def _gps(world: World) -> np.ndarray:
    return np.flatnonzero((world.actors.kind == v.GP) & (world.actors.active == 1))
