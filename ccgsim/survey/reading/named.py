"""Surveys that ask for names: a row a respondent, the names of those she asks in columns or in one cell."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from ccgsim.foundation.inputs.texts import one_line
from ccgsim.survey.reading.columns import plain
from ccgsim.survey.reading.grid import Grid
from ccgsim.survey.reading.left_out import is_nobody, is_sum
from ccgsim.survey.reading.raw import Context, Raw, Said
from ccgsim.survey.reading.values import is_missing, looks_like_answers
from ccgsim.survey.reading.wide import respondents

_NUMBERED = re.compile(r"(.*\D|)(\d+)")
_ORDINAL = re.compile(r"(\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (.+)")
_BETWEEN = re.compile(r"[;,\n]")
_RESPONDENTS = 0.2  # least share of the names that are respondents' own: a survey of a board names members


@dataclass(frozen=True, slots=True)
class Naming:
    """One column of names: its place, the question, the column that says how often, whether a cell holds several."""

    place: int
    question: str
    often: int | None = None
    several: bool = False


def named_at(grid: Grid, header: int, context: Context) -> tuple[int, list[Naming]] | None:
    """The respondents' column and the columns of names below this header; None if it asks for no names."""
    for respondent in respondents(grid, header)[:1] if header + 1 < len(grid.rows) else []:
        people = {one_line(cell) for cell in grid.below(header, respondent) if cell}
        found = _numbered(grid, header, respondent, context) or _lists(grid, header, respondent)
        names = [name for each in found for name in _names(grid, header, each)]
        if sum(name in people for name in names) > _RESPONDENTS * len(names):
            return respondent, found
    return None


def _numbered(grid: Grid, header: int, respondent: int, context: Context) -> list[Naming]:
    """Columns such as 'Adviser 1', 'Adviser 2', each with its 'How often 1' where there is one; or '1st choice'."""
    stems: dict[str, dict[str, int]] = defaultdict(dict)
    for place, name in enumerate(grid.rows[header]):
        if place == respondent:
            continue
        if said := _NUMBERED.fullmatch(plain(name)):
            stems[said[1].strip()][said[2]] = place
        elif said := _ORDINAL.fullmatch(plain(name)):
            stems[said[2]][said[1]] = place
    stems = {stem: places for stem, places in stems.items() if len(places) > 1}
    often = {stem for stem, places in stems.items() if _are_answers(grid, header, places, context)}
    values = stems[next(iter(often))] if len(often) == 1 else {}
    return [
        Naming(place, stem, values.get(number))
        for stem, places in stems.items()
        if stem not in often
        for number, place in places.items()
    ]


def _are_answers(grid: Grid, header: int, places: dict[str, int], context: Context) -> bool:
    return looks_like_answers([cell for place in places.values() for cell in grid.below(header, place)], context.words)


def _lists(grid: Grid, header: int, respondent: int) -> list[Naming]:
    """Columns of which most names are respondents' own, and one cell at least holds several, as boxes to tick give."""
    people = {one_line(cell) for cell in grid.below(header, respondent) if cell}
    found = []
    for place, name in enumerate(grid.rows[header]):
        column = Naming(place, one_line(name), several=True)
        names = _names(grid, header, column)
        filled = sum(not is_missing(cell) for cell in grid.below(header, place))
        if place != respondent and len(names) > filled and sum(each in people for each in names) > len(names) / 2:
            found.append(column)
    return found


def _names(grid: Grid, header: int, column: Naming) -> list[str]:
    return [name for cell in grid.below(header, column.place) for name in _of(cell, column)]


def _of(cell: str, column: Naming) -> list[str]:
    """The names in a cell; none where it says that there is nobody."""
    parts = _BETWEEN.split(cell) if column.several else [cell]
    return [one_line(part) for part in parts if not is_missing(part) and not is_nobody(part)]


def named(grid: Grid, header: int, found: tuple[int, list[Naming]], context: Context) -> Raw:
    """The ties of such a survey: whoever has a row with a name answered, and asks nobody else."""
    respondent, columns = found
    names = grid.rows[header]
    raw = Raw("a survey with a row a respondent and the names of those she asks")
    raw.columns, raw.answered = {"respondent": names[respondent], "to": names[columns[0].place]}, set()
    raw.valued = any(column.often is not None for column in columns)
    several = len({column.question for column in columns}) > 1
    for row in range(header + 1, len(grid.rows)):
        cells = grid.rows[row] + [""] * (len(names) - len(grid.rows[row]))
        asked = [(column, name) for column in columns for name in _of(cells[column.place], column)]
        if is_sum(cells[respondent]) or not (cells[respondent] or asked):
            continue
        one = raw.add(context, cells[respondent], grid.place(row, respondent, names[respondent]))
        if asked or any(is_nobody(cells[column.place]) for column in columns):
            raw.answered.add(one)
        for column, name in asked:
            place = grid.place(row, column.place, names[column.place])
            other, often = (
                raw.add(context, name, place),
                "" if column.often is None else context.answer(cells[column.often]),
            )
            value = None if column.often is not None and is_missing(often) else often
            raw.said.append(Said(one, other, value, place, column.question if several else ""))
    raw.notes.append("whom a respondent does not name, she does not ask; whose row is empty did not answer")
    return raw
