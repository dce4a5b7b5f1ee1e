"""Early-warning signs of a collapse: does participation vary more, and more slowly, as the fold approaches?

Near a fold a system recovers slowly from small disturbances, so variance and lag-1 autocorrelation should rise
(Scheffer et al. 2009, doi:10.1038/nature08227). Both are computed in a rolling window without its linear trend. The
same world on the same seed, kept far from the fold, shows the effect of the window alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ccgsim.lab.validation import judging
from ccgsim.lab.validation.patterns.circle import HIGH
from ccgsim.studies.paths import paths
from ccgsim.studies.phases import MIDDLE, Place, held_world
from ccgsim.studies.ramps import SETTLED, Ramp

WINDOW = 60  # months in a window
SPARE = 12  # months before the crossing that are left out, so that the fall itself does not count as a sign
SIGNS = ("variance", "autocorrelation")


def without_trend(values: np.ndarray) -> np.ndarray:
    """The values minus their linear trend (least squares), along the last axis."""
    time = np.arange(values.shape[-1]) - (values.shape[-1] - 1) / 2
    slope = (values * time).sum(axis=-1, keepdims=True) / (time * time).sum()
    return np.asarray(values - values.mean(axis=-1, keepdims=True) - slope * time)


def signs(values: np.ndarray) -> np.ndarray:
    """Variance and lag-1 autocorrelation without the trend, shape (..., 2); NaN if nothing varies."""
    rest = without_trend(values)
    variance = (rest * rest).mean(axis=-1)
    beside = (rest[..., 1:] * rest[..., :-1]).sum(axis=-1)
    total = (rest * rest).sum(axis=-1)
    return np.stack([variance, np.divide(beside, total, out=np.full_like(total, np.nan), where=total > 1e-18)], axis=-1)


def rolling(values: np.ndarray, window: int = WINDOW) -> np.ndarray:
    """Signs in the window that ends in each month, shape (..., months, 2); NaN before the first full window."""
    out = np.full((*values.shape, 2), np.nan)
    stretches = np.lib.stride_tricks.sliding_window_view(values, window, axis=-1)
    out[..., window - 1 :, :] = signs(stretches)
    return out


def approach(
    place: Place, ramp: Ramp, noise: float, seeds: Sequence[int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Participation of worlds on a rising ramp, of the same worlds kept at its start, and when the former collapse.

    Two arrays of shape (seeds, months + 1); the last month used in each seed, SPARE months before managers' control
    exceeds the middle of its range (or before the ramp's top if it never does); and whether it ever does.
    """
    foot = {"pressure": place.pressure, "uncertainty": place.uncertainty} | {ramp.condition: ramp.low}
    kept = held_world(Place(**foot, dialogue=place.dialogue), HIGH, {"policy": {"noise": noise}})
    found = paths([kept.with_(events=ramp.events(only_up=True), months=ramp.last), kept], seeds, ramp.turn)
    collapsed = found[0, :, :, 1] > MIDDLE
    first = np.where(collapsed.any(axis=1), collapsed.argmax(axis=1), ramp.turn)
    return found[0, :, :, 0], found[1, :, :, 0], first - SPARE, np.asarray(collapsed.any(axis=1))


def rise(moving: np.ndarray, kept: np.ndarray, ends: np.ndarray, window: int = WINDOW) -> pd.DataFrame:
    """Rise of each sign from the first window to the last before the fold, and that rise minus the kept world's.

    Variance as log ratio, autocorrelation as difference; with the 95% interval over seeds and the share of seeds in
    which it rises. Seeds that collapse before two windows fit are left out.
    """
    first = SETTLED + window
    fit = ends >= first + window
    change = []
    for path in (moving, kept):
        rolled = rolling(path, window)
        late = rolled[np.arange(len(path)), np.clip(ends, 0, path.shape[1] - 1)]
        early = rolled[:, first]
        change.append(np.stack([np.log(late[:, 0] / early[:, 0]), late[:, 1] - early[:, 1]], axis=1)[fit])
    rows = []
    for number, sign in enumerate(SIGNS):
        for name, values in (("moving", change[0]), ("kept", change[1]), ("beyond", change[0] - change[1])):
            mean, low, high = judging.t_interval(values[:, number], 0.95)
            share = float((values[:, number] > 0).mean()) if len(values) else np.nan
            row = {"sign": sign, "world": name, "rise": mean, "low": low, "high": high}
            rows.append(row | {"share_rising": share, "n": len(values)})
    return pd.DataFrame(rows)
