"""Words of today for bodies of the model: what figures, reports and messages call a CCG, a locality, a PCT.

Names of measures, parameters, columns and files stay: only texts for readers change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ccgsim.foundation.inputs.texts import capital, text_fault
from ccgsim.foundation.problems import Problem, nearest, shown

# Key in [words]: the model's word, and how it stands in texts: the article before it, the word, its plural.
KEYS = {"ccg": "CCG", "locality": "locality", "pct": "PCT"}
PLURALS = {"ccg": "CCGs", "locality": "localities", "pct": "PCTs"}
LONGEST = 60  # letters
_VOWELS = "aeioAEIO"


def word_faults(given: object, file: str = "") -> list[Problem]:
    """Faults of a table [words]."""
    if not isinstance(given, Mapping):
        return [Problem(file, "words", shown(given), f"must be a table [words] with {', '.join(KEYS)}")]
    found = []
    for key, word in given.items():
        if key not in KEYS:
            rule = f"unknown; [words] holds {', '.join(KEYS)}"
            found.append(Problem(file, f"words.{key}", shown(word), rule, nearest(key, list(KEYS))))
        elif not isinstance(word, str) or not word.strip():
            found.append(Problem(file, f"words.{key}", shown(word), "must be text in quotes"))
        elif rule := text_fault(word) or (f"is longer than {LONGEST} letters" if len(word) > LONGEST else ""):
            found.append(Problem(file, f"words.{key}", shown(word), rule))
    return found


def holding(names: Iterable[str]) -> list[str]:
    """Those of these names that hold a word of the model."""
    either = re.compile(rf"\b({'|'.join((*KEYS.values(), *PLURALS.values()))})\b", re.IGNORECASE)
    return sorted({name for name in names if either.search(name)})


def plural(word: str) -> str:
    """The plural of a word: boards, bodies."""
    if word.endswith("y") and word[-2:-1] not in (*_VOWELS, "u"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a scenario by key; calling it puts them in the place of the model's in a text.

    `kept`: names that hold a word of the model, such as that of a person's organisation: they stay as they are.
    """

    table: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()

    @classmethod
    def of(cls, *resolved: Mapping[str, Any]) -> Words:
        """The words of resolved scenarios; of two for one body the first one's."""
        found: dict[str, str] = {}
        for values in resolved:
            found = {**(values.get("words") or {}), **found}
        return cls(found)

    def keeping(self, names: Iterable[str]) -> Words:
        """The same words, which leave these names as they are."""
        return replace(self, kept=tuple(sorted({*self.kept, *holding(names)}, key=len, reverse=True)))

    def __call__(self, text: str) -> str:
        """The text in these words; what stands between back quotes is typed, and stays."""
        if not self.table:
            return text
        if text.endswith("…") and any(name.startswith(text[:-1]) for name in self.kept):
            return text
        names = "".join(rf"|(?<!\w){re.escape(name)}(?!\w)" for name in self.kept)
        parts = re.split(rf"(`[^`]*`{names})", text)
        return "".join(self._told(part) if place % 2 == 0 else part for place, part in enumerate(parts))

    def meanings(self) -> Iterator[str]:
        """What each word stands for."""
        for key, word in self.table.items():
            yield f"{word} stands for the model's {KEYS[key]}"

    def _told(self, text: str) -> str:
        """The text with all words replaced at once: a new word that holds an old one stays as it is."""
        keys = {old.casefold(): key for key in self.table for old in (KEYS[key], PLURALS[key])}
        either = "|".join(sorted(map(re.escape, keys), key=len, reverse=True))
        pattern = rf"(?<![\w./_-])(?:\b(an?) )?({either})(?![\w/_]|\.\w)"
        return re.sub(pattern, lambda found: self._put(keys, found), text, flags=re.IGNORECASE)

    def _put(self, keys: Mapping[str, str], found: re.Match[str]) -> str:
        key = keys[found[2].casefold()]
        return _put(key, self.table[key], found)


def _put(key: str, word: str, found: re.Match[str]) -> str:
    """The word in the place of the model's: its number, its capital at the start of a sentence, its article."""
    article, old = found[1] or "", found[2]
    new = plural(word) if old.casefold() == PLURALS[key].casefold() else word
    before = found.string[: found.start(2)].rstrip()
    if old[0].isupper() and not article and (old[1:2].islower() or not before or before.endswith((".", ":", "!", "?"))):
        new = capital(new)
    if not article:
        return new
    fits = "an" if new[0] in _VOWELS else "a"
    return f"{fits.capitalize() if article[0].isupper() else fits} {new}"
