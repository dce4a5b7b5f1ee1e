"""The wide form that survey tools export: a row a respondent, a column a person, the question around the name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from ccgsim.foundation.inputs.texts import one_line
from ccgsim.foundation.problems import shown
from ccgsim.survey.reading.columns import RESPONDENT, bare, plain
from ccgsim.survey.reading.grid import Grid
from ccgsim.survey.reading.left_out import is_about, is_sum
from ccgsim.survey.reading.raw import Context, Raw, Said, listed
from ccgsim.survey.reading.values import is_missing, key_of, looks_like_answers, number

_BRACKET = re.compile(r"(.*?)\[([^\[\]]+)\]\s*$", re.DOTALL)
_DASH = re.compile(r"(.*\S)\s+[-–—:|]\s+(\S.*)$|(.*\S):\s*(\S.*)$", re.DOTALL)
_CODED = re.compile(r"\s*\[\w*\d\]\s*$")  # the code of a part, as LimeSurvey writes it before the name
_NUMBER_BEFORE = re.compile(r"\d+\s*[.)]\s+(?=\S)")
_ONE_ANSWER = ("open ended response", "response", "answer", "text")  # below a question that has one column
_TICKS = ("x", "yes", "1", "true", "✓", "✔", "checked", "selected")
_ABOUT = re.compile(  # what survey tools add of themselves
    r"(timestamp|time stamp|duration|progress|finished|status|start|end|ip address|latitude|longitude|recorded|user"
    r"|channel|language|consent|e ?mail|comments?|age( .*years| group)?$|years|response id|id$|no$|nr$|wave|collector"
    r"|respondent id|record|case id)\b"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One column of answers: its place, the person asked about, and the question around the name."""

    place: int
    person: str
    question: str


def asked_at(grid: Grid, header: int, context: Context) -> tuple[int, list[Asked]] | None:
    """The respondents' column and the columns of answers below this header; None if it is no wide form."""
    names = grid.rows[header]
    if len(names) < 3 or header + 1 >= len(grid.rows):
        return None
    candidates = respondents(grid, header)
    found = _without_numbers(_persons(names, _answers(grid, header, candidates, context)))
    people = {asked.person for asked in found}
    candidates = candidates or _respondents_by_names(grid, header, people, context)
    if len(found) < 2 or not candidates:
        return None
    named = [sum(one_line(cell) in people for cell in grid.below(header, place)) for place in candidates]
    if not any(named) and _names_respondents(grid, header, [*candidates, *(asked.place for asked in found)]):
        return None
    return candidates[named.index(max(named))], found


def _names_respondents(grid: Grid, header: int, but: list[int]) -> bool:
    """Whether another column names respondents: this is a list of whom they ask, and nobody stands in the header."""
    who = {cell for cell in grid.below(header, but[0]) if cell}
    others = [place for place in range(len(grid.rows[header])) if place not in but]
    return any(who & set(grid.below(header, place)) for place in others)


def _respondents_by_names(grid: Grid, header: int, people: set[str], context: Context) -> list[int]:
    """Columns whose cells are mostly names of those who are asked about, whatever they are called."""
    places = range(len(grid.rows[header]))
    below = {place: [one_line(cell) for cell in grid.below(header, place) if cell] for place in places}
    return [
        place
        for place, cells in below.items()
        if sum(cell in people for cell in cells) > len(cells) / 2 and not looks_like_answers(cells, context.words)
    ]


def no_respondent(names: list[str]) -> str | None:
    """Why a survey in wide form cannot be read that does not say who answers; None if this is none."""
    asked = [name for name in names if (found := _BRACKET.match(name)) and found[1].strip()]
    if len(asked) < 2:
        return None
    return f"asks about people ({asked[0]}) and has no column that says who answers; call it 'Your name'"


def two_rows(grid: Grid, header: int) -> Grid | None:
    """The table with two rows of names made one, question [person]: the question stands once, blanks after it.

    None unless the second row names columns that the first leaves blank.
    """
    if header + 2 >= len(grid.rows):
        return None
    top, below = grid.rows[header], grid.rows[header + 1]
    width = max(len(top), len(below))
    top, below = (row + [""] * (width - len(row)) for row in (top, below))
    if sum(bool(name) and not question for question, name in zip(top, below, strict=True)) < 1 or not any(top):
        return None
    names, question = [], ""
    for above, name in zip(top, below, strict=True):
        question = above or question
        alone = not name or plain(name) in _ONE_ANSWER
        names.append(above if alone else f"{question} [{name}]" if question else name)
    return Grid([names, *grid.rows[header + 2 :]], grid.lines[header + 1 :], grid.sheet, grid.separator)


def respondents(grid: Grid, header: int) -> list[int]:
    """Columns that may say who answers, by their names, full ones first; those that are empty are left out."""
    names = [plain(name) for name in grid.rows[header]]
    found = [names.index(words) for words in RESPONDENT if words in names]
    found += [place for place, name in enumerate(names) if "your name" in name or "your code" in name]
    return [place for place in dict.fromkeys(found) if any(grid.below(header, place))]


def _answers(grid: Grid, header: int, but: list[int], context: Context) -> list[int]:
    names = grid.rows[header]
    return [
        place
        for place, name in enumerate(names)
        if place not in but
        and name
        and not _ABOUT.match(plain(name))
        and not is_about(name)
        and not is_sum(name)
        and (looks_like_answers(grid.below(header, place), context.words) or _BRACKET.match(name))
    ]


def _persons(names: list[str], places: list[int]) -> list[Asked]:
    """Person and question of each column: from [brackets], after a dash or colon, or what differs between them."""
    bracketed = [(place, _BRACKET.match(names[place])) for place in places]
    if sum(match is not None for _, match in bracketed) >= 2:
        return [
            Asked(place, one_line(found[2]), one_line(_CODED.sub("", found[1]))) for place, found in bracketed if found
        ]
    dashed = [(place, _DASH.match(names[place])) for place in places]
    split = [
        Asked(place, one_line(found[2] or found[4]), one_line(found[1] or found[3])) for place, found in dashed if found
    ]
    if len(split) >= 2 and len({asked.question for asked in split}) < len(split):
        return split
    return _by_prefix(names, places)


def _without_numbers(found: list[Asked]) -> list[Asked]:
    """The columns without numbers before the names, '1. Ann', where every name has one."""
    named = [_NUMBER_BEFORE.match(asked.person) for asked in found]
    return [
        replace(asked, person=asked.person[match.end() :]) if match else asked
        for asked, match in zip(found, named if all(named) else [None] * len(found), strict=True)
    ]


def _by_prefix(names: list[str], places: list[int]) -> list[Asked]:
    """What is left of names that begin with the same words and end with the same: 'How often do you ask ANN?'."""
    texts = [one_line(names[place]) for place in places]
    if len(texts) < 2:
        return []
    start = _whole_words(_common(texts))
    rest = [text[len(start) :] for text in texts]
    end = _whole_words(_common([text[::-1] for text in rest]))
    people = [text[: len(text) - len(end)].strip() for text in rest]
    if not all(people):
        return [Asked(place, text, "") for place, text in zip(places, texts, strict=True)]
    question = one_line(f"{start} {end[::-1]}")
    return [Asked(place, person, question) for place, person in zip(places, people, strict=True)]


def _common(texts: list[str]) -> str:
    """The longest beginning that all texts share."""
    low, high = min(texts), max(texts)
    return next((low[:place] for place, sign in enumerate(low) if sign != high[place]), low)


def _whole_words(text: str) -> str:
    """The beginning of a text up to its last sign between words, so that no name is cut: 'Ask J' is 'Ask '."""
    signs = [place for place, sign in enumerate(text) if not sign.isalnum()]
    return text[: signs[-1] + 1] if signs else ""


def wide(grid: Grid, header: int, found: tuple[int, list[Asked]], context: Context) -> Raw:
    """The ties of a survey: whoever has a row answered, whoever has none did not."""
    respondent, asked = found
    names = grid.rows[header]
    raw = Raw("a survey with a row a respondent and a column a person")
    raw.columns = {"respondent": names[respondent]}
    for each in asked:
        raw.add(context, each.person, grid.place(header, each.place, f"column {each.place + 1}"))
    _check_twice(grid, header, asked, raw, context)
    ticked = {question for question in {each.question for each in asked} if _is_ticked(grid, header, asked, question)}
    raw.answered = set()
    seen: Counter[str] = Counter()
    for row in range(header + 1, len(grid.rows)):
        _respond(grid, row, found, names, (raw, seen, ticked), context)
    if twice := [name for name, times in seen.items() if times > 1]:
        raw.notes.append(f"more than one form came from {listed(twice)}: of two answers the more frequent one counts")
    if ticked:
        raw.notes.append("only marks and empty cells: an empty cell is taken as no tie")
    used = {respondent, *(each.place for each in asked)}
    if others := [name for place, name in enumerate(names) if name and place not in used]:
        raw.notes.append(f"columns not used: {listed(others)}")
    raw.notes.append(f"people are read from columns such as {names[asked[0].place]!r} as {asked[0].person!r}")
    if not raw.answered and not raw.faults:
        raise context.refuse("has a header and no row of a respondent below it", grid.place(header, 0))
    return raw


def _respond(
    grid: Grid,
    row: int,
    found: tuple[int, list[Asked]],
    names: list[str],
    known: tuple[Raw, Counter[str], set[str]],
    context: Context,
) -> None:
    """Take over one respondent's answers; one without any answer did not answer."""
    (respondent, asked), (raw, seen, ticked) = found, known
    cells = grid.rows[row] + [""] * (len(names) - len(grid.rows[row]))
    answers = [context.answer(cells[each.place]) for each in asked]
    if is_sum(next(filter(None, cells), "")) or not (cells[respondent] or any(answers)):
        return
    written, place = one_line(cells[respondent]), grid.place(row, respondent, names[respondent])
    name = raw.add(context, alike(written, [each.person for each in asked]), place)
    if name != written:
        raw.notes.append(f"{place}: {shown(written)} is taken for {name}, who is written so in the questions")
    if all(_open(text) for text in answers) and not ticked:
        return
    seen[name] += 1
    assert raw.answered is not None
    raw.answered.add(name)
    for each, text in zip(asked, answers, strict=True):
        value = "0" if _open(text) and each.question in ticked else None if _open(text) else text
        if value is not None and each.question in ticked and value != "0":
            value = "1"
        place = f"{grid.place(row, each.place)}, {each.person}" if not grid.sheet else grid.place(row, each.place)
        raw.said.append(Said(name, each.person, value, place, each.question))


def alike(name: str, people: list[str]) -> str:
    """The one of these people whose name is written so but for capitals, accents and signs; else the name itself."""
    same = {person for person in people if bare(person) == bare(name)}
    return name if name in same or len(same) != 1 else same.pop()


def _open(text: str) -> bool:
    return is_missing(text) or text.casefold() == "nan"


def _is_ticked(grid: Grid, header: int, asked: list[Asked], question: str) -> bool:
    """Whether a question has only marks and blanks, as boxes to tick give: a mark, or the person's own name."""
    blank = False
    for each in asked:
        if each.question == question:
            for text in grid.below(header, each.place):
                blank = blank or _open(text)
                if not _open(text) and key_of(text) not in _TICKS and one_line(text) != each.person:
                    return False
                if number(text) == 0:
                    return False
    return blank


def _check_twice(grid: Grid, header: int, asked: list[Asked], raw: Raw, context: Context) -> None:
    places = defaultdict(list)
    for each in asked:
        places[each.question, each.person].append(each.place + 1)
    for (_, person), columns in places.items():
        if len(columns) > 1:
            rule = f"has more than one column: {', '.join(map(str, columns))}"
            raw.faults.append(context.fault(grid.place(header, columns[0] - 1), person, rule))
