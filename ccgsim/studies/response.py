"""How many statistics answer to many parameters at once, and the step that brings them inside their bounds.

In a folded two-level design each parameter is low in half of the points and high in the others, and every point has
its mirror image. So the mean difference is one parameter's effect alone, free of all others and of products of two
(Plackett and Burman 1946, Biometrika 33; Box and Wilson 1951, JRSS B 13).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import hadamard
from scipy.optimize import minimize

Numbers = NDArray[np.float64]

SAFE = 1.6  # half-widths between a statistic and its bound at which nothing more is asked
SHARP = 1.5  # how suddenly the shortfall begins, per half-width
WORST = 6.0  # half-widths: beyond that a part is given up, so that one cannot rule all
REMOTE = 0.03  # cost of a step of one half-range, squared: what wins nothing stays


@dataclass(frozen=True)
class Lines:
    """Statistics as lines of the step: `centre` (S,), `slopes` per half-range (P, S), `scatter` about them (S,)."""

    centre: Numbers
    slopes: Numbers
    scatter: Numbers

    def at(self, step: Numbers) -> Numbers:
        """The statistics, shape (S,), a step (P,) away from the centre [half-ranges]."""
        return np.asarray(self.centre + step @ self.slopes)


@dataclass(frozen=True)
class Bounds:
    """Where statistics should lie, arrays of shape (S,): bounds, the half-width of an interval, what each counts."""

    least: Numbers
    most: Numbers
    half: Numbers
    weight: Numbers

    def margins(self, values: Numbers) -> Numbers:
        """Distance of each statistic inside its nearer bound [half-widths]; below 0 outside."""
        return np.asarray(np.minimum(values - self.least, self.most - values) / self.half)


def design(parameters: int) -> NDArray[np.int_]:
    """A folded two-level design: shape (points, parameters), each -1 or 1; points: twice the next power of 2."""
    order = 1 << parameters.bit_length()
    half = hadamard(order)[:, 1 : parameters + 1]
    return np.concatenate([half, -half])


def lines(signs: NDArray[np.int_], values: Numbers) -> Lines:
    """Lines through the values (N, S) of a design (N, P); effects are shrunk as far as they may be luck.

    Points at which a statistic is not defined are left out; with half of them undefined it is taken as constant.
    """
    model = np.column_stack([np.ones(len(signs)), signs])
    fitted, scatter = np.zeros((model.shape[1], values.shape[1])), np.zeros(values.shape[1])
    for s, column in enumerate(values.T):
        known = np.isfinite(column)
        if known.sum() <= max(model.shape[1], len(column) // 2):
            fitted[0, s] = column[known].mean() if known.any() else np.nan
            continue
        found = np.linalg.lstsq(model[known], column[known], rcond=None)[0]
        left = column[known] - model[known] @ found
        scatter[s] = np.sqrt((left**2).sum() / (known.sum() - model.shape[1]))
        luck = scatter[s] ** 2 / known.sum()
        found[1:] *= found[1:] ** 2 / (found[1:] ** 2 + luck + 1e-300)
        fitted[:, s] = found
    return Lines(fitted[0], fitted[1:], scatter)


def shortfall(step: Numbers, found: Lines, bounds: Bounds) -> float:
    """What statistics lack to lie safely inside their bounds, weighted and summed, and a little for the way."""
    margins = np.nan_to_num(bounds.margins(found.at(step)), nan=SAFE)
    lacking = np.minimum(np.logaddexp(0.0, SHARP * (SAFE - margins)) / SHARP, WORST)
    return float(bounds.weight @ lacking + REMOTE * (step**2).sum())


def best_step(found: Lines, bounds: Bounds, reach: float = 1.0) -> Numbers:
    """The step, shape (P,), each within `reach` half-ranges, at which the lines leave the least shortfall."""
    size = len(found.slopes)
    starts = [np.zeros(size), *(reach / 2 * design(size)[:4])]
    box = [(-reach, reach)] * size
    ends = [minimize(shortfall, start, (found, bounds), "L-BFGS-B", bounds=box) for start in starts]
    return np.asarray(min(ends, key=lambda end: float(end.fun)).x)
