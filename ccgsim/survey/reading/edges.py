"""A list of ties: a row a tie, with and without a header."""

from __future__ import annotations

import re

from ccgsim.foundation.problems import shown
from ccgsim.survey.reading.columns import OF_THE_TIE, TIES, matched, plain
from ccgsim.survey.reading.grid import CALLED, Grid
from ccgsim.survey.reading.left_out import is_nobody, is_sum
from ccgsim.survey.reading.raw import Context, Raw, Said, listed
from ccgsim.survey.reading.values import is_missing, key_of, looks_like_answers, worth

_ARROW = re.compile(r"\S\s*(->|→|=>|-->|>|<-)\s*\S")
_LEAST_KNOWN = 0.3  # share of the cells of a column of frequencies that are numbers or known words
_MOST_WAVES = 20  # a column 'time' with more values holds the times of answers
_TRUE = ("1", "yes", "true", "x")
_UNDIRECTED, _DIRECTED = ("undirected", "both", "mutual"), ("directed", "")


def edges(grid: Grid, header: int, context: Context) -> Raw:
    """The ties under a header; raises Problems if it names no seeker and no adviser."""
    names = grid.rows[header]
    columns = matched(names, TIES)
    if not {"from", "to"} <= set(columns):
        columns = _by_place(grid, header, columns, context)
    _check_type(grid, header, columns)
    values = _values(grid, header, columns, context)
    raw = _read(grid, header + 1, columns, values, names, context)
    taken = {what: names[place] or f"column {place + 1}" for what, place in columns.items()}
    raw.columns = taken | {"frequency": ", ".join(names[place] for place in values)} if values else taken
    if unused := [name for place, name in enumerate(names) if name and place not in (*columns.values(), *values)]:
        raw.notes.append(f"columns not used: {listed(unused)}")
    if not {"from", "to"} <= set(matched(names, TIES)):
        raw.notes.append(f"columns by their place: {', '.join(f'{name} is {what}' for what, name in taken.items())}")
    return raw


def headerless(grid: Grid, context: Context) -> Raw:
    """The ties of a list without a header: from, to and, where there is a third column, frequency."""
    width = max(len(row) for row in grid.rows)
    if width < 2:
        raise _one_column(grid, context)
    if width > 3 and any(any(row[3:]) for row in grid.rows):
        rule = f"has {width} columns and no names above them; name them in a first row: from, to, frequency, ..."
        if _ARROW.search(" ".join(grid.rows[0])):
            rule = "holds two people and an arrow; write them in two columns, from and to"
        raise context.refuse(rule, grid.place(0, 0), ", ".join(grid.rows[0]))
    names = ["from", "to", "frequency"][: min(width, 3)]
    raw = _read(grid, 0, {"from": 0, "to": 1}, [2] * (width > 2), names, context)
    raw.notes.insert(0, f"no header: the columns are taken as {', '.join(names)}")
    return raw


def _one_column(grid: Grid, context: Context) -> Exception:
    name = grid.rows[0][0] if grid.rows and grid.rows[0] else ""
    return context.refuse("is the only column: ties need two, from and to", grid.place(0, 0), name)


def _by_place(grid: Grid, header: int, columns: dict[str, int], context: Context) -> dict[str, int]:
    """Seeker and adviser as the first two columns that are nothing else."""
    names = grid.rows[header]
    found = {what: place for what, place in columns.items() if what not in ("directed", "unknown")}
    free = [place for place, name in enumerate(names) if name and place not in found.values()]
    if grid.separator and len(names) == 1:
        raise _one_column(grid, context)
    missing = [what for what in ("from", "to") if what not in found]
    if len(free) < len(missing):
        raise _no_ends(grid, header, free, missing, context)
    for what in missing:
        found[what] = free.pop(0)
    if "frequency" not in found and len(free) == 1:
        found["frequency"] = free[0]
    return found


def _values(grid: Grid, header: int, columns: dict[str, int], context: Context) -> list[int]:
    """The columns of frequencies: the one so named, else all others that hold answers, a relation each."""
    if "frequency" in columns:
        return [columns["frequency"]]
    free = (place for place in range(len(grid.rows[header])) if place not in columns.values())
    return [place for place in free if _holds_answers(grid, header, place, context)]


def _holds_answers(grid: Grid, header: int, place: int, context: Context) -> bool:
    """Whether a column says how often, whatever its name; words that nobody knows may stand beside, as faults."""
    name, told = plain(grid.rows[header][place]), [text for text in grid.below(header, place) if not is_missing(text)]
    if not name or OF_THE_TIE.fullmatch(name):
        return False
    known = [text for text in told if worth(text, context.words) is not None]
    return bool(known) and (_LEAST_KNOWN * len(told) <= len(known) or any(key_of(text) == "never" for text in known))


def _no_ends(grid: Grid, header: int, free: list[int], missing: list[str], context: Context) -> Exception:
    names = grid.rows[header]
    for row in range(header + 1, min(header + 20, len(grid.rows))):
        for column in free:
            value = grid.rows[row][column] if column < len(grid.rows[row]) else ""
            if _ARROW.search(value):
                rule = "holds two people in one cell; write them in two columns, from and to"
                return context.refuse(rule, grid.place(row, column, names[column]), value)
    rule = f"has no column for {' and '.join(missing)}; its columns are {listed([name for name in names if name])}"
    return context.refuse(f"{rule}; ties need from (who asks) and to (who is asked)", grid.place(header, 0))


def _check_type(grid: Grid, header: int, columns: dict[str, int]) -> None:
    """A column 'type' says the direction of ties if it holds such words, as Gephi writes; else the relation.

    A column 'year' or 'time' tells waves if it holds few values.
    """
    if "wave" in columns and len(set(grid.below(header, columns["wave"]))) > _MOST_WAVES:
        del columns["wave"]
    if "directed" not in columns:
        return
    place = columns["directed"]
    if not all(cell.casefold() in (*_UNDIRECTED, *_DIRECTED) for cell in grid.below(header, place)):
        del columns["directed"]
        columns.setdefault("relation", place)


def _read(
    grid: Grid, first: int, columns: dict[str, int], values: list[int], names: list[str], context: Context
) -> Raw:
    raw = Raw(_form(grid), valued=bool(values))
    width = len(names) if first else max(len(row) for row in grid.rows)
    known = context.people | {row[columns["from"]] for row in grid.rows[first:] if len(row) > columns["from"]}
    aside, nobody = [], []
    for r in range(first, len(grid.rows)):
        cells = grid.rows[r]
        if len(cells) > width and any(cells[width:]):
            rule = f"has {len(cells)} cells under a header of {width}; put a name that holds the separator in quotes"
            raw.faults.append(context.fault(grid.place(r, 0), ", ".join(cells), rule))
            continue
        cells = cells + [""] * (width - len(cells))
        one, other = cells[columns["from"]], cells[columns["to"]]
        if (first and cells == names) or _adds(one, other):
            aside.append(f"{grid.place(r, 0)} ({shown(one or other)})")
        elif one and other and (is_nobody(other) or is_missing(other)) and other not in known:
            raw.add(context, one, grid.place(r, columns["from"], names[columns["from"]]))
            nobody.append(grid.place(r, columns["to"]))
        elif any(cells[place] for place in (*columns.values(), *values)):
            _row(raw, grid, (r, cells), (columns, values, names), context)
    _tell(raw, aside, nobody)
    if not raw.said and not raw.faults:
        raise context.refuse("has a header and no row below it: there are no ties", grid.place(max(first - 1, 0), 0))
    return raw


def _adds(one: str, other: str) -> bool:
    """Whether a row holds a sum: one end is a word for sums, and the other is empty or such a word too."""
    return (not one or not other or one == other) and is_sum(one or other)


def _tell(raw: Raw, aside: list[str], nobody: list[str]) -> None:
    """Say which rows are no ties."""
    if aside:
        raw.notes.append(f"rows of sums, or of the names of columns again, are left out: {listed(aside)}")
    if nobody:
        raw.notes.append(f"rows whose adviser is nobody, 'none' or 'n/a', are no ties: {listed(nobody)}")


def _row(
    raw: Raw,
    grid: Grid,
    row: tuple[int, list[str]],
    where: tuple[dict[str, int], list[int], list[str]],
    context: Context,
) -> None:
    """Take over one row: a tie, or one of each relation where each has a column."""
    (r, cells), (columns, values, names) = row, where
    ends = (columns["from"], columns["to"])
    one, other = (raw.add(context, cells[place], grid.place(r, place, names[place])) for place in ends)
    said = {what: cells[columns[what]] for what in ("relation", "wave", "unknown", "directed") if what in columns}
    unknown, both = said.get("unknown", "").casefold() in _TRUE, said.get("directed", "").casefold() in _UNDIRECTED
    for place in values or [columns["from"]]:
        text = context.answer(cells[place]) if values else ""
        missing = unknown or (bool(values) and is_missing(text))  # NaN is a fault in a list, no missing answer
        relation = " ".join(filter(None, (said.get("relation", ""), names[place] if len(values) > 1 else "")))
        there = grid.place(r, place, names[place] if values else "")
        raw.said.append(Said(one, other, None if missing else text, there, relation, said.get("wave", ""), both))


def _form(grid: Grid) -> str:
    separated = f", separated by {CALLED[grid.separator]}" if grid.separator else ""
    return f"a list of ties{separated}"


def has_header(grid: Grid, context: Context) -> bool:
    """Whether the first row of a list without known names is a header: words above numbers."""
    top = grid.rows[0]
    below = {cell for row in grid.rows[1:] for cell in row}
    if any(worth(cell, context.words) is None and cell in below for cell in top if cell):
        return False  # whoever stands in the first row is a person of other rows too
    for place, cell in enumerate(top):
        under = [text for text in grid.below(0, place)[:200] if text]
        if under and cell and worth(cell, context.words) is None and looks_like_answers(under, context.words):
            return True
    return False
