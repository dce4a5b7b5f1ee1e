"""A worksheet to print: questions about this run and space for answers; and the teacher's answer sheet, apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ccgsim.teach import config as configs
from ccgsim.teach.exports import pages
from ccgsim.teach.exports.cite import cite
from ccgsim.teach.exports.series import chart, title_of
from ccgsim.teach.lesson.past import SAME, percents
from ccgsim.teach.messages import Told
from ccgsim.teach.worlds import loop
from ccgsim.teach.worlds.run import LessonRun

# Horizontal rules instead of a background, which browsers do not print.
LINES = '<div class="lines" aria-hidden="true">' + 4 * "<hr>" + "</div>"


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about one world for questions and answers; shares in whole percent, as charts show them."""

    title: str
    start: int
    lowest: int
    lowest_month: int
    end: int
    control_start: int
    control_most: int
    control_month: int
    heard_start: int
    heard_then: int  # in the lowest month
    belief_start: int
    belief_then: int
    arrows: tuple[float, ...]
    marks: tuple[tuple[int, str], ...]

    @property
    def fell(self) -> bool:
        """Whether GPs gave clearly less at some time than at the start."""
        return self.start - self.lowest >= SAME


def facts_of(run: LessonRun, world: int) -> Facts:
    """The facts of a world, as far as simulated."""
    lane = run.lanes[world]
    given, control, belief = (percents(lane.series[name]) for name in ("participation", "manager_control", "efficacy"))
    heard = percents([found[loop.HEARD] for found in lane.loops])
    lowest = int(np.argmin(given))
    return Facts(
        title=title_of(run, world),
        start=given[0],
        lowest=given[lowest],
        lowest_month=lowest,
        end=given[-1],
        control_start=control[0],
        control_most=max(control),
        control_month=int(np.argmax(control)),
        heard_start=heard[0],
        heard_then=heard[lowest],
        belief_start=belief[0],
        belief_then=belief[lowest],
        arrows=tuple(float(level) for level in lane.loops[lowest][: len(loop.ARROWS)]),
        marks=tuple(mark for mark in run.marks(world) if mark[0] <= lane.month),
    )


def worksheet_html(run: LessonRun, words: str = "", bets: Sequence[Told] = ()) -> bytes:
    """The worksheet of a run: the student's bets and explanation, and questions with space for answers."""
    facts = _all_facts(run)
    body = [
        pages.paragraph(f"Run with seed {run.config.seed}, {run.month} months. Name: ____________________", "quiet"),
        pages.drawing(chart(run, "svg"), _words_for(facts)),
        *_done(facts),
        *_bets(bets),
        *_own(words),
        *(_question(n, asked) for n, (asked, _) in enumerate(_questions(facts), start=1)),
        *_end(run),
    ]
    return pages.page("Worksheet: why do capable GPs pull back?", body)


def answers_html(run: LessonRun) -> bytes:
    """The answer sheet of a run: each question with what this run shows."""
    facts = _all_facts(run)
    rows = [
        f"<li><p><strong>{pages.text(asked)}</strong></p><p>{pages.text(answer)}</p></li>"
        for asked, answer in _questions(facts)
    ]
    body = [
        pages.paragraph(f"For the teacher. Seed {run.config.seed} alone: another seed tells another history.", "quiet"),
        pages.drawing(chart(run, "svg"), _words_for(facts)),
        *_done(facts),
        f"<ol>{''.join(rows)}</ol>",
        *_end(run),
    ]
    return pages.page("Answer sheet: why do capable GPs pull back?", body)


def _all_facts(run: LessonRun) -> list[Facts]:
    return [facts_of(run, world) for world in range(len(run.lanes))]


def _end(run: LessonRun) -> Iterator[str]:
    yield f"<p>The same run in the page: <code>{pages.text(configs.link(run.config))}</code> after the address.</p>"
    yield pages.paragraph(cite(), "quiet")


def _question(number: int, words: str) -> str:
    return f'<section class="question"><p><strong>{number}.</strong> {pages.text(words)}</p>{LINES}</section>'


def _done(facts: list[Facts]) -> Iterator[str]:
    for each in facts:
        told = "; ".join(f"month {month}: {words}" for month, words in each.marks) or "nothing is done"
        yield pages.paragraph(f"{each.title}. What is done: {told}.")


def _bets(bets: Sequence[Told]) -> Iterator[str]:
    """The bets made before play, with the outcomes."""
    if bets:
        yield pages.heading("My bets")
        rows = ((bet.question, bet.said, bet.happened or "not played to the end") for bet in bets)
        yield pages.table(("question", "my bet", "what happened"), rows)


def _own(words: str) -> Iterator[str]:
    """The student's explanation as typed."""
    if words.strip():
        yield pages.heading("In my own words")
        yield pages.quotation(words.strip())


def _words_for(facts: list[Facts]) -> str:
    told = [
        f"{each.title}: GPs give {each.start}% of their time at the start, least in month {each.lowest_month} "
        f"({each.lowest}%), {each.end}% at the end; managers take at most {each.control_most}% of decisions"
        for each in facts
    ]
    return "Four charts over months. " + ". ".join(told)


def _questions(facts: list[Facts]) -> Iterator[tuple[str, str]]:
    """Each question with the answer that this run gives."""
    a = facts[0]
    yield "Look at world A. When do GPs give least, and what happened before that?", _least(a)
    yield "When do managers decide most? Is that before or after GPs give least? Why would that be?", _most(a)
    yield "How is a GP heard when managers decide more, and what does she conclude?", _heard(a)
    yield (
        "Draw the circle with four arrows. Which arrow would you cut, and how?",
        f"In month {a.lowest_month} the arrows stand, in points, at: {_arrows(a)}. Scene 3 tells how much of the fall "
        "each cut saves.",
    )
    if len(facts) > 1:
        yield (
            "Worlds A and B share all chance. What differs between them, and what does the gap at the end show?",
            f"At the end GPs give {a.end}% in A and {facts[1].end}% in B. {a.title}. {facts[1].title}. With one seed, "
            "whatever differs comes from what was set or done differently, not from luck.",
        )
    yield (
        "This is one history. What would you look at before you believe it?",
        "Many seeds: the band shows what is usual. And the assumptions: most numbers of behaviour are assumed, so "
        "ask whether the finding stands where they are changed.",
    )


def _arrows(a: Facts) -> str:
    levels = zip(loop.ARROWS, a.arrows, strict=True)
    return "; ".join(f"{arrow['to']} {round(100 * level):+d}" for arrow, level in levels)


def _least(a: Facts) -> str:
    before = "; ".join(f"month {month}: {words}" for month, words in a.marks if month <= a.lowest_month)
    if not a.fell:
        return f"They give {a.start}% at the start and never clearly less: {a.lowest}% in month {a.lowest_month}."
    return f"From {a.start}% at the start to {a.lowest}% in month {a.lowest_month}. Before it: {before or 'nothing'}."


def _most(a: Facts) -> str:
    if a.control_most - a.control_start < SAME:
        return f"Managers take about the same share all the time: {a.control_start}%, at most {a.control_most}%."
    order = "before" if a.control_month < a.lowest_month else "after" if a.control_month > a.lowest_month else "as"
    return (
        f"From {a.control_start}% to {a.control_most}% at most, in month {a.control_month}: {order} GPs give least "
        f"(month {a.lowest_month}). Managers answer what is left undone, step by step."
    )


def _heard(a: Facts) -> str:
    told = (
        f"Of what GPs say, {a.heard_start}% is followed at the start and {a.heard_then}% in month {a.lowest_month}; "
        f"their belief that they count goes from {a.belief_start}% to {a.belief_then}%."
    )
    if a.heard_start - a.heard_then >= SAME and a.belief_start - a.belief_then >= SAME:
        return f"{told} Heard less, she believes less: what managers did because GPs pulled back proves her right."
    return f"{told} Here she has little reason to conclude that she does not count."
