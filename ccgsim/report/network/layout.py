"""Positions of actors in a drawing of the network: the board in the middle, all others in bands around it.

Positions depend on keys, roles, kinds and localities, never on ties, and are the same in all months drawn: a
seat-holder keeps her position, and a successor takes over the vacant one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ccgsim.foundation.kinds import TABLE

BOARD_RADIUS = 1.0
INNER, OUTER = 1.85, 2.75  # radii of the band of outside actors
WIDEST_PITCH = 0.33  # distance between neighbours in the band if there is room
# Around the board, clockwise from the left: these seats above, then the GPs below in the order of localities.
_SEATS = ("lay member", "nurse", "accountable officer", "chair", "finance officer", "practice manager")
_SEATS_BELOW = ("secondary-care doctor", "locality lead", "GP member")
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """A sector that holds one group: its name, and its angles clockwise from the top, in radians."""

    kind: str
    locality: int | None
    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions of seat-holders by (month, key), of others by key; the bands; the distance between neighbours."""

    seats: dict[tuple[int, int], Place]
    places: dict[int, Place]
    empty: dict[int, list[Place]]  # by month: board positions without a holder
    bands: tuple[Band, ...]
    pitch: float
    board_gap: float

    def place(self, month: int, key: int) -> Place:
        """Position of an actor in that month, x and y in units of the board's radius."""
        return self.seats.get((month, key)) or self.places[key]


def layout(people: pd.DataFrame) -> Layout:
    """Positions for everyone in `people`: columns month, agent, kind, role, board, locality, sector, tier; one CCG."""
    holders = people[people["board"].astype(bool)]
    seats, empty, slots = _seats(holders)
    others = people[~people["board"].astype(bool)].drop_duplicates("agent")
    groups = _groups(others)
    bands, pitch, rows = _bands(groups)
    places: dict[int, Place] = {}
    for band, keys in zip(bands, groups.values(), strict=True):
        places |= dict(zip(keys, _filled(band, len(keys), rows), strict=True))
    return Layout(seats, places, empty, bands, pitch, 2 * math.pi * BOARD_RADIUS / max(slots, 1))


def point(angle: float, radius: float) -> Place:
    """x and y of an angle clockwise from the top."""
    return radius * math.sin(angle), radius * math.cos(angle)


def _seats(holders: pd.DataFrame) -> tuple[dict[tuple[int, int], Place], dict[int, list[Place]], int]:
    """Board positions by month and key, empty ones by month, and their number."""
    months = [(int(str(month)), _by_seat(now)) for month, now in holders.groupby("month")]
    sizes: dict[tuple[int, int], int] = {}
    for _, now in months:
        for seat, keys in now.items():
            sizes[seat] = max(sizes.get(seat, 0), len(keys))
    slots = [(seat, n) for seat in sorted(sizes) for n in range(sizes[seat])]
    at = {slot: point(angle, BOARD_RADIUS) for slot, angle in zip(slots, _board_angles(slots), strict=True)}
    taken: dict[tuple[int, int], Place] = {}
    empty: dict[int, list[Place]] = {}
    before: dict[tuple[tuple[int, int], int], int] = {}
    for month, now in months:
        before = _assigned(now, sizes, before)
        taken |= {(month, key): at[slot] for slot, key in before.items()}
        empty[month] = [place for slot, place in at.items() if slot not in before]
    return taken, empty, len(slots)


def _by_seat(now: pd.DataFrame) -> dict[tuple[int, int], list[int]]:
    """Keys of the seat-holders in order, by rank of the seat's role and its locality."""
    ranks = {role: n for n, role in enumerate(_SEATS + _SEATS_BELOW)}
    found: dict[tuple[int, int], list[int]] = {}
    for key, role, locality in sorted(zip(now["agent"], now["role"], _whole(now["locality"]), strict=True)):
        seat = (ranks.get(role, len(ranks)), locality if role == "locality lead" else -1)
        found.setdefault(seat, []).append(int(key))
    return found


def _assigned(
    now: dict[tuple[int, int], list[int]],
    sizes: dict[tuple[int, int], int],
    before: dict[tuple[tuple[int, int], int], int],
) -> dict[tuple[tuple[int, int], int], int]:
    """Assignment of positions: those who had one keep it, the others fill the free ones in order of key."""
    found = {(seat, n): key for (seat, n), key in before.items() if key in now.get(seat, ())}
    kept = set(found.values())
    for seat, keys in now.items():
        free = [(seat, n) for n in range(sizes[seat]) if (seat, n) not in found]
        found |= dict(zip(free, (key for key in keys if key not in kept), strict=False))
    return found


def _board_angles(slots: list[tuple[tuple[int, int], int]]) -> list[float]:
    """Even angles around the board, clockwise, turned so that the chair is at the top."""
    chair = next((n for n, (seat, _) in enumerate(slots) if seat[0] == _SEATS.index("chair")), 0)
    return [2 * math.pi * (n - chair) / len(slots) for n in range(len(slots))]


def _groups(others: pd.DataFrame) -> dict[tuple[str, int], list[int]]:
    """Keys by kind and locality (-1 for none; only GPs are divided by locality), in the order of the bands."""
    rows = zip(
        others["kind"], _whole(others["locality"]), others["sector"], others["tier"], others["agent"], strict=True
    )
    keyed = [(kind, place if kind == "GP" else -1, sector, tier, int(key)) for kind, place, sector, tier, key in rows]
    keyed.sort(key=lambda row: (TABLE[row[0]].place, row[1] < 0, *row[1:]))
    found: dict[tuple[str, int], list[int]] = {}
    for kind, place, _, _, key in keyed:
        found.setdefault((kind, place), []).append(key)
    return found


def _whole(column: Iterable[object]) -> list[int]:
    return [-1 if pd.isna(value) else int(value) for value in column]  # type: ignore[call-overload]


def _bands(groups: dict[tuple[str, int], list[int]]) -> tuple[tuple[Band, ...], float, int]:
    """Sectors as wide as their groups need, the practices' centred at the bottom; pitch and rows of the band."""
    counts = [len(keys) for keys in groups.values()]
    gap = min(0.13, 2.0 / max(len(counts), 1))
    pitch, rows = _widest_pitch(counts, gap)
    shares = np.array([math.ceil(count / rows) + 0.5 for count in counts], float)
    widths = shares / max(shares.sum(), 1) * (2 * math.pi - gap * len(counts))
    ends = np.cumsum(widths + gap)
    practices = [n for n, (kind, _) in enumerate(groups) if kind == "GP"]
    start = float(ends[practices[0]] - widths[practices[0]]) if practices else 0.0
    turn = math.pi - (start + float(ends[practices[-1]])) / 2 if practices else -math.pi / 2
    angles = [(turn + end - width, turn + end) for end, width in zip(ends, widths, strict=True)]
    names = [(kind, place if place >= 0 else None) for kind, place in groups]
    bands = tuple(Band(*name, float(low), float(high)) for name, (low, high) in zip(names, angles, strict=True))
    return bands, pitch, rows


def _widest_pitch(counts: list[int], gap: float) -> tuple[float, int]:
    """The widest distance between neighbours, and the number of rows, at which all groups fit."""
    room = (2 * math.pi - gap * len(counts)) * INNER
    pitch = WIDEST_PITCH
    while pitch > 0.01:
        rows = 1 + int((OUTER - INNER) / pitch)
        if sum(math.ceil(count / rows) + 0.5 for count in counts) * pitch <= room:
            return pitch, rows
        pitch *= 0.96
    return pitch, 1 + int((OUTER - INNER) / pitch)


def _filled(band: Band, count: int, rows: int) -> list[Place]:
    """Positions for `count` actors in a sector: from the inside out, by column, every other row shifted by half."""
    columns = math.ceil(count / rows)
    used = min(rows, math.ceil(count / columns))
    depth = (OUTER - INNER) / max(rows - 1, 1)
    first = INNER + depth * (rows - used) / 2
    step = (band.end - band.start) / (columns + 0.5)
    found = []
    for n in range(count):
        column, row = divmod(n, used)
        angle = band.start + (column + 0.5 + 0.5 * (row % 2)) * step
        found.append(point(angle, first + row * depth))
    return found
