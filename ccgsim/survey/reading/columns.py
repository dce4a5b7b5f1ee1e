"""Which column is which: names of columns matched loosely, in plain words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

Synonyms = Mapping[str, tuple[str, ...]]
READ_ME = "Read me"  # the sheet of the template that explains it; it holds no data

# The first word of each is the name that the templates and exports use.
TIES: Synonyms = {
    "from": (
        *("from", "seeker", "source", "ego", "sender", "asker", "who asks", "asks", "asked by", "advisee", "tail"),
        *("advice seeker", "node1", "source node", "fromnode", "nominator", "chooser", "respondent", "i", "von"),
        *("from person", "person asking", "start", "initiator"),
    ),
    "to": (
        *("to", "adviser", "advisor", "target", "alter", "receiver", "asked", "whom", "whom asked", "is asked", "head"),
        *("who is asked", "advice giver", "node2", "target node", "tonode", "nominee", "chosen", "j", "nach"),
        *("to person", "person asked", "end", "contact", "recipient", "asks whom", "who gives"),
        *("partner", "colleague", "turns to", "who is named", "named", "person named"),
    ),
    "frequency": (
        *("frequency", "freq", "weight", "value", "strength", "score", "how often", "times", "count", "w"),
        *("contact frequency", "tie strength", "intensity", "tie value", "edge weight", "tie", "n", "rating"),
        *("how frequently", "frequency of contact", "how much"),
    ),
    "relation": ("relation", "relation type", "tie type", "layer", "network", "question", "relationship", "matrix"),
    "wave": ("wave", "round", "survey wave", "survey round", "period", "time point", "t", "survey", "year", "time"),
    "directed": ("type", "direction"),
    "unknown": ("unknown",),
}
PEOPLE: Synonyms = {
    "id": (
        *("node id", "person id", "person code", "user id", "staff id", "employee id", "member id", "code name"),
        *("id", "code", "number", "no", "nr", "key", "identifier", "node", "ref", "reference", "participant"),
        *("staff number", "pseudonym", "vertex", "#", "participant number"),
    ),
    "label": ("label", "node label", "nodelabel"),
    "name": (
        "name",
        "full name",
        "person",
        "people",
        "who",
        "your name",
        "member name",
        "names",
        "respondent",
    ),
    "first": ("first name", "forename", "given name", "first"),
    "last": ("last name", "surname", "family name", "last"),
    "kind": (
        *("kind", "kind of person", "type", "category", "profession", "occupation", "kind of body", "group", "sector"),
        *("background", "type of person", "kind of person or body"),
    ),
    "written": ("kind written",),  # as this program writes the words that it took for a kind
    "role": ("role", "position", "seat", "job title", "title", "post", "job", "board role", "role on the board"),
    "organisation": ("organisation", "organization", "employer", "practice", "works for", "body", "institution", "org"),
    "board": (
        *("board", "on board", "on the board", "board member", "member of board", "member of the board", "member"),
        *("sits on board", "sits on the board", "is board", "in board", "on governing body", "governing body"),
    ),
    "locality": ("locality", "area", "neighbourhood", "patch", "district", "locality group", "place", "ward"),
    "answered": (
        *("answered", "responded", "response", "returned", "completed", "replied", "form returned", "has answered"),
        *("did they answer", "answered the survey", "filled in", "complete"),
    ),
}
RESPONDENT = (
    *("your name", "name", "respondent", "who are you", "your code", "code", "id", "full name", "person", "i am"),
    *(
        "respondent name",
        "respondent id",
        "your full name",
        "from",
        "seeker",
        "ego",
        "participant",
        "what is your name",
    ),
    *("please enter your name", "please give your name", "please select your name", "member", "who is answering"),
)
OF_THE_TIE = re.compile(  # what programs write of a tie besides its frequency, in plain words
    r"(.*\b)?(id|key|no|nr|number|index|label)|row|year|date|time|timestamp|timeset|interval|month|day|age"
    r"|unnamed( \d+)?"
)
_FILLERS = frozenset(("id", "code", "name", "node", "person", "the", "of", "a", "label", "number", "is"))
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain(name: str) -> str:
    """A column's name in lower-case words, without brackets and signs: 'How often (1-5)' is 'how often'."""
    words = re.findall(r"[^\W_]+|#", _BRACKETS.sub(" ", _CAMEL.sub(" ", name)).casefold())
    return " ".join(words)


def bare(name: str) -> str:
    """A name in plain words without accents, to find people who are written in two ways."""
    parts = unicodedata.normalize("NFKD", name)
    return plain("".join(sign for sign in parts if not unicodedata.combining(sign)).replace("’", "'"))


def _short(name: str) -> str:
    return " ".join(word for word in name.split() if word not in _FILLERS)


def matched(header: Sequence[str], synonyms: Synonyms, only: Sequence[str] = ()) -> dict[str, int]:
    """The place of each column that is recognised: exact words first, then without words such as 'code' or 'name'."""
    names = [plain(name) for name in header]
    found: dict[str, int] = {}
    for form in (lambda name: name, _short):
        for what, words in synonyms.items():
            if what in found or (only and what not in only):
                continue
            place = _first([form(word) for word in words], [form(name) for name in names], found)
            if place is not None:
                found[what] = place
    if "frequency" in synonyms and "frequency" not in found:
        free = (place for place, name in enumerate(names) if place not in found.values())
        often = next(
            (place for place in free if "frequen" in names[place] or names[place].startswith("how often")), None
        )
        found |= {} if often is None else {"frequency": often}
    return found


def _first(words: list[str], names: list[str], taken: Mapping[str, int]) -> int | None:
    """The free column with the earliest of the words."""
    free = {name: place for place, name in reversed(list(enumerate(names))) if place not in taken.values()}
    return next((free[word] for word in words if word and word in free), None)


def wave_columns(header: Sequence[str]) -> dict[str, int]:
    """Columns that say who was there in a wave ('wave_1', 'Wave 2', 'present t2'): place by the name of the wave."""
    found = {}
    for place, name in enumerate(header):
        if said := re.fullmatch(r"(?:(?:present|there|in|at) )*(?:wave|round|t|w) ?(\d+)", plain(name)):
            found[said[1]] = place
    return found
