"""Random numbers by address: every draw has an address (seed, stream, month, i, j), so order and threads do not matter.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, doi:10.1145/2063384.2063405), a counter-based generator: the
address is the counter, the seed is the key, and nothing is kept between draws.
i and j are permanent keys (of agents, seats, projects), never rows.
"""

from __future__ import annotations

import math
import zlib

import numpy as np

from ccgsim.foundation.compiled import inlined, njit

MAX_SEED = 2**53 - 1
BURN_IN_MONTH = 1 << 15  # months of a world are below this; months of the burn-in start here

# One permanent number per stream: adding or removing a stream changes no other draws. A process that needs a third
# index, or a second draw at one address, has several streams.
STREAMS = {
    "population": 1,
    "site": 2,
    "board_ties": 3,
    "outside_ties": 4,
    "background_ties": 5,
    "layout": 6,
    "reference": 7,
    "policy": 8,
    "insecurity": 9,
    "ties_formed": 10,
    "ties_lost": 11,
    "ties_looked": 12,
    "knowledge": 13,
    "priorities": 14,
    "needs": 15,
    "turnover_exits": 16,
    "turnover_terms": 17,
    "turnover_vacancy": 18,
    "turnover_successor": 19,
    "turnover_inherit": 20,
    "redesign_births": 21,
    "redesign_places": 22,
    "redesign_champion": 23,
    "redesign_arena": 24,
    "redesign_fate": 25,
    "redesign_adoption": 26,
    "redesign_gaps": 27,
    "redesign_viability": 28,
    "redesign_refusal": 29,
    "finance": 30,
    "levers": 31,
    "survey": 32,
    "collaboration": 33,
    "rating": 34,
    "mergers": 35,
    "england": 36,
    "unknown_ties": 37,
    "unknown_model": 38,
    "unknown_seekers": 39,
    "reorganisation": 40,
}
FIRST_OF_OTHERS = 256  # unlisted streams have numbers from here on, derived from their names
_others: dict[int, str] = {}


def stream(name: str) -> int:
    """Number of the stream called `name`, the same in every process; ValueError if another stream has that number.

    Not a plain int: Numba would treat that as a literal and compile every kind of draw again for each stream.
    """
    number = STREAMS.get(name) or FIRST_OF_OTHERS + zlib.crc32(name.encode()) % (2**16 - FIRST_OF_OTHERS)
    if number >= FIRST_OF_OTHERS and _others.setdefault(number, name) != name:
        raise ValueError(f"streams {name!r} and {_others[number]!r} share a number: rename one of them")
    address: int = np.int64(number)  # type: ignore[assignment]
    return address


_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_ZERO = np.uint64(0)
_STREAM_SHIFT = np.uint64(16)
_SHIFT_5, _SHIFT_6 = np.uint64(5), np.uint64(6)
_TWO_26, _TWO_53 = 67108864.0, 9007199254740992.0


@inlined
def philox(c0, c1, c2, c3, k0, k1):
    """Ten rounds of Philox4x32 on four counter words and two key words (uint64 below 2^32); returns four words.

    The masks change no value: they tell the compiler that 32 bits suffice, so that a loop of draws is vectorised by
    four.
    """
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1 = ((p1 >> _SHIFT) ^ c1 ^ k0) & _LOW, p1 & _LOW
        c2, c3 = ((p0 >> _SHIFT) ^ c3 ^ k1) & _LOW, p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@inlined
def words(seed, stream_number, month, i, j):
    """The four 32-bit words at one address. Addresses are distinct for i, j < 2^32 and months, streams < 2^16."""
    s = np.uint64(seed)
    place = (np.uint64(stream_number) << _STREAM_SHIFT) | np.uint64(month)
    return philox(np.uint64(i) & _LOW, np.uint64(j) & _LOW, place & _LOW, _ZERO, s & _LOW, s >> _SHIFT)


@inlined
def _unit(high, low):
    """A double in [0, 1) with 53 random bits from two words."""
    return (float(np.int64(high >> _SHIFT_5)) * _TWO_26 + float(np.int64(low >> _SHIFT_6))) / _TWO_53


@inlined
def uniform(seed, stream_number, month, i, j):
    """A uniform number in [0, 1) at the address."""
    a, b, _, _ = words(seed, stream_number, month, i, j)
    return _unit(a, b)


@inlined
def pair(seed, stream_number, month, i, j):
    """Two independent uniform numbers in [0, 1) at one address, as fast as one."""
    a, b, c, d = words(seed, stream_number, month, i, j)
    return _unit(a, b), _unit(c, d)


@njit
def normal(seed, stream_number, month, i, j):
    """A standard normal number at the address (Box and Muller 1958, doi:10.1214/aoms/1177706645)."""
    a, b, c, d = words(seed, stream_number, month, i, j)
    return math.sqrt(-2.0 * math.log(1.0 - _unit(a, b))) * math.cos(2.0 * math.pi * _unit(c, d))


@njit
def chance_of(rate):
    """Probability of at least one event in a month at a monthly rate."""
    return 1.0 - math.exp(-rate) if rate > 0.0 else 0.0


@njit
def race(weight, luck):
    """Arrival time of a candidate; the earliest of all wins with probability proportional to its weight."""
    return -math.log(1.0 - luck) / weight if weight > 0.0 else math.inf


@njit
def geometric(mean, luck):
    """Geometric waiting time in months (1, 2, ...) with this mean (at least 1)."""
    if mean <= 1.0:
        return 1
    return 1 + int(math.log(1.0 - luck) / math.log(1.0 - 1.0 / mean))


@njit
def _fill(out, seed, stream_number, month, keys, j):
    for row in range(keys.shape[0]):
        out[row] = uniform(seed, stream_number, month, keys[row], j[row])


def uniforms(seed: int, stream_number: int, keys: np.ndarray, j: int | np.ndarray = 0, month: int = 0) -> np.ndarray:
    """Uniform numbers in [0, 1), one for each key and j, in the shape that NumPy gives the two together."""
    places = np.broadcast(keys, j)
    addresses = np.empty((2, *places.shape), np.int64)
    addresses[0], addresses[1] = keys, j
    out = np.empty(places.size)
    _fill(out, seed, stream_number, month, *addresses.reshape(2, -1))
    return out.reshape(places.shape)
