"""A list of ties: a row a tie, with and without a header."""

from __future__ import annotations

import re

from ccgsim.survey.reading.columns import TIES, matched
from ccgsim.survey.reading.grid import CALLED, Grid
from ccgsim.survey.reading.raw import Context, Raw, Said, listed
from ccgsim.survey.reading.values import is_missing, looks_like_answers, worth

_ARROW = re.compile(r"\S\s*(->|→|=>|-->|>|<-)\s*\S")
_TRUE = ("1", "yes", "true", "x")
_UNDIRECTED, _DIRECTED = ("undirected", "both", "mutual"), ("directed", "")


def edges(grid: Grid, header: int, context: Context) -> Raw:
    """The ties under a header; raises Problems if it names no seeker and no adviser."""
    names = grid.rows[header]
    columns = matched(names, TIES)
    if not {"from", "to"} <= set(columns):
        columns = _by_place(grid, header, columns, context)
    _check_type(grid, header, columns)
    raw = _read(grid, header + 1, columns, names, context)
    taken = {what: names[place] or f"column {place + 1}" for what, place in columns.items()}
    raw.columns = taken
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
        raise context.refuse(rule, grid.place(0, 0), ", ".join(grid.rows[0]))
    names = ["from", "to", "frequency"][: min(width, 3)]
    raw = _read(grid, 0, {name: place for place, name in enumerate(names)}, names, context)
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
    if "frequency" not in found and free:
        found["frequency"] = free[0]
    return found


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
    """A column 'type' says the direction of ties if it holds such words, as Gephi writes; else the relation."""
    if "directed" not in columns:
        return
    place = columns["directed"]
    if not all(cell.casefold() in (*_UNDIRECTED, *_DIRECTED) for cell in grid.below(header, place)):
        del columns["directed"]
        columns.setdefault("relation", place)


def _read(grid: Grid, first: int, columns: dict[str, int], names: list[str], context: Context) -> Raw:
    raw = Raw(_form(grid), valued="frequency" in columns)
    width = len(names) if first else max(len(row) for row in grid.rows)
    seeker, adviser = columns["from"], columns["to"]
    value = columns.get("frequency")
    relation, wave, unknown, direction = (columns.get(what, -1) for what in ("relation", "wave", "unknown", "directed"))
    for r in range(first, len(grid.rows)):
        cells = grid.rows[r]
        if len(cells) > width and any(cells[width:]):
            rule = f"has {len(cells)} cells under a header of {width}; put a name that holds the separator in quotes"
            raw.faults.append(context.fault(grid.place(r, 0), ", ".join(cells), rule))
            continue
        cells = cells + [""] * (width - len(cells))
        if not any(cells[place] for place in columns.values()):
            continue
        one = raw.add(context, cells[seeker], grid.place(r, seeker, names[seeker]))
        other = raw.add(context, cells[adviser], grid.place(r, adviser, names[adviser]))
        said = "" if value is None else cells[value]
        missing = value is not None and is_missing(said)  # NaN is a fault in a list, no missing answer
        if unknown >= 0 and cells[unknown].casefold() in _TRUE:
            missing = True
        place = grid.place(r, value if value is not None else seeker, names[value] if value is not None else "")
        raw.said.append(
            Said(
                *(one, other, None if missing else said, place),
                cells[relation] if relation >= 0 else "",
                cells[wave] if wave >= 0 else "",
                direction >= 0 and cells[direction].casefold() in _UNDIRECTED,
            )
        )
    if not raw.said and not raw.faults:
        raise context.refuse("has a header and no row below it: there are no ties", grid.place(max(first - 1, 0), 0))
    return raw


def _form(grid: Grid) -> str:
    separated = f", separated by {CALLED[grid.separator]}" if grid.separator else ""
    return f"a list of ties{separated}"


def has_header(grid: Grid, context: Context) -> bool:
    """Whether the first row of a list without known names is a header: words above numbers."""
    top = grid.rows[0]
    for place, cell in enumerate(top):
        below = [text for text in grid.below(0, place)[:200] if text]
        if below and cell and worth(cell, context.words) is None and looks_like_answers(below, context.words):
            return True
    return False
