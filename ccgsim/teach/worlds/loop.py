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
from ccgsim.processes.projects import arenas, results
from ccgsim.world.state import World

QUIET = 0.015  # an arrow whose level is no further from 0 is not at work
ARROWS: tuple[dict[str, Any], ...] = (
    {
        "id": "step_in",
        "from": "GPs give less",
        "to": "managers step in",
        "level": "Control that managers call for because GPs give less than at the start",
        "pull": "Control called for beyond that held",
        "unit": "share of decisions",
        "full": 0.3,
        "quiet": QUIET,
    },
    {
        "id": "unheard",
        "from": "managers step in",
        "to": "GPs are heard less",
        "level": "Hearing lost because managers hold more than at the start",
        "pull": "Hearing lost this month",
        "unit": "share",
        "full": 0.3,
        "quiet": QUIET,
    },
    {
        "id": "disbelief",
        "from": "GPs are heard less",
        "to": "GPs believe less",
        "level": "Belief lost since the start",
        "pull": "What hearing falls short of belief",
        "unit": "share",
        "full": 0.3,
        "quiet": QUIET,
    },
    {
        "id": "hold_back",
        "from": "GPs believe less",
        "to": "GPs give less",
        "level": "Participation that the lost belief costs",
        "pull": "What choice falls short of participation",
        "unit": "share",
        "full": 0.3,
        "quiet": QUIET,
    },
)
HEARD = 2 * len(ARROWS) + 2  # place of the mean hearing
# levels, pulls; pressure, control called for, mean heard, perceived uncertainty, participation lost to waiting
SIZE = 2 * len(ARROWS) + 5


@dataclass(frozen=True, slots=True)
class Start:
    """Values of month 0, the reference of levels."""

    engagement: float
    control: float
    unclear: float
    belief: dict[int, float]


def start_of(world: World) -> Start:
    """The reference of the arrows: the first CCG of a world at month 0."""
    here, gps = world.ccgs[0], _gps(world)
    belief = dict(zip(world.actors.key[gps].tolist(), world.actors.efficacy[gps].tolist(), strict=True))
    return Start(float(here.engagement), float(here.manager_control), float(here.uncertainty_seen), belief)


def read(world: World, start: Start, heard_before: float) -> np.ndarray:
    """The arrows of a world with one CCG: levels, pulls, levels of nodes, the trigger (NaN undefined)."""
    found, gps = np.full(SIZE, np.nan), _gps(world)
    if len(gps) == 0:
        return found
    me, here = world.actors, world.ccgs[0]
    now = next_month(world)
    as_at_start = next_month(world, control=start.control)
    believing = np.array([start.belief.get(int(key), float("nan")) for key in me.key[gps]])
    believing = np.where(np.isnan(believing), me.efficacy[gps], believing)
    with_belief = next_month(world, gps=gps, belief=believing)
    clear = next_month(world, unclear=start.unclear)
    choice, choice_then, choice_clear = (_chosen(world, gps, then) for then in (now, with_belief, clear))
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
    found[8:] = pressure, called, heard, float(here.uncertainty_seen), (choice_clear - choice).mean()
    return found


def _chosen(world: World, gps: np.ndarray, then: Table) -> np.ndarray:
    """What these GPs choose to give: participation next month is a step towards it."""
    given, response = world.actors.participation[gps], float(world.rules[0].engagement.response)
    return np.asarray(given + response * (then.participation[gps] - given))


def next_month(
    world: World,
    control: float | None = None,
    gps: np.ndarray | None = None,
    belief: np.ndarray | None = None,
    unclear: float | None = None,
) -> Table:
    """Hearing, belief and participation next month if nothing else changed: the compiled rule on a copy.

    `control` replaces managers' control, `belief` the beliefs of these GPs (rows), `unclear` the uncertainty perceived.
    """
    w = world.plain._replace(actors=world.plain.actors.copy(), ccgs=world.plain.ccgs.copy())
    if control is not None:
        w.ccgs["manager_control"] = control
    if unclear is not None:
        w.ccgs["uncertainty_seen"] = unclear
    if gps is not None and belief is not None:
        w.actors["efficacy"][gps] = belief
    seen = results.in_sight(w.actors, w.ccgs, w.localities, w.projects, w.adoption, w.rules, w.clock)
    engagement.sweep(w, arenas.work_on_projects(w.actors, w.ccgs, w.projects), seen)
    return as_table(w.actors)


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
