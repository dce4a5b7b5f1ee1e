"""The table of ties renewed once a month: those that stay and those that formed, in the order of keys."""

from __future__ import annotations

from ccgsim.foundation.compiled import njit


@njit
def renew(ties, gone, made, actors, strength, out):
    """Write the ties that stay and those that formed into `out`, by seeker, then adviser; rows of `made` are (i, j)."""
    for a in range(1, made.shape[0]):  # seekers ascend already; advisers of one seeker are few
        b = a
        while b > 0 and made[b - 1, 0] == made[b, 0] and made[b - 1, 1] > made[b, 1]:
            for c in range(2):
                made[b - 1, c], made[b, c] = made[b, c], made[b - 1, c]
            b -= 1
    t, a = 0, 0
    for n in range(out.shape[0]):
        while t < ties.shape[0] and gone[t] == 1:
            t += 1
        earlier = a < made.shape[0] and t < ties.shape[0] and comes_before(made[a, 0], made[a, 1], ties[t])
        if t == ties.shape[0] or earlier:
            begin_tie(out[n], made[a, 0], made[a, 1], actors, strength)
            a += 1
        else:
            copy_tie(out[n], ties[t])
            t += 1


@njit
def comes_before(source, target, tie):
    """Whether a tie between these rows is listed before another."""
    return source < tie.source or (source == tie.source and target < tie.target)


@njit
def begin_tie(tie, source, target, actors, strength):
    """Write a new tie."""
    tie.source, tie.target = source, target
    tie.source_key, tie.target_key = actors[source].key, actors[target].key
    tie.strength, tie.held_at = strength, 0.0


@njit
def copy_tie(tie, old):
    """Write a tie as it was."""
    tie.source, tie.target = old.source, old.target
    tie.source_key, tie.target_key = old.source_key, old.target_key
    tie.strength, tie.held_at = old.strength, old.held_at
