"""What came of a class's board: its path beside model districts, its own response, and one thing changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import msgspec
import numpy as np

from ccgsim.teach.lesson.bands import band_of
from ccgsim.teach.lesson.past import SAME, Said, percent
from ccgsim.teach.lesson.play.board import Board, district
from ccgsim.teach.lesson.play.response import Response, answered, response_of, says

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
            said += rounds(first, board.path(keys), board.dialogue)
            yield told | {"bands": bands, "says": [s.text for s in said], "seeds": n + 1, "of": districts, "done": done}


def beside(path: list[float], others: list[list[float]]) -> Iterator[Said]:
    """Where the class ends among the districts so far."""
    end = percent(path[-1])
    below = sum(percent(other[-1]) < end for other in others)
    yield Said(
        f"The class's GPs give {percent(path[0])}% at the start and {end}% in month {len(path) - 1}: "
        f"more than in {below} of {len(others)} districts that the model plays alone."
    )


def changed(again: dict[str, list[float]], dialogue: bool) -> Iterator[Said]:
    """What dialogue changes if the class answers as it did."""
    if not again:
        yield Said("What dialogue would change cannot be told: how the class answers is not sure enough.")
        return
    shut, opened = (percent(again[name][-1]) for name in ("shut", "open"))
    now = "was open from the start" if dialogue else "was hardly open"
    if abs(opened - shut) < SAME:
        told = f"dialogue changes little at the end: {shut}% without it and {opened}% with it"
    else:
        told = f"its GPs end at {shut}% without dialogue and at {opened}% with it"
    yield Said(f"Here dialogue {now}. If the class answers as it did, {told}.")


def rounds(first: list[float], second: list[float], dialogue: bool) -> Iterator[Said]:
    """What the class itself did in the same district before, with dialogue the other way."""
    if first:
        ways = ("without dialogue", "with it") if dialogue else ("with dialogue", "without it")
        ends = percent(first[-1]), percent(second[-1])
        yield Said(f"The class played this district twice: {ends[0]}% at the end {ways[0]}, {ends[1]}% {ways[1]}.")


def _again(board: Board, keys: list[int], found: Response) -> dict[str, list[float]]:
    """What the class's GPs give by month if they answer as they did, with dialogue shut and open."""
    config, ends = board.config, {}
    for name, dialogue in (("shut", False), ("open", True)):
        fresh = Board(district(config.seed, config.months, dialogue))
        ends[name] = _rounded(answered(fresh, keys, found).path(keys))
    return ends


def _rounded(values: list[float]) -> list[float]:
    return [round(value, 4) for value in values]
