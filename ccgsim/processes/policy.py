"""Policy: uncertainty, national priorities and logic, and what reaches a CCG of them (E18, E26)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.chance import normal, stream
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.kinds import CLINICIAN, OFFICIAL
from ccgsim.foundation.numbers import clip, onto_simplex
from ccgsim.foundation.quantity import number, share
from ccgsim.foundation.vocabulary import ABOLITION_MONTH, PRACTICE


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """Parameters of the process `policy`."""

    uncertainty: float = share(
        0.35, "Policy uncertainty at month 0 and its long-run mean", source="assumed; tuned start"
    )
    reversion: float = number(0.08, 0, 1, "Return of uncertainty to its mean", unit="per month")
    noise: float = number(0.02, 0, 0.2, "Monthly disturbance of uncertainty (standard deviation)", unit="share")
    shocks: float = number(1.0, 0, 3, "Size of the national shocks against the assumed ones", unit="ratio")
    dialogue: float = share(0.2, "Two-way dialogue between policy bodies and the CCG", source="E18, E41", each_ccg=True)
    dialogue_effect: float = share(0.9, "Part of uncertainty that full dialogue takes away", source="assumed, E18")
    ambiguity: float = number(
        0.1, 0, 1, "Uncertainty added by a full mix of logics on the board", source="assumed, E26"
    )
    logic_pull: float = number(0.02, 0, 0.5, "Pull of logics to the nation's or the contacts'", unit="per month")


POLICY = stream("policy")
SHOCK_MONTHS = np.array([0, 1, 4, 6, 15, 28, 46, 60, 63, 97, 119])  # dates real (E20 to E27), sizes assumed
SHOCK_SIZES = np.array([0.10, 0.15, 0.15, 0.10, -0.15, -0.20, 0.10, 0.20, 0.05, 0.15, 0.20])
FORWARD_VIEW_MONTH = 46
WITHOUT_DATES = np.array([0.4, 0.5, 0.1])  # national logic of a world without English dates


# Equations: numbers in, number out.
@njit
def national_shock(month):
    """Uncertainty that the national events of a month add."""
    total = 0.0
    for n in range(SHOCK_MONTHS.shape[0]):
        if SHOCK_MONTHS[n] == month:
            total += SHOCK_SIZES[n]
    return total


@njit
def grown(month, months):
    """How far a change that begins at abolition and takes so many months has grown, in [0, 1]."""
    return clip((month - ABOLITION_MONTH) / months, 0.0, 1.0)


@njit
def uncertainty_seen(uncertainty, dialogue, ambiguity, dialogue_effect, ambiguity_weight):
    """Uncertainty as perceived in a CCG: dialogue takes part of it away, mixed logics add to it."""
    return clip(uncertainty * (1.0 - dialogue_effect * dialogue) + ambiguity_weight * ambiguity, 0.0, 1.0)


@njit
def entropy(parts):
    """Entropy of a distribution over its maximum, in [0, 1]."""
    total = 0.0
    for c in range(parts.shape[0]):
        if parts[c] > 0.0:
            total -= parts[c] * math.log(parts[c])
    return total / math.log(parts.shape[0])


# Acts
@njit
def nation_moves(nation, rules, clock):
    """Uncertainty returns to its mean, shaken by events; grip, workload and national logic follow the calendar."""
    p, month = rules.policy, clock.month
    shock = nation.announced + (p.shocks * national_shock(month) if clock.english == 1 else 0.0)
    drift = p.reversion * (p.uncertainty - nation.uncertainty)
    shaken = p.noise * normal(clock.seed, POLICY, clock.luck_month, 0, 0)
    nation.uncertainty = clip(nation.uncertainty + drift + shock + shaken, 0.0, 1.0)
    nation.announced = 0.0
    nation.workload = rules.engagement.workload
    nation.grip = nation.centre = 0.0
    for c in range(3):
        nation.logic[c] = WITHOUT_DATES[c]
    if clock.english == 1:
        live = 1.0 if month >= ABOLITION_MONTH else 0.0
        added = rules.engagement.workload_step * live + rules.engagement.workload_ramp * grown(month, 48.0)
        nation.workload = min(1.0, nation.workload + added)
        nation.grip = rules.stepping_in.grip * grown(month, 36.0)
        nation.centre = rules.engagement.centre * grown(month, 36.0)
        nation.logic[0] = 1.0 - nation.grip if month < FORWARD_VIEW_MONTH else 0.0
        nation.logic[1] = nation.grip
        nation.logic[2] = 1.0 - nation.grip if month >= FORWARD_VIEW_MONTH else 0.0


@njit
def pulled_logic(i, actors, first, other, nation, pull, out):
    """The logic of row i after a month: to the nation's for managers and policy bodies, to the contacts' for GPs."""
    me = actors[i]
    manager = OFFICIAL[me.kind] and me.employer != PRACTICE
    listens = CLINICIAN[me.kind]
    n = first[i + 1] - first[i]
    for c in range(3):
        target = me.logic[c]
        if manager:
            target = nation.logic[c]
        elif listens and n > 0:
            target = 0.0
            for k in range(first[i], first[i + 1]):
                target += actors[other[k]].logic[c]
            target /= n
        out[c] = me.logic[c] + pull * (target - me.logic[c])
    onto_simplex(out)


# Sweep
@njit
def sweep(nations, actors, ccgs, first, other, rules, clock):
    """One month of policy for the nation, every actor's logic, and what each CCG perceives."""
    nation, p, fixed = nations[0], rules[0].policy, rules[0].ablation.fixed_u
    nation_moves(nation, rules[0], clock[0])
    logic = np.zeros((actors.shape[0], 3))
    for i in range(actors.shape[0]):
        pulled_logic(i, actors, first, other, nation, p.logic_pull, logic[i])
    board = np.zeros((ccgs.shape[0], 3))
    for i in range(actors.shape[0]):
        for c in range(3):
            actors[i].logic[c] = logic[i, c]
            if actors[i].board == 1:
                board[actors[i].ccg, c] += logic[i, c]
    for g in range(ccgs.shape[0]):
        onto_simplex(board[g])
        here = ccgs[g]
        here.ambiguity = entropy(board[g])
        seen = uncertainty_seen(nation.uncertainty, here.dialogue, here.ambiguity, p.dialogue_effect, p.ambiguity)
        here.uncertainty_seen = seen if math.isnan(fixed) else fixed
