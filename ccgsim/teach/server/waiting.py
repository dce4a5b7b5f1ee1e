"""The page shown while the rules are compiled: a text at once, then the lesson as soon as it is ready."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from starlette.responses import StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

HOME = ("/", "/index.html")
EVERY = 0.2  # seconds between two checks
_WORDS = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>The lesson is getting ready</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; }
body { display: grid; place-content: center; min-height: 90vh; margin: 0 1.5rem;
  font: 1.2rem/1.5 system-ui, sans-serif; }
main { max-width: 34rem; }
h1 { font-size: 1.8rem; }
.now { font-weight: 700; }
.now:not(:last-of-type) { display: none; }
</style></head>
<body><main role="status"><h1>The lesson is getting ready</h1>
<p class="fixed">It begins here of itself: leave this page open.</p>
"""
_BEGIN = '<script src="/begin.js"></script></main></body></html>\n'
_ENDED = '<p class="now">It was ended before it was ready.</p></main></body></html>\n'


@dataclass
class Loading:
    """How far the model is, in words for pages that wait."""

    words: str = "The model is being loaded: a few seconds."

    def compiling(self, done: int, planned: int) -> None:
        """So many rules are compiled."""
        once = "Once after an installation; it takes one to three minutes."
        self.words = f"Compiling the model's rules: {done} of {planned}. {once}"


class WaitingRoom:
    """Until `ready()` is true, the page's address answers with a text and no websocket is opened.

    The answer ends when `ended()` is true: the server waits for open answers, and complains of those it has to cut off.
    """

    def __init__(self, app: ASGIApp, ready: Callable[[], bool], ended: Callable[[], bool], loading: Loading) -> None:
        self.app, self.ready, self.ended, self.loading = app, ready, ended, loading

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self.app
        if not self.ready():
            if scope["type"] == "websocket":
                answer = WebSocketClose()
            elif scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in HOME:
                answer = StreamingResponse(self._words(), media_type="text/html")
        await answer(scope, receive, send)

    async def _words(self) -> AsyncIterator[str]:
        """First the text, then each step as it comes; once the lesson is ready, the script that loads it."""
        yield _WORDS
        told = ""
        while not (self.ready() or self.ended()):
            if told != self.loading.words:
                told = self.loading.words
                yield f'<p class="now">{told}</p>\n'
            await asyncio.sleep(EVERY)
        yield _BEGIN if self.ready() else _ENDED
