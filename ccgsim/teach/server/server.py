"""The server of the lesson: the built page from the package, and one websocket for each page."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from ccgsim.teach.limits import MESSAGE
from ccgsim.teach.server.gate import Entry, Gate, from_here
from ccgsim.teach.server.waiting import Loading, WaitingRoom

if TYPE_CHECKING:  # brings the whole model: the address must answer before it is loaded
    from ccgsim.teach.server.connection import House

STATIC = Path(__file__).parents[1] / "static"
LOCAL = ("127.0.0.1", "localhost")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self' ws://{host}; worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
REFUSED = 1008
# Of uvicorn; who asks is who is connected, whatever a header says.
SETTINGS: dict[str, Any] = {
    "ws_max_size": MESSAGE,
    "ws_per_message_deflate": False,
    "access_log": False,
    "proxy_headers": False,
}


class SafeHeaders:
    """Adds security headers to every answer: only this server's own files may run in the page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                host = MutableHeaders(scope=scope).get("host", LOCAL[0])
                headers["Content-Security-Policy"] = POLICY.format(host=host)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                headers["Cache-Control"] = "no-cache"
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)


def application(
    names: Sequence[str] = LOCAL,
    static: Path = STATIC,
    ready: Callable[[], bool] = lambda: True,
    ended: Callable[[], bool] = lambda: False,
    loading: Loading | None = None,
    entry: Entry | None = None,
) -> Starlette:
    """The server as an ASGI application for pages that reach it under one of these names.

    Pages wait until `ready()` is true, or `ended()`, and are told what `loading` says meanwhile. With an `entry` the
    server holds a class: pages of other machines need its code.
    """
    numbers = itertools.count()

    @cache
    def house() -> House:
        from ccgsim.teach.server.connection import House
        from ccgsim.teach.server.together import Together

        return House(None if entry is None else Together(entry))

    async def door(websocket: WebSocket) -> None:
        if not same_origin(websocket):
            await websocket.close(REFUSED)
            return
        from ccgsim.teach.server.connection import Connection

        visits = entry is not None and not from_here(websocket)
        await Connection(websocket, house(), next(numbers), visits).serve()

    return Starlette(
        routes=[WebSocketRoute("/ws", door), Mount("/", StaticFiles(directory=static, html=True))],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(names)),
            Middleware(SafeHeaders),
            *([] if entry is None else [Middleware(Gate, entry=entry)]),
            Middleware(WaitingRoom, ready=ready, ended=ended, loading=loading or Loading()),
        ],
    )


def same_origin(websocket: WebSocket) -> bool:
    """Whether the page came from this server: its Origin names the host of the request."""
    origin, host = websocket.headers.get("origin", ""), websocket.headers.get("host", "")
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and parts.netloc == host
