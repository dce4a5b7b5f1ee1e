"""A matrix of ties: rows seek, columns advise; with labels, or without where it is square."""

from __future__ import annotations

from collections import Counter

from ccgsim.foundation.texts import one_line
from ccgsim.survey.reading.columns import plain
from ccgsim.survey.reading.grid import CALLED, Grid, cell_name
from ccgsim.survey.reading.raw import Context, Raw, Said, is_whole, listed
from ccgsim.survey.reading.values import is_missing, looks_like_answers, number, worth

_NAN = "nan"
_SUMS = ("total", "totals", "sum", "sums", "mean", "average", "outdegree", "indegree")  # no people
_ZERO = "0"  # most cells of a large matrix: no tie, nothing to say of them


def labels_at(grid: Grid, header: int) -> tuple[int, list[int], list[int]] | None:
    """Column of the row labels, columns and rows of a matrix whose header is this row; None if it is none.

    The names above and those at the side must largely be the same people.
    """
    cells = _over(grid, header)
    side = next((place for place in range(min(3, len(cells))) if any(grid.below(header, place))), 0)
    above = [place for place in range(side + 1, len(cells)) if _is_label(cells[place])]
    rows = [row for row in range(header + 1, len(grid.rows)) if _is_label(_at(grid, row, side))]
    tops = {one_line(cells[place]) for place in above}
    sides = {one_line(_at(grid, row, side)) for row in rows}
    shared = len(tops & sides)
    repeats = bool(cells[side]) and len(sides) < 0.8 * len(rows)  # a list names seekers again and again
    is_list = is_whole(cells[side]) or repeats or len(sides) > 2 * len(tops)
    if is_list or len(tops) < 2 or shared < max(2, 0.5 * min(len(tops), len(sides))):
        return None
    grid.rows[header] = cells
    return side, above, rows


def _is_label(cell: str) -> bool:
    """Whether a cell may be a person's name: neither empty nor a word for sums."""
    return bool(cell) and plain(cell) not in _SUMS


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
    tops = [raw.add(context, grid.rows[header][place], grid.cell_place(header, place)) for place in above]
    sides = [raw.add(context, _at(grid, row, side), grid.cell_place(row, side)) for row in rows]
    _check_labels(raw, grid, (header, above, rows, side), context)
    for row in rows:
        cells = grid.rows[row]
        if any(cells[len(grid.rows[header]) :]):
            rule = f"has {len(cells)} cells under a header of {len(grid.rows[header])}"
            raw.faults.append(context.fault(grid.place(row, 0), ", ".join(cells), rule))
    blanks = _blanks(grid, above, rows)
    answered = set()
    for row, seeker in zip(rows, sides, strict=True):
        texts = [_at(grid, row, place) for place in above]
        if blanks or not all(_open(text) for text, adviser in zip(texts, tops, strict=True) if adviser != seeker):
            answered.add(seeker)
        for place, adviser, text in zip(above, tops, texts, strict=True):
            if text != _ZERO:
                value = _ZERO if blanks and not text else None if _open(text) else text
                raw.said.append(Said(seeker, adviser, value, grid.cell_place(row, place)))
    raw.answered = answered
    if len(above) < sum(map(bool, grid.rows[header][side + 1 :])):
        raw.notes.append("columns and rows of sums are left out")
    if blanks:
        raw.notes.append("the matrix has no zero: its empty cells are taken as no tie")
    return raw


def _open(text: str) -> bool:
    return is_missing(text) or text.casefold() == _NAN


def _blanks(grid: Grid, above: list[int], rows: list[int]) -> bool:
    """Whether empty cells say 'no tie': some are empty and not one is zero."""
    texts = [_at(grid, row, place) for row in rows for place in above]
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
            raw.faults.append(context.fault(grid.place(row, side), name, "has a row and no column"))
    absent = [name for name in tops if name not in set(sides)]
    if absent:
        raw.notes.append(f"a column and no row, so no answer: {listed(absent)}")


def is_bare_square(grid: Grid, context: Context) -> bool:
    """Whether the rows are a square of numbers, at least 4 by 4, without any label."""
    wide = len(grid.rows[0])
    return (
        len(grid.rows) == wide >= 4
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
        texts = (cells + [""] * len(ids))[: len(ids)]
        if not all(_open(text) for place, text in enumerate(texts) if place != row):
            answered.add(ids[row])
        for place, text in enumerate(texts):
            if text != _ZERO:
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
