"""Words of the trade in plain sentences, told where a text first uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ccgsim.measures.catalogue import MEASURE
from ccgsim.measures.in_words import IN_WORDS
from ccgsim.report.words.terminal import HEADLINE
from ccgsim.scenario.parameters import parameter_rows
from ccgsim.scenario.wording import KEYS, Words

# Term: what it means. A term is found with a capital or a small first letter, and in its plural with s.
TERMS: Mapping[str, str] = {
    **{MEASURE[name].label.lower(): IN_WORDS[name] for name in HEADLINE},
    "95% interval": "The range in which an average lies as far as chance goes: of 100 such ranges, each from as many "
    "worlds, about 95 hold the model's average.",
    "advice": "Somebody asks somebody else for knowledge that commissioning needs.",
    "betweenness": "How often a person lies on the shortest way of advice between two others.",
    "board": "The people with a seat who decide what a CCG commissions.",
    "broker": "A board member through whom most of the advice between others runs.",
    "CCG": "Clinical commissioning group: the local NHS body, led by GPs, that bought care from 2013 to 2022.",
    "checksum": "A fingerprint of a file: another content has another one.",
    "correlation": "How closely two values go together, from -1 to 1.",
    "emergent": "Neither put into the model nor fitted to data: it follows from how people behave. Values were "
    "sought by which many such patterns hold at once.",
    "frontline": "GPs who have no seat on the board.",
    "GP": "General practitioner, a family doctor.",
    "locality": "A part of a CCG's area with its own practices.",
    "mechanism": "The rule of behaviour that should bring a pattern about; switching it off is the test.",
    "Morris": "A method that changes one parameter at a time and notes how far the result moves.",
    "particle": "One set of values of the parameters, kept because the worlds it gives are near to the targets.",
    "pattern": "A finding of the sources, stated so that the model can fail it.",
    "PCT": "Primary care trust, the body that bought care before CCGs took over in April 2013.",
    "point": "One hundredth of the way from 0 (none) to 1 (all): from 60% to 66% are 6 points.",
    "posterior": "Which values of a parameter remain likely once the model has been held against the targets.",
    "prior": "Which values of a parameter were thought possible beforehand.",
    "seed": "A number that stands for chance: the same seed gives the same world again.",
    "single world": "One simulated CCG. Averages hide how far worlds differ; a real CCG may be like any of them.",
    "Sobol'": "A method that divides how much a result varies among the parameters that make it vary.",
    "tie": "A lasting link of advice from the person who asks to the person who is asked.",
    "world": "One simulated course of events from start to end, with its own chance.",
}  # fmt: skip


class Terms:
    """The terms of one text that have not been explained yet; `words`: what the text calls the model's bodies."""

    def __init__(self, words: Words | None = None) -> None:
        self._told: set[str] = set()
        self._words = words or Words()

    def new_in(self, texts: Iterable[str], parameters: bool = False) -> dict[str, str]:
        """The terms that these texts are the first to use, with their meaning; `parameters`: those they name too."""
        whole = "\n".join(texts)
        found = {
            term: meaning if term in KEYS.values() else self._words(meaning)
            for term, meaning in TERMS.items()
            if term not in self._told and _used(term, whole)
        }
        if parameters:
            found |= {row["name"]: row["meaning"] for row in parameter_rows() if row["name"] in whole}
        self._told.update(found)
        return found


_SEEN = {"point": r"\d points?\b|\bin points\b"}  # terms that mean something else too: how they are found


def _used(term: str, text: str) -> bool:
    if term in _SEEN:
        return re.search(_SEEN[term], text) is not None
    first = f"[{term[0].lower()}{term[0].upper()}]"
    stem, ending = (term[1:-1], "(?:y|ies)") if term.endswith("y") else (term[1:], "s?")
    return re.search(rf"(?<!\w){first}{re.escape(stem)}{ending}(?!\w)", text) is not None
