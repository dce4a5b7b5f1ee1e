"""Frames of many worlds, packed small and without loss: what two worlds have in common is kept once.

A page makes the same bytes of them again (web/src/model/line/lanes.ts). People are columns by month, as differences
from the month before. Ties are spells: from when, for how long, how strong in each month. A lesson's memory keeps the
same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from ccgsim.teach.exports.pack import Pack
from ccgsim.teach.worlds import frames
from ccgsim.teach.worlds.frames import Frame

_NUMBERS = slice(3, 8)  # bytes of a frame that tell which world and run it belongs to


@dataclass
class Lanes:
    """The worlds recorded so far. `tables` describes each: whose first months it shares, and its own months."""

    pack: Pack = field(default_factory=Pack)
    tables: list[dict[str, Any]] = field(default_factory=list)
    _seen: list[list[bytes]] = field(default_factory=list)

    def add(self, seen: Sequence[bytes]) -> int:
        """Keep the frames of a world by month; returns its place, or that of a world that holds them already."""
        bare = [unnumbered(frame) for frame in seen]
        shared, base = max(((_common(bare, other), -place) for place, other in enumerate(self._seen)), default=(0, 1))
        if shared == len(bare):
            return -base
        own = [frames.decode(frame) for frame in bare[shared:]]
        self.tables.append({"base": -base, "shared": shared, "months": len(own), "arrays": self._arrays(own)})
        self._seen.append(bare)
        return len(self._seen) - 1

    def _arrays(self, own: list[Frame]) -> dict[str, Any]:
        put = self.pack.put
        arrays = {
            "measures": put("f4", np.array([frame.measures for frame in own])),
            "loop": put("f4", np.array([frame.loop for frame in own])),
            "people": put("u2", np.array([len(frame.people["key"]) for frame in own])),
        }
        for name, column in own[0].people.items():
            columns, kind = [frame.people[name] for frame in own], column.dtype.str[1:]
            arrays[name] = put(kind, np.concatenate(columns if kind == "f4" else differences(columns)))
        return arrays | self._ties(own)

    def _ties(self, own: list[Frame]) -> dict[str, Any]:
        everyone = np.unique(np.concatenate([frame.people["key"] for frame in own]))
        held = np.concatenate([_held(frame, month, everyone) for month, frame in enumerate(own)])
        held = held[np.lexsort((held[:, 2], held[:, 1], held[:, 0]))]
        seeker, adviser, month, strength, new = held.T
        changes = (np.diff(seeker) != 0) | (np.diff(adviser) != 0) | (np.diff(month) != 1) | (new[1:] != 0)
        first = np.append(np.ones(min(1, len(held)), bool), changes)
        starts = np.flatnonzero(first)
        steps = np.diff(strength, prepend=0)
        spells = {
            "seeker": seeker[starts],
            "adviser": adviser[starts],
            "first": month[starts],
            "length": np.diff(np.append(starts, len(held))),
        }
        arrays = {name: self.pack.put("u2", values) for name, values in spells.items()}
        arrays["everyone"] = self.pack.put("u4", everyone)
        arrays["new"] = self.pack.put("u1", new[starts])
        return arrays | {"strength": self.pack.put("u1", np.where(first, strength, steps) % 256)}


def unnumbered(frame: bytes) -> bytes:
    """A frame without the numbers of its world and run, which its page gives it again."""
    return frame[: _NUMBERS.start] + bytes(5) + frame[_NUMBERS.stop :]


def _common(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """The number of months from the start in which two worlds are the same."""
    different = (n for n, (here, there) in enumerate(zip(one, other, strict=False)) if here != there)
    return next(different, min(len(one), len(other)))


def differences(columns: list[np.ndarray]) -> list[np.ndarray]:
    """Each month less the month before, modulo the integer type, where both have as many rows."""
    pairs = pairwise(columns)
    return columns[:1] + [now - before if len(now) == len(before) else now for before, now in pairs]


def _held(frame: Frame, month: int, everyone: np.ndarray) -> np.ndarray:
    """The ties of a month as rows: seeker and adviser (places among everyone), month, strength, new."""
    place, ties = np.searchsorted(everyone, frame.people["key"]), frame.ties
    columns = place[ties["seeker"]], place[ties["adviser"]], np.full(len(ties["seeker"]), month)
    return np.column_stack([*columns, ties["strength"], ties["new"]]).astype(np.int64)
