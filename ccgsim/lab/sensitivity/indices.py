"""Which inputs matter: Morris screening and Sobol' indices of an outcome over ranges of inputs, by SALib.

Points lie in the unit cube, one column per input, 0 for its lowest and 1 for its highest value, so effects are per
whole range and comparable. For inputs with discrete values (a list, whole numbers) the column holds the value given to
the model, not the one drawn. Points come in blocks (a trajectory, or a base point with its neighbours in Saltelli's
scheme). Blocks are identically distributed, so intervals resample blocks; one with an undefined outcome is dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd
from scipy import special

from ccgsim.foundation.statistics import OF_INDICES, resampled
from ccgsim.lab.sensitivity.noise import FLAT, same

RESAMPLES = 200
FEWEST_BLOCKS = 4
BOUNDS = (0.025, 0.975)
COLUMNS = ("parameter", "method", "index", "value", "low", "high", "blocks", "note")
NEVER_NEGATIVE = ("mu_star", "sigma", "ST")
TOGETHER = 0.5  # correlation from which two columns of base points are confounded
FLAT_BASE = "the measure is the same at every base point"
ALIKE = "too few base points are left in which this parameter takes different values"
BLOCK = {"morris": "trajectories", "sobol": "base points"}
Partners = Sequence[np.ndarray]  # for each value of a list, the indices of the values it may be exchanged for


class Method(Protocol):
    """A way to sample the unit cube and to compute indices from the outcomes."""

    @property
    def name(self) -> str: ...

    @property
    def names_of_indices(self) -> tuple[str, ...]: ...

    @property
    def size(self) -> int:
        """Number of blocks."""

    def block(self, ranges: int) -> int:
        """Number of points in a block."""

    def sample(self, names: Sequence[str], seed: int) -> np.ndarray:
        """Points in the unit cube, shape (size * block, ranges)."""

    def chosen(self, column: np.ndarray, partners: Partners, luck: np.ndarray) -> np.ndarray:
        """For each point of a column of the cube, the index of its value in a list; `luck`: uniforms (size, 2)."""

    def indices(self, points: np.ndarray, values: np.ndarray, words: np.ndarray) -> dict[str, np.ndarray]:
        """Each index by name, one value per input, from complete blocks; `words`: inputs without distances."""

    def blanks(self, points: np.ndarray, values: np.ndarray) -> np.ndarray:
        """For each input the reason why its indices are undefined, '' if they are defined."""


@dataclass(frozen=True, slots=True)
class Morris:
    """Elementary effects per whole range: mean of sizes (mu_star), mean (mu), standard deviation (sigma).

    Morris 1991, doi:10.1080/00401706.1991.10484804; Campolongo et al. 2007, doi:10.1016/j.envsoft.2006.10.004.
    """

    size: int
    name: str = "morris"
    names_of_indices: tuple[str, ...] = ("mu_star", "mu", "sigma")

    def block(self, ranges: int) -> int:
        """A trajectory: a start and one step in each range."""
        return ranges + 1

    def sample(self, names: Sequence[str], seed: int) -> np.ndarray:
        """Trajectories on a grid of four levels."""
        from SALib.sample import morris

        return np.asarray(morris.sample(_cube(names), self.size, seed=seed))

    def chosen(self, column: np.ndarray, partners: Partners, luck: np.ndarray) -> np.ndarray:
        """In each trajectory one value before the step and a partner after it; all values come first equally often."""
        by_block = column.reshape(self.size, -1)
        before = np.argsort(np.argsort(luck[:, 0], kind="stable")) * len(partners) // self.size
        after = [
            partners[value][int(share * len(partners[value]))] for value, share in zip(before, luck[:, 1], strict=True)
        ]
        return np.where(by_block == by_block[:, :1], before[:, None], np.array(after)[:, None]).ravel()

    def indices(self, points: np.ndarray, values: np.ndarray, words: np.ndarray) -> dict[str, np.ndarray]:
        """mu_star, mu and sigma, in units of the outcome: each difference over the change of the input.

        SALib divides by the step in its cube, which differs from the change of an input with discrete values.
        """
        ranges = points.shape[1]
        change = np.diff(points.reshape(-1, ranges + 1, ranges), axis=1)  # trajectory, step, range
        change = np.where(words, np.sign(change), change)
        step = np.abs(change).argmax(axis=1)  # step at which each input changes
        made = np.take_along_axis(change, step[:, None], axis=1)[:, 0]
        differences = np.take_along_axis(np.diff(values.reshape(-1, ranges + 1), axis=1), step, axis=1)
        effects = differences / made
        return {
            "mu_star": np.abs(effects).mean(axis=0),
            "mu": effects.mean(axis=0),
            "sigma": effects.std(axis=0, ddof=1),
        }

    def blanks(self, points: np.ndarray, values: np.ndarray) -> np.ndarray:
        """No reasons: every input changes in every trajectory."""
        return np.full(points.shape[1], "", object)


@dataclass(frozen=True, slots=True)
class Sobol:
    """Shares of the outcome's variance due to an input by itself (S1) and with all its interactions (ST).

    Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018. The size must be a power of two.
    """

    size: int
    name: str = "sobol"
    names_of_indices: tuple[str, ...] = ("S1", "ST")

    def block(self, ranges: int) -> int:
        """A base point, one point for each input exchanged, and the second base point."""
        return ranges + 2

    def sample(self, names: Sequence[str], seed: int) -> np.ndarray:
        """Saltelli's scheme on a scrambled Sobol' sequence."""
        from SALib.sample import sobol

        return np.asarray(sobol.sample(_cube(names), self.size, calc_second_order=False, seed=seed))

    def chosen(self, column: np.ndarray, partners: Partners, luck: np.ndarray) -> np.ndarray:
        """Each value gets an equal part of the cube's side."""
        steps = np.floor(column * len(partners) + 1e-9).astype(int)
        return np.asarray(np.minimum(steps, len(partners) - 1))

    def indices(self, points: np.ndarray, values: np.ndarray, words: np.ndarray) -> dict[str, np.ndarray]:
        """S1 and ST; undefined if the outcome does not vary between base points."""
        from SALib.analyze.sobol import first_order, total_order

        ranges = points.shape[1]
        if same(self._base(values, ranges)):
            return {index: np.full(ranges, np.nan) for index in self.names_of_indices}
        own, *exchanged, other = ((values - values.mean()) / values.std()).reshape(-1, self.block(ranges)).T
        shares = {"S1": [first_order(own, each, other) for each in exchanged]}
        shares["ST"] = [total_order(own, each, other) for each in exchanged]
        return {index: np.array(found, float) for index, found in shares.items()}

    def blanks(self, points: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Reasons: the outcome never varies, or an input hardly changes between the exchanged points."""
        ranges = points.shape[1]
        if same(self._base(values, ranges)):
            return np.full(ranges, FLAT if same(values) else FLAT_BASE, object)
        own = np.diagonal(self._correlations(points), ranges)
        return np.where(np.abs(own) <= TOGETHER, "", ALIKE).astype(object)  # NaN: one value

    def run_together(self, points: np.ndarray) -> list[tuple[int, int]]:
        """Pairs of inputs whose columns of base points are confounded; (n, n) for the two columns of one input.

        With few points, dimensions of a Sobol' sequence coincide in their first digits. Indices of one input then
        contain effects of another, or none at all if the exchange changes nothing.
        """
        ranges = points.shape[1]
        found = ~(np.abs(self._correlations(points)) <= TOGETHER)
        pairs = [(i % ranges, j % ranges) for i, j in np.argwhere(np.triu(found, 1)).tolist()]
        return sorted({(min(pair), max(pair)) for pair in pairs})

    def _base(self, values: np.ndarray, ranges: int) -> np.ndarray:
        """First and last row of each block, shape (blocks, 2, ...)."""
        return values.reshape(-1, self.block(ranges), *values.shape[1:])[:, [0, -1]]

    def _correlations(self, points: np.ndarray) -> np.ndarray:
        """Correlations between all columns of the first and second base points; NaN if a column has a single value."""
        both = self._base(points, points.shape[1])
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.atleast_2d(np.corrcoef(np.hstack([both[:, 0], both[:, 1]]).T))


def _cube(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def indices(
    method: Method, names: Sequence[str], points: np.ndarray, values: np.ndarray, words: Collection[str] = ()
) -> pd.DataFrame:
    """Each index of each input with its 95% bootstrap interval over blocks; columns as in COLUMNS.

    `values` is the outcome at each point, NaN if undefined. `words`: inputs whose values have no distance, so that any
    exchange counts as a change over the whole range. `note` says why a value is missing: fewer than FEWEST_BLOCKS
    complete blocks, or a reason from the method's `blanks`.
    """
    kinds = np.array([name in words for name in names])
    whole, outcome = _whole_blocks(method, names, points, values)
    blocks = len(whole)
    if blocks < FEWEST_BLOCKS:
        why = f"undefined: whole in {blocks} of {method.size} {BLOCK[method.name]}, {FEWEST_BLOCKS} are needed"
        return _blank(method, names, blocks, why)
    draws = [np.arange(blocks), *resampled(RESAMPLES, blocks, OF_INDICES)]
    found = [method.indices(whole[rows].reshape(-1, len(names)), outcome[rows].ravel(), kinds) for rows in draws]
    blanks = method.blanks(whole.reshape(-1, len(names)), outcome.ravel())
    return pd.DataFrame(
        [
            (
                name,
                method.name,
                index,
                *_with_bounds(index, [draw[index][n] for draw in found], blanks[n], blocks),
                blocks,
                blanks[n],
            )
            for index in method.names_of_indices
            for n, name in enumerate(names)
        ],
        columns=list(COLUMNS),
    )


def _blank(method: Method, names: Sequence[str], blocks: int, why: str) -> pd.DataFrame:
    nothing = (float("nan"),) * 3
    rows = [(name, method.name, index, *nothing, blocks, why) for index in method.names_of_indices for name in names]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _with_bounds(index: str, values: Sequence[float], blank: str, blocks: int) -> tuple[float, float, float]:
    """The value from all blocks with bounds from resampled blocks; bounds of non-negative indices are cut at 0."""
    if blank:
        return (float("nan"),) * 3
    value, *draws = (float(each) for each in values)
    low, high = _bounds(value, np.array(draws), blocks)
    return value, max(low, 0.0) if index in NEVER_NEGATIVE else low, high


def _whole_blocks(
    method: Method, names: Sequence[str], points: np.ndarray, values: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Points and outcomes by block, without blocks that have an undefined outcome."""
    size = method.block(len(names))
    by_block = values.reshape(-1, size)
    kept = np.isfinite(by_block).all(axis=1)
    return points.reshape(-1, size, len(names))[kept], by_block[kept]


def _bounds(value: float, draws: np.ndarray, blocks: int) -> tuple[float, float]:
    """The 95% bootstrap interval around a value, widened for few blocks.

    A bootstrap of n blocks underestimates the standard error by the factor sqrt((n - 1) / n) and implies a normal
    quantile instead of Student's: with four trajectories only 80% of intervals would contain the true value
    (Hesterberg 2015, doi:10.1080/00031305.2015.1089789).
    """
    draws = draws[np.isfinite(draws)]
    if len(draws) == 0:
        return float("nan"), float("nan")
    wider = float(special.stdtrit(blocks - 1, BOUNDS[1]) / special.ndtri(BOUNDS[1])) * (blocks / (blocks - 1)) ** 0.5
    low, high = value + wider * (np.quantile(draws, BOUNDS) - value)
    return float(low), float(high)
