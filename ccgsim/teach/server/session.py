"""One page's session: turns messages into answers, on a thread, never on the server's event loop."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterator
from typing import Any

from ccgsim.foundation.problems import refuse
from ccgsim.scenario.scenario import load
from ccgsim.teach import config as configs
from ccgsim.teach import messages
from ccgsim.teach.config import Action
from ccgsim.teach.exports import exports
from ccgsim.teach.lesson import looking, often, scenes, stories, tell, welcome, when
from ccgsim.teach.lesson.bands import bands
from ccgsim.teach.lesson.play import chair, puzzle
from ccgsim.teach.lesson.play.classroom import merged
from ccgsim.teach.lesson.play.game import Game
from ccgsim.teach.worlds.run import LessonRun

Answer = dict[str, Any] | bytes
Answers = Iterator[Answer]


class Session:
    """The run and the game of one page. Not thread-safe: hold `turn` while answering."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(18)
        self.turn = asyncio.Lock()
        self.run: LessonRun | None = None
        self.game: Game | None = None
        self._starts = 0

    def answer(self, message: messages.Message) -> Answers:
        """The answers to a message; raises Problems if it cannot be fulfilled."""
        return _HANDLERS[type(message)](self, message)

    def welcome(self, resumed: bool) -> Answers:
        """The welcome message, and the state of a resumed run."""
        yield welcome.document(self.token, resumed)
        if self.run is not None:
            yield _started(self.run)
            yield from self.run.people()

    @property
    def current(self) -> LessonRun:
        """The run; raises Problems before the first start."""
        if self.run is None:
            raise refuse("run", "none", "nothing has been started yet")
        return self.run

    def _start(self, message: messages.Start) -> Answers:
        run = LessonRun(message.config, self._starts + 1)
        self._starts += 1
        self.run = run
        yield _started(run, notes_of(run))
        yield from run.people()
        yield from run.frames(0, 0)

    def _step(self, message: messages.Step) -> Answers:
        run = self.current
        yield from self._on(run, run.month + message.months)
        yield self._at(run)

    def _goto(self, message: messages.Goto) -> Answers:
        run = self.current
        if message.month <= run.month:
            yield from run.frames(message.month, message.month)
        else:
            yield from self._on(run, message.month)
        yield self._at(run)

    def _frames(self, message: messages.Frames) -> Answers:
        run = self.current
        yield from run.frames(message.first, message.last)
        yield self._at(run)

    def _on(self, run: LessonRun, month: int) -> Answers:
        """Simulate up to that month, sending everyone's names again if somebody new has come."""
        known = [len(lane.names) for lane in run.lanes]
        while run.month < month and not run.lanes[0].over:
            run.step()
            now = [len(lane.names) for lane in run.lanes]
            if now != known:
                yield from run.people()
                known = now
            yield from run.frames(run.month, run.month)

    def _act(self, message: messages.Act) -> Answers:
        run = self.current
        before = run.month
        run.act(message.worlds, Action(message.month, message.action, message.value))
        yield {
            "type": "acted",
            "run": run.number,
            "month": message.month,
            "config": configs.plain(run.config),
            "titles": run.titles,
        }
        if run.month < before:
            yield self._at(run)

    def _look(self, message: messages.Look) -> Answers:
        yield looking.about(self.current, message.world, message.agent)

    def _tell(self, message: messages.Tell) -> Answers:
        yield tell.told(self.current)

    def _choose(self, message: messages.Choose) -> Answers:
        run = self.current
        key = scenes.followed(run.config)
        if key is None:
            raise refuse("scene", run.config.scene, "follows no GP")
        yield chair.compared(run.lanes[0].scenario, run.config.seed, key, message.given) | {"run": run.number}

    def _export(self, message: messages.Export) -> Answers:
        yield exports.file_of(self.run, self.game, message)

    def _play(self, message: messages.Play) -> Answers:
        self.game = Game(message.role, message.seed, message.pair)
        yield self.game.turn()

    def _move(self, message: messages.Move) -> Answers:
        if self.game is None:
            raise refuse("move", message.move, "no game has begun")
        self.game.move(message.move)
        yield self.game.turn()

    def _at(self, run: LessonRun) -> dict[str, Any]:
        return {"type": "at", "run": run.number, "month": run.month, "end": run.lanes[0].over}

    # Jobs: computed in parallel to the run, from its configuration alone.
    def _loop(self, message: messages.Loop) -> Answers:
        run = self.current
        told = stories.cuts(run.lane(message.world).scenario, run.config.seed, message.world, run.number)
        yield told | {"job": message.job}

    def _band(self, message: messages.Band) -> Answers:
        yield from bands(self.current.config, message)

    def _often(self, message: messages.Often) -> Answers:
        for answer in often.counted(self.current.config):
            yield answer | {"job": message.job}

    def _when(self, message: messages.When) -> Answers:
        for answer in when.curves(self.current.config, message.action):
            yield answer | {"job": message.job, "action": message.action}

    def _solve(self, message: messages.Solve) -> Answers:
        run = self.current
        goal = scenes.goal_of(run.config)
        if goal is None:
            raise refuse("scene", run.config.scene, "is no puzzle")
        yield puzzle.message(puzzle.solved(goal, run.config)) | {"job": message.job, "run": run.number}

    def _stories(self, message: messages.Stories) -> Answers:
        run = self.current
        lane, seed = run.lane(message.world), run.config.seed
        month = lane.month or lane.scenario.months
        told = stories.cuts(lane.scenario, seed, message.world, run.number)
        yield stories.two_stories(lane.scenario, seed, month, told) | {"job": message.job}

    def _classroom(self, message: messages.Classroom) -> Answers:
        yield from merged(message)


def _started(run: LessonRun, notes: tuple[str, ...] = ()) -> dict[str, Any]:
    """The message for a started or resumed run, with the GP whom its scene follows."""
    return run.started(notes) | {"focus": scenes.followed(run.config)}


def notes_of(run: LessonRun) -> tuple[str, ...]:
    """Notes for the page: dated events that the run does not reach."""
    notes = []
    for lane, world in zip(run.lanes, run.config.worlds, strict=True):
        for event in load(world.scenario).events:
            if event.month >= lane.scenario.months:
                notes.append(f"World {'AB'[lane.number]} ends before month {event.month} and its {event.act}.")
    return tuple(notes)


_HANDLERS: dict[type, Callable[[Session, Any], Answers]] = {
    messages.Start: Session._start,
    messages.Step: Session._step,
    messages.Goto: Session._goto,
    messages.Frames: Session._frames,
    messages.Act: Session._act,
    messages.Look: Session._look,
    messages.Export: Session._export,
    messages.Play: Session._play,
    messages.Move: Session._move,
    messages.Loop: Session._loop,
    messages.Band: Session._band,
    messages.Tell: Session._tell,
    messages.Choose: Session._choose,
    messages.Often: Session._often,
    messages.When: Session._when,
    messages.Solve: Session._solve,
    messages.Stories: Session._stories,
    messages.Classroom: Session._classroom,
}
# Run in parallel, can be cancelled
JOBS = (
    *(messages.Loop, messages.Band, messages.Stories, messages.Classroom),
    *(messages.Often, messages.When, messages.Solve),
)
