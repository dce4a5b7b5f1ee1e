"""What came of a class's board: its path beside model districts, its own response, and one thing changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import msgspec
import numpy as np

from ccgsim.teach.lesson.bands import band_of
from ccgsim.teach.lesson.past import SAME, Said, percent
from ccgsim.teach.lesson.play.board import OFFICER, Board, district
from ccgsim.teach.lesson.play.response import Response, answered, response_of, says
from ccgsim.teach.lesson.words import text

DISTRICTS = 30
TOLD_EVERY = 3


def debriefed(board: Board, before: Board | None = None, districts: int = DISTRICTS) -> Iterator[dict[str, Any]]:
    """`debrief` messages: the class's own path and response, then a growing band of districts without a class.

    `before`: the round that the class played before in the same district, with dialogue the other way.
    """
    keys = board.played or list(board.gps)
    found = response_of(board)
    again = _again(board, keys, found) if any(term.sure for term in found.terms) else {}
    first = before.path(before.played or list(before.gps)) if before else []
    told = {
        "type": "debrief",
        "dialogue": board.dialogue,
        "played": len(board.played),
        "of_gps": len(board.gps),
        "given": _rounded(board.path(keys)),
        "control": _rounded(board.control),
        "first": _rounded(first),
        "terms": [asdict(term) for term in found.terms],
        "again": again,
        "file": board.saved().decode("utf-8"),
        "cancelled": False,
    }
    given: list[list[float]] = []
    control: list[list[float]] = []
    for n in range(districts):
        config = msgspec.structs.replace(board.config, seed=board.config.seed + n)
        alone = Board(config).to_the_end()
        given.append(alone.path(keys))
        control.append(alone.control)
        done = n + 1 == districts
        if done or (n + 1) % TOLD_EVERY == 0:
            bands = {"given": band_of(np.array(given)), "control": band_of(np.array(control))}
            said = [*says(found), *beside(board.path(keys), given), *changed(again, board.dialogue)]
            said += [*rounds(first, board.path(keys), board.dialogue), *office(board)]
            yield told | {"bands": bands, "says": [s.text for s in said], "seeds": n + 1, "of": districts, "done": done}


def beside(path: list[float], others: list[list[float]]) -> Iterator[Said]:
    """Where the class ends among the districts so far."""
    end = percent(path[-1])
    below = sum(percent(other[-1]) < end for other in others)
    ends = {"first": percent(path[0]), "last": end, "month": len(path) - 1}
    yield Said(text("class.beside", **ends, below=below, of=len(others)))


def changed(again: dict[str, list[float]], dialogue: bool) -> Iterator[Said]:
    """What dialogue changes if the class answers as it did."""
    if not again:
        yield Said(text("class.unknown"))
        return
    shut, opened = (percent(again[name][-1]) for name in ("shut", "open"))
    much = "little" if abs(opened - shut) < SAME else "much"
    yield Said(text(f"class.{'open' if dialogue else 'shut'}_{much}", shut=shut, open=opened))


def rounds(first: list[float], second: list[float], dialogue: bool) -> Iterator[Said]:
    """What the class itself did in the same district before, with dialogue the other way."""
    if first:
        ends = {"first": percent(first[-1]), "last": percent(second[-1])}
        yield Said(text("class.then_open" if dialogue else "class.then_shut", **ends))


def office(board: Board) -> Iterator[Said]:
    """How the class's officer stood to what managers in her place would have taken, over the half years she decided."""
    turns = [turn for turn, share in enumerate(board.held) if share is not None]
    if turns:
        held, called = (
            float(np.mean([board.saw[turn + late][OFFICER][name] for turn in turns])) for name, late in _OFFICE
        )
        shares = {"held": percent(held), "called": percent(called)}
        yield Said(text("class.officer", turns=len(turns), **shares))


_OFFICE = (("held", 1), ("called", 0))  # what she held is seen after the half year, what was asked of her before it


def _again(board: Board, keys: list[int], found: Response) -> dict[str, list[float]]:
    """What the class's GPs give by month if they answer as they did, with dialogue shut and open."""
    config, ends = board.config, {}
    for name, dialogue in (("shut", False), ("open", True)):
        fresh = Board(district(config.seed, config.months, dialogue))
        ends[name] = _rounded(answered(fresh, keys, found, board.held).path(keys))
    return ends


def _rounded(values: list[float]) -> list[float]:
    return [round(value, 4) for value in values]
