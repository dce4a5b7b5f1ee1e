"""Frames: one world in one month, as bytes in a fixed little-endian layout (see README.md)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.kinds import CHOOSES, TAKES_PART
from ccgsim.world.state import World

MAGIC, VERSION = 0x4343, 1
_HEADER = struct.Struct("<HBBIHHIHH12x")
SCALE, MISSING = 250, 255
PLACE_SCALE = 10_000
BOARD, BROKER, LEAD = 1, 2, 4  # flags of people
NEW = 1  # flag of ties
_OF_PEOPLE = ("kind", "role", "locality", "participation", "efficacy", "heard", "capability", "flags")


@dataclass(frozen=True, slots=True)
class Frame:
    """One month of one world. `people` holds arrays by layout name; `ties` refer to rows of `people`."""

    world: int
    run: int
    month: int
    measures: np.ndarray
    loop: np.ndarray
    people: Mapping[str, np.ndarray]
    ties: Mapping[str, np.ndarray]


def look(world: World, places: np.ndarray, rows: np.ndarray, between: np.ndarray) -> dict[str, np.ndarray]:
    """Columns of a frame for these rows of actors, quantised."""
    me = world.actors[rows]
    believes = TAKES_PART[me.kind] == CHOOSES
    spots = np.round(places * PLACE_SCALE).astype(np.int16)
    seen: dict[str, np.ndarray] = {
        "key": me.key.astype(np.uint32),
        "betweenness": between[rows].astype(np.float32),
        "x": spots[:, 0],
        "y": spots[:, 1],
        "kind": me.kind.astype(np.uint8),
        "role": me.role.astype(np.uint8),
        "locality": _locality(world, me.locality),
        "participation": shares(me.participation),
        "efficacy": np.where(believes, shares(me.efficacy), MISSING).astype(np.uint8),
        "heard": np.where(believes, shares(me.heard), MISSING).astype(np.uint8),
        "capability": shares(me.capability),
        "flags": _flags(me.board, me.lead, between[rows]),
    }
    return seen


def ties_of(world: World, rows: np.ndarray, before: np.ndarray) -> dict[str, np.ndarray]:
    """Columns of a frame for the ties between these rows of actors; `before` holds last month's codes, sorted."""
    place = np.full(len(world.actors), -1)
    place[rows] = np.arange(len(rows))
    seeker, adviser = place[world.ties.source], place[world.ties.target]
    shown = (seeker >= 0) & (adviser >= 0)
    return {
        "seeker": seeker[shown].astype(np.uint16),
        "adviser": adviser[shown].astype(np.uint16),
        "strength": shares(world.ties.strength[shown]),
        "new": (~_among(codes(world)[shown], before) * NEW).astype(np.uint8),
    }


def _among(wanted: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Which of these numbers are among the known ones (sorted)."""
    if len(known) == 0:
        return np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.asarray(known[at] == wanted)


def codes(world: World) -> np.ndarray:
    """One number for each tie, the same in every month: seeker's key, then adviser's."""
    return np.asarray((world.ties.source_key << 32) | world.ties.target_key)


def shares(values: np.ndarray) -> np.ndarray:
    """Shares in [0, 1] as bytes: 250 means 1."""
    found: np.ndarray = np.round(np.clip(values, 0.0, 1.0) * SCALE).astype(np.uint8)
    return found


def _locality(world: World, localities: np.ndarray) -> np.ndarray:
    numbers = np.where(localities >= 0, world.localities.number[np.maximum(localities, 0)], MISSING)
    return np.minimum(numbers, MISSING).astype(np.uint8)


def _flags(board: np.ndarray, lead: np.ndarray, between: np.ndarray) -> np.ndarray:
    flags = board * BOARD + lead * LEAD
    seated = np.flatnonzero(board == 1)
    if len(seated) and between[seated].max() > 0:
        flags[seated[np.argmax(between[seated])]] += BROKER
    return np.asarray(flags, dtype=np.uint8)


def encode(frame: Frame) -> bytes:
    """The frame as bytes."""
    people, ties = frame.people, frame.ties
    n, t = len(people["key"]), len(ties["seeker"])
    counts = n, t, len(frame.measures), len(frame.loop)
    parts = [
        _HEADER.pack(MAGIC, VERSION, frame.world, frame.run, frame.month, *counts),
        frame.measures.astype("<f4").tobytes(),
        frame.loop.astype("<f4").tobytes(),
        people["key"].astype("<u4").tobytes(),
        people["betweenness"].astype("<f4").tobytes(),
        *(people[name].astype("<i2").tobytes() for name in ("x", "y")),
        *(ties[name].astype("<u2").tobytes() for name in ("seeker", "adviser")),
        *(people[name].astype("u1").tobytes() for name in _OF_PEOPLE),
        *(ties[name].astype("u1").tobytes() for name in ("strength", "new")),
    ]
    return b"".join(parts)


def decode(data: bytes) -> Frame:
    """The frame in the bytes; raises ValueError if they are not a frame."""
    if len(data) < _HEADER.size:
        raise ValueError("a frame has a header of 32 bytes")
    magic, version, world, run, month, n, t, m, k = _HEADER.unpack_from(data)
    if magic != MAGIC or version != VERSION:
        raise ValueError("these bytes are not a frame of this version")
    at = _HEADER.size

    def column(kind: str, count: int) -> np.ndarray:
        nonlocal at
        found = np.frombuffer(data, kind, count, at)
        at += found.nbytes
        return found

    measures, arrows = column("<f4", m), column("<f4", k)
    people = {"key": column("<u4", n), "betweenness": column("<f4", n), "x": column("<i2", n), "y": column("<i2", n)}
    ties = {"seeker": column("<u2", t), "adviser": column("<u2", t)}
    people |= {name: column("u1", n) for name in _OF_PEOPLE}
    ties |= {name: column("u1", t) for name in ("strength", "new")}
    if at != len(data):
        raise ValueError(f"{len(data) - at} bytes too many in a frame")
    return Frame(world, run, month, measures, arrows, people, ties)
