"""Departures in words and files: a table for the terminal, departures.csv, departures.json, one figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ccgsim.foundation.files.writing import csv_bytes, json_bytes, put, sha256
from ccgsim.lab.depart.departures import a_year
from ccgsim.lab.depart.result import Departures
from ccgsim.report import folders
from ccgsim.report.figures.departures import departures_figure
from ccgsim.report.manifest import NAME, SCHEMA
from ccgsim.report.words.terminal import cell, print_line, print_table
from ccgsim.scenario.wording import Words

Row = Mapping[str, Any]
LABELS = {
    "contacts_kept": "contacts kept",
    "outside_reach": "outside reach",
    "knowledge_mobility": "knowledge mobility",
    "coherence": "coherence",
    "stability": "stability",
    "participation": "participation",
    "projects_live": "live projects",
}
FIGURES = {  # labels by measure of each figure, by the name of its files
    "departures": {name: LABELS[name] for name in ("stability", "coherence", "participation", "projects_live")},
    "departures_contacts": {name: LABELS[name] for name in ("contacts_kept", "outside_reach", "knowledge_mobility")},
}


def print_departures(document: Row) -> None:
    """Print a row a member: what she has, and what her departure costs after a year (or the time nearest to it)."""
    after, told = a_year(document["after"]), words_of(document)
    head = (
        f"What a departure in month {document['month']} costs {after} months later: mean difference from the same "
        f"worlds in which the member stays [90% interval], {document['draws']} draws of what is unknown"
    )
    print_line(told(head))
    print_table(_table(document, after), 150)
    for line in lines(document, after):
        print_line(told(line))


def lines(document: Row, after: int) -> Iterator[str]:
    """What eases departures, and how to read the table."""
    yield "Reach: advisers outside the board. Only theirs: those whom no other member asks."
    yield "First three: the chance to be among the three members through whom most of the advice between others runs."
    yield f"What eases a departure {after} months later, against the same departure with nothing done about it:"
    for means, helped in eased(document, after).items():
        best = sorted(helped, key=lambda row: -row["effect"])[:3]
        words = "; ".join(f"{row['id']}: {LABELS[row['measure']]} {_short(row['effect'])}" for row in best)
        often = f"eases {len({row['id'] for row in helped})} of {len(document['members'])} departures, most {words}"
        yield f"  {means}: {often if best else 'no difference for the better that could be told'}"
    yield "Contacts kept: part of the outside advisers whom the board had at the start."
    yield "Outside reach: the number of outside advisers against the start (1: as many), whenever they were found."
    known = "nothing in it is unknown" if not document["unknown_pairs"] else f"{document['unknown_pairs']} ties unknown"
    yield f"? cannot be told from this survey ({known}): the interval holds 0, or the mean is below a thousandth."


def eased(document: Row, after: int) -> dict[str, list[Row]]:
    """By means, the rows in which it can be told that it helps."""
    rows = [row for row in document["eases"] if row["after"] == after]
    means = dict.fromkeys(row["means"] for row in rows)
    return {each: [row for row in rows if row["means"] == each and row["told"] and row["effect"] > 0] for each in means}


def _table(document: Row, after: int) -> Any:
    from rich.table import Table
    from rich.text import Text

    from ccgsim.report.words.terminal import TABLE

    costs = {(row["id"], row["measure"]): row for row in document["people"] if row["after"] == after}
    table = Table(**TABLE)
    for name in ("member", "reach", "only theirs", "first three"):
        table.add_column(name, no_wrap=True)
    for label in LABELS.values():
        table.add_column(label, justify="right", no_wrap=False)
    for one in document["members"]:
        found = (told_of(costs[one["id"], measure]) for measure in LABELS)
        table.add_row(Text(one["id"]), span(one, "outside_reach"), span(one, "alone"), cell(one["top3"]), *found)
    return table


def span(one: Row, name: str) -> str:
    """A count as known, or its 90% interval over draws."""
    low, high = one.get(f"{name}_q05"), one.get(f"{name}_q95")
    return f"{one[name]}" if low is None or low == high else f"{low:.0f} to {high:.0f}"


def told_of(row: Row) -> str:
    """'-.083', below it '-.095 to -.072'; '?' where it cannot be told, a dash where there is no value."""
    if row["effect"] is None:
        return "–"
    return f"{_short(row['effect'])}\n{_short(row['low'])} to {_short(row['high'])}" if row["told"] else "?"


def words_of(document: Row) -> Words:
    """The words of the scenario, which leave surveyed people's names as they are."""
    return Words(document.get("words") or {}).keeping(document.get("names") or ())


def _short(value: float) -> str:
    return f"{value:+.3f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:+.2f}"


def write_departures(opening: Row, found: Departures, place: folders.Place, typed: Sequence[str]) -> dict[str, Path]:
    """Write departures.csv, departures.json, the figure and the manifest; returns the paths by name.

    `typed`: the command that gave them, which the manifest keeps.
    """
    document = {**opening, **found.document}
    contents = {
        "departures.csv": csv_bytes(found.table),
        "departures.json": json_bytes(document),
    }
    for name, labels in FIGURES.items():
        contents |= dict(departures_figure(document, labels).files(name))
    with place.written() as part:
        written = {name: put(part / name, data) for name, data in contents.items()}
        prints = {name: sha256(path) for name, path in sorted(written.items())}
        about = {"schema": SCHEMA, "kind": folders.DEPARTURES, "typed": list(typed)}
        about |= {name: document[name] for name in ("words", "names") if name in document}
        put(part / NAME, json_bytes(about | found.provenance | {"seeds": document["seeds"], "files": prints}))
    return {name: place.folder / name for name in (*contents, NAME)}
