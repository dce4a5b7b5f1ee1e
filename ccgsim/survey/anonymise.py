"""Codes for names: in a fresh order, which tells nothing of the names, and the key apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from secrets import SystemRandom  # codes must not be guessable from the names; no number of the model depends on them

import numpy as np

from ccgsim.foundation.vocabulary import KINDS
from ccgsim.survey.kinds import KIND_OF
from ccgsim.survey.network import Network, reordered
from ccgsim.survey.reading.columns import plain
from ccgsim.survey.reading.raw import is_whole

_LEAST_REPLACED = 2  # letters of a name that is looked for in messages
_LEAST_DIGITS = 4  # of a person's number


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
        written=tuple(_usual(*each) for each in zip(found.people.written, found.people.kinds.tolist(), strict=True)),
    )
    strange = dict.fromkeys(found.chosen.strange, "(a role)")
    hide = {**strange, **organisations, **localities, **secret}
    chosen = replace(
        found.chosen,
        strange=(),
        form=_hidden(found.chosen.form, hide),
        columns={what: _hidden(name, hide) for what, name in found.chosen.columns.items()},
    )
    warnings = tuple(_hidden(told, hide) for told in found.warnings)
    return replace(found, people=own, chosen=chosen, warnings=warnings), key


def _usual(word: str, kind: int) -> str:
    """A word for a kind that anybody might use; the model's own for a word of the user's, which may name somebody."""
    return word if plain(word) in KIND_OF else KINDS[kind]


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
    """A message with codes for every name in it, the longest first; short numbers are no names, nor those of lines."""
    least = {False: _LEAST_REPLACED, True: _LEAST_DIGITS}
    names = sorted((name for name in codes if len(name) >= least[is_whole(name)]), key=len, reverse=True)
    if not names:
        return text
    either = "|".join(re.escape(name) for name in names)
    return re.sub(rf"(?<!\w)(?<!line )(?<!row )(?:{either})(?!\w)", lambda found: codes[found[0]], text)
