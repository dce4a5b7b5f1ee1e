"""What may be wrong about the people of a network that was read: names for nobody, one person twice, gaps."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from ccgsim.survey.network import Network
from ccgsim.survey.reading.columns import bare, plain
from ccgsim.survey.reading.raw import is_whole, listed

_TITLES = frozenset(("dr", "prof", "professor", "mr", "mrs", "ms", "miss", "sir", "dame", "rev"))
_VAGUE = frozenset(
    (*("other", "others", "someone", "somebody", "someone else", "various", "several"), "everyone", "everybody", "all")
)


def doubts(found: Network) -> list[str]:
    """What to look at in the names and answers of this network, a sentence each."""
    return [*_quiet(found), *_gap(found), *_alike(found), *_vague(found)]


def _vague(found: Network) -> list[str]:
    vague = [name for name in found.people.ids if plain(name) in _VAGUE]
    return [f"taken as a person, and perhaps none or several: {listed(vague)}"] if vague else []


def _quiet(found: Network) -> list[str]:
    """Who answered and named nobody, on the board: perhaps no answer came."""
    seeks = np.zeros(len(found.people), bool)
    seeks[found.seeker] = True
    quiet = np.flatnonzero(found.people.board & found.people.answered & ~seeks)
    if not len(quiet) or len(quiet) == len(found.people) or found.people.board.all():
        return []
    names = listed([found.people.ids[row] for row in quiet])
    return [f"on the board, and no adviser is named by {names}; if no answer came, say no in a column 'answered'"]


def _alike(found: Network) -> list[str]:
    """Names that differ in capitals, signs, titles or the order of words only: perhaps one person, written twice."""
    same: dict[str, list[str]] = defaultdict(list)
    for name in found.people.ids:
        words = sorted(word for word in bare(name).split() if word not in _TITLES)
        same[" ".join(words) or name].append(name)
    pairs = [" and ".join(names) for names in same.values() if len(names) > 1]
    return [f"written alike, and taken as different people: {listed(pairs)}"] if pairs else []


def _gap(found: Network) -> list[str]:
    """Numbers that are missing among people called by numbers: perhaps people without ties."""
    ids = found.people.ids
    if not ids or not all(is_whole(name) for name in ids):
        return []
    numbers = {int(name) for name in ids}
    low, high = min(numbers), max(numbers)
    if low > 1 or high - low >= 2 * len(numbers):
        return []
    gaps = [str(number) for number in range(low, high) if number not in numbers]
    rule = "are called by numbers"
    return [f"people {rule} from {low} to {high}, without {listed(gaps)}: without ties perhaps"] if gaps else []
