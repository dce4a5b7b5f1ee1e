"""What a file says, before anything is chosen or left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ccgsim.foundation.inputs.texts import is_harmful, one_line
from ccgsim.foundation.problems import Problem, Problems, shown
from ccgsim.survey.reading.values import mark_of

LONGEST_NAME = 200  # characters
FORMULA = ("=", "+", "-", "@")  # a name that begins so would be run by a spreadsheet
MOST_LISTED = 20  # most names or places in one sentence
NO_ANSWER = "NA"


class Said(NamedTuple):
    """What a file says of one ordered pair.

    `value` is a frequency as written; '' where the file names the pair and no frequency; None where the answer is
    missing; `both` where the file does not say who asks whom.
    """

    seeker: str
    adviser: str
    value: str | None
    place: str
    relation: str = ""
    wave: str = ""
    both: bool = False


class Cell(NamedTuple):
    """A text of a file and where it stands."""

    text: str
    place: str


@dataclass(slots=True)
class Context:
    """What every reader gets: the file's name for messages, the worth of words for frequencies, and what was asked.

    `no_answer`: marks that mean 'no answer', None where it was not said which; `decimal`: the decimal sign, or '';
    `people`: who a table of people lists, so that a person called NA is one; `met`: the marks that cells held.
    """

    file: str
    words: Mapping[str, float]
    no_answer: frozenset[str] | None = None
    decimal: str = ""
    people: frozenset[str] = frozenset()
    met: set[str] = field(default_factory=set)

    def answer(self, text: str) -> str:
        """A cell, NA if it holds a mark for 'no answer' that the user has named."""
        if not self.no_answer or (mark := mark_of(text)) not in self.no_answer:
            return text
        self.met.add(mark)
        return NO_ANSWER

    def fault(self, place: str, value: str, rule: str, suggestion: str = "") -> Problem:
        """A fault of this file."""
        return Problem(self.file, place, shown(value) if value else "", rule, suggestion)

    def refuse(self, rule: str, place: str = "", value: str = "", suggestion: str = "") -> Problems:
        """A fault of this file, to raise at once if nothing else can be checked."""
        return Problems([self.fault(place, value, rule, suggestion)])


@dataclass(slots=True)
class PeopleTable:
    """A table of people as written: a row a person, by column, with the place of each row."""

    file: str
    columns: list[str]  # as written
    rows: list[list[str]]
    places: list[str]
    sheet: str = ""
    notes: list[str] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Raw:
    """What a file says of people and ties.

    `answered` holds those whose row or form is there, None where a list of ties cannot tell; `unnamed` counts people
    that the file counts and does not name; `ids` are all people it names, with and without ties.
    """

    form: str
    said: list[Said] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)  # person: where she is named
    people: PeopleTable | None = None
    valued: bool = True
    answered: set[str] | None = None
    unnamed: int = 0
    reversed: bool = False
    columns: dict[str, str] = field(default_factory=dict)  # what a column was taken for: its name as written
    notes: list[str] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)

    def add(self, context: Context, name: str, place: str) -> str:
        """The person of this name, made fit to be shown; a name that cannot be shown becomes a fault."""
        clean = one_line(name)
        if clean not in self.ids or not clean:
            self.ids[clean] = place
            self._check(context, name, clean, place)
        return clean

    def _check(self, context: Context, name: str, clean: str, place: str) -> None:
        harmful = next((sign for sign in clean if is_harmful(sign)), "")
        if not clean:
            self.faults.append(context.fault(place, "", "is empty: a person needs a name or a code"))
        elif len(clean) > LONGEST_NAME:
            rule = f"is a name of {len(clean):,} characters; at most {LONGEST_NAME} are allowed"
            self.faults.append(context.fault(place, clean, rule))
        elif harmful:
            rule = f"holds the control character U+{ord(harmful):04X}, which cannot be shown"
            self.faults.append(context.fault(place, clean, rule))
        elif clean.startswith(FORMULA) or ("<" in clean and ">" in clean):
            why = "would be run by a spreadsheet" if clean.startswith(FORMULA) else "looks like markup"
            self.notes.append(f"{place}: the name {shown(clean)} {why}; it is kept as plain text")
        elif any(sign in name.strip() for sign in "\n\r\t"):
            self.notes.append(f"{place}: the name {shown(clean)} held a line break, a blank stands for it")


def is_whole(text: str) -> bool:
    """Whether a text is a number in the digits 0 to 9 of at most 18 places, which `int` takes."""
    return text.isascii() and text.isdigit() and len(text) <= 18


def listed(names: list[str]) -> str:
    """Names in a sentence, the first twenty of them."""
    more = f" and {len(names) - MOST_LISTED:,} more" if len(names) > MOST_LISTED else ""
    comma = "; " if any("," in name for name in names[:MOST_LISTED]) else ", "
    return comma.join(names[:MOST_LISTED]) + more
