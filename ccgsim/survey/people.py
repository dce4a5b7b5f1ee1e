"""From a table of people as written to the people of a network; whoever stands in ties must stand there too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from ccgsim.foundation.inputs.texts import one_line, text_fault
from ccgsim.foundation.problems import Problem, nearest, shown
from ccgsim.survey.reading.columns import PEOPLE, matched, wave_columns
from ccgsim.survey.reading.raw import LONGEST_NAME, PeopleTable, Raw, is_whole, listed
from ccgsim.survey.reading.values import is_missing, number

YES = (
    *("yes", "y", "true", "x", "board", "member", "on the board", "board member", "✓", "✔", "answered"),
    *("responded", "returned", "completed", "complete", "received"),
)
NO = (
    *("no", "n", "false", "contact", "outside", "-", "–", "—", "✗", "✘", "none", "not on the board"),
    *(
        "outside contact",
        "not answered",
        "no answer",
        "no response",
        "non-response",
        "non-respondent",
        "not responded",
        "not returned",
    ),
    *("not board", "not member", "non-member", "did not answer", "did not respond"),
)
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")
_KEYS = ("id", "label", "name")
_MAY_BE_OPEN = {"kind", "written", "role", "organisation", "locality"}
_MOST_HINTS = 20  # nearest names are looked for so many times


@dataclass(slots=True)
class Listed:
    """The people of a table: cells by column that was recognised, and the person of each name in the ties."""

    cells: dict[str, list[str]]
    places: list[str]
    waves: dict[str, list[str]]
    file: str
    columns: dict[str, str]
    ids: list[str] = field(default_factory=list)
    found: dict[str, int] = field(default_factory=dict)  # row by name in the ties
    notes: list[str] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)

    def cell(self, column: str, row: int) -> str:
        """A cell of a recognised column, '' where the table has no such column."""
        cells = self.cells.get(column)
        return cells[row] if cells else ""

    def flag(self, column: str, row: int) -> bool | None:
        """A yes or no of the table, None where it is empty; anything else becomes a fault."""
        return self._flag(self.cell(column, row), column, row)

    def present(self, wave: str, row: int) -> bool:
        """Whether this person was there in a wave; everybody where the table does not say."""
        return wave not in self.waves or self._flag(self.waves[wave][row], f"wave {wave}", row) is not False

    def _flag(self, text: str, column: str, row: int) -> bool | None:
        word, exactly = _BRACKETED.sub("", text).casefold(), number(text)
        if word in YES or exactly == 1:
            return True
        if word not in NO and exactly != 0:
            if is_missing(word):
                return None
            place = f"{self.places[row]}, {self.columns.get(column, column)}"
            self.faults.append(
                Problem(self.file, place, shown(text), "is neither yes nor no", nearest(word, (*YES, *NO)))
            )
        return False


def names_in(table: PeopleTable) -> frozenset[str]:
    """The ids and names that a table of people holds, as written."""
    columns = matched(table.columns, PEOPLE)
    places = {columns[what] for what in ("id", "name", "label") if what in columns} or {0}
    return frozenset(row[place] for row in table.rows for place in places if place < len(row))


def listed_people(table: PeopleTable, raw: Raw) -> Listed:
    """The table with its columns recognised and the people of the ties found in it; faults and notes are kept in it."""
    columns = matched(table.columns, PEOPLE)
    waves = {name: place for name, place in wave_columns(table.columns).items() if place not in columns.values()}
    if not {"id", "name", "label", "last"} & set(columns):
        columns = {"id": 0, **{what: place for what, place in columns.items() if place != 0}}
    cells = {what: [one_line(row[place]) for row in table.rows] for what, place in columns.items()}
    for what in cells.keys() & _MAY_BE_OPEN:
        cells[what] = ["" if is_missing(cell) else cell for cell in cells[what]]
    present = {name: [one_line(row[place]) for row in table.rows] for name, place in waves.items()}
    names = {what: table.columns[place] for what, place in columns.items()}
    if "last" in cells and "name" not in cells:
        cells["name"] = [one_line(f"{first} {last}") for first, last in zip(*_first_and_last(cells), strict=True)]
    notes = list(table.notes)
    taken = {*columns.values(), *waves.values()}
    if unused := [name for place, name in enumerate(table.columns) if name and place not in taken]:
        notes.append(f"columns of the table of people that are not used: {listed(unused)}")
    people = Listed(cells, table.places, present, table.file, names, notes=notes, faults=list(table.faults))
    _check_cells(people, len(table.columns))
    _find(people, raw, bool(table.faults))
    return people


def _first_and_last(cells: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """First and last names; no first names where the table has none."""
    return cells.get("first", [""] * len(cells["last"])), cells["last"]


def _check_cells(people: Listed, width: int) -> None:
    for what, cells in people.cells.items():
        for row, cell in enumerate(cells):
            rule = text_fault(cell) or (f"has {len(cell):,} characters; at most {LONGEST_NAME} are allowed")
            if len(cell) > LONGEST_NAME or text_fault(cell):
                people.faults.append(Problem(people.file, f"{people.places[row]}, {what}", shown(cell), rule))


def _find(people: Listed, raw: Raw, formulas: bool) -> None:
    """Find each person of the ties in the column that knows most of them, then in the others."""
    known = {key: set(people.cells[key]) - {""} for key in _KEYS if key in people.cells}
    score = {key: len(known[key] & set(raw.ids)) for key in known}
    key = max(known, key=lambda each: (score[each], -_KEYS.index(each)))
    unread = formulas and "" in people.cells[key]  # a formula without a value may name anybody
    rows: dict[str, int] = {}
    for column in sorted(known, key=lambda each: each != key):
        _take(people, column, rows, needed=column == key, unread=unread)
    people.found = rows
    _numbers(people, key, raw)
    shown_by = "label" if key == "id" and len(known.get("label", ())) == len(people.places) else key
    people.ids = list(people.cells[shown_by])
    people.faults += [] if unread else _strangers(people, key, raw)


def _take(people: Listed, column: str, rows: dict[str, int], needed: bool, unread: bool) -> None:
    """Enter a column into the rows by name; names that stand twice or are empty are faults of the key only."""
    places = defaultdict(list)
    for row, name in enumerate(people.cells[column]):
        places[name].append(row)
    for name, found in places.items():
        if name and len(found) == 1:
            rows.setdefault(name, found[0])
        elif needed and (name or not unread):
            where = ", ".join(people.places[row] for row in found[:5])
            rule = f"stands for {len(found)} people: {where}; each person needs one of her own" if name else "is empty"
            place = people.columns.get(column, column) if name else f"{where}, {people.columns.get(column, column)}"
            people.faults.append(Problem(people.file, place, shown(name) if name else "", rule))
            if name:
                rows.setdefault(name, found[0])


def _numbers(people: Listed, key: str, raw: Raw) -> None:
    """Where a spreadsheet has dropped zeros, 7 in the ties is 007 among the people, if nobody else can be meant."""
    missing = [name for name in raw.ids if name not in people.found and is_whole(name)]
    by_number = defaultdict(list)
    for row, code in enumerate(people.cells[key]):
        if is_whole(code):
            by_number[int(code)].append((code, row))
    pairs = [(name, *by_number[int(name)][0]) for name in missing if len(by_number.get(int(name), ())) == 1]
    if pairs:
        people.found |= {name: row for name, _, row in pairs}
        told = listed([f"{name} is taken for {code}" for name, code, _ in pairs])
        people.notes.append(f"codes that lost their zeros (a spreadsheet drops them): {told}")


def _strangers(people: Listed, key: str, raw: Raw) -> Iterator[Problem]:
    """A fault for each person of the ties who is not in the table."""
    hints = 0
    for name, place in raw.ids.items():
        if name and name not in people.found:
            hints += 1
            near = nearest(name, people.cells[key]) if hints <= _MOST_HINTS else ""
            yield Problem("", place, shown(name), f"is not among the people of {people.file}", near)


def words_that_mean_nothing(words: Mapping[str, Sequence[str]]) -> str:
    """Words and where they stand, in one sentence."""
    return "; ".join(f"{shown(word)} ({listed(list(places))})" for word, places in words.items())


def alone(raw: Raw) -> Listed:
    """The people of the ties where no table says more of them."""
    rows = [*(name for name in raw.ids if name), *_unnamed(raw)]
    people = Listed({"id": rows}, [raw.ids.get(name, "") for name in rows], {}, "", {})
    people.ids, people.found = rows, dict(zip(rows, range(len(rows)), strict=True))
    return people


def _unnamed(raw: Raw) -> list[str]:
    names = (f"unnamed {number}" for number in range(1, raw.unnamed + 1))
    return [name for name in names if name not in raw.ids]


def in_order(found: Mapping[str, int]) -> list[str]:
    """Names by their row."""
    return [name for name, _ in sorted(found.items(), key=itemgetter(1))]
