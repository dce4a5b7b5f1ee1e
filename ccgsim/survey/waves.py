"""Two surveys of one board: who left, who came, and which ties were kept, ended or are new."""

from __future__ import annotations

from typing import Any

import numpy as np

from ccgsim.foundation.problems import refuse
from ccgsim.survey.draws import heard_of, ties_of
from ccgsim.survey.network import Flags, Network, Places


def change(before: Network, after: Network, file: str) -> dict[str, Any]:
    """What changed from one wave to the next; `file`: the later one, for messages.

    Ties are those of pairs of people who are in both waves and whose answer is known in both; `unheard` counts the
    other pairs. `jaccard`: ties kept over ties that are in either wave, None where there is none. Raises Problems if
    nobody is in both.
    """
    old, new = in_both(before, after)
    if not len(old):
        raise refuse("--against", file, "has nobody of the first survey: are names or ids the same?")
    both = [before.people.ids[row] for row in old]
    heard = heard_of(before)[np.ix_(old, old)] & heard_of(after)[np.ix_(new, new)]
    had, has = ties_of(before)[np.ix_(old, old)] & heard, ties_of(after)[np.ix_(new, new)] & heard
    asked = before.people.asked[old] & after.people.asked[new]
    members = [set(np.array(each.people.ids)[each.people.board].tolist()) for each in (before, after)]
    return {
        "members": len(members[0]),
        "stayed": [name for name in before.people.ids if name in members[0] & members[1]],
        "left": [name for name in before.people.ids if name in members[0] - members[1]],
        "came": [name for name in after.people.ids if name in members[1] - members[0]],
        "called": {one: name for each in (before, after) for one, name in called(each).items()},
        "pairs": int(heard.sum()),
        "unheard": int(asked.sum() * (len(both) - 1) - heard.sum()),
        **_counts(had, has),
        "people": [
            {"id": name, "answered_both": bool(heard[row].any()), **_counts(had[row], has[row])}
            for row, name in enumerate(both)
            if asked[row]
        ],
    }


def in_both(before: Network, after: Network) -> tuple[Places, Places]:
    """The rows of those who are in both waves, in the first and in the later one, in the order of the first."""
    place = {name: row for row, name in enumerate(after.people.ids)}
    pairs = [(row, place[name]) for row, name in enumerate(before.people.ids) if name in place]
    rows = np.array(pairs, np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def called(network: Network) -> dict[str, str]:
    """The name of everybody whose name is not the id."""
    people = network.people
    return {one: name for one, name in zip(people.ids, people.names, strict=True) if one != name}


def _counts(had: Flags, has: Flags) -> dict[str, Any]:
    """Ties then and now, and how many were kept, ended and are new."""
    kept, either = int((had & has).sum()), int((had | has).sum())
    then, now = int(had.sum()), int(has.sum())
    share = kept / either if either else None
    return {"before": then, "after": now, "kept": kept, "ended": then - kept, "new": now - kept, "jaccard": share}
