"""A report in a scenario's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ccgsim.report.drawing.wording import in_words_of
from ccgsim.report.pages.page import Block, Figure, Items, Page, Section, Table
from ccgsim.scenario.wording import Words


def words_of(manifest: Mapping[str, Any]) -> Words:
    """The words of the scenarios that a manifest states, and the names of surveyed people that it states."""
    told = Words.of(*(values for values in _scenarios(manifest) if isinstance(values, Mapping)))
    return told.keeping([*manifest.get("people", ()), *manifest.get("called", {}).values(), *manifest.get("names", ())])


def _scenarios(manifest: Mapping[str, Any]) -> Iterator[Any]:
    several, facts = manifest.get("scenarios"), manifest.get("facts")
    yield manifest
    yield manifest.get("scenario")
    yield from several.values() if isinstance(several, Mapping) else ()
    yield facts.get("scenario") if isinstance(facts, Mapping) else None


def worded(page: Page, told: Words) -> Page:
    """The page in these words, which it explains; what is typed to repeat it stays."""
    if not told.table:
        return page
    meanings = f"Words: {'; '.join(told.meanings())}."
    return Page(
        title=told(page.title),
        about=told(page.about),
        question=told(page.question),
        answer=tuple(map(told, page.answer)),
        sure=(*map(told, page.sure), meanings),
        figure=_figure(page.figure, told),
        sections=tuple(
            Section(told(section.heading), blocks_in(section.blocks, told)) for section in page.sections
        ),
        words=told,
    )  # fmt: skip


def blocks_in(blocks: tuple[Block, ...], told: Words) -> tuple[Block, ...]:
    """These blocks in these words."""
    return tuple(_block(block, told) for block in blocks) if told.table else blocks


def _block(block: Block, told: Words) -> Block:
    if isinstance(block, str):
        return told(block)
    if isinstance(block, Items):
        return Items(tuple(map(told, block.items)))
    if isinstance(block, Table):
        return _table(block, told)
    return _figure(block, told) if isinstance(block, Figure) else block


def _table(table: Table, told: Words) -> Table:
    rows = tuple(tuple(map(told, row)) for row in table.rows)
    return Table(told(table.caption), tuple(map(told, table.head)), rows, told(table.note))


def _figure(figure: Figure, told: Words) -> Figure:
    twin = None if figure.twin is None else _table(figure.twin, told)
    sheet = in_words_of(figure.sheet, told)
    return replace(figure, title=told(figure.title), shows=told(figure.shows), sheet=sheet, twin=twin)
