"""Codes for names: in a fresh order, which tells nothing of the names, and the key apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from secrets import SystemRandom  # codes must not be guessable from the names; no number of the model depends on them

import numpy as np

from ccgsim.survey.network import Network, reordered
from ccgsim.survey.reading.raw import is_whole

_LEAST_REPLACED = 2  # letters of a name that is looked for in messages


def anonymised(network: Network, earlier: Mapping[str, str]) -> tuple[Network, dict[str, str]]:
    """The network with codes in a fresh order of people, and the key: code by id; `earlier` codes are kept."""
    people = network.people
    order = list(range(len(people)))
    SystemRandom().shuffle(order)
    key = _codes([people.ids[row] for row in order], earlier)
    order.sort(key=lambda row: key[people.ids[row]])
    found = reordered(network, np.array(order, np.int64))
    codes = tuple(key[name] for name in found.people.ids)
    secret = {**dict(zip(found.people.names, codes, strict=True)), **dict(zip(found.people.ids, codes, strict=True))}
    organisations, localities = (
        _numbered(found.people.organisations, "organisation"),
        _numbered(found.people.localities, "locality"),
    )
    own = replace(
        found.people,
        ids=codes,
        names=codes,
        organisations=tuple(organisations[name] for name in found.people.organisations),
        localities=tuple(localities[name] for name in found.people.localities),
    )
    hide = {**organisations, **localities, **secret}
    return replace(found, people=own, warnings=tuple(_hidden(told, hide) for told in found.warnings)), key


def _codes(ids: Iterable[str], earlier: Mapping[str, str]) -> dict[str, str]:
    """A code for each person, those of an earlier key kept."""
    names, taken = list(ids), set(earlier.values())
    width = max(2, len(str(len(names) + len(taken))))
    free = (code for number in range(1, 10**9) if (code := f"A{number:0{width}d}") not in taken)
    return {name: earlier.get(name) or next(free) for name in names}


def _numbered(names: Iterable[str], what: str) -> dict[str, str]:
    """'organisation 1', 'organisation 2', ... for each name, '' for none."""
    found = sorted({name for name in names if name}, key=lambda _: SystemRandom().random())
    return {"": "", **{name: f"{what} {number}" for number, name in enumerate(found, 1)}}


def _hidden(text: str, codes: Mapping[str, str]) -> str:
    """A message with codes for every name in it, the longest first; plain numbers are no names."""
    names = sorted(
        (name for name in codes if len(name) >= _LEAST_REPLACED and not is_whole(name)), key=len, reverse=True
    )
    if not names:
        return text
    either = "|".join(re.escape(name) for name in names)
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", lambda found: codes[found[0]], text)
