"""NetDraw VNA: data of people, and ties with a column for each relation."""

from __future__ import annotations

from ccgsim.foundation.problems import nearest
from ccgsim.survey.formats.tokens import Token, lines_of, tokens
from ccgsim.survey.reading.columns import PEOPLE, TIES, matched
from ccgsim.survey.reading.raw import Context, PeopleTable, Raw, Said
from ccgsim.survey.reading.values import is_missing

_SECTIONS = ("node data", "node properties", "tie data", "tie properties")


def vna(text: str, context: Context) -> Raw:
    """People and ties; where there is node data, everybody in the ties must stand there."""
    raw = Raw("NetDraw VNA")
    for name, rows in _sections(text, context):
        if name == "node data" and rows:
            _people(rows, raw, context)
        elif name == "node properties":
            for row in rows[1:]:
                raw.add(context, row[0].text, row[0].place)
        elif name == "tie data" and rows:
            _ties(rows, raw, context)
    if not raw.said and not raw.faults:
        raise context.refuse("has no rows under *Tie data")
    return raw


def _sections(text: str, context: Context) -> list[tuple[str, list[list[Token]]]]:
    found: list[tuple[str, list[list[Token]]]] = []
    for line_number, line in lines_of(text):
        if line.startswith("*"):
            name = " ".join(line.strip("* :").casefold().split())
            if name not in _SECTIONS:
                rule = f"is no section of VNA: {', '.join('*' + section for section in _SECTIONS)}"
                raise context.refuse(rule, f"line {line_number}", line, nearest(name, _SECTIONS))
            found.append((name, []))
        elif found:
            found[-1][1].append(tokens(line, line_number))
    return [(name, [row for row in rows if row]) for name, rows in found]


def _people(rows: list[list[Token]], raw: Raw, context: Context) -> None:
    header = [token.text for token in rows[0]]
    key = matched(header, PEOPLE, ("id",)).get("id", 0)
    table = PeopleTable(context.file, header, [], [])
    for row in rows[1:]:
        cells = [token.text for token in row]
        if len(cells) > len(header):
            rule = f"has {len(cells)} values under a header of {len(header)}; a value with blanks needs quotes"
            raw.faults.append(context.fault(row[0].place, ", ".join(cells), rule))
            continue
        raw.add(context, cells[key] if key < len(cells) else "", row[0].place)
        table.rows.append(cells + [""] * (len(header) - len(cells)))
        table.places.append(row[0].place)
    raw.people = table if len(header) > 1 else None


def _ties(rows: list[list[Token]], raw: Raw, context: Context) -> None:
    """A row a pair, a column a relation; a relation is called after its column where there are several."""
    header = [token.text for token in rows[0]]
    columns = matched(header, TIES, ("from", "to"))
    seeker, adviser = columns.get("from", 0), columns.get("to", 1)
    relations = [place for place in range(len(header)) if place not in (seeker, adviser)]
    raw.valued = bool(relations)
    raw.columns = {"from": header[seeker], "to": header[adviser] if adviser < len(header) else ""}
    for row in rows[1:]:
        if not max(seeker, adviser) < len(row) <= len(header):
            rule = f"has {len(row)} values under a header of {len(header)}; a name with blanks needs quotes"
            raw.faults.append(context.fault(row[0].place, " ".join(token.text for token in row), rule))
            continue
        one, other = (raw.add(context, row[place].text, row[0].place) for place in (seeker, adviser))
        if not relations:
            raw.said.append(Said(one, other, "", row[0].place))
        for place in relations:
            text = row[place].text if place < len(row) else ""
            name = header[place] if len(relations) > 1 else ""
            raw.said.append(Said(one, other, None if is_missing(text) else text, row[0].place, name))
