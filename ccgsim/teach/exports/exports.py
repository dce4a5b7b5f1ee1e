"""Exported files of a run, made in memory and sent to the page; requests never read or write files on disk."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from ccgsim.foundation.problems import refuse
from ccgsim.teach.exports.card import card_html
from ccgsim.teach.exports.guide import guide_html
from ccgsim.teach.exports.replay import replay_html
from ccgsim.teach.exports.series import chart, series_csv
from ccgsim.teach.exports.toml import scenario_toml
from ccgsim.teach.exports.worksheet import answers_html, worksheet_html
from ccgsim.teach.lesson.play.game import Game
from ccgsim.teach.messages import Export
from ccgsim.teach.worlds.run import LessonRun

Maker = Callable[[LessonRun, Export], bytes]
_MADE: dict[str, tuple[str, str, Maker]] = {
    "csv": ("csv", "text/csv", lambda run, _: series_csv(run)),
    "toml": ("toml", "application/toml", lambda run, asked: scenario_toml(run.config, asked.world)),
    "png": ("png", "image/png", lambda run, _: chart(run, "png")),
    "svg": ("svg", "image/svg+xml", lambda run, _: chart(run, "svg")),
    "replay": ("html", "text/html", lambda run, asked: replay_html(run, asked.captions)),
    "answers": ("html", "text/html", lambda run, _: answers_html(run)),
    "worksheet": ("html", "text/html", lambda run, asked: worksheet_html(run, asked.words, asked.bets)),
}


def file_of(run: LessonRun | None, game: Game | None, asked: Export) -> dict[str, Any]:
    """The `file` message for an export; raises Problems if there is no run or game to export."""
    if asked.what == "card":
        return _file("card", "ccgsim-model-card.html", "text/html", card_html())
    if asked.what == "guide":
        return _file("guide", "ccgsim-teaching.html", "text/html", guide_html())
    if asked.what == "moves":
        if game is None:
            raise refuse("export", "moves", "no game has begun")
        return _file("moves", f"ccgsim-moves-{game.role}.json", "application/json", game.moves_json())
    if run is None:
        raise refuse("export", asked.what, "nothing has been started yet")
    run.lane(asked.world)
    ending, mime, make = _MADE[asked.what]
    letter = f"-{'AB'[asked.world]}" if asked.what == "toml" else ""
    return _file(asked.what, f"ccgsim-{asked.what}-seed{run.config.seed}{letter}.{ending}", mime, make(run, asked))


def _file(what: str, name: str, mime: str, data: bytes) -> dict[str, Any]:
    return {"type": "file", "what": what, "name": name, "mime": mime, "data": base64.b64encode(data).decode("ascii")}
