"""A matrix of ties: rows seek, columns advise; with labels, or without where it is square."""

from __future__ import annotations

import re
from collections import Counter

from ccgsim.foundation.inputs.texts import one_line
from ccgsim.foundation.problems import nearest
from ccgsim.survey.reading.grid import CALLED, Grid, cell_name
from ccgsim.survey.reading.left_out import adds_up, is_about, is_sum
from ccgsim.survey.reading.raw import Context, Raw, Said, is_whole, listed
from ccgsim.survey.reading.values import is_missing, looks_like_answers, number, worth

_NAN = "nan"
_DASHES = ("-", "–", "—")
_ZERO = "0"  # most cells of a large matrix: no tie, nothing to say of them


def labels_at(grid: Grid, header: int) -> tuple[int, list[int], list[int]] | None:
    """Column of the row labels, columns and rows of a matrix whose header is this row; None if it is none.

    The names above and those at the side must largely be the same people.
    """
    cells = _over(grid, header)
    filled = [place for place in range(len(cells)) if any(grid.below(header, place))]
    sides = [side for at, side in enumerate(filled[:3]) if all(_is_title(grid, header, place) for place in filled[:at])]
    tried = (_labels_beside(grid, header, cells, side) for side in sides)
    found = next((each for each in tried if each is not None), None)
    if found is not None:
        grid.rows[header] = cells
    return found


def _names_inside(grid: Grid, rows: list[int], above: list[int], names: set[str]) -> bool:
    """Whether people stand where a matrix has its values: then each row lists those whom one person asks."""
    return any(
        text in names and not is_whole(text) for row in rows for place in above if (text := _at(grid, row, place))
    )


def other_people_above(grid: Grid, context: Context) -> str | None:
    """Why a table of values under names that do not stand at its side is no network; None if it is none."""
    names, width = grid.rows[0], len(grid.rows[0])
    sides = grid.below(0, 0)
    values = [place for place in range(1, width) if looks_like_answers(grid.below(0, place), context.words)]
    if width < 3 or len(values) < width - 1 or not all(names[1:]) or looks_like_answers(sides, context.words):
        return None
    return "has other people above than at the side: two kinds of nodes; a network of people has one"


def _is_title(grid: Grid, header: int, column: int) -> bool:
    """Whether a column beside the labels says what the rows are, 'Seeker', or numbers them."""
    below = [text for text in grid.below(header, column) if text]
    top = _at(grid, header, column)
    numbers = [str(number_) for number_ in range(1, len(below) + 1)]
    return (len(set(below)) == 1 and top not in below) or (below == numbers and not is_whole(top))


def _labels_beside(grid: Grid, header: int, cells: list[str], side: int) -> tuple[int, list[int], list[int]] | None:
    """The same with the row labels in this column; labels that R has changed become those at the side in `cells`."""
    above = [place for place in range(side + 1, len(cells)) if _is_label(cells[place])]
    rows = [row for row in range(header + 1, len(grid.rows)) if _is_label(_at(grid, row, side))]
    names = [_at(grid, row, side) for row in rows]
    if _are_of_r([cells[place] for place in above], names):
        for place, name in zip(above, names, strict=True):
            cells[place] = name
    tops, sides = {one_line(cells[place]) for place in above}, {one_line(name) for name in names}
    shared = len(tops & sides)
    repeats = bool(cells[side]) and len(sides) < 0.8 * len(rows)  # a list names seekers again and again
    is_list = (
        is_whole(cells[side])
        or repeats
        or len(sides) > 2 * len(tops)
        or _names_inside(grid, rows, above, {*sides, cells[side]})
    )
    if is_list or len(tops) < 2 or shared < max(2, 0.5 * min(len(tops), len(sides))):
        return None
    return side, above, rows


def _are_of_r(tops: list[str], sides: list[str]) -> bool:
    """Whether the names above are what R makes of those at the side: X101 of 101, Cy.Lee of Cy Lee, or V1, V2, ..."""
    if len(tops) != len(sides) or len(tops) < 2:
        return False
    made = [re.sub(r"[^\w.]", ".", name) for name in sides]
    made = [name if name[:1].isalpha() else f"X{name}" for name in made]
    return tops in (made, [f"V{place}" for place in range(1, len(sides) + 1)])


def _is_label(cell: str) -> bool:
    """Whether a cell may be a person's name: neither empty nor a word for sums."""
    return bool(cell) and not is_sum(cell)


def _over(grid: Grid, header: int) -> list[str]:
    """The header, moved to stand over its columns: some programs leave out the corner."""
    cells = grid.rows[header]
    below = grid.rows[header + 1 : header + 4]
    return ["", *cells] if below and all(cells) and {len(row) for row in below} == {len(cells) + 1} else cells


def _at(grid: Grid, row: int, column: int) -> str:
    cells = grid.rows[row]
    return cells[column] if column < len(cells) else ""


def matrix(grid: Grid, header: int, found: tuple[int, list[int], list[int]], context: Context) -> Raw:
    """The ties of a labelled matrix. Rows that are missing altogether did not answer."""
    side, above, rows = found
    raw = Raw(f"a matrix with labels{_separated(grid)}")
    above, rows = _without_others(raw, grid, (header, above, rows, side), context)
    tops = [raw.add(context, grid.rows[header][place], grid.cell_place(header, place)) for place in above]
    sides = [raw.add(context, _at(grid, row, side), grid.cell_place(row, side)) for row in rows]
    _check_labels(raw, grid, (header, above, rows, side), context)
    for row in rows:
        cells = grid.rows[row]
        if any(cells[len(grid.rows[header]) :]):
            rule = f"has {len(cells)} cells under a header of {len(grid.rows[header])}"
            raw.faults.append(context.fault(grid.place(row, 0), ", ".join(cells), rule))
    answers = [[_answer(grid, row, place, context) for place in above] for row in rows]
    half = _is_half(answers, tops == sides)
    blanks = not half and _blanks(answers)
    answered = set()
    for row, seeker, texts in zip(rows, sides, answers, strict=True):
        if blanks or not all(_open(text) for text, adviser in zip(texts, tops, strict=True) if adviser != seeker):
            answered.add(seeker)
        for place, adviser, text in zip(above, tops, texts, strict=True):
            if _tells(text, seeker == adviser, context) and not (half and not text):
                value = _ZERO if blanks and not text else None if _open(text) else text
                raw.said.append(Said(seeker, adviser, value, grid.cell_place(row, place), both=half))
    raw.answered = None if half else answered
    if blanks:
        raw.notes.append("the matrix has no zero: its empty cells are taken as no tie")
    return raw


def _answer(grid: Grid, row: int, place: int, context: Context) -> str:
    """A cell of the matrix; a dash is an empty cell."""
    text = _at(grid, row, place)
    return "" if text in _DASHES else context.answer(text)


def _tells(text: str, own: bool, context: Context) -> bool:
    """Whether a cell says something: not 0, nor the mark that fills the diagonal."""
    return text != _ZERO and not (own and worth(text, context.words) is None)


def _is_half(cells: list[list[str]], square: bool) -> bool:
    """Whether one half beside the diagonal is full and the other empty: each pair is told once, without direction."""
    if not square or len(cells) < 3:
        return False
    upper = {bool(cells[row][place]) for row in range(len(cells)) for place in range(row + 1, len(cells))}
    lower = {bool(cells[row][place]) for row in range(len(cells)) for place in range(row)}
    return {True} in (upper, lower) and {False} in (upper, lower)


def _without_others(
    raw: Raw, grid: Grid, where: tuple[int, list[int], list[int], int], context: Context
) -> tuple[list[int], list[int]]:
    """The columns and rows of people: those of notes, roles or sums beside them are left out and said."""
    header, above, rows, side = where
    tops = {place: one_line(grid.rows[header][place]) for place in above}
    sides = {row: one_line(_at(grid, row, side)) for row in rows}
    shared = set(tops.values()) & set(sides.values())
    people = [place for place in above if tops[place] in shared], [row for row in rows if sides[row] in shared]
    columns = {place: [_at(grid, row, place) for row in people[1]] for place in above}
    lines = {row: [_at(grid, row, place) for place in people[0]] for row in rows}
    beside = [lines[row] for row in people[1]], [columns[place] for place in people[0]]
    others = [
        place
        for place in above
        if tops[place] not in shared and _is_aside(tops[place], columns[place], beside[0], context)
    ]
    below = [row for row in rows if sides[row] not in shared and _is_aside(sides[row], lines[row], beside[1], context)]
    below += [
        row
        for row in rows
        if row not in below and sides[row] not in shared and _is_blank(sides[row], lines[row], [*tops.values()])
    ]
    if others:
        raw.notes.append(f"columns not used: {listed([tops[place] for place in others])}")
    if below:
        raw.notes.append(
            f"rows not used, as no column has their label: {listed([grid.place(row, side) for row in sorted(below)])}"
        )
    if any(cell and not _is_label(cell) for cell in (*grid.rows[header][side + 1 :], *grid.below(header, side))):
        raw.notes.append("columns and rows of sums are left out")
    return [place for place in above if place not in others], [row for row in rows if row not in below]


def _is_aside(label: str, cells: list[str], beside: list[list[str]], context: Context) -> bool:
    """Whether a column or row with a label of its own is no person's: notes, a key, sums, words."""
    told = any(not _open(cell) for cell in cells)
    words = told and not looks_like_answers(cells, context.words)
    return is_about(label) or words or adds_up(cells, beside)


def _is_blank(label: str, cells: list[str], names: list[str]) -> bool:
    """Whether an empty row only says something; one whose label is nearly a person's is hers, misspelt."""
    return not any(cells) and not nearest(label, names)


def _open(text: str) -> bool:
    return is_missing(text) or text.casefold() == _NAN


def _blanks(cells: list[list[str]]) -> bool:
    """Whether empty cells say 'no tie': some are empty and not one is zero."""
    texts = [text for row in cells for text in row]
    return "" in texts and not any(number(text) == 0 or text.casefold() in ("never", "no") for text in texts)


def _check_labels(raw: Raw, grid: Grid, where: tuple[int, list[int], list[int], int], context: Context) -> None:
    """Labels that stand twice, and people with a row and no column."""
    header, above, rows, side = where
    tops = [one_line(grid.rows[header][place]) for place in above]
    sides = [one_line(_at(grid, row, side)) for row in rows]
    twice = {name for name, times in (Counter(tops) | Counter(sides)).items() if times > 1}
    for name in sorted(twice):
        cells = [cell_name(grid.lines[header], place) for place, top in zip(above, tops, strict=True) if top == name]
        lines = [str(grid.lines[row]) for row, own in zip(rows, sides, strict=True) if own == name]
        rule = f"stands more than once as a label: columns {', '.join(cells)}, rows {', '.join(lines)}"
        raw.faults.append(context.fault(grid.place(header, 0), name, rule))
    for row, name in zip(rows, sides, strict=True):
        if name not in tops:
            rule, near = "has a row and no column; take the row out if it is no person's", nearest(name, tops)
            raw.faults.append(context.fault(grid.place(row, side), name, rule, near))
    absent = [name for name in tops if name not in set(sides)]
    if absent:
        raw.notes.append(f"a column and no row, so no answer: {listed(absent)}")


def is_bare_square(grid: Grid, context: Context) -> bool:
    """Whether the rows are a square of numbers, at least 4 by 4, without any label."""
    wide = len(grid.rows[0])
    return (
        len(grid.rows) == wide >= 4
        and (bool(grid.rows[0][0]) or not any(row[place] for place, row in enumerate(grid.rows)))  # else a corner
        and all(len(row) == wide for row in grid.rows)
        and all(worth(cell, context.words) is not None or _open(cell) for row in grid.rows for cell in row)
    )


def bare_square(grid: Grid, context: Context, names: list[str] | None = None, first: int = 0) -> Raw:
    """The ties of a square of numbers; people are called 1, 2, ... where no names are given."""
    rows = grid.rows[first:]
    people = names or [str(place) for place in range(1, len(rows) + 1)]
    raw = Raw(f"a matrix without labels{_separated(grid)}" if not names else f"a matrix{_separated(grid)}")
    if not names:
        raw.notes.append(f"no labels: people are called 1 to {len(rows)}, in the order of the rows")
    for place, name in enumerate(people):
        raw.add(context, name, grid.cell_place(0, place))
    ids, answered = list(raw.ids), set()
    for row, cells in enumerate(rows):
        texts = [context.answer(cell) for cell in (cells + [""] * len(ids))[: len(ids)]]
        if not all(_open(text) for place, text in enumerate(texts) if place != row):
            answered.add(ids[row])
        for place, text in enumerate(texts):
            if _tells(text, row == place, context):
                value = None if _open(text) else text
                raw.said.append(Said(ids[row], ids[place], value, grid.cell_place(row + first, place)))
    raw.answered = answered
    return raw


def has_names_above(grid: Grid, context: Context) -> bool:
    """Whether one row of names stands above a square of numbers without labels at its side."""
    wide = len(grid.rows[0])
    return (
        len(grid.rows) == wide + 1 >= 4
        and len(set(grid.rows[0])) == wide
        and not looks_like_answers(grid.rows[0], context.words)
        and all(
            len(row) == wide and all(worth(cell, context.words) is not None or _open(cell) for cell in row)
            for row in grid.rows[1:]
        )
    )


def _separated(grid: Grid) -> str:
    return f", separated by {CALLED[grid.separator]}" if grid.separator else ""
