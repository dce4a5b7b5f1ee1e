"""The national surveys of governing bodies in 2014 and 2016 beside the model's simulated survey (E20-E22, E50)."""

from __future__ import annotations

import numpy as np

from ccgsim.course import Course
from ccgsim.foundation.vocabulary import ROLES, SURVEYED
from ccgsim.foundation.work.progress import Progress
from ccgsim.lab.reproduce.cell import EMERGENT, Beside, Cell, Place, cell, gathered
from ccgsim.lab.reproduce.printed_surveys import GROUPS, LINES, NOTES, Line
from ccgsim.measures import survey as simulated
from ccgsim.measures.survey import QUESTIONS
from ccgsim.run import under_way
from ccgsim.scenario.scenario import load

SITES = ("site_a", "site_b", "site_c", "site_d", "site_e", "site_f")
YEARS = dict(zip(SURVEYED, (2014, 2016), strict=True))
ANSWERS = tuple((question, answer) for question, answers in QUESTIONS.items() for answer in answers)


def reproduced(seeds: range, progress: Progress | None = None) -> Beside:
    """The printed shares beside the model's, sites A to F pooled world by world, in both surveys."""
    found = gathered(_counted, SITES, seeds, progress)
    pooled = np.sum(list(found.values()), axis=0)
    return Beside("The surveys of 2014 and 2016: seat-holders' answers, sites A to F pooled", cells_of(pooled), NOTES)


def cells_of(counts: np.ndarray) -> tuple[Cell, ...]:
    """The cells from counts of answers, shape (seeds, surveys, roles, answers)."""
    return tuple(
        cell(
            Place("survey", line.words, f"month {month} ({year})"),
            line.printed[n],
            _shares(counts[:, n], line),
            EMERGENT,
        )
        for line in LINES
        for n, (month, year) in enumerate(YEARS.items())
    )


def share(counts: np.ndarray, question: str, answer: str, group: str) -> np.ndarray:
    """Share of a group's respondents who give an answer, one value per world; `counts`: (seeds, roles, answers)."""
    roles = [ROLES.index(role) for role in GROUPS[group]]
    asked = [n for n, (of, _) in enumerate(ANSWERS) if of == question]
    given = counts[:, roles].sum(axis=1)
    answered = given[:, asked].sum(axis=1)
    chosen = given[:, ANSWERS.index((question, answer))]
    found: np.ndarray = np.divide(chosen, answered, out=np.full(len(given), np.nan), where=answered > 0)
    return found


def _shares(counts: np.ndarray, line: Line) -> np.ndarray:
    first = share(counts, line.question, line.answer, line.group)
    if line.less is None:
        return first
    answer, group = line.less
    return np.asarray(first - share(counts, line.question, answer, group))


def _counted(job: tuple[str, int]) -> np.ndarray:
    """Counts of answers by role in a site's two surveys on a seed, shape (surveys, roles, answers)."""
    site, seed = job
    course = Course(load(site), seed)
    counts = np.zeros((len(SURVEYED), len(ROLES), len(ANSWERS)))
    for month in under_way(course, max(SURVEYED)):
        if month in SURVEYED:
            for said in simulated.survey(course.world).itertuples():
                place = SURVEYED.index(month), ROLES.index(said.role), ANSWERS.index((said.question, said.answer))
                counts[place] += 1
    return counts
