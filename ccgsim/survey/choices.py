"""What was asked of a network file, and the choices that follow: relation, wave, direction, duplicates, threshold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ccgsim.foundation.problems import Problem, fault_at, nearest, shown
from ccgsim.survey.reading.marks import check_marks
from ccgsim.survey.reading.raw import MOST_LISTED, Context, Raw, Said, listed
from ccgsim.survey.reading.values import RULE, is_missing, key_of, number, worth

_DATE = re.compile(r"\d{4}-\d\d-\d\d( .*)?|\d\d?[-/. ](\d\d?|[A-Za-z]{3,9})([-/. ]\d{2,4})?")
MISSING = ("unknown", "none")  # what ties are of which nothing is said


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The options of `ccgsim network`, and of every command that takes a network."""

    people: Path | None = None
    relation: str | None = None
    wave: str | None = None
    at_least: str | None = None
    kinds: Path | None = None
    kind: str | None = None
    words: Path | None = None
    reversed: bool = False
    missing: str = "unknown"
    no_answer: str | None = None
    decimal: str | None = None


@dataclass(slots=True)
class Taken:
    """The pairs of one relation and one wave, by seeker and adviser as named: the largest frequency, and open ones."""

    ties: dict[tuple[str, str], float] = field(default_factory=dict)
    open: dict[tuple[str, str], str] = field(default_factory=dict)
    zero: set[tuple[str, str]] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)  # named in this relation and wave
    both: int = 0  # undirected ties
    words: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)


def one_of(said: list[Said], part: Callable[[Said], str], what: str, wanted: str | None) -> tuple[str, list[str], str]:
    """The relation or wave that is taken, all that the file has in its order, and what is to be said of it.

    Raises Problems if the file has none of that name.
    """
    names = list(dict.fromkeys(map(part, said)))
    option = f"--{what}"
    if wanted is not None:
        same = [name for name in names if key_of(name) == key_of(wanted) and name]
        if not same:
            has = (
                f"the file has {listed([name for name in names if name])}" if any(names) else f"the file has no {what}s"
            )
            raise fault_at("", option, shown(wanted), has, nearest(wanted, names))
        return same[0], names, ""
    if len(names) < 2:
        return (names or [""])[0], [name for name in names if name], ""
    told = listed([name or "(none)" for name in names])
    return names[0], names, f"{len(names)} {what}s, {told}: the first is taken, {option} takes another"


def take(raw: Raw, relation: str, wave: str, asked: Asked, context: Context) -> Taken:
    """The pairs of this relation and wave with their frequencies as numbers; faults are kept in it."""
    taken = Taken()
    first: dict[tuple[str, str], tuple[str, float]] = {}
    again: list[str] = []
    selves: list[str] = []
    here = [said for said in raw.said if said.relation == relation and said.wave == wave]
    taken.notes, taken.faults = check_marks(here, context)
    for said in here:
        pair = (said.adviser, said.seeker) if asked.reversed != raw.reversed else (said.seeker, said.adviser)
        taken.ids.update(pair)
        value = _value(said, taken, context)
        if pair[0] == pair[1]:
            selves += [f"{said.place} ({pair[0]})"] if value else []
        elif value is None:
            taken.open.setdefault(pair, said.place)
        else:
            if pair in first and (value or first[pair][1]):
                again.append(_told_again(pair, first[pair], (said.place, value)))
            first.setdefault(pair, (said.place, value))
            _keep(taken, pair, value)
            if said.both:
                taken.both += value > 0
                _keep(taken, pair[::-1], value)
    for pair in [*taken.ties, *taken.zero]:
        taken.open.pop(pair, None)
    _tell(taken, again, selves)
    return taken


def _value(said: Said, taken: Taken, context: Context) -> float | None:
    """The frequency, None where it is open or a fault."""
    if said.value is None or said.value == "":
        return None if said.value is None else 1.0
    if is_missing(context.answer(said.value)):
        return None
    found, exactly = worth(said.value, context.words, context.decimal), number(said.value, context.decimal)
    if found is None:
        near = nearest(said.value, list(context.words)) if exactly is None else ""
        taken.faults.append(context.fault(said.place, said.value, _rule(said.value, exactly), near))
    elif found != exactly:
        taken.words.setdefault(said.value, found)
    return found


def _rule(text: str, exactly: float | None) -> str:
    """What a value breaks that is no frequency."""
    if exactly is not None:
        return f"is below 0, and no frequency; --no-answer {text} if it means that no answer came"
    if _DATE.fullmatch(text):
        rule = "is a range or a date, and no frequency; --words gives it a number"
        return f"{rule} (spreadsheets make dates of 2-3: give the column the format text)"
    return RULE


def _keep(taken: Taken, pair: tuple[str, str], value: float) -> None:
    if value > 0:
        taken.ties[pair] = max(value, taken.ties.get(pair, 0.0))
    else:
        taken.zero.add(pair)


def _told_again(pair: tuple[str, str], first: tuple[str, float], now: tuple[str, float]) -> str:
    worths = f"{first[1]:g} and {now[1]:g}" if first[1] != now[1] else f"both {now[1]:g}"
    return f"{first[0]} and {now[0]} ({pair[0]} to {pair[1]}: {worths})"


def _tell(taken: Taken, again: list[str], selves: list[str]) -> None:
    if again:
        taken.notes.append(f"pairs that stand more than once ({len(again)}), the most frequent counts: {_some(again)}")
    if selves:
        taken.notes.append(f"ties of a person to herself ({len(selves)}) are left out: {_some(selves)}")
    if taken.both:
        which = "the ties are" if 2 * taken.both >= len(taken.ties) else f"{taken.both:,} ties are"
        taken.notes.append(f"{which} undirected, who asks whom is not told: each is taken both ways")
    if taken.words:
        worths = ", ".join(f"{word} = {value:g}" for word, value in sorted(taken.words.items(), key=lambda at: at[1]))
        taken.notes.append(f"words for frequencies are taken as {worths}; --words gives others")


def _some(places: list[str]) -> str:
    more = f"; and {len(places) - MOST_LISTED:,} more" if len(places) > MOST_LISTED else ""
    return "; ".join(places[:MOST_LISTED]) + more


def threshold(text: str | None, words: Mapping[str, float]) -> float | None:
    """The least frequency of a tie that counts, a number or a word; raises Problems."""
    if text is None:
        return None
    found = worth(text.strip(), words)
    if found is None:
        raise fault_at("", "--at-least", shown(text), "is neither a number from 0 nor a word for a frequency")
    return found
