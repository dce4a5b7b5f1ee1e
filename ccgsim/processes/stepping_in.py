"""Stepping in: managers take over what clinicians leave undone (E20)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import logistic
from ccgsim.foundation.quantity import number, share
from ccgsim.foundation.vocabulary import GP, REFERENCE_UNCERTAINTY


@dataclass(frozen=True, kw_only=True, slots=True)
class SteppingIn:
    """Parameters of the process `stepping_in`."""

    steepness: float = number(20.0, 0, 30, "How sharply managers respond to low participation")
    tolerance: float = number(
        0.422, 0.3, 0.55, "Participation below which managers step in", unit="share", source="assumed; sets the circle"
    )
    low: float = share(0.2, "Least control: managers hold the officers' posts")
    high: float = share(0.85, "Most control: the members' body stays statutory")
    board_weight: float = share(0.4, "Weight of the board in the participation that managers watch")
    response: float = number(6.0, 1, 48, "Time in which managers respond", unit="months")
    finance: float = number(0.15, 0, 1, "Pressure of full financial strain", unit="share of participation")
    uncertainty: float = number(
        0.15, 0, 1, "Pressure of uncertainty above its reference", unit="share of participation"
    )
    grip: float = number(0.04, 0, 0.2, "National grip once fully grown", unit="share of participation")
    rating: float = number(
        0.2,
        0,
        1,
        "Pressure on the CCG rated lowest against the one rated highest",
        unit="share of participation",
        source="assumed, E21, E48",
    )
    inherited: float = number(
        0.0, -0.2, 0.4, "Pressure inherited at the start", unit="share of participation", each_ccg=True
    )
    inherited_sd: float = number(
        0.04,
        0,
        0.2,
        "Spread of inherited pressure between CCGs (standard deviation)",
        unit="share of participation",
        dated=False,
    )


MIDDLE_STANDING = 0.5  # of a CCG alone, too


# Equations
@njit
def control_called_for(participation, pressure, steepness, tolerance, low, high):
    """Control that managers would take now [share of decisions], rising as participation falls below the tolerance."""
    return low + (high - low) * logistic(steepness * (tolerance + pressure - participation))


@njit
def pressure_to_step_in(inherited, strain, uncertainty, grip, standing, p):
    """Pressure on managers [share of participation]: inherited, financial, of uncertain policy, of national grip, and
    on those rated low, in whom national bodies step in through the officers (E21, E48)."""
    unsettled = p.uncertainty * (uncertainty - REFERENCE_UNCERTAINTY)
    return inherited + p.finance * strain + unsettled + grip + p.rating * (MIDDLE_STANDING - standing)


# Acts
@njit
def watch_participation(actors, ccgs, board_weight):
    """Mean participation of GPs on the board and of the others, and the mean that managers watch; 0 without GPs."""
    for g in range(ccgs.shape[0]):
        here = ccgs[g]
        seated, seated_sum, front, front_sum = 0, 0.0, 0, 0.0
        for i in range(here.first, here.last_gp):
            me = actors[i]
            if me.active == 0 or me.kind != GP:
                continue
            if me.board == 1:
                seated += 1
                seated_sum += me.participation
            else:
                front += 1
                front_sum += me.participation
        board = seated_sum / seated if seated > 0 else 0.0
        frontline = front_sum / front if front > 0 else 0.0
        here.board_participation, here.frontline_participation = board, frontline
        if seated == 0 or front == 0:
            here.engagement = board + frontline
        else:
            here.engagement = board_weight * board + (1.0 - board_weight) * frontline


# Sweep
@njit
def sweep(nations, actors, ccgs, rules, control_path, clock):
    """Managers move towards the control they would take; ablations keep it from a month on or replace it by a path."""
    p, nation, month = rules[0].stepping_in, nations[0], clock[0].month
    held = clock[0].burning == 0 and month >= rules[0].ablation.control_from_month  # never where that is NaN
    watch_participation(actors, ccgs, p.board_weight)
    for g in range(ccgs.shape[0]):
        here = ccgs[g]
        pressure = pressure_to_step_in(here.inherited, here.strain, nation.uncertainty, nation.grip, here.standing, p)
        wanted = control_called_for(here.engagement, pressure, p.steepness, p.tolerance, p.low, p.high)
        if not held:
            here.manager_control += (wanted - here.manager_control) / p.response
        if 0 <= month < control_path.shape[0] and not math.isnan(control_path[month]):
            here.manager_control = control_path[month]
