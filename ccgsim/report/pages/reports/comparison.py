"""The report on a comparison: what each scenario changes against the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ccgsim.foundation.inputs.texts import listed
from ccgsim.foundation.statistics import edges
from ccgsim.lab.comparison import Comparison
from ccgsim.measures.catalogue import MEASURE
from ccgsim.measures.in_words import IN_WORDS
from ccgsim.report.drawing.marks import all_begin, event_words
from ccgsim.report.drawing.time_axis import moment, until
from ccgsim.report.figures.comparison import comparison_figure
from ccgsim.report.figures.intervals import Bar, intervals_figure
from ccgsim.report.pages import effects as e
from ccgsim.report.pages.assumed import assumed
from ccgsim.report.pages.claimed import claimed
from ccgsim.report.pages.kept import Kept
from ccgsim.report.pages.page import Figure, Page, Section, Table
from ccgsim.report.pages.patterns import behind
from ccgsim.report.pages.repeat import compare_command, repeating
from ccgsim.report.pages.reports.run import mark_of
from ccgsim.report.pages.worlds import comparison_of
from ccgsim.report.words.board_sentence import ASKED, span
from ccgsim.report.words.terminal import HEADLINE
from ccgsim.scenario.contrasts import BASE, EVENT, value_words

# Who takes part, and whom the board asks.
GROUPS = (
    "participation_board", "participation_frontline", "ties_to_practices", "ties_to_pct", "ties_to_acute",
    "ties_to_community", "ties_to_local_authorities", "ties_to_regional", "ties_to_other",
)  # fmt: skip
MOST_TOLD = 3
UNITS = "Shares in points, outside ties in ties."
NO_COMMAND = (
    "At least one scenario is not a shipped one, or has values of its own, so no short command gives the numbers "
    "again: keep the files of the scenarios. All their values are under `scenarios` in manifest.json."
)
NO_PEOPLE = (
    "A comparison keeps the measures of every world and month, but no people and no ties, so no network is drawn here. "
    "`ccgsim run SCENARIO --seed SEED` writes both for one of its worlds, and `ccgsim report` draws them."
)
Effects = Mapping[str, Sequence[e.Effect]]


def comparison_page(results: Kept) -> Page:
    """The report on the comparison in a folder; raises Problems."""
    return page_of(comparison_of(results), results.manifest)


def page_of(found: Comparison, facts: Mapping[str, Any]) -> Page:
    """The report on a comparison with the facts of its manifest."""
    others = list(found.scenarios)[1:]
    effects = {name: e.effects_at_the_end(found, name, ASKED) for name in others}
    told = [name for name in ASKED if any(each.clear and each.measure == name for each in _all(effects))] or list(ASKED)
    command = compare_command(facts)
    return Page(
        title=f"{listed([titled(found, name) for name in others])} against {titled(found, found.base)}",
        about=about(found),
        question=question(found),
        answer=tuple(answers(found, effects)),
        sure=tuple(sure(found)),
        figure=opening(found, effects),
        sections=(
            Section("What differs between the scenarios", (contrast_table(found, facts),)),
            Section("Differences at the end", tuple(difference_table(found, name) for name in others)),
            Section("Month by month", (_months(found),)),
            Section("The network before and after", (NO_PEOPLE,)),
            Section("Who carries it", tuple(group_table(found, name) for name in others)),
            behind(told, "the measures above" if len(told) > 2 else listed([MEASURE[n].label.lower() for n in told])),
            assumed(tuple(limits(found, facts)), *_sentences(facts)),
            repeating(facts, command, "" if command else NO_COMMAND),
        ),
    )


def _all(effects: Effects) -> Iterator[e.Effect]:
    for each in effects.values():
        yield from each


def titled(found: Comparison, name: str) -> str:
    """The title of a scenario, its name where two have the same title or none."""
    titles = [world.title for world in found.scenarios.values()]
    title = found.scenarios[name].title
    return title if title and titles.count(title) == 1 else name


def about(found: Comparison) -> str:
    """What was compared, in a line."""
    seeds = found.seeds
    dates = until(found.months, all_begin(found.scenarios))
    pairs = f"seed {seeds[0]}" if len(seeds) == 1 else f"{len(seeds)} worlds of each, seeds {seeds[0]} to {seeds[-1]}"
    return f"A comparison over {span(found.months)}{dates}: {pairs}. The same seed is the same chance in each scenario."


def question(found: Comparison) -> str:
    """The others' questions that the first does not share (a file keeps its base's), else what a comparison asks."""
    first, *asked = [str(world.resolved().get("question") or "") for world in found.scenarios.values()]
    own = [words for words in dict.fromkeys(asked) if words and words != first]
    base, *others = [f"'{titled(found, name)}'" for name in found.scenarios]
    return " ".join(own) or f"What {'does' if len(others) == 1 else 'do'} {listed(others)} change against {base}?"


def answers(found: Comparison, effects: Effects) -> Iterator[str]:
    """The answer for each scenario, its own question first; for several only what is clear, then one for the rest."""
    for name, mine in effects.items():
        yield from claimed(found, name, titled(found, name))
        sentences = list(answer(found, name, mine))
        yield from sentences if len(effects) == 1 else sentences[:1]
    if len(effects) > 1 and len(found.seeds) > 1:
        yield "What no sentence names is too small to matter or cannot be told; the table says which."


def answer(found: Comparison, scenario: str, effects: Sequence[e.Effect]) -> Iterator[str]:
    """What a scenario changes in the last month, in plain words; what cannot be told is said."""
    start = f"{span(found.months).capitalize()} after the start, with '{titled(found, scenario)}'"
    if len(found.seeds) < 2:
        yield f"{start}, one pair of worlds says nothing about averages: more replicates are needed."
        return
    clear = [each for each in effects if each.clear]
    if clear:
        rest = [each.name for each in clear[MOST_TOLD:]]
        more = f"; clear differences also in {listed(rest)}" if rest else ""
        yield f"{start}, {listed([_told(each) for each in clear[:MOST_TOLD]])}{more}."
    elif all(each.verdict == e.NONE for each in effects):
        yield f"{start}, there is no difference in any headline measure."
    else:
        yield f"{start}, no headline measure differs clearly and by enough to matter."
    untold = [each.name for each in e.by_verdict(effects, e.UNTOLD)]
    if untold:
        yield f"For {listed(untold)} these worlds do not tell whether the average is higher, lower or the same."


def _told(each: e.Effect) -> str:
    return (
        f"the average of {each.name} is {each.verdict} by {e.amount(each)} ({each.verdict} in {each.same} of "
        f"{each.worlds} pairs of worlds)"
    )


def sure(found: Comparison) -> Iterator[str]:
    """How sure the answer is."""
    pairs = len(found.seeds)
    if pairs < 2:
        yield "Not at all: the difference between two worlds of one seed may come from chance alone."
        return
    yield (
        f"Each range is the 95% interval of the average of {pairs} pairs of worlds; the pairs differ in chance only. A "
        f"single CCG may differ more: thin lines show {edges(pairs)} of the pairs."
    )
    yield "The intervals hold chance, not doubt about the model itself: see what is assumed, below."


def opening(found: Comparison, effects: Effects) -> Figure:
    """Differences of the shares at the end, in points, with the headline table as a twin further down."""
    several = len(effects) > 1
    shares = [name for name in ASKED if e.is_share(name) and any(each.measure == name for each in _all(effects))]
    by = {name: {each.measure: each for each in part} for name, part in effects.items()}
    bars = [
        Bar(MEASURE[share].label, tuple(mark_of(part[share]) if share in part else None for part in by.values()))
        for share in shares
    ]
    sheet = intervals_figure(bars, "difference in points (of 100)", list(effects) if several else ())
    title = f"Differences from '{titled(found, found.base)}' in month {found.months}, in points"
    shows = " ".join(f"{name}: {'; '.join(_in_row(each) for each in part)}." for name, part in effects.items())
    return Figure(title, shows, sheet, _short_table(found, effects), wide=False)


def _in_row(each: e.Effect) -> str:
    return f"{each.name} {e.in_points(each.measure, each.mean)} [{e.between(each.measure, each.low, each.high)}]"


def _short_table(found: Comparison, effects: Effects) -> Table:
    caption = f"Headline measures in month {found.months}, each scenario less {found.base}"
    if len(effects) > 1:
        by = [{each.measure: each for each in part} for part in effects.values()]
        rows = tuple((MEASURE[name].label, *(_cell(part.get(name)) for part in by)) for name in ASKED)
        return Table(caption, ("measure", *effects), rows, f"{UNITS} In brackets 95% intervals.")
    rows = tuple(
        (
            MEASURE[each.measure].label,
            e.in_points(each.measure, each.mean),
            e.between(each.measure, each.low, each.high),
            each.verdict,
            f"{each.same} of {each.worlds}",
        )
        for each in _all(effects)
    )
    head = ("measure", "difference", "95% interval", "told", "same sign")
    note = f"{UNITS} Same sign: pairs of worlds in which the sign is that of the average."
    return Table(caption, head, rows, note)


def _cell(each: e.Effect | None) -> str:
    if each is None:
        return "–"
    return f"{e.in_points(each.measure, each.mean)} [{e.between(each.measure, each.low, each.high)}]: {each.verdict}"


def contrast_table(found: Comparison, facts: Mapping[str, Any]) -> Table:
    """Everything in which the scenarios differ from the first."""
    begins = all_begin(found.scenarios)
    rows = tuple((row["scenario"], *_contrast(row, begins)) for row in facts.get("differs", ()) if row["kind"] != BASE)
    note = "" if rows else "The scenarios do not differ."
    if len(rows) > len(found.scenarios) - 1:
        note = "Where a scenario differs in several things, no difference can be put down to one of them alone."
    return Table("Settings and events", ("scenario", "what", f"in {found.base}", "there"), rows, note)


def _contrast(row: Mapping[str, Any], begins: int | None) -> tuple[str, str, str]:
    if row["kind"] != EVENT:
        return row["name"], value_words(row["base"]), value_words(row["value"])
    event = row["value"] or row["base"]
    words = f"{moment(event['month'], begins)}: {event_words(event)}"
    return "dated event", words if row["value"] is None else "–", words if row["value"] is not None else "–"


def difference_table(found: Comparison, scenario: str) -> Table:
    """The headline measures at the end: difference, interval, single worlds, what can be told."""
    note = f"Single worlds: {edges(len(found.seeds))} of the pairs. Told: what the interval says of the average."
    return _effects_table(found, scenario, HEADLINE, f"differences in month {found.months}", note)


def group_table(found: Comparison, scenario: str) -> Table:
    """The same for parts of the measures: who takes part, and whom the board asks."""
    return _effects_table(found, scenario, GROUPS, "who takes part, and whom the board asks")


def _effects_table(found: Comparison, scenario: str, names: Sequence[str], what: str, note: str = "") -> Table:
    rows = tuple(_row(each) for each in e.effects_at_the_end(found, scenario, names))
    head = ("measure", f"in {found.base}", "difference", "95% interval", "single worlds", "told", "what it says")
    return Table(f"{titled(found, scenario)}: {what}", head, rows, note)


def _row(each: e.Effect) -> tuple[str, ...]:
    return (
        MEASURE[each.measure].label,
        e.level(each.measure, each.start),
        e.in_points(each.measure, each.mean),
        e.between(each.measure, each.low, each.high),
        e.between(each.measure, each.range_low, each.range_high),
        each.verdict,
        IN_WORDS[each.measure],
    )


def _months(found: Comparison) -> Figure:
    shows = (
        "Above, the paths of five headline measures in each scenario; below, their differences from the first with "
        "intervals of the average and ranges of single pairs. The table below gives the months of largest difference."
    )
    rows = tuple(
        (
            f"{MEASURE[row['measure']].label}, {row['scenario']}",
            moment(int(row["month"]), all_begin(found.scenarios)),
            e.in_points(row["measure"], row["difference"]),
            e.between(row["measure"], _known(row["low"]), _known(row["high"])),
        )
        for row in found.on_the_way.to_dict("records")
        if row["measure"] in HEADLINE
    )
    note = "The intervals hold for all months at once; the largest difference in either direction."
    head = ("measure", "in", "difference", "95% interval")
    twin = Table("Largest differences on the way", head, rows, note)
    return Figure("Headline measures by month in each scenario", shows, comparison_figure(found), twin)


def _known(value: float | None) -> float | None:
    """The value, None for NaN too."""
    return None if value is None or value != value else float(value)


def limits(found: Comparison, facts: Mapping[str, Any]) -> Iterator[str]:
    """What these results do not show."""
    yield "Which of several settings or events that differ brings a difference about, where there are several."
    yield "What happens after the last month, or in a CCG with another start than these."
    yield "That an effect is certain where a single CCG is concerned: ranges of single worlds are wider than intervals."


def _sentences(facts: Mapping[str, Any]) -> Iterator[Table]:
    rows = tuple((row["scenario"], row["sentence"]) for row in facts.get("sentences", ()))
    yield Table("The result in a sentence for a paper, as `ccgsim compare` prints it", ("scenario", "sentence"), rows)
