"""UCINET DL: full and half matrices, lists of ties and of advisers, labels apart or embedded, several matrices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ccgsim.foundation.inputs.texts import one_line
from ccgsim.foundation.problems import nearest
from ccgsim.survey.formats.tokens import Token, lines_of, tokens
from ccgsim.survey.reading.raw import Context, Raw, Said, is_whole
from ccgsim.survey.reading.values import is_missing, number

FORMATS = ("fullmatrix", "upperhalf", "lowerhalf", "edgelist1", "nodelist1")
_ALSO = {"fm": "fullmatrix", "uh": "upperhalf", "lh": "lowerhalf", "el1": "edgelist1", "nl1": "nodelist1"}
_ALSO |= {"edgelist": "edgelist1", "nodelist": "nodelist1"}
_TWO_KINDS = ("edgelist2", "el2", "nodelist2", "nl2")
_ONE_KIND = "two kinds of nodes; a network of people has one"
_SIZE = re.compile(r"\b(n|nr|nc|nm)\s*=\s*(\d+)", re.IGNORECASE)
_FORMAT = re.compile(r"\bformat\s*=\s*(\w+)", re.IGNORECASE)
_DIAGONAL = re.compile(r"\bdiagonal\s*=?\s*(absent|present)", re.IGNORECASE)
_TITLE = re.compile(r"\btitle\s*=\s*(\"[^\"]*\"|'[^']*'|\S+)", re.IGNORECASE)
_LABELS = re.compile(
    r"^\s*(?:(row|column|col|matrix|level)s?\s+)?labels?\s*(embedded)?\s*[:=]?\s*(embedded)?\s*(.*)$", re.IGNORECASE
)
_DATA = re.compile(r"\bdata\s*:(.*)$", re.IGNORECASE)
_KEYWORD = re.compile(  # where a line holds more than one part of the header
    r"(?<=\S)(?<!\brow)(?<!\bcol)(?<!\bcolumn)(?<!\bmatrix)(?<!\blevel)\s+"
    r"(?=(?:(?:row|column|col|matrix|level)\s+)?labels?\b\s*(?:embedded\b|:)|data\s*:)",
    re.IGNORECASE,
)
_MOST = 20_000  # people of a DL file
_HUGE = 1e37  # UCINET writes missing values as 1E+38


@dataclass(slots=True)
class Header:
    """What stands above the data."""

    people: int = 0
    matrices: int = 1
    format: str = "fullmatrix"
    diagonal: bool = True
    embedded: set[str] = field(default_factory=set)  # of row, col
    labels: dict[str, list[Token]] = field(default_factory=dict)  # of row, col, matrix and both
    data: list[tuple[int, str]] = field(default_factory=list)


def dl(text: str, context: Context) -> Raw:
    """People and ties of all matrices; raises Problems for what the header and the data do not agree on."""
    head = _header(text, context)
    raw = Raw(f"UCINET DL, {head.format}")
    _check_labels(head, context)
    names = [raw.add(context, token.text, token.place) for token in _names(head)]
    if len(set(names)) < len(names):
        for name in sorted({name for name in names if names.count(name) > 1}):
            raw.faults.append(context.fault("labels", name, "stands more than once as a label"))
    if names and len(names) != head.people:
        raise context.refuse(f"says n = {head.people} and has {len(names)} labels", "labels")
    relations = [one_line(token.text) for token in head.labels.get("matrix", [])]
    relations += [f"matrix {place}" for place in range(len(relations) + 1, head.matrices + 1)]
    relations = relations if head.matrices > 1 else [""]
    if head.format in ("edgelist1", "nodelist1"):
        _lists(head, raw, names, relations, context)
    else:
        _matrices(head, raw, names, relations, context)
    raw.unnamed = max(0, head.people - len([name for name in raw.ids if name]))
    return raw


def _names(head: Header) -> list[Token]:
    for part in ("both", "row", "col"):
        if part in head.labels:
            return head.labels[part]
    return []


def _check_labels(head: Header, context: Context) -> None:
    """Rows and columns must be the same people; in a list of ties, whose ends are numbers, in the same order."""
    rows, columns = ([token.text for token in head.labels.get(part, [])] for part in ("row", "col"))
    if rows and columns and sorted(rows) != sorted(columns):
        strange = next(name for name in [*columns, *rows] if (name in rows) != (name in columns))
        raise context.refuse(f"labels rows and columns otherwise: {_ONE_KIND}", "labels", strange)
    if rows and columns and rows != columns and head.format != "fullmatrix":
        raise context.refuse("labels rows and columns in another order, which only a full matrix may", "labels")


def _header(text: str, context: Context) -> Header:
    """The words up to `data:`, and the lines after it."""
    found: dict[str, int] = {}
    head, label, rest = Header(), "", list(lines_of(text))
    if rest:
        rest[0] = (rest[0][0], re.sub(r"^\s*dl\b[\s,]*", "", rest[0][1], flags=re.IGNORECASE))
    while rest:
        line_number, line = rest.pop(0)
        line, *more = _KEYWORD.split(_TITLE.sub(" ", line), maxsplit=1)
        rest[:0] = [(line_number, each) for each in more]
        if data := _DATA.search(line):
            head.data = [(line_number, data[1])] * bool(data[1].strip()) + rest
            line, rest = line[: data.start()], []
        if said := _LABELS.match(line):
            label = {"column": "col", "level": "matrix", "": "both"}.get(
                (said[1] or "").lower(), (said[1] or "").lower()
            )
            if said[2] or said[3]:
                head.embedded |= {"row", "col"} if label == "both" else {label}
                label = ""
            line = said[4]
        elif _SIZE.search(line) or _FORMAT.search(line):
            _sizes(line, found, head, context, line_number)
            label, line = "", ""
        elif _DIAGONAL.search(line):
            head.diagonal = _DIAGONAL.search(line)[1].lower() == "present"  # type: ignore[index]
            line = ""
        if label and line.strip():
            head.labels.setdefault(label, []).extend(_labels_in(line, line_number))
    _check(head, found, context)
    return head


def _labels_in(line: str, line_number: int) -> list[Token]:
    """The labels of a line: separated by commas, else by blanks."""
    if "," in line and '"' not in line:
        return [Token(one_line(part), line_number, False) for part in line.split(",") if part.strip()]
    return tokens(line, line_number)


def _sizes(line: str, found: dict[str, int], head: Header, context: Context, line_number: int) -> None:
    found |= {key.lower(): min(int(size[:9]), 10**9) for key, size in _SIZE.findall(line)}
    if said := _FORMAT.search(line):
        head.format = _ALSO.get(said[1].lower(), said[1].lower())
        if head.format in _TWO_KINDS:
            raise context.refuse(f"is a list of {_ONE_KIND}", f"line {line_number}, format", said[1])
        if head.format not in FORMATS:
            rule = f"is a format that is not read; export as one of {', '.join(FORMATS)}"
            raise context.refuse(rule, f"line {line_number}, format", said[1], nearest(said[1], FORMATS))
    if said := _DIAGONAL.search(line):
        head.diagonal = said[1].lower() == "present"


def _check(head: Header, found: dict[str, int], context: Context) -> None:
    rows, columns = found.get("nr", found.get("n", 0)), found.get("nc", found.get("n", 0))
    if not rows:
        raise context.refuse("is DL and does not say n, the number of people: n = 24", "line 1")
    if rows != columns:
        rule = f"has {rows} rows and {columns} columns: {_ONE_KIND}"
        raise context.refuse(rule, "line 1")
    if rows > _MOST:
        raise context.refuse(f"says n = {rows:,}; at most {_MOST:,} people are read", "line 1")
    if not head.data:
        raise context.refuse("has no line data: with ties below it")
    head.people, head.matrices = rows, max(1, found.get("nm", 1))
    if head.matrices > 100:
        raise context.refuse(f"says nm = {head.matrices:,}; at most 100 matrices are read", "line 1")
    _join_labels(head)


def _join_labels(head: Header) -> None:
    """Labels of several words without quotes: where there is a line for each person, a line is a label."""
    for part, found in head.labels.items():
        lines = sorted({token.line for token in found})
        wanted = head.matrices if part == "matrix" else head.people
        if len(found) != wanted and len(lines) == wanted:
            joined = {line: " ".join(token.text for token in found if token.line == line) for line in lines}
            head.labels[part] = [Token(text, line, False) for line, text in joined.items()]


def _matrices(head: Header, raw: Raw, names: list[str], relations: list[str], context: Context) -> None:
    """Full or half matrices, one after the other, with rows wrapped as the file likes."""
    words = [token for line_number, line in head.data for token in tokens(line, line_number) if token.text != "!"]
    n, stream = head.people, iter(words)
    above, side = "col" in head.embedded, "row" in head.embedded
    widths = [_width(head, row) for row in range(n)]
    each = sum(widths) + (n if side else 0)
    again = above and len(words) == head.matrices * (each + n) and head.matrices > 1
    wanted = head.matrices * each + (n * (head.matrices if again else 1) if above else 0)
    if len(words) != wanted:
        rule = f"must hold {wanted:,} values and labels for n = {n}, and holds {len(words):,}"
        raise context.refuse(rule, f"line {head.data[0][0]}, data")
    for place, relation in enumerate(relations):
        if above and (place == 0 or again):
            tops = [raw.add(context, token.text, token.place) for token in _next(stream, n)]
        elif place == 0:
            own = [one_line(token.text) for token in head.labels.get("col", [])] if head.labels.get("row") else names
            tops = own or names or ([] if side else [raw.add(context, str(row), "labels") for row in range(1, n + 1)])
        rows = []
        for width in widths:
            label = [raw.add(context, token.text, token.place) for token in _next(stream, 1)] if side else []
            rows.append((label, list(_next(stream, width))))
        sides = [label[0] for label, _ in rows] if side else names or tops
        _enter(head, raw, (sides, tops or sides), [cells for _, cells in rows], relation, context)


def _next(stream: Iterator[Token], many: int) -> list[Token]:
    return [next(stream) for _ in range(many)]


def _width(head: Header, row: int) -> int:
    """Number of values in a row."""
    own = int(head.diagonal)
    if head.format == "fullmatrix":
        return head.people - 1 + own
    return head.people - row - 1 + own if head.format == "upperhalf" else row + own


def _columns(head: Header, row: int) -> list[int]:
    """The columns that the values of a row belong to."""
    start = row if head.format == "upperhalf" else 0
    end = row + 1 if head.format == "lowerhalf" else head.people
    return [column for column in range(start, end) if head.diagonal or column != row]


def _enter(
    head: Header,
    raw: Raw,
    labels: tuple[list[str], list[str]],
    rows: list[list[Token]],
    relation: str,
    context: Context,
) -> None:
    """Enter one matrix; rows without any answer are people who did not answer."""
    sides, tops = labels
    half = head.format != "fullmatrix"
    for name in sides:
        if name not in set(tops):
            raw.faults.append(context.fault("labels", name, "has a row and no column"))
    answered = raw.answered if raw.answered is not None else set()
    for row, cells in enumerate(rows):
        open_ = [_is_open(context.answer(cell.text)) for cell in cells]
        columns = _columns(head, row)
        if not all(free or column == row for free, column in zip(open_, columns, strict=True)):
            answered.add(sides[row])
        for column, cell, free in zip(columns, cells, open_, strict=True):
            value = None if free else cell.text
            raw.said.append(Said(sides[row], tops[column], value, cell.place, relation, both=half and column != row))
    raw.answered = None if half else answered


def _is_open(text: str) -> bool:
    found = number(text)
    return is_missing(text) or text.casefold() == "nan" or (found is not None and abs(found) > _HUGE)


def _lists(head: Header, raw: Raw, names: list[str], relations: list[str], context: Context) -> None:
    """Lists of ties (from, to, value) or of advisers (a seeker, then all she asks); '!' begins the next matrix."""
    raw.valued, place = False, 0
    for line_number, line in head.data:
        if line.startswith("!"):
            place += 1
            continue
        if place >= len(relations):
            raise context.refuse(f"holds more matrices than nm = {len(relations)}", f"line {line_number}")
        words = tokens(line, line_number)
        if head.format == "edgelist1" and len(words) not in (2, 3):
            rule = f"has {len(words)} words: a tie is from, to and perhaps a value; a name with blanks needs quotes"
            raw.faults.append(context.fault(f"line {line_number}", line, rule))
            continue
        value = words.pop().text if head.format == "edgelist1" and len(words) == 3 else ""
        raw.valued = raw.valued or bool(value)
        seeker, *advisers = (_person(token, head, raw, names, context) for token in words)
        for adviser in advisers:
            said = None if value and _is_open(value) else value
            raw.said.append(Said(seeker, adviser, said, f"line {line_number}", relations[place]))


def _person(token: Token, head: Header, raw: Raw, names: list[str], context: Context) -> str:
    """The person of a label or of a number; where labels are embedded, every word is a label."""
    if head.embedded:
        return raw.add(context, token.text, token.place)
    if token.text in names and not is_whole(token.text):
        return token.text
    if is_whole(token.text) and 1 <= int(token.text[:9]) <= head.people:
        return names[int(token.text) - 1] if names else raw.add(context, str(int(token.text)), token.place)
    rule = f"is neither a label nor a number from 1 to {head.people}"
    raw.faults.append(context.fault(token.place, token.text, rule, nearest(token.text, names)))
    return names[0] if names else "1"
