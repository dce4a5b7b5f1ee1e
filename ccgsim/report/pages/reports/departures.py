"""The report on departures: what each member's leaving would cost, what eases it, and what cannot be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ccgsim.foundation.inputs.texts import capital, listed
from ccgsim.lab.depart.departures import a_year
from ccgsim.report.figures.departures import departures_figure
from ccgsim.report.figures.intervals import Bar, intervals_figure
from ccgsim.report.findings.departures import FIGURES, eased, span
from ccgsim.report.findings.departures import LABELS as SHORT
from ccgsim.report.pages import effects as e
from ccgsim.report.pages.assumed import PEOPLE, assumed
from ccgsim.report.pages.kept import Kept, document
from ccgsim.report.pages.page import Figure, Items, Page, Section, Table
from ccgsim.report.pages.patterns import behind
from ccgsim.report.pages.repeat import repeating
from ccgsim.report.words.terminal import cell

Row = Mapping[str, Any]
QUESTION = "Who carries this network, and what if that person leaves?"
LABELS = SHORT | {"stability": "network stability", "coherence": "network coherence"}  # as the terms explain them
NOTE = (
    "Mean difference and 90% interval, in points of 100 (live projects: number). ? : cannot be told from this survey. "
    "Contacts kept and outside reach are in points of the number of outside advisers at the start. Contacts kept "
    "counts those advisers alone; outside reach counts those found since too, and may rise, as whoever follows brings "
    "other contacts."
)
FIRST = 3
KEPT = "contacts_kept"
REACH = "outside_reach"
SHARES = (KEPT, REACH)  # told in points too: parts of what there was at the start


def departures_page(results: Kept) -> Page:
    """The report on the departures in a folder; raises Problems."""
    found = document(results.file("departures.json"))
    told = [measure for measure in LABELS if told_rows(found, measure)]
    return Page(
        title=f"What departures would cost the board of {results.survey}",
        about=about(found),
        question=QUESTION,
        answer=tuple(answer(found)),
        sure=tuple(sure(found)),
        figure=opening(found),
        sections=(
            Section("Every member, measure and time", tuple(_all(found))),
            Section("Who carries it", (members_table(found),)),
            Section("What eases a departure", tuple(_eases(found))),
            behind(told, listed([LABELS[measure] for measure in told]) if told else "departures"),
            Section("What was taken from the survey", (Items(tuple(f"{capital(note)}." for note in found["notes"])),)),
            assumed(tuple(limits(found))),
            repeating(results.manifest, results.typed),
        ),
    )


def about(found: Row) -> str:
    """What was simulated, in a line."""
    who = len(found["members"])
    each = "One member leaves" if who == 1 else f"Each of {who} members leaves, one at a time,"
    return (
        f"{each} in month {found['month']} of {len(found['seeds'])} worlds: {found['draws']} draws of what the survey "
        f"does not know, and other luck. Everything else is that of {found['scenario']}."
    )


def at(found: Row) -> int:
    """The months after the departure that the first page tells."""
    return a_year(found["after"])


def told_rows(found: Row, measure: str) -> list[Row]:
    """The departures of which it can be told what they do to a measure, the costliest first."""
    rows = [row for row in found["people"] if row["measure"] == measure and row["after"] == at(found) and row["told"]]
    return sorted(rows, key=lambda row: row["effect"])


def answer(found: Row) -> Iterator[str]:
    """Whose departure costs most, of what; and what cannot be told."""
    told = {measure: told_rows(found, measure) for measure in LABELS}
    first = opening_measure(found)
    if told[first]:
        who = len(found["members"])
        most = ", more than if anybody else does" if who > 1 else ""
        also = f"; an effect on it can be told for {len(told[first])} of {who} members" if who > 1 else ""
        worst = max(told[first], key=_size)
        yield f"If {_names(found)[worst['id']]} leaves, {_change(worst)} {at(found)} months later{most}{also}."
    largest = [max(rows, key=_size) for measure, rows in told.items() if rows and measure != first]
    if largest:
        said = [f"{_change(row)} if {_names(found)[row['id']]} leaves" for row in largest]
        yield f"The largest other effects: {'; '.join(said)}."
    untold = [LABELS[measure] for measure, rows in told.items() if not rows]
    if untold:
        yield f"What a departure does to {listed(untold)} cannot be told from this survey."
    yield from _best(found)


def _size(row: Row) -> float:
    return abs(float(row["effect"]))


def _change(row: Row) -> str:
    """'network stability is lower by 4.8 to 17 points'."""
    return f"{LABELS[row['measure']]} is {'higher' if row['effect'] > 0 else 'lower'} by {amount(row)}"


def opening_measure(found: Row) -> str:
    """The measure of which most can be told; stability among equals."""
    return max(LABELS, key=lambda each: (len(told_rows(found, each)), each == "stability"))


def _best(found: Row) -> Iterator[str]:
    """The means that most often ease a departure."""
    counts = {means: len({row["id"] for row in rows}) for means, rows in eased(found, at(found)).items()}
    best = max(counts, key=lambda means: counts[means], default="")
    if best and counts[best]:
        often = f"{counts[best]} of {len(found['members'])} departures"
        yield f"Of what may ease it, {best} most often makes a difference for the better: {often}."


def sure(found: Row) -> Iterator[str]:
    """How sure the answer is."""
    yield (
        "Each figure is the mean difference from the same worlds in which the member stays. Its 90% interval holds "
        "chance and what the survey leaves open; an effect can be told if it excludes 0 and the mean is a "
        "thousandth or more."
    )
    if found["unknown_pairs"]:
        yield f"{found['unknown_pairs']} ties are unknown: only better answers, not more draws, make that part smaller."
    else:
        yield "Nothing about the board's own ties is unknown: more draws make the intervals narrower."


def shares(measure: str) -> bool:
    """Whether a measure is told in points."""
    return measure in SHARES or e.is_share(measure)


def amount(row: Row) -> str:
    """'5.0 to 17 points', or with the unit of a count."""
    unit = " points of what it was at the start" if row["measure"] == REACH else " points"
    times, unit = (100, unit) if shares(row["measure"]) else (1, f" {LABELS[row['measure']].split()[-1]}")
    ends = sorted(abs(times * row[end]) for end in ("low", "high"))
    words = list(dict.fromkeys(f"{end:.0f}" if end >= 10 else f"{end:.{1 if end >= 0.1 else 2}f}" for end in ends))
    return f"{' to '.join(words)}{unit}"


def opening(found: Row) -> Figure:
    """The measure of which most can be told, a row a member."""
    measure = opening_measure(found)
    times, names = (100 if shares(measure) else 1), _names(found)
    rows = [row for row in found["people"] if row["measure"] == measure and row["after"] == at(found)]
    rows = sorted((row for row in rows if row["effect"] is not None), key=lambda row: row["effect"])
    bars = [Bar(names[row["id"]], (_mark(row, times),)) for row in rows]
    unit = "points" if times == 100 else "number"
    title = f"{LABELS[measure].capitalize()} {at(found)} months after a departure, {unit}"
    shows = "; ".join(f"{names[row['id']]} {_number(row)}" for row in rows)
    drawn = intervals_figure(bars, f"change in {unit}")
    return Figure(title, f"A row for each member who leaves. {shows}.", drawn, _at_a_glance(found, measure), wide=False)


def _mark(row: Row, times: int) -> tuple[float, float, float, None, None]:
    return times * row["effect"], times * row["low"], times * row["high"], None, None


def _number(row: Row) -> str:
    """'-8.1 [-17.1, -4.8]' in points or numbers; '?' where it cannot be told, a dash where there is no value."""
    if row["effect"] is None or not row["told"]:
        return _mean(row)
    low, high = (_signed(row, end) for end in ("low", "high"))
    return f"{_mean(row)} [{low}, {high}]"


def _mean(row: Row) -> str:
    """The same without the interval."""
    if row["effect"] is None:
        return "–"
    return _signed(row, "effect") if row["told"] else "?"


def _signed(row: Row, what: str) -> str:
    """A value with its sign: points with one decimal, numbers with two."""
    return f"{100 * row[what]:+.1f}" if shares(row["measure"]) else f"{row[what]:+.2f}"


def _at_a_glance(found: Row, first: str) -> Table:
    """A row for each member who leaves: one measure with its interval, the means of the others."""
    rows = {(row["id"], row["measure"]): row for row in found["people"] if row["after"] == at(found)}
    others = [measure for measure in LABELS if measure != first]
    cells = tuple(
        (name, _number(rows[one, first]), *(_mean(rows[one, measure]) for measure in others))
        for one, name in _names(found).items()
    )
    head = ("who leaves", f"{LABELS[first]} [90% interval]", *(LABELS[measure] for measure in others))
    return Table(f"What each departure costs after {at(found)} months", head, cells, NOTE)


def _by_time(found: Row, labels: Mapping[str, str]) -> Table:
    """A row for each of these measures and each member, a column for each time: narrow enough for paper.

    Rows of which nothing can be told are left out, unless there are no others.
    """
    rows = {(row["id"], row["measure"], row["after"]): row for row in found["people"]}
    told: list[tuple[str, ...]] = []
    untold: list[tuple[str, ...]] = []
    for measure in labels:
        for one, name in _names(found).items():
            there = [rows[one, measure, after] for after in found["after"]]
            part = told if any(row["told"] for row in there) else untold
            part.append((LABELS[measure], name, *map(_number, there)))
    head = ("measure", "who leaves", *(f"after {after} months" for after in found["after"]))
    left_out = f" {len(untold)} rows are left out, of which nothing can be told at any time." if told and untold else ""
    caption = f"What each departure costs of {listed(list(labels.values()))}, by time"
    return Table(caption, head, tuple(told or untold), f"{NOTE}{left_out}")


def _all(found: Row) -> Iterator[Figure]:
    for labels in FIGURES.values():
        what = listed(list(labels.values()))
        shows = f"A panel each for {what}, a row for each member, a colour for each time after the departure."
        title, drawn = f"What each departure does to {what}", departures_figure(found, labels)
        yield Figure(title, shows, drawn, _by_time(found, labels))


def members_table(found: Row) -> Table:
    """What each member has before anybody leaves."""
    head = ("member", "role", "advisers outside", "only theirs", "among first three")
    cells = tuple(
        (one["name"], one["role"] or "–", span(one, "outside_reach"), span(one, "alone"), cell(one["top3"]))
        for one in found["members"]
    )
    note = "Only theirs: advisers outside whom no other member asks. Ranges: 90% of the draws of what is unknown."
    return Table("The members before anybody leaves", head, cells, note)


def _eases(found: Row) -> Iterator[Table | str]:
    names = _names(found)
    yield (
        "Each is held against the same departure with nothing done about it. Some of it, such as dialogue, would help "
        "without a departure too."
    )
    rows = []
    for means, helped in eased(found, at(found)).items():
        best = sorted(helped, key=lambda row: -row["effect"])[:FIRST]
        words = "; ".join(f"{names[row['id']]}: {LABELS[row['measure']]} {_number(row)}" for row in best)
        rows.append((means, str(len({row["id"] for row in helped})), words or "no difference that could be told"))
    head = ("what is done", "departures that it eases", "where it does most")
    yield Table(f"What eases departures, {at(found)} months later", head, tuple(rows))


def limits(found: Row) -> Iterator[str]:
    """What these results do not show."""
    yield "That anybody will leave. A departure is assumed, and everything else goes on."
    yield "What a person is worth: members differ here by their ties, kind, role and locality alone."
    yield f"Who is not in the survey, and whatever of this place the scenario {found['scenario']} does not hold."
    if found["unknown_pairs"]:
        yield "Contacts whom only people without an answer have: they are not in the file."
    yield PEOPLE


def _names(found: Row) -> dict[str, str]:
    return {one["id"]: one["name"] for one in found["members"]}
