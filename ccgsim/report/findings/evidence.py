"""The patterns in the terminal: each finding, a table by origin, a forest plot, patterns that stopped holding."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ccgsim.report.drawing.margins import ORIGINS, ForestRow, Mark, digits, forest_rows, short, shown_of, yes_or_no

WIDTH = 100  # columns of the whole output
PLOT, REACH = 47, 2.0  # columns of the plot, and its range on either side of the bound, in units of the scale
CLAIM = 34  # most letters of a claim
LINE, HELD, FAILED, OTHER_LINE, OTHER, INSIDE, BOUND, CROSSED, FAR_LEFT, FAR_RIGHT = GLYPHS = "━●○─×·│┿◀▶"
PLAIN = str.maketrans(f"{GLYPHS}–…’", "=#o-x.|+<>-.'")
Row = Mapping[str, Any]
_STYLES = {LINE: "bold", HELD: "bold green", FAILED: "bold red", OTHER_LINE: "cyan", OTHER: "cyan", INSIDE: "dim"}


def finding_lines(row: Row) -> Iterator[str]:
    """Lines for one judged pattern and its parts."""
    fate = "holds" if row["held"] else "does not hold"
    without = {None: "", True: "; holds without its mechanism too", False: "; fails without its mechanism"}
    yield f"{row['id']:4} {row['claim']} ({row['origin']}): {fate}{without[row['held_without_mechanism']]}"
    for part in row["parts"]:
        yield legible(f"   {'+' if part['held'] else '-'} {part['statistic']}: {numbers(part)}, {part['tolerance']}")


def numbers(part: Row) -> str:
    """Value and interval of a part as text."""
    if part["value"] is None:
        return "undefined"
    return f"{digits(part['value'])} [{digits(part['low'])}, {digits(part['high'])}]"


def legible(text: str) -> str:
    """The text, in plain ASCII if standard output cannot encode it."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        GLYPHS.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN).encode("ascii", "replace").decode()
    return text


def print_board(document: Row) -> None:
    """Print the table, the forest plot and the headline, at most a hundred columns wide."""
    console = Console(highlight=False, width=WIDTH)
    for origin in ORIGINS:
        rows = [row for row in document["patterns"] if row["origin"] == origin]
        if rows:
            console.print(_table(f"{origin.capitalize()}: {ORIGINS[origin]}", rows))
    console.print("without: held without its mechanism\n")
    for line in plot_lines(document):
        console.print(line, no_wrap=True, crop=False)
    console.print(Text(f"\n{shown_of(document)} ({document['seeds']} seeds)", style="bold"))


def _table(title: str, rows: Sequence[Row]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), title=f"\n{title}", title_justify="left", title_style="bold")
    for name, width in (("id", 3), ("claim and statistic", 29), ("source", 8)):
        table.add_column(name, width=width)
    for name, width in (("value", 8), ("interval", 14), ("tolerance", 13)):
        table.add_column(name, width=width, justify="right")
    for name in ("held", "without", "shown"):
        table.add_column(name, no_wrap=True)
    for row in rows:
        table.add_row(*(Text(legible(cell)) for cell in _cells(row)))
    return table


def _cells(row: Row) -> tuple[str, ...]:
    interval = f"{digits(row['low'])} to {digits(row['high'])}"
    verdicts = (yes_or_no(row[key]) for key in ("held", "held_without_mechanism", "shown"))
    what = f"{row['claim']}: {row['statistic']}"
    return row["id"], what, row["source"], digits(row["value"]), interval, short(row["tolerance"]), *verdicts


def plot_lines(document: Row) -> Iterator[Text]:
    """The forest plot: one line per pattern, grouped by origin, with a legend."""
    for origin, rows in groupby(forest_rows(document), key=lambda row: row.origin):
        yield Text(origin, style="bold")
        for row in rows:
            yield _plot_line(row)
    start = " " * (len("P00 ") + CLAIM + 1)
    half = PLOT // 2
    yield Text(legible(f"{start}{'outside':>{half - 1}} {BOUND} {'inside the tolerance':<{half - 1}}"))
    yield Text(legible(f"{LINE}{HELD}{LINE} held, {LINE}{FAILED}{LINE} not held, as the model stands; "
                       f"{OTHER_LINE}{OTHER}{OTHER_LINE} without the mechanism; {FAR_LEFT} off the scale"))  # fmt: skip
    yield Text("A unit is the half-width of a two-sided tolerance, else the larger of the two distances")
    yield Text("from the bound: compare lengths within a row. 80% of worlds must agree as well.")


def _plot_line(row: ForestRow) -> Text:
    claim = row.claim if len(row.claim) <= CLAIM else f"{row.claim[: CLAIM - 1]}…"
    line = Text(legible(f"{row.id:3} {claim:{CLAIM}} "))
    for glyph in drawn(row):
        line.append(legible(glyph), style=_STYLES.get(glyph, ""))
    line.append(f" {row.verdict}")
    return line


def drawn(row: ForestRow) -> str:
    """The characters of a row: tolerance and bound, then the statistic without its mechanism, then with it, on top."""
    cells = list(f"{' ' * (PLOT // 2)}{BOUND}{INSIDE * (PLOT // 2)}")
    if row.standing is None:
        return f"{'undefined' if row.part['value'] is None else 'no bound':^{PLOT}}"
    if row.without is not None:
        _draw(cells, row.without, OTHER_LINE, OTHER)
    _draw(cells, row.standing, LINE, HELD if row.standing.held else FAILED)
    return "".join(cells)


def _draw(cells: list[str], mark: Mark, line: str, point: str) -> None:
    """Draw an interval and its value over the cells; parts beyond an edge become an arrow."""
    low, middle, high = (_place(x) for x in (mark.low, mark.value, mark.high))
    for place in range(max(low, 0), min(high, PLOT - 1) + 1):
        cells[place] = CROSSED if cells[place] in (BOUND, CROSSED) else line
    if 0 <= middle < PLOT:
        cells[middle] = point
    if low < 0:
        cells[0] = FAR_LEFT
    if high >= PLOT:
        cells[-1] = FAR_RIGHT


def _place(margin: float) -> int:
    return round(PLOT // 2 * (1 + margin / REACH))


def baseline_lines(document: Row) -> list[str]:
    """Parts that stopped holding since the baseline, before and now; a note if the baseline had other rules."""
    about, lines = document["baseline"], []
    if about["rules"] is not None and not about["same_rules"]:
        lines.append("the baseline was computed with other rules than these")
    for fall in document["stopped"]:
        name = f"{fall['id']} has stopped holding: {fall['statistic']}"
        before, now = (numbers(fall[when]) if fall[when] else "absent" for when in ("before", "now"))
        lines.append(legible(f"{name}: {before} before, {now} now; {(fall['now'] or fall['before'])['tolerance']}"))
    return lines
