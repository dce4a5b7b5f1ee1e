"""The report on a forecast: what the next wave of a survey is likely to show, and what cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ccgsim.foundation.inputs.texts import capital, listed
from ccgsim.lab.claim.shares import wilson
from ccgsim.report.figures.intervals import Bar, intervals_figure
from ccgsim.report.findings.forecast import FILE
from ccgsim.report.pages.assumed import PEOPLE, assumed
from ccgsim.report.pages.kept import Kept, document
from ccgsim.report.pages.page import Figure, Items, Page, Section, Table
from ccgsim.report.pages.patterns import behind
from ccgsim.report.pages.repeat import repeating
from ccgsim.report.words.board_sentence import span
from ccgsim.report.words.short_numbers import clear

Row = Mapping[str, Any]
FIRST, MOST_ROWS = 3, 20  # ties named in a sentence; rows of a table of ties


@dataclass(frozen=True)
class Forecast:
    """A forecast as its file holds it, and what people are called whose names are not their ids."""

    found: Row
    called: Mapping[str, str]

    @property
    def later(self) -> str:
        """The time between the waves in words."""
        return span(int(self.found["months"]))

    def name(self, one: str) -> str:
        """What a person is called."""
        return self.called.get(one, one)

    def ties(self, wanted: Callable[[float], bool]) -> list[Row]:
        """The pairs whose tie has such a chance of being there today, the least likely later ones first."""
        return sorted((row for row in self.found["ties"] if wanted(row["now"])), key=lambda row: row["chance"])

    @property
    def there(self) -> list[Row]:
        """Ties known to be there today."""
        return self.ties(lambda now: now == 1)

    @property
    def absent(self) -> list[Row]:
        """Pairs known to have no tie today, the likeliest to have one later first."""
        return self.ties(lambda now: now == 0)[::-1]

    @property
    def unknown(self) -> list[Row]:
        """Pairs of whom the survey does not tell whether there is a tie."""
        return self.ties(lambda now: 0 < now < 1)

    @property
    def board(self) -> list[str]:
        """The ids of today's members."""
        return list(self.found["board"])

    def left(self, one: str) -> tuple[float, float, float]:
        """The share of worlds in which a member has left the board, with its 95% interval."""
        worlds = self.found["draws"]
        share, low, high = wilson(round((1 - self.found["stays"][one]) * worlds), worlds)
        assert share is not None and low is not None and high is not None
        return share, low, high


def forecast_page(results: Kept) -> Page:
    """The report on the forecast in a folder; raises Problems."""
    told = Forecast(document(results.file(FILE)), results.manifest.get("called") or {})
    found = told.found
    return Page(
        title=f"The next wave of {results.survey}",
        about=about(found),
        question=f"What is the network likely to look like {told.later} after the survey?",
        answer=tuple(answer(told)),
        sure=tuple(sure(told)),
        figure=opening(told),
        sections=(
            Section("Which ties may end, and which may form", (*_changing(told), *_tables(told))),
            Section("Who may have left the board", (_leaving(told), leaving(told))),
            behind(("board_density",), "board density"),
            Section("What was taken from the survey", (Items(tuple(f"{capital(note)}." for note in found["notes"])),)),
            assumed(tuple(limits(found))),
            repeating(results.manifest, results.typed, _scoring(found)),
        ),
    )


def about(found: Row) -> str:
    """What was simulated, in a line."""
    return (
        f"{found['draws']:,} worlds begin with the survey and go on for {span(found['months'])}, each with its own "
        f"luck and its own draw of what the survey does not know. Everything else is that of {found['scenario']}."
    )


def answer(told: Forecast) -> Iterator[str]:
    """How dense the board will be, and what becomes of its ties."""
    yield from _density(told)
    yield from _lasting(told)


def _density(told: Forecast) -> Iterator[str]:
    board = set(told.board)
    inside = [row["now"] for row in told.found["ties"] if row["to"] in board]
    least, most = sum(now == 1 for now in inside) / len(inside), sum(now > 0 for now in inside) / len(inside)
    low, high = (told.found["board_density"][end] for end in ("low", "high"))
    way = "denser" if low > most else "less dense"
    sure = clear(low - most, high - least)
    verdict = f"the board becomes {way}" if sure else "whether it becomes denser or less dense cannot be told"
    later, today = _ends(low, high, "{} to {}"), _ends(least, most, "between {} and {}")
    yield (
        f"Of 100 possible ties on the board as it then is, {later} are there {told.later} after the survey in nine "
        f"worlds of ten; today {today} are: {verdict}."
    )


def _ends(low: float, high: float, both: str) -> str:
    """Two shares in hundredths, told once if they read the same."""
    ends = list(dict.fromkeys(f"{100 * end:.0f}" for end in (low, high)))
    return both.format(*ends) if len(ends) == 2 else ends[0]


def _lasting(told: Forecast) -> Iterator[str]:
    """How many members stay, and the mean chances of the ties of today and of the pairs without one."""
    stays = told.found["stays"].values()
    parts = []
    if told.there:
        parts.append(f"the ties known today ({len(told.there):,}) are there again in {_mean(told.there)} of 100 cases")
    if told.absent:
        parts.append(f"pairs without a tie ({len(told.absent):,}) have one in {_mean(told.absent)} of 100")
    lasting = f"; where both people keep their places, {' and '.join(parts)}" if parts else ""
    yield f"On average {sum(stays):.1f} of {len(stays)} members still have their seats{lasting}."


def _mean(rows: Sequence[Row]) -> str:
    return in_100(sum(row["chance"] for row in rows) / len(rows))


def _changing(told: Forecast) -> Iterator[str]:
    """The ties of today that are least likely later, and the likeliest new ones."""
    for words, rows in (("Least likely to be there again", told.there), ("Likeliest to be new", told.absent)):
        if rows:
            yield f"{words}: {listed([_asks(told, row) for row in rows[:FIRST]])}."


def _asks(told: Forecast, row: Row) -> str:
    return f"{told.name(row['from'])} asks {told.name(row['to'])} ({in_100(row['chance'])} in 100)"


def in_100(share: float) -> str:
    """A share in hundredths, with a digit after the point where it is near 0 or 100."""
    return f"{100 * share:.{0 if 0.095 <= share <= 0.905 else 1}f}"


def _leaving(told: Forecast) -> str:
    """Who has left more often than the mean of the board, as far as it can be told."""
    shares = {one: told.left(one) for one in told.board}
    mean = sum(share for share, _, _ in shares.values()) / len(shares)
    often = sorted((one for one in shares if shares[one][1] > mean), key=lambda one: -shares[one][0])
    if mean == 0:
        return f"Nobody has left the board in any of {told.found['draws']:,} worlds."
    if not often:
        return f"Nobody's interval lies above the board's mean of {in_100(mean)} in 100: who leaves cannot be told."
    return f"More often than the board's mean of {in_100(mean)} in 100: {listed([told.name(one) for one in often])}."


def sure(told: Forecast) -> Iterator[str]:
    """How sure the answer is."""
    worlds, unknown = told.found["draws"], len(told.unknown)
    share, low, _ = wilson(worlds // 2, worlds)
    assert share is not None and low is not None
    yield (
        f"A chance counted in {worlds:,} worlds has a 95% interval of up to {100 * (share - low):.0f} points either "
        "way; more draws narrow it. That of a tie counts only worlds in which both people keep their places."
    )
    if unknown:
        ties = "1 tie is" if unknown == 1 else f"{unknown:,} ties are"
        yield f"{ties} unknown today: whether they form or end cannot be told, only how likely they are there."
    else:
        yield "Nothing about the board's own ties is unknown today."


def opening(told: Forecast) -> Figure:
    """Whom each member asks: how many today, and how many are expected."""
    names, rows = ("today", f"{told.later} later"), []
    for one in told.board:
        mine = [row for row in told.found["ties"] if row["from"] == one]
        rows.append((one, sum(row["now"] for row in mine), sum(row["chance"] for row in mine)))
    rows.sort(key=lambda row: -row[1])
    bars = [Bar(told.name(one), tuple((each, None, None, None, None) for each in both)) for one, *both in rows]
    title = f"How many people each member asks, today and {told.later} later"
    shows = "; ".join(f"{told.name(one)} {now:.1f} and {later:.1f}" for one, now, later in rows)
    drawn = intervals_figure(bars, "people asked", names)
    cells = tuple(
        (told.name(one), f"{now:.1f}", f"{later:.1f}", f"{100 * told.left(one)[0]:.1f}") for one, now, later in rows
    )
    head = ("member", "asks today", f"expected {told.later} later", "has left, of 100 worlds")
    twin = Table(title, head, cells, _open(told))
    return Figure(title, f"A row for each member. {shows}.", drawn, twin, wide=False)


def _open(told: Forecast) -> str:
    """What the numbers of asked people are, and of whom today's are not known."""
    words = "Expected: the sum of the chances of a tie to each person of the survey, where both keep their places."
    asking = dict.fromkeys(told.name(row["from"]) for row in told.unknown)
    if asking:
        words += f" Unknown today at least in part, a mean over draws: {listed(sorted(asking))}."
    return words


def _tables(told: Forecast) -> Iterator[Table]:
    parts = (
        ("Ties of today, the least likely to be there again first", told.there),
        ("Pairs without a tie, the likeliest to have one first", told.absent),
        ("Ties that are unknown today, the likeliest first", told.unknown[::-1]),
    )
    for caption, rows in parts:
        if rows:
            yield _table(told, caption, rows)


def _table(told: Forecast, caption: str, rows: Sequence[Row]) -> Table:
    cells = tuple(
        (told.name(row["from"]), told.name(row["to"]), f"{100 * row['chance']:.1f}") for row in rows[:MOST_ROWS]
    )
    more = f"The first {MOST_ROWS} of {len(rows):,}; all are in {FILE}." if len(rows) > MOST_ROWS else ""
    return Table(caption, ("who asks", "whom", f"chance {told.later} later, of 100"), cells, more)


def leaving(told: Forecast) -> Figure:
    """The chance of each member to have left, with its interval."""
    rows, bars = [], []
    for one in sorted(told.board, key=lambda one: -told.left(one)[0]):
        share, low, high = (100 * each for each in told.left(one))
        bars.append(Bar(told.name(one), ((share, low, high, None, None),)))
        rows.append((told.name(one), f"{share:.1f}", f"{low:.1f} to {high:.1f}"))
    title, axis = f"Who has left the board {told.later} later", "has left, of 100 worlds"
    shows = "A row for each member: the share of worlds in which the member has left, with its 95% interval."
    twin = Table(title, ("member", axis, "95% interval"), tuple(rows))
    return Figure(title, shows, intervals_figure(bars, axis), twin, wide=False)


def limits(found: Row) -> Iterator[str]:
    """What these results do not show."""
    yield "How good the forecast is: the next wave tells, and it may prove no better than that nothing changes."
    yield f"Whom people outside the board ask, and whoever joins it within {span(found['months'])}."
    yield f"Whatever of this place the survey and the scenario {found['scenario']} do not hold."
    yield "Why somebody leaves: the model knows nobody's plans."
    yield PEOPLE


def _scoring(found: Row) -> str:
    return (
        f"Once the next wave is there, `ccgsim forecast {FILE} --against NEXT`, typed in the folder of this page, "
        f"scores the forecast; NEXT is the file of that wave. The seal, the checksum of all else in {FILE}, is "
        f"{found['seal']}."
    )
