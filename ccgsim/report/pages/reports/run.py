"""The report on a run: one world, or several of the same scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ccgsim.foundation.inputs.texts import capital, listed
from ccgsim.foundation.statistics import edges
from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.drawing.canvas import Sheet
from ccgsim.report.drawing.inputs import Result, first_run, monthly, seeds_of
from ccgsim.report.drawing.marks import begins_of, marks_of
from ccgsim.report.drawing.panels import PANELS
from ccgsim.report.drawing.time_axis import moment, until
from ccgsim.report.figures.intervals import Bar, Mark, intervals_figure
from ccgsim.report.figures.measures import measures_figure
from ccgsim.report.network.figure import network_figure
from ccgsim.report.pages import effects as e
from ccgsim.report.pages.assumed import assumed, settings_table
from ccgsim.report.pages.carriers import carriers, people_table
from ccgsim.report.pages.kept import Kept
from ccgsim.report.pages.page import Figure, Items, Page, Section, Table
from ccgsim.report.pages.patterns import behind
from ccgsim.report.pages.repeat import repeating, run_command
from ccgsim.report.pages.worlds import result_of
from ccgsim.report.words.board_sentence import ASKED, span
from ccgsim.report.words.terminal import HEADLINE

YEAR, MOST_ROWS = 12, 14
NO_COMMAND = (
    "The scenario is not one of the shipped ones with other values, so no short command gives it again: keep its file. "
    "All its values are under `scenario` in manifest.json."
)


def run_page(results: Kept) -> Page:
    """The report on the run in a folder; raises Problems."""
    return page_of(result_of(results), results.manifest)


def page_of(result: Result, facts: Mapping[str, Any]) -> Page:
    """The report on a run with the facts of its manifest."""
    found = e.changes(result, ASKED)
    world, resolved = result.scenario, result.scenario.resolved()
    told = [each.measure for each in found if each.clear] or [each.measure for each in found]
    return Page(
        title=world.title or world.name,
        about=about(result),
        question=str(resolved.get("question") or f"What happens in {world.title or world.name}?"),
        answer=tuple(answer(result, found)),
        sure=tuple(sure(result)),
        figure=opening(result, found),
        sections=(
            Section("Month by month", tuple(_months(result))),
            Section("The network before and after", (_network(result), *_places(result))),
            carriers(first_run(result)),
            behind(told, "the measures above" if len(told) > 2 else listed([_name(name) for name in told])),
            assumed(tuple(limits(result)), settings_table(resolved)),
            repeating(facts, run_command(facts), "" if run_command(facts) else NO_COMMAND),
        ),
    )


def about(result: Result) -> str:
    """What was simulated, in a line."""
    seeds, months = seeds_of(result), int(first_run(result).months)
    which = (
        f"One world, seed {seeds[0]}" if len(seeds) == 1 else f"{len(seeds)} worlds, seeds {seeds[0]} to {seeds[-1]}"
    )
    dates = until(months, begins_of(result.scenario.resolved()))
    return f"A simulation of {span(months)}{dates}. {which}."


def answer(result: Result, found: Sequence[e.Effect]) -> Iterator[str]:
    """How the headline measures change from start to end, in plain words; with one world only what happened in it."""
    months = int(first_run(result).months)
    start = f"Over {span(months)}"
    if len(seeds_of(result)) == 1:
        moved = sorted(found, key=lambda each: -abs(each.mean) / max(each.matters, 1e-9))[:3]
        yield f"{start} {listed([_path(each) for each in moved])} in this one world."
        return
    clear = [each for each in found if each.clear]
    if clear:
        yield f"{start} {listed([_shift(each) for each in clear[:3]])}."
        rest = [each.name for each in clear[3:]]
        if rest:
            yield f"{capital(listed(rest))} also {'change' if len(rest) > 1 else 'changes'} clearly."
    untold = [each.name for each in e.by_verdict(found, e.UNTOLD)]
    if untold:
        yield f"For {listed(untold)} these worlds do not tell which way the average goes."
    if not clear and not untold:
        yield f"{start} no headline measure changes by enough to matter."


def _path(each: e.Effect) -> str:
    ends = e.level(each.measure, each.start), e.level(each.measure, each.start + each.mean)
    if ends[0] == ends[1]:
        return f"{each.name} stays at {ends[0]}"
    return f"{each.name} {'rises' if each.mean > 0 else 'falls'} from {ends[0]} to {ends[1]}"


def _shift(each: e.Effect) -> str:
    way = "rises" if each.mean > 0 else "falls"
    return f"{each.name} on average {way} by {e.amount(each)} (it {way} in {each.same} of {each.worlds} worlds)"


def sure(result: Result) -> Iterator[str]:
    """How sure the answer is."""
    worlds = len(seeds_of(result))
    if worlds == 1:
        yield (
            "One world shows what may happen, not what usually does: how much of it is chance cannot be told. "
            "The option --replicates 30 of `ccgsim run` gives averages with 95% intervals."
        )
        return
    yield (
        f"Each range is the 95% interval of the average of {worlds} worlds that differ in chance only; a single world "
        f"may differ more (thin lines and last columns: {edges(worlds)} of the worlds)."
    )
    yield "The intervals hold chance, not doubt about the model itself: see what is assumed, below."


def opening(result: Result, found: Sequence[e.Effect]) -> Figure:
    """The change of each share from the start to the end, with the headline table as its twin."""
    shares = [each for each in found if e.is_share(each.measure)]
    bars = [Bar(MEASURE[each.measure].label, (mark_of(each),)) for each in shares]
    twin = _headline_table(result, e.changes(result, HEADLINE))
    title = "Change from the start to the last month, in points"
    shows = f"A row for each measure on one axis with a line at 0. {'; '.join(map(_in_row, shares))}."
    return Figure(title, shows, intervals_figure(bars, "change in points (of 100)"), twin, wide=False)


def mark_of(each: e.Effect) -> Mark:
    """An effect on a share as a mark in points."""
    ends = (None if end is None else 100 * end for end in (each.low, each.high, each.range_low, each.range_high))
    low, high, range_low, range_high = ends
    return 100 * each.mean, low, high, range_low, range_high


def _in_row(each: e.Effect) -> str:
    interval = "" if each.low is None else f" [{e.between(each.measure, each.low, each.high)}]"
    return f"{MEASURE[each.measure].label}: {e.in_points(each.measure, each.mean)}{interval}"


def _headline_table(result: Result, found: Sequence[e.Effect]) -> Table:
    several = len(seeds_of(result)) > 1
    more = ("95% interval", "told", "single worlds") if several else ()
    rows = tuple(
        (
            MEASURE[each.measure].label,
            e.level(each.measure, each.start),
            e.level(each.measure, each.start + each.mean),
            e.in_points(each.measure, each.mean),
            *(_of_several(each) if several else ()),
        )
        for each in found
    )
    head = ("measure", "start", "end", "change", *more)
    note = "Changes in points for shares, else in ties. Start: the first month in which the measure is defined."
    return Table("The headline measures at the start and at the end", head, rows, note)


def _of_several(each: e.Effect) -> tuple[str, str, str]:
    ranges = ((each.low, each.high), (each.range_low, each.range_high))
    interval, worlds = (e.between(each.measure, *ends) for ends in ranges)
    return interval, each.verdict, worlds


def _months(result: Result) -> Iterator[Any]:
    marks = marks_of(result.scenario.resolved(), int(first_run(result).months), first_run(result).ccgs)
    begins = begins_of(result.scenario.resolved())
    events = tuple(f"{moment(month, begins)}: {words}" for month, words in marks)
    yield from ((Items(events),) if events else ("No dated event falls into these months.",))
    panels = "; ".join(f"{panel.title}: {', '.join(line.name for line in panel.lines)}" for panel in PANELS)
    shows = f"Six panels over the months. {panels}. Values of every year stand in the table below."
    yield Figure("Every measure by month", shows, measures_figure(result), _yearly(result))


def _yearly(result: Result) -> Table:
    means = monthly(result).groupby("month")[list(HEADLINE)].mean()
    last = int(means.index.max())
    step = YEAR * max(1, -(-last // (YEAR * MOST_ROWS)))
    months = [*range(0, last, step), last]
    begins = begins_of(result.scenario.resolved())
    rows = tuple(
        (moment(month, begins), *(e.level(name, means[name].get(month)) for name in HEADLINE)) for month in months
    )
    head = ("month", *(MEASURE[name].label for name in HEADLINE))
    whose = "average of the worlds" if len(seeds_of(result)) > 1 else "this world"
    return Table(f"Headline measures by year, {whose}", head, rows)


def _network(result: Result) -> Figure:
    run = first_run(result)
    sheet: Sheet = network_figure(run)
    shows = (
        "Two drawings of the advice network, in the first and in the last month. Board members stand in the middle, "
        "outside contacts around them by kind; arrows lead from the person who advises to the one who asks. The table "
        "below lists the board members of both months."
    )
    return Figure("Who asks whom for advice, at the start and at the end", shows, sheet, people_table(run))


def _places(result: Result) -> Iterator[str]:
    if len(seeds_of(result)) > 1:
        yield f"People and ties are those of seed {seeds_of(result)[0]} alone, one of {len(seeds_of(result))} worlds."
    several = first_run(result).agents["ccg"].nunique()
    if several > 1:
        yield f"The drawing and the table show one of {several} CCGs."


def limits(result: Result) -> Iterator[str]:
    """What these results do not show."""
    if len(seeds_of(result)) == 1:
        yield "One world: chance alone may have brought about any part of it."
    yield "There is no comparison: what would have happened otherwise, `ccgsim compare` tells."
    yield "Nothing after the last month is simulated, and nothing that the scenario does not name changes."


def _name(measure: str) -> str:
    return MEASURE[measure].label.lower()
