"""One websocket: messages in, answers out; the model runs on threads, long jobs in parallel."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from ccgsim.foundation.problems import Problems, fault_at
from ccgsim.teach import limits, messages
from ccgsim.teach.class_messages import Debrief, OfClass
from ccgsim.teach.server.session import JOBS, Answer, Answers, Session
from ccgsim.teach.server.sessions import Sessions
from ccgsim.teach.server.together import Asker, Together

FULL, TAKEN, REFUSED = 1013, 4001, 1008  # websocket close codes
_END = object()
_log = logging.getLogger("ccgsim")


@dataclass
class House:
    """Shared by all connections of a server: sessions, connections, the class, threads for short and long work."""

    together: Together | None = None
    sessions: Sessions = field(default_factory=Sessions)
    pages: dict[int, Connection] = field(default_factory=dict)
    steps: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(4, "lesson-step"))
    # bands, stories, classrooms: they must not delay anybody's steps
    jobs: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "lesson-job"))

    def tell(self) -> None:
        """Something has changed in the class: every page is told."""
        for page in self.pages.values():
            page.news.set()


class Connection:
    """The connection to one page. `visits`: the page of a class's student, on another machine than this."""

    def __init__(self, websocket: WebSocket, house: House, number: int, visits: bool = False) -> None:
        self.websocket, self.house, self.number, self.visits = websocket, house, number, visits
        self.address = websocket.client.host if websocket.client else ""
        self.session: Session | None = None
        self.jobs: dict[str, asyncio.Task[None]] = {}
        self.asker = Asker(visits)
        self.news = asyncio.Event()
        self._seen: dict[str, Any] = {}  # what this page was told of the class last
        self._sending = asyncio.Lock()
        self._errors = 0
        self._free_at = 0.0  # when the next month may be sent

    async def serve(self) -> None:
        """Answer messages until the page disconnects."""
        await self.websocket.accept()
        if full := self._no_place():
            await self._say(_refusal("connection", full))
            await self.websocket.close(FULL)
            return
        self.house.pages[self.number] = self
        herald = asyncio.create_task(self._bring_news())
        try:
            await self._listen()
        except (WebSocketDisconnect, RuntimeError):  # RuntimeError: closed during sending
            pass
        finally:
            self.house.pages.pop(self.number, None)
            for task in (*self.jobs.values(), herald):
                task.cancel()
            if self.session is not None:
                self.house.sessions.leave(self.session, self.number)
            self.house.tell()

    def _no_place(self) -> str:
        """Why this page has to wait, or ''. The lecturer's pages take no place from the class, nor it from them."""
        alike = [page.address for page in self.house.pages.values() if page.visits == self.visits]
        if len(alike) >= limits.CONNECTIONS:
            return f"The class is full ({limits.CONNECTIONS}). This page joins when someone leaves."
        if self.visits and alike.count(self.address) >= limits.AN_ADDRESS:
            return (
                f"This device has {limits.AN_ADDRESS} pages open, as many as one may. This one joins when one closes."
            )
        return ""

    async def _listen(self) -> None:
        while self._errors < limits.ERRORS:
            received = await self.websocket.receive()
            if received["type"] == "websocket.disconnect":
                return
            text = received.get("text")
            try:
                if text is None:
                    raise fault_at("", "message", "bytes", "must be text that holds JSON")
                await self._take(messages.read(text))
                self._errors = 0
            except Problems as refused:
                self._errors += 1
                await self._say(messages.error(text or "", refused))
        await self.websocket.close(REFUSED)

    async def _take(self, message: messages.Message) -> None:
        """Answer one message, or start a job."""
        if isinstance(message, messages.Hello):
            await self._greet(message)
        elif self.session is None:
            raise fault_at("", "message", "", "the first message must be hello")
        elif isinstance(message, messages.Cancel):
            await self._cancel(message.job)
        elif isinstance(message, Debrief):
            self._begin(message, self._class.debrief(message, self.asker))
        elif isinstance(message, OfClass):
            await self._with_class(message)
        elif isinstance(message, JOBS):
            self._begin(message, self.session.answer(message))
        else:
            await self._pace(message)
            async with self.session.turn:  # another page may still be using the same run
                await self._send_all(self.session.answer(message), self.house.steps)

    async def _greet(self, message: messages.Hello) -> None:
        if message.protocol != limits.PROTOCOL:
            rule = f"this server speaks {limits.PROTOCOL}: load the page again"
            raise fault_at("", "protocol", str(message.protocol), rule)
        if self.session is not None:
            raise fault_at("", "message", "hello", "has already been received")
        self.session, resumed, before = self.house.sessions.take(message.token, self.number)
        if before is not None and before in self.house.pages:
            with suppress(RuntimeError):  # it may already be closed
                await self.house.pages[before].websocket.close(TAKEN)
        if self.house.together is not None:  # a page knows its part before it begins
            await self._tell_of_class()
            self.house.tell()
        async with self.session.turn:
            await self._send_all(self.session.welcome(resumed), self.house.steps)

    # The class
    @property
    def _class(self) -> Together:
        if self.house.together is None:
            raise fault_at("", "class", "", "there is none: it begins with ccgsim teach --class")
        return self.house.together

    async def _with_class(self, message: OfClass) -> None:
        """Do something in the class, and tell every page what changed."""
        together, loop = self._class, asyncio.get_running_loop()
        self.asker.run = self.session.run if self.session else None
        async with together.turn:
            await loop.run_in_executor(self.house.steps, _safely, lambda: together.take(message, self.asker))
        self.house.tell()

    async def _bring_news(self) -> None:
        """Tell this page of the class whenever something has changed; changes that come fast are told as one."""
        with suppress(WebSocketDisconnect, RuntimeError):
            while await self.news.wait():
                self.news.clear()
                if self.house.together is not None and self.session is not None:
                    await self._tell_of_class()

    async def _tell_of_class(self) -> None:
        together, here = self._class, {page.asker.seat for page in self.house.pages.values()}
        async with together.turn:  # never in the middle of a half year
            seen = together.seen(self.asker, here)
        if seen != self._seen:
            self._seen = seen
            await self._say(seen)

    async def _pace(self, message: messages.Message) -> None:
        """Wait if months are requested faster than allowed."""
        if isinstance(message, messages.Step):
            now = asyncio.get_running_loop().time()
            await asyncio.sleep(max(0.0, self._free_at - now))
            self._free_at = max(self._free_at, now) + message.months / limits.SPEED

    # Jobs
    def _begin(self, message: Any, answers: Answers) -> None:
        running = {name: task for name, task in self.jobs.items() if not task.done()}
        if message.job in running or len(running) >= limits.JOBS:
            raise fault_at("", "job", message.job, f"at most {limits.JOBS} at a time, each under its own name")
        task = asyncio.create_task(self._work(message, answers), name=_kind(message))
        self.jobs = {**running, message.job: task}

    async def _work(self, message: Any, answers: Answers) -> None:
        try:
            await self._send_all(answers, self.house.jobs)
        except Problems as refused:
            await self._say(
                {"type": "error", "about": _kind(message), "job": message.job, "problems": refused.as_json()}
            )
        except (WebSocketDisconnect, RuntimeError):  # the page left
            pass

    async def _cancel(self, job: str) -> None:
        if job not in self.jobs or self.jobs[job].done():
            raise fault_at("", "job", job, "no such job is running")
        task = self.jobs[job]
        task.cancel()
        await asyncio.wait([task])
        await self._say({"type": task.get_name(), "job": job, "done": True, "cancelled": True})

    # Sending
    async def _send_all(self, answers: Iterator[Answer], pool: ThreadPoolExecutor) -> None:
        """Send answers in order, each computed on a thread."""
        loop = asyncio.get_running_loop()
        while (answer := await loop.run_in_executor(pool, _next, answers)) is not _END:
            await self._say(answer)

    async def _say(self, answer: Any) -> None:
        async with self._sending:
            if isinstance(answer, bytes):
                await self.websocket.send_bytes(answer)
            else:
                await self.websocket.send_text(json.dumps(answer, allow_nan=False))


def _next(answers: Iterator[Answer]) -> Any:
    """The next answer."""
    return _safely(lambda: next(answers, _END))


def _safely(act: Callable[[], Any]) -> Any:
    """What an act gives. Unexpected errors are logged and sent as faults, so that the page continues."""
    try:
        return act()
    except Problems:
        raise
    except Exception as fault:
        _log.exception("the lesson could not answer")
        rule = f"internal error: {type(fault).__name__}: the lesson could not do this"
        raise fault_at("", "", "", rule) from None


def _kind(message: Any) -> str:
    """The type of a message, as in its text."""
    return str(type(message).__struct_config__.tag)


def _refusal(key: str, rule: str) -> dict[str, Any]:
    return {"type": "error", "about": "hello", "problems": fault_at("", key, "", rule).as_json()}
