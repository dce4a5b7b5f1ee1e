"""The page shown while the rules are compiled: a text at once, then the lesson as soon as it is ready."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

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
</style></head>
<body><main role="status"><h1>The lesson is getting ready</h1>
<p>The model's rules are being compiled for this machine. That takes about a minute after an installation, and a few
seconds at any other time.</p>
<p>The lesson begins here of itself: leave this page open.</p></main>
"""
_BEGIN = '<script src="/begin.js"></script></body></html>\n'


class WaitingRoom:
    """Until `ready()` is true, the page's address answers with a text and no websocket is opened."""

    def __init__(self, app: ASGIApp, ready: Callable[[], bool]) -> None:
        self.app, self.ready = app, ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self.app
        if not self.ready():
            if scope["type"] == "websocket":
                answer = WebSocketClose()
            elif scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in HOME:
                answer = StreamingResponse(self._words(), media_type="text/html")
        await answer(scope, receive, send)

    async def _words(self) -> AsyncIterator[str]:
        """First the text; once the lesson is ready, the script that loads it. The answer stays open in between."""
        yield _WORDS
        while not self.ready():
            await asyncio.sleep(EVERY)
        yield _BEGIN
