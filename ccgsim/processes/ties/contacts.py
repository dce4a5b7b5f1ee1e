"""Who is in touch with whom: ties indexed both ways, and contacts without direction, in compressed rows.

`ties` are sorted by source row, then target row, so the advisers of row i are ties out_first[i] to out_first[i + 1].
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ccgsim.foundation.compiled import njit


class Contacts(NamedTuple):
    """Index of a table of ties among N actors."""

    out_first: np.ndarray  # (N + 1,) first tie of each seeker
    in_first: np.ndarray  # (N + 1,) first place of each adviser in in_ties
    in_ties: np.ndarray  # (M,) rows of ties sorted by adviser, then seeker
    first: np.ndarray  # (N + 1,) first place of each actor in other
    other: np.ndarray  # (C,) rows of contacts, ascending for each actor
    strength: np.ndarray  # (C,) strength of the tie, or of both ties, with that contact


@njit
def _out_and_in(ties, actors):
    out_first = np.zeros(actors + 1, np.int64)
    in_first = np.zeros(actors + 1, np.int64)
    for t in range(ties.shape[0]):
        out_first[ties[t].source + 1] += 1
        in_first[ties[t].target + 1] += 1
    for i in range(actors):
        out_first[i + 1] += out_first[i]
        in_first[i + 1] += in_first[i]
    place = in_first.copy()
    in_ties = np.zeros(ties.shape[0], np.int64)
    for t in range(ties.shape[0]):
        j = ties[t].target
        in_ties[place[j]] = t
        place[j] += 1
    return out_first, in_first, in_ties


@njit
def contacts_of(ties, actors):
    """Both indexes of the ties and the merged contacts of each actor (fields of `Contacts`)."""
    out_first, in_first, in_ties = _out_and_in(ties, actors)
    first = np.zeros(actors + 1, np.int64)
    other = np.zeros(2 * ties.shape[0], np.int64)
    strength = np.zeros(2 * ties.shape[0], np.float64)
    n = 0
    for i in range(actors):
        o, a = out_first[i], in_first[i]
        while o < out_first[i + 1] or a < in_first[i + 1]:
            adviser = ties[o].target if o < out_first[i + 1] else actors
            seeker = ties[in_ties[a]].source if a < in_first[i + 1] else actors
            if adviser <= seeker:
                other[n] = adviser
                strength[n] += ties[o].strength
                o += 1
            if seeker <= adviser:
                other[n] = seeker
                strength[n] += ties[in_ties[a]].strength
                a += 1
            n += 1
        first[i + 1] = n
    return out_first, in_first, in_ties, first, other[:n], strength[:n]


@njit
def common_contacts(i, j, contacts):
    """Number of contacts that rows i and j share."""
    first, other = contacts.first, contacts.other
    a, b, n = first[i], first[j], 0
    while a < first[i + 1] and b < first[j + 1]:
        mine, theirs = other[a], other[b]
        n += int(mine == theirs)  # sums, not branches: which comes first cannot be foretold
        a += int(mine <= theirs)
        b += int(theirs <= mine)
    return n


@njit
def embeddedness(i, j, contacts):
    """Contacts that i and j share over those the one with fewer could share, in [0, 1]; 0 where it has no other."""
    first = contacts.first
    fewest = min(first[i + 1] - first[i], first[j + 1] - first[j])
    if fewest <= 1:
        return 0.0
    return min(1.0, common_contacts(i, j, contacts) / (fewest - 1))
