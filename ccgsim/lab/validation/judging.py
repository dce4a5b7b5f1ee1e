"""How patterns are judged: levels, contrasts, one-sided bounds and ratios of means (docs/odd.md, section 1)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.statistics import OF_RATIOS, half_width, resampled

RIGHT = 0.8  # share of worlds that must agree
RESAMPLES = 2000
MOST_MISSED = 4.0  # largest miss of one statistic


@dataclass(frozen=True, slots=True)
class Verdict:
    """A statistic with its interval, its tolerance, and whether it holds."""

    statistic: str
    value: float
    low: float
    high: float
    tolerance: str
    held: bool
    # Miss: half-widths of the interval beyond the bound plus the missing share of worlds; 0 if it holds.
    miss: float = 0.0
    least: float = -math.inf  # the tolerance in numbers
    most: float = math.inf


def t_interval(values: np.ndarray, level: float) -> tuple[float, float, float]:
    """Mean of the defined values with its t-interval at that level; for a single value both ends equal the mean."""
    values = values[np.isfinite(values)]
    if len(values) == 0:
        return math.nan, math.nan, math.nan
    mean = float(values.mean())
    half = half_width(values, level) if len(values) > 1 else 0.0
    return mean, mean - half, mean + half


def _share(agree: np.ndarray, values: np.ndarray) -> float:
    defined = np.isfinite(values)
    return float(agree[defined].mean()) if defined.any() else 0.0


def _miss(beyond: float, low: float, high: float, agree: float = 1.0) -> float:
    """The miss of a statistic: distance beyond its bound in half-widths, plus the missing share of agreeing worlds."""
    half = (high - low) / 2
    far = beyond / half if half > 0 else MOST_MISSED * (beyond > 0)
    missed = max(0.0, far) + max(0.0, RIGHT - agree)
    return min(MOST_MISSED, missed) if math.isfinite(missed) else MOST_MISSED


def level(statistic: str, values: np.ndarray, low: float, high: float) -> Verdict:
    """The 90% interval of the mean lies inside the tolerance, and 80% of worlds within twice its width."""
    mean, below, above = t_interval(values, 0.90)
    middle, width = (low + high) / 2, high - low
    near = _share(np.abs(values - middle) <= width, values)
    held = bool(low <= below and above <= high and near >= RIGHT)
    miss = _miss(max(low - below, above - high), below, above, near)
    return Verdict(statistic, mean, below, above, f"{low:g} to {high:g}", held, miss, low, high)


def contrast(statistic: str, differences: np.ndarray, smallest: float) -> Verdict:
    """Paired by seed: mean at least the smallest effect, its 95% interval excludes 0, the sign right in 80%."""
    mean, below, above = t_interval(differences, 0.95)
    sign = 1.0 if smallest >= 0 else -1.0
    right = _share(sign * differences > 0, differences)
    held = bool(sign * mean >= abs(smallest) and (below > 0 or above < 0) and right >= RIGHT)
    miss = _miss(max(abs(smallest) - sign * mean, -below if sign > 0 else above), below, above, right)
    words, least, most = ("at least", smallest, math.inf) if sign > 0 else ("at most", -math.inf, smallest)
    return Verdict(statistic, mean, below, above, f"{words} {smallest:g}", held, miss, least, most)


def beyond(statistic: str, values: np.ndarray, bound: float, *, above: bool) -> Verdict:
    """One-sided: the 90% interval and 80% of worlds lie on the right side of the bound."""
    mean, low, high = t_interval(values, 0.90)
    right = _share((values > bound) if above else (values < bound), values)
    held = bool((low > bound if above else high < bound) and right >= RIGHT)
    miss = _miss(bound - low if above else high - bound, low, high, right)
    words, least, most = ("above", bound, math.inf) if above else ("below", -math.inf, bound)
    return Verdict(statistic, mean, low, high, f"{words} {bound:g}", held, miss, least, most)


def reported(statistic: str, values: np.ndarray) -> Verdict:
    """A figure that is reported without judgement: its mean with a 95% interval."""
    mean, low, high = t_interval(values, 0.95)
    return Verdict(statistic, mean, low, high, "reported", True)


def most(statistic: str, agree: np.ndarray, share: float = RIGHT) -> Verdict:
    """At least that share of worlds agree."""
    value = float(np.mean(agree))
    return Verdict(
        statistic, value, value, value, f"at least {share:g}", value >= share, max(0.0, share - value), share
    )


def ratio(
    statistic: str, above: np.ndarray, below: np.ndarray, low: float = -math.inf, high: float = math.inf
) -> Verdict:
    """A ratio of means over seeds with a 90% bootstrap interval (over seeds), inside the tolerance."""
    both = np.isfinite(above) & np.isfinite(below)
    above, below = above[both], below[both]
    if len(above) == 0 or below.mean() == 0:
        return Verdict(statistic, math.nan, math.nan, math.nan, f"{low:g} to {high:g}", False, MOST_MISSED, low, high)
    chosen = resampled(RESAMPLES, len(above), OF_RATIOS)
    lower = below[chosen].mean(axis=1)
    ratios = np.divide(above[chosen].mean(axis=1), lower, out=np.full(RESAMPLES, np.nan), where=lower != 0)
    first, last = np.nanquantile(ratios, [0.05, 0.95])
    held = bool(low <= first and last <= high)
    bounds = f"{low:g} to {high:g}" if math.isfinite(low) and math.isfinite(high) else ""
    bounds = bounds or (f"at least {low:g}" if math.isfinite(low) else f"at most {high:g}")
    miss = _miss(max(low - first, last - high), float(first), float(last))
    value = float(above.mean() / below.mean())
    return Verdict(statistic, value, float(first), float(last), bounds, held, miss, low, high)
