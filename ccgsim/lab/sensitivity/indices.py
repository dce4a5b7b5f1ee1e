"""Which ranges matter: Morris screening and Sobol' indices of an outcome over ranges, by SALib.

Points lie in the unit cube, one column a range: 0 where an input has its lowest value, 1 where its highest, so that
effects are per whole range and can be compared. Where an input moves in steps (a list, whole numbers) its column holds
what the model is given, not what was drawn. Points come in blocks (a trajectory, a row of Saltelli's scheme with its
neighbours); blocks are drawn alike, so intervals resample them, and one with an undefined outcome is left out whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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
TOGETHER = 0.5  # correlation from which columns of base points cannot be told apart
FLAT_BASE = "the measure is the same at every base point"
ALIKE = "too few base points are left in which this parameter takes different values"
BLOCK = {"morris": "trajectories", "sobol": "base points"}
Partners = Sequence[np.ndarray]  # of each value of a list, the numbers of those that it may be exchanged for


class Method(Protocol):
    """A way to sample the unit cube and to read indices from the outcomes."""

    @property
    def name(self) -> str: ...

    @property
    def names_of_indices(self) -> tuple[str, ...]: ...

    @property
    def size(self) -> int:
        """Number of blocks."""

    def block(self, ranges: int) -> int:
        """Points in a block."""

    def sample(self, names: Sequence[str], seed: int) -> np.ndarray:
        """Points in the unit cube, shape (size * block, ranges)."""

    def chosen(self, column: np.ndarray, partners: Partners, luck: np.ndarray) -> np.ndarray:
        """For each point of a column of the cube, which value of a list it takes; luck of shape (size, 2)."""

    def indices(self, points: np.ndarray, values: np.ndarray, words: np.ndarray) -> dict[str, np.ndarray]:
        """Each index by name, one value a range, from whole blocks; `words`: ranges without distances."""

    def blanks(self, points: np.ndarray, values: np.ndarray) -> np.ndarray:
        """For each range why its indices say nothing, '' where they do."""


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
        """In each trajectory one value before the step and a partner of it after; all come first equally often."""
        by_block = column.reshape(self.size, -1)
        before = np.argsort(np.argsort(luck[:, 0], kind="stable")) * len(partners) // self.size
        after = [
            partners[value][int(share * len(partners[value]))] for value, share in zip(before, luck[:, 1], strict=True)
        ]
        return np.where(by_block == by_block[:, :1], before[:, None], np.array(after)[:, None]).ravel()

    def indices(self, points: np.ndarray, values: np.ndarray, words: np.ndarray) -> dict[str, np.ndarray]:
        """mu_star, mu and sigma, in units of the outcome: each difference over the change that was made.

        SALib would divide by the step in its cube, which is not the change where an input moves in steps.
        """
        ranges = points.shape[1]
        change = np.diff(points.reshape(-1, ranges + 1, ranges), axis=1)  # trajectory, step, range
        change = np.where(words, np.sign(change), change)
        step = np.abs(change).argmax(axis=1)  # at which step each range moves
        made = np.take_along_axis(change, step[:, None], axis=1)[:, 0]
        seen = np.take_along_axis(np.diff(values.reshape(-1, ranges + 1), axis=1), step, axis=1)
        effects = seen / made
        return {
            "mu_star": np.abs(effects).mean(axis=0),
            "mu": effects.mean(axis=0),
            "sigma": effects.std(axis=0, ddof=1),
        }

    def blanks(self, points: np.ndarray, values: np.ndarray) -> np.ndarray:
        """None: every range moves in every trajectory."""
        return np.full(points.shape[1], "", object)


@dataclass(frozen=True, slots=True)
class Sobol:
    """Shares of the outcome's variance: of a range by itself (S1), with all its interactions (ST).

    Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018. The size must be a power of two.
    """

    size: int
    name: str = "sobol"
    names_of_indices: tuple[str, ...] = ("S1", "ST")

    def block(self, ranges: int) -> int:
        """A base point, each range exchanged in turn, and the point exchanged with."""
        return ranges + 2

    def sample(self, names: Sequence[str], seed: int) -> np.ndarray:
        """Saltelli's scheme on a scrambled Sobol' sequence."""
        from SALib.sample import sobol

        return np.asarray(sobol.sample(_cube(names), self.size, calc_second_order=False, seed=seed))

    def chosen(self, column: np.ndarray, partners: Partners, luck: np.ndarray) -> np.ndarray:
        """Each value on an equal part of the cube's side."""
        steps = np.floor(column * len(partners) + 1e-9).astype(int)
        return np.asarray(np.minimum(steps, len(partners) - 1))

    def indices(self, points: np.ndarray, values: np.ndarray, words: np.ndarray) -> dict[str, np.ndarray]:
        """S1 and ST; undefined where the outcome never varies between base points."""
        from SALib.analyze.sobol import first_order, total_order

        ranges = points.shape[1]
        if same(self._base(values, ranges)):
            return {index: np.full(ranges, np.nan) for index in self.names_of_indices}
        own, *exchanged, other = ((values - values.mean()) / values.std()).reshape(-1, self.block(ranges)).T
        shares = {"S1": [first_order(own, each, other) for each in exchanged]}
        shares["ST"] = [total_order(own, each, other) for each in exchanged]
        return {index: np.array(found, float) for index, found in shares.items()}

    def blanks(self, points: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Outcomes that never vary, and ranges that hardly change between the points exchanged."""
        ranges = points.shape[1]
        if same(self._base(values, ranges)):
            return np.full(ranges, FLAT if same(values) else FLAT_BASE, object)
        own = np.diagonal(self._correlations(points), ranges)
        return np.where(np.abs(own) <= TOGETHER, "", ALIKE).astype(object)  # NaN too: one value only

    def run_together(self, points: np.ndarray) -> list[tuple[int, int]]:
        """Pairs of ranges whose columns of base points cannot be told apart, (n, n) for both columns of one range.

        With few points Sobol' sequences of many dimensions coincide in their first digits. Indices of one range then
        hold the effects of another, or none at all where its exchange changes nothing.
        """
        ranges = points.shape[1]
        found = ~(np.abs(self._correlations(points)) <= TOGETHER)
        pairs = [(i % ranges, j % ranges) for i, j in np.argwhere(np.triu(found, 1)).tolist()]
        return sorted({(min(pair), max(pair)) for pair in pairs})

    def _base(self, values: np.ndarray, ranges: int) -> np.ndarray:
        """First and last row of each block, shape (blocks, 2, ...)."""
        return values.reshape(-1, self.block(ranges), *values.shape[1:])[:, [0, -1]]

    def _correlations(self, points: np.ndarray) -> np.ndarray:
        """Of the columns of the points, then of those exchanged with; NaN where a column has one value."""
        both = self._base(points, points.shape[1])
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.atleast_2d(np.corrcoef(np.hstack([both[:, 0], both[:, 1]]).T))


def _cube(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def indices(
    method: Method, names: Sequence[str], points: np.ndarray, values: np.ndarray, words: Collection[str] = ()
) -> pd.DataFrame:
    """Each index of each range with its 95% bootstrap interval over blocks; columns as in COLUMNS.

    `values` is the outcome at each point, NaN where undefined. `words`: ranges whose values have no distance, so that
    any exchange counts as a whole change. `note` says why a value is missing: below FEWEST_BLOCKS whole blocks all
    are, and where a method's `blanks` says so.
    """
    kinds = np.array([name in words for name in names])
    whole, outcome = _whole_blocks(method, names, points, values)
    blocks = len(whole)
    if blocks < FEWEST_BLOCKS:
        why = f"undefined: whole in {blocks} of {method.size} {BLOCK[method.name]}, {FEWEST_BLOCKS} are needed"
        return _blank(method, names, blocks, why)
    draws = [np.arange(blocks), *_resampled(blocks)]
    found = [method.indices(whole[rows].reshape(-1, len(names)), outcome[rows].ravel(), kinds) for rows in draws]
    blanks = method.blanks(whole.reshape(-1, len(names)), outcome.ravel())
    return pd.DataFrame(
        [
            (
                name,
                method.name,
                index,
                *_told(index, [draw[index][n] for draw in found], blanks[n], blocks),
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


def _told(index: str, values: Sequence[float], blank: str, blocks: int) -> tuple[float, float, float]:
    """The value of all blocks with the bounds by those resampled; what cannot be negative stays so."""
    if blank:
        return (float("nan"),) * 3
    value, *draws = (float(each) for each in values)
    low, high = _bounds(value, np.array(draws), blocks)
    return value, max(low, 0.0) if index in NEVER_NEGATIVE else low, high


def _whole_blocks(
    method: Method, names: Sequence[str], points: np.ndarray, values: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Points and outcomes by block, blocks with an undefined outcome left out."""
    size = method.block(len(names))
    by_block = values.reshape(-1, size)
    kept = np.isfinite(by_block).all(axis=1)
    return points.reshape(-1, size, len(names))[kept], by_block[kept]


def _resampled(blocks: int) -> Iterator[np.ndarray]:
    """Rows of blocks drawn with replacement, RESAMPLES times, always the same."""
    yield from resampled(RESAMPLES, blocks, OF_INDICES)


def _bounds(value: float, draws: np.ndarray, blocks: int) -> tuple[float, float]:
    """The 95% interval round a value by what resampling gives, drawn wider where blocks are few.

    Resampling n blocks scatters too little, by the square root of n / (n - 1), and a normal quantile stands where
    Student's should: with four trajectories only four of five intervals would hold the truth (Hesterberg 2015,
    doi:10.1080/00031305.2015.1089789).
    """
    draws = draws[np.isfinite(draws)]
    if len(draws) == 0:
        return float("nan"), float("nan")
    wider = float(special.stdtrit(blocks - 1, BOUNDS[1]) / special.ndtri(BOUNDS[1])) * (blocks / (blocks - 1)) ** 0.5
    low, high = value + wider * (np.quantile(draws, BOUNDS) - value)
    return float(low), float(high)
