"""Mean-field theory of the circle between participation and managers' control (E20), in two groups.

Board and practices are each represented by their mean, without chance or networks. Managers' control depends on the
weighted participation of both, and participation depends on control through being heard; a fixed point satisfies both.
For each participation there is one perceived uncertainty at which it is a fixed point, so the theory is a curve:
uncertainty as a function of participation. A regime ends where the curve turns back (a fold); between its two folds
(the window) a high and a low regime exist side by side.

How the theory represents the model:
* `uncertainty` is what GPs perceive; it acts only through the worth of waiting. `pressure` is everything that
  managers feel apart from participation (inherited pressure, strain, uncertainty above its reference, grip) as one
  number; its term in policy uncertainty is therefore constant along a curve.
* The pull of work elsewhere on the capable has mean zero over people and drops out. Overload is left out.
* A practice is heard at least through its locality's lead, whose reach is `lead_access` of a board member's
  participation. The spread of reluctance widens the scatter of choice, which stays logistic with the total variance.
* What GPs see come of it follows participation on a line (`results_none` + `results_gain` x participation), fitted on
  still worlds. It never falls as participation rises, so the loop stays cooperative.
* The centre decides nothing, as in a world without dates.
* Folds and states are not clipped to [0, 1]: a window that begins below 0 means that even zero uncertainty does not
restore participation.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from ccgsim.processes.engagement import Engagement
from ccgsim.processes.stepping_in import SteppingIn

Numbers = NDArray[np.float64]

_HALVINGS = 40  # 5 / 2^40 is far below any tolerance used here
_LEAST, _MOST = -2.0, 3.0  # bounds of the search for perceived uncertainty


@dataclass(frozen=True, slots=True)
class Window:
    """Perceived uncertainty at the two folds [share]: between `low` and `high` both regimes are stable."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """Distance between the folds [share]."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Curve:
    """All fixed points at one pressure: uncertainty, participation and whether each is stable, arrays of one shape.

    `participation` rises along the arrays; `uncertainty` is NaN where no uncertainty gives that participation.
    """

    uncertainty: Numbers
    participation: Numbers
    stable: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class State:
    """A fixed point at a given uncertainty: weighted participation [share], managers' control [share], stable."""

    participation: float
    control: float
    stable: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MeanField:
    """The theory for one set of parameters; raises ValueError if peer influence alone would make two states stable."""

    stepping_in: SteppingIn = field(default_factory=SteppingIn)
    engagement: Engagement = field(default_factory=Engagement)
    lead_access: float = 0.9
    results_none: float = 0.22  # in sight where nobody takes part, 1 as usual
    results_gain: float = 1.59  # added where everybody does

    def __post_init__(self) -> None:
        if self.engagement.peers >= 4.0 * self.scatter:
            rule = f"the theory needs engagement.peers below four times the scatter of choice, {4 * self.scatter:.3f}"
            raise ValueError(f"engagement.peers = {self.engagement.peers}: {rule}")

    @property
    def scatter(self) -> float:
        """Scale of the logistic choice, including the spread of reluctance between people [utility]."""
        noise, spread = self.engagement.noise, self.engagement.disposition_sd
        return math.sqrt(noise * noise + 3.0 * spread * spread / (math.pi * math.pi))

    @property
    def cost(self) -> float:
        """Cost of time at month 0, lowered by backfill, less the soft incentive [utility]."""
        rules = self.engagement
        hours = rules.hours * (1.0 - rules.workload)
        cost = (rules.time_cost + rules.workload) * hours / (hours + rules.backfill)
        return cost - rules.soft_incentive

    def control(self, participation: Numbers, pressure: float) -> Numbers:
        """Managers' control at the fixed point [share of decisions]; falls with participation, rises with pressure."""
        rules = self.stepping_in
        pull = expit(rules.steepness * (rules.tolerance + pressure - participation))
        return np.asarray(rules.low + (rules.high - rules.low) * pull)

    def results(self, participation: Numbers) -> Numbers:
        """What GPs see come of it at the fixed point, 1 as usual, given the weighted participation [share]."""
        return self.results_none + self.results_gain * participation

    def heard(self, control: Numbers, reach: Numbers, results: Numbers) -> Numbers:
        """How far GPs are heard at the fixed point, equal to efficacy [share]; `reach` is 1 for board members."""
        rules = self.engagement
        left = rules.heard_span * (1.0 - control) * reach * (1.0 - rules.results + rules.results * results)
        return np.minimum(1.0, rules.heard_floor + left)

    def board_participation(self, control: Numbers, uncertainty: Numbers, results: Numbers) -> Numbers:
        """Participation of the board at the fixed point [share], given what its members meet."""
        efficacy = self.heard(control, np.ones_like(control), results)
        return self._participation(efficacy, uncertainty, results, self.engagement.board_bonus)

    def practice_participation(
        self, control: Numbers, uncertainty: Numbers, results: Numbers, board: Numbers
    ) -> Numbers:
        """Participation of the practices at the fixed point [share], partly heard through leads as active as boards."""
        access = self.engagement.access
        reach = access + (1.0 - access) * self.lead_access * board
        return self._participation(self.heard(control, reach, results), uncertainty, results, 0.0)

    def _participation(self, efficacy: Numbers, uncertainty: Numbers, results: Numbers, bonus: float) -> Numbers:
        rules = self.engagement
        in_sight = rules.results_worth * (results - 1.0) + rules.hard_incentive * np.minimum(1.0, results)
        gained = rules.value * efficacy + in_sight + bonus
        drive = gained - self.cost - rules.waiting * uncertainty

        def above(taking_part: Numbers) -> NDArray[np.bool_]:
            return np.asarray(expit((drive + rules.peers * taking_part) / self.scatter) > taking_part)

        return _bisect(above, np.zeros_like(drive), np.ones_like(drive))

    def uncertainty(self, participation: Numbers, pressure: float) -> Numbers:
        """Perceived uncertainty at which that weighted participation is a fixed point [share]; NaN if there is none."""
        control, results = self.control(participation, pressure), self.results(participation)
        weight = self.stepping_in.board_weight

        def above(uncertainty: Numbers) -> NDArray[np.bool_]:
            board = self.board_participation(control, uncertainty, results)
            practices = self.practice_participation(control, uncertainty, results, board)
            return np.asarray(weight * board + (1.0 - weight) * practices > participation)

        low, high = np.full_like(participation, _LEAST), np.full_like(participation, _MOST)
        found = _bisect(above, low, high)
        inside = (found > _LEAST + 1e-9) & (found < _MOST - 1e-9)
        return np.where(inside, found, np.nan)

    def curve(self, pressure: float, points: int = 981) -> Curve:
        """All fixed points at this pressure, participation 0.01 to 0.99 in steps; stable where the curve falls."""
        participation = np.linspace(0.01, 0.99, points)
        uncertainty = self.uncertainty(participation, pressure)
        return Curve(uncertainty, participation, np.asarray(np.gradient(uncertainty) < 0.0))

    def window(self, pressure: float) -> Window | None:
        """The folds at this pressure, or None if every uncertainty has a single fixed point."""
        line = self.curve(pressure)
        seen = line.uncertainty[np.isfinite(line.uncertainty)]
        rising = np.diff(seen) > 0.0
        if not rising.any():
            return None
        first = int(np.argmax(rising))
        falling = ~rising[first:]
        last = first + int(np.argmax(falling)) if falling.any() else len(seen) - 1
        return Window(float(seen[first]), float(seen[last]))

    def states(self, pressure: float, uncertainty: float) -> tuple[State, ...]:
        """The fixed points at this pressure and perceived uncertainty, from low participation to high."""
        line = self.curve(pressure)
        off = line.uncertainty - uncertainty
        found = []
        for k in range(len(off) - 1):
            if off[k] * off[k + 1] < 0.0 or off[k] == 0.0:
                part = off[k] / (off[k] - off[k + 1])
                step = line.participation[k + 1] - line.participation[k]
                here = np.array(line.participation[k] + part * step)
                control = float(self.control(here, pressure))
                found.append(State(float(here), control, bool(off[k + 1] < off[k])))
        return tuple(found)


def curve(pressure: float, theory: MeanField | None = None, points: int = 981) -> Curve:
    """Fixed points for the default parameters (or for `theory`) at this pressure, for plotting."""
    return (MeanField() if theory is None else theory).curve(pressure, points)


def _bisect(above: Callable[[Numbers], NDArray[np.bool_]], low: Numbers, high: Numbers) -> Numbers:
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        up = above(middle)
        low, high = np.where(up, middle, low), np.where(up, high, middle)
    return 0.5 * (low + high)
