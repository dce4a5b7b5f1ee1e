"""A worksheet to print: questions about this run, space for answers, and a page of notes for the teacher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ccgsim.teach import config as configs
from ccgsim.teach.exports import pages
from ccgsim.teach.exports.cite import cite
from ccgsim.teach.exports.series import chart, title_of
from ccgsim.teach.messages import Told
from ccgsim.teach.worlds.loop import ARROWS
from ccgsim.teach.worlds.marks import marks_of
from ccgsim.teach.worlds.run import LessonRun

# Horizontal rules instead of a background, which browsers do not print.
LINES = '<div class="lines" aria-hidden="true">' + 4 * "<hr>" + "</div>"


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about one world for questions and notes."""

    title: str
    start: float
    lowest: float
    lowest_month: int
    end: float
    control_start: float
    control_most: float
    control_month: int
    belief_change: float
    arrows: tuple[float, ...]
    marks: tuple[tuple[int, str], ...]


def facts_of(run: LessonRun, world: int) -> Facts:
    """The facts of a world, as far as simulated."""
    lane = run.lanes[world]
    series = lane.series
    given, control = series["participation"].to_numpy(float), series["manager_control"].to_numpy(float)
    belief = series["efficacy"].to_numpy(float)
    lowest = int(np.nanargmin(given))
    return Facts(
        title=title_of(run, world),
        start=float(given[0]),
        lowest=float(given[lowest]),
        lowest_month=lowest,
        end=float(given[-1]),
        control_start=float(control[0]),
        control_most=float(control.max()),
        control_month=int(np.argmax(control)),
        belief_change=float(belief[lowest] - belief[0]),
        arrows=tuple(float(level) for level in lane.loops[lowest][: len(ARROWS)]),
        marks=tuple(mark for mark in marks_of(run, world) if mark[0] <= lane.month),
    )


def worksheet_html(run: LessonRun, words: str = "", bets: Sequence[Told] = ()) -> bytes:
    """The worksheet of a run: the student's bets and explanation, questions with space for answers, answer notes."""
    facts = [facts_of(run, world) for world in range(len(run.lanes))]
    asked = list(_questions(facts))
    body = [
        pages.paragraph(f"Run with seed {run.config.seed}, {run.month} months. Name: ____________________", "quiet"),
        pages.picture(chart(run, "png"), _words_for(facts)),
        *_done(facts),
        *_bets(bets),
        *_own(words),
        *(_question(n, words) for n, (words, _) in enumerate(asked, start=1)),
        pages.heading("Notes for the teacher", breaks=True),
        pages.paragraph(f"These notes are about seed {run.config.seed} alone. Another seed tells another history."),
        "<ol>" + "".join(f"<li>{pages.text(note)}</li>" for _, note in asked) + "</ol>",
        f"<p>The same run in the page: <code>{pages.text(configs.link(run.config))}</code> after the address.</p>",
        pages.paragraph(cite(), "quiet"),
    ]
    return pages.page("Worksheet: why do capable GPs pull back?", body)


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
        f"{each.title}: participation {each.start:.2f} at the start, lowest {each.lowest:.2f} in month "
        f"{each.lowest_month}, {each.end:.2f} at the end; managers' control at most {each.control_most:.2f}"
        for each in facts
    ]
    return "Four charts over months. " + ". ".join(told)


def _questions(facts: list[Facts]) -> Iterator[tuple[str, str]]:
    """Each question with the note that answers it for this run."""
    a = facts[0]
    yield (
        "Look at world A. When do GPs give least, and what happened before that?",
        f"Participation goes from {a.start:.2f} to {a.lowest:.2f} in month {a.lowest_month}"
        + (f"; before it: {'; '.join(words for _, words in a.marks)}." if a.marks else ". Nothing was done to it."),
    )
    yield (
        "When do managers decide most? Is that before or after GPs give least? Why would that be?",
        f"Control goes from {a.control_start:.2f} to {a.control_most:.2f} at most, in month {a.control_month}. "
        "Managers answer low participation with some delay: they step in when work is left undone.",
    )
    yield (
        "What does a GP see when managers step in, and what does she conclude?",
        f"She is heard less, so she believes less: mean belief changes by {a.belief_change:+.2f} up to month "
        f"{a.lowest_month}. Her suspicion is confirmed by what managers did because GPs had pulled back.",
    )
    yield (
        "Draw the circle with four arrows. Which arrow would you cut, and how?",
        "In the worst month the arrows stand at: "
        + "; ".join(f"{arrow['to']} {level:+.2f}" for arrow, level in zip(ARROWS, a.arrows, strict=True))
        + ". Any arrow will do: dialogue, vision, hours and managers who hold back each cut one.",
    )
    if len(facts) > 1:
        b = facts[1]
        yield (
            "Worlds A and B share all chance. What differs between them, and what does the gap at the end show?",
            f"At the end GPs give {a.end:.2f} in A and {b.end:.2f} in B. With one seed, whatever differs comes from "
            "what was set or done differently, not from luck.",
        )
    yield (
        "This is one history. What would you look at before you believe it?",
        "Many seeds: the band shows what is usual. And the assumptions: most numbers of behaviour are assumed, so "
        "ask whether the finding stands where they are changed.",
    )
