"""Which ranges matter: Morris screening and Sobol' indices of an outcome over ranges, by SALib.

Points lie in the unit cube, one column a range, so that effects are per whole range and can be compared. They come in
blocks (a trajectory, a row of Saltelli's scheme with its neighbours); blocks are drawn alike, so intervals resample
them, and a block with an undefined outcome is left out whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from ccgsim.chance import stream, uniforms

RESAMPLES = 200
FEWEST_BLOCKS = 4
BOUNDS = (0.025, 0.975)
COLUMNS = ("parameter", "method", "index", "value", "low", "high", "blocks")


class Method(Protocol):
    """A way to sample the unit cube and to read indices from the outcomes."""

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> int:
        """Number of blocks."""

    def block(self, ranges: int) -> int:
        """Points in a block."""

    def sample(self, names: Sequence[str], seed: int) -> np.ndarray:
        """Points in the unit cube, shape (size * block, ranges)."""

    def indices(self, names: Sequence[str], points: np.ndarray, values: np.ndarray) -> dict[str, np.ndarray]:
        """Each index by name, one value a range."""


@dataclass(frozen=True, slots=True)
class Morris:
    """Elementary effects per whole range: mean of sizes (mu_star), mean (mu), standard deviation (sigma).

    Morris 1991, doi:10.1080/00401706.1991.10484804; Campolongo et al. 2007, doi:10.1016/j.envsoft.2006.10.004.
    """

    size: int
    name: str = "morris"

    def block(self, ranges: int) -> int:
        """A trajectory: a start and one step in each range."""
        return ranges + 1

    def sample(self, names: Sequence[str], seed: int) -> np.ndarray:
        """Trajectories on a grid of four levels."""
        from SALib.sample import morris

        return np.asarray(morris.sample(_cube(names), self.size, seed=seed))

    def indices(self, names: Sequence[str], points: np.ndarray, values: np.ndarray) -> dict[str, np.ndarray]:
        """mu_star, mu and sigma, in units of the outcome."""
        from SALib.analyze import morris

        found = morris.analyze(_cube(names), points, values, num_resamples=2, seed=1)
        return {index: np.asarray(found[index], float) for index in ("mu_star", "mu", "sigma")}


@dataclass(frozen=True, slots=True)
class Sobol:
    """Shares of the outcome's variance: of a range by itself (S1), with all its interactions (ST).

    Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018. The size must be a power of two.
    """

    size: int
    name: str = "sobol"

    def block(self, ranges: int) -> int:
        """A base point, each range exchanged in turn, and the point exchanged with."""
        return ranges + 2

    def sample(self, names: Sequence[str], seed: int) -> np.ndarray:
        """Saltelli's scheme on a scrambled Sobol' sequence."""
        from SALib.sample import sobol

        return np.asarray(sobol.sample(_cube(names), self.size, calc_second_order=False, seed=seed))

    def indices(self, names: Sequence[str], points: np.ndarray, values: np.ndarray) -> dict[str, np.ndarray]:
        """S1 and ST; undefined where the outcome never varies."""
        from SALib.analyze import sobol

        if np.ptp(values) == 0:
            return {index: np.full(len(names), np.nan) for index in ("S1", "ST")}
        found = sobol.analyze(_cube(names), values, calc_second_order=False, num_resamples=2, seed=1)
        return {index: np.asarray(found[index], float) for index in ("S1", "ST")}


def _cube(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def indices(method: Method, names: Sequence[str], points: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    """Each index of each range with its 95% bootstrap interval over blocks; columns as in COLUMNS.

    `values` is the outcome at each point, NaN where undefined. Below FEWEST_BLOCKS whole blocks nothing is defined.
    """
    whole, outcome = _whole_blocks(method, names, points, values)
    if len(whole) < FEWEST_BLOCKS:
        return pd.DataFrame(columns=list(COLUMNS))
    flat = (len(names),)
    found = method.indices(names, whole.reshape(-1, *flat), outcome.ravel())
    again = [
        method.indices(names, whole[rows].reshape(-1, *flat), outcome[rows].ravel()) for rows in _resampled(len(whole))
    ]
    return pd.DataFrame(
        [
            (name, method.name, index, float(found[index][n]), *_bounds([draw[index][n] for draw in again]), len(whole))
            for index in found
            for n, name in enumerate(names)
        ],
        columns=list(COLUMNS),
    )


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
    luck = uniforms(0, stream("reference"), np.arange(RESAMPLES * blocks), 78).reshape(RESAMPLES, blocks)
    yield from (luck * blocks).astype(int)


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    defined = np.asarray(values)[np.isfinite(values)]
    if len(defined) == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(defined, BOUNDS)
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Noise:
    """How much of what indices are read from is luck; None where one seed cannot tell."""

    seeds: int
    variance_points: float  # of the means over seeds, between points
    variance_seeds: float | None  # within a point, between seeds, averaged over points
    share_of_luck: float | None  # of variance_points


def noise(values: np.ndarray) -> Noise:
    """The noise of replicates in outcomes of shape (points, seeds); points with an undefined outcome are left out.

    Seeds are common to all points, so what a seed adds everywhere alike moves no index. What is left of a seed at a
    point, divided by the number of seeds, is the part of the variance between points that luck alone would make.
    """
    values = values[np.isfinite(values).all(axis=1)]
    points, seeds = values.shape
    if points < 2:
        return Noise(seeds, float("nan"), None, None)
    between = float(values.mean(axis=1).var(ddof=1))
    if seeds < 2:
        return Noise(seeds, between, None, None)
    rest = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()
    left = float((rest * rest).sum()) / ((points - 1) * (seeds - 1))
    within = float(values.var(axis=1, ddof=1).mean())
    return Noise(seeds, between, within, min(1.0, left / seeds / between) if between > 0 else None)
