"""What of the lesson is recorded, and a recorded run: what the server's own session answers to a page about it."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import msgspec

from ccgsim.teach import messages
from ccgsim.teach.config import Action, Config, plain
from ccgsim.teach.lesson import when
from ccgsim.teach.lesson.scenes import SCENES, Scene
from ccgsim.teach.server.session import Session

SERVED = "sandbox"  # the scene that needs the server
LOOKED_AT = "network"  # the scene in which anybody may be chosen, on its own seed
WRITTEN = "own_words"  # the scene with the worksheet
# What a student writes and bets stands in a recorded worksheet under these names; the page puts hers there.
HOLES = messages.Export("worksheet", words="{words}", bets=(messages.Told("{question}", "{said}", "{happened}"),))


def scenes() -> tuple[Scene, ...]:
    """The scenes of a recording."""
    return tuple(scene for scene in SCENES if scene.id != SERVED)


def configs(scene: Scene, seed: int) -> tuple[Config, ...]:
    """The runs of a scene on a seed: as it begins; on the scene's own seed, those of every choice that is recorded.

    A puzzle is recorded on its own seed only: without choices it would be none.
    """
    begun = msgspec.structs.replace(scene.config, seed=seed)
    if seed == scene.config.seed:
        return begun, *_choices(scene)
    return () if scene.goal else (begun,)


def _choices(scene: Scene) -> Iterator[Config]:
    """Help from any month that the scene's curve tries; every solution of a puzzle that its debrief tries."""
    if scene.goal is not None:
        for size in range(1, scene.goal.actions + 1):
            for done in combinations(scene.goal.offered, size):
                yield _doing(scene.config, 0, *(Action(scene.goal.at, action) for action in done))
    elif scene.id == "when":
        begun = scene.config.worlds[1].actions[0]
        for month in range(0, scene.config.months, when.EVERY):
            if month != begun.month:
                yield _doing(scene.config, 1, Action(month, begun.action, begun.value))


def _doing(config: Config, world: int, *actions: Action) -> Config:
    """The configuration with these actions, and no others, in a world."""
    worlds = list(config.worlds)
    worlds[world] = msgspec.structs.replace(worlds[world], actions=actions)
    return msgspec.structs.replace(config, worlds=tuple(worlds))


@dataclass
class Recorded:
    """A run from its start to its end, as a page was told of it.

    `said`: each message that came of itself, with the month before whose frames it came. `told`: what the scene says
    before and after. `answers`: by the name of the question (web/src/model/line/recording.ts, nameOf).
    """

    config: Config
    frames: tuple[list[bytes], ...]
    said: list[tuple[int, Any]] = field(default_factory=list)
    told: list[Any] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)

    def as_table(self, lanes: list[int]) -> dict[str, Any]:
        """For the page; `lanes`: the places of its worlds' frames."""
        table = {"config": plain(self.config), "lanes": lanes, "said": self.said}
        return table | {"told": self.told, "answers": self.answers}


def recorded(scene: Scene, config: Config) -> Recorded:
    """Play a run of a scene to its end in a session of the server."""
    session, run = Session(), Recorded(config, tuple([] for _ in config.worlds))
    _hear(run, session.answer(messages.Start(config)))
    run.told.append(_last(session, messages.Tell()))
    _hear(run, session.answer(messages.Goto(config.months)))
    run.told.append(_last(session, messages.Tell()))
    run.answers = {name: _last(session, question) for name, question in _questions(scene, run).items()}
    if scene.id == WRITTEN:
        run.answers["export/worksheet"] = paper(session, HOLES)
    return run


def _hear(run: Recorded, answers: Iterator[Any]) -> None:
    """Keep the frames by world, and every message but the one that the months have come."""
    for answer in answers:
        if isinstance(answer, bytes):
            run.frames[answer[3]].append(answer)
        elif answer["type"] != "at":
            run.said.append((len(run.frames[0]), answer))


def _questions(scene: Scene, run: Recorded) -> dict[str, messages.Message]:
    """What a page may ask about a run of the scene, by name."""
    asked: dict[str, messages.Message] = {}
    if scene.id == "when":
        action = run.config.worlds[1].actions[0].action
        asked[f"when/{action}"] = msgspec.convert({"type": "when", "job": "when", "action": action}, messages.When)
    elif scene.bet:
        asked["often"] = messages.Often("")
    if scene.id == "loop":
        asked["loop/0"] = messages.Loop()
    if scene.goal is not None:
        asked["solve"] = messages.Solve("")
    return asked | {f"look/0/{key}": messages.Look(0, key) for key in _looked_at(scene, run)}


def _looked_at(scene: Scene, run: Recorded) -> list[int]:
    """Keys of the people of world A whom a page may ask about."""
    heard = {message["type"]: message for _, message in run.said if message.get("world", 0) == 0}
    if scene.id == LOOKED_AT and run.config.seed == scene.config.seed:
        return [key for key, _ in heard["people"]["people"]]
    focus = heard["started"]["focus"]
    return [] if focus is None else [focus]


def _last(session: Session, message: messages.Message) -> Any:
    """The last answer to a message: that of a job is complete."""
    return list(session.answer(message))[-1]


def paper(session: Session, asked: messages.Export) -> Mapping[str, Any]:
    """An exported page, its data as text."""
    file = _last(session, asked)
    return {**file, "data": base64.b64decode(file["data"]).decode("utf-8")}
