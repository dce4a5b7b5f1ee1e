"""Results in a notebook: the figure of a report's first page, and its table."""

from __future__ import annotations

import hashlib
from typing import Any

from ccgsim.report.drawing.inputs import first_run, people_called, seeds_of
from ccgsim.report.findings.departures import words_of
from ccgsim.report.pages import effects
from ccgsim.report.pages.formats.html import part_of_html
from ccgsim.report.pages.page import Block
from ccgsim.report.pages.reports import comparison, departures, run, surveyed
from ccgsim.report.pages.worded import blocks_in
from ccgsim.report.words.board_sentence import ASKED
from ccgsim.scenario.wording import Words
from ccgsim.survey.describe import describe

DRAWS = 200  # of the unknown ties of a network, as `ccgsim network` draws them


def run_html(found: Any) -> str:
    """A run, or runs on several seeds: how the headline measures change."""
    changes = effects.changes(found, ASKED)
    title = found.scenario.title or found.scenario.name
    blocks: tuple[Block, ...] = (
        f"{title}. {run.about(found)}",
        *run.answer(found, changes),
        run.opening(found, changes),
    )
    told = Words.of(found.scenario.resolved()).keeping(people_called(first_run(found)).values())
    return part_of_html(blocks_in(blocks, told), _name(title, seeds_of(found)))


def comparison_html(found: Any) -> str:
    """A comparison: what each scenario changes against the first."""
    others = list(found.scenarios)[1:]
    by = {name: effects.effects_at_the_end(found, name, ASKED) for name in others}
    blocks: tuple[Block, ...] = (comparison.about(found), *comparison.answers(found, by), comparison.opening(found, by))
    told = Words.of(*(world.resolved() for world in found.scenarios.values()))
    return part_of_html(blocks_in(blocks, told), _name(*found.scenarios, found.seeds))


def departures_html(found: Any) -> str:
    """Departures: what each costs, and what cannot be told."""
    document = found.document
    blocks: tuple[Block, ...] = (
        departures.about(document),
        *departures.answer(document),
        departures.opening(document),
    )
    told = words_of(document)
    return part_of_html(blocks_in(blocks, told), _name(document["seeds"], document["inputs"]))


def network_html(found: Any) -> str:
    """A surveyed network: who carries it, and how far the unknown ties leave it open."""
    document = describe(found, DRAWS)
    blocks: tuple[Block, ...] = (surveyed.about(document), *surveyed.answer(document), surveyed.opening(document))
    return part_of_html(blocks, _name(document["people"]))


def _name(*facts: Any) -> str:
    """A beginning for ids that differs from that of other results in the same notebook."""
    return f"ccgsim-{hashlib.sha256(repr(facts).encode()).hexdigest()[:8]}"
