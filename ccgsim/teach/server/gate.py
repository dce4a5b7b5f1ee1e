"""The gate of a class: who comes from another machine needs the join code; who is here already does not."""

from __future__ import annotations

import html
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qs

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from ccgsim.teach import limits
from ccgsim.teach.server.waiting import HOME

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that are taken for one another
COOKIE = "ccgsim-class"
LOOPBACK = ("127.0.0.1", "::1")
_FORM = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Join the class</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>
:root {{ color-scheme: light dark; }}
body {{ display: grid; place-content: center; min-height: 90vh; margin: 0 1.5rem;
  font: 1.2rem/1.5 system-ui, sans-serif; }}
input, button {{ font: inherit; padding: 0.4rem 0.8rem; }}
input {{ width: 9em; letter-spacing: 0.1em; text-transform: uppercase; }}
</style></head>
<body><main><h1>Join the class</h1><p role="status">{says}</p>
<form action="/" method="get"><label>Join code <input name="code" maxlength="12" autocomplete="off" required
autofocus></label> <button>Join</button></form></main></body></html>
"""
ASKS = "Type the code that your lecturer shows."
WRONG = "This is not the code of this class. Compare it with the one that your lecturer shows."
BARRED = "Too many wrong codes came from this device. Try again in {minutes} min."


def new_code() -> str:
    """A join code that is easy to read out and hard to guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(limits.CODE))


@dataclass
class Entry:
    """Who may enter a class: the code, the pass that it buys, and wrong codes by address. `clock` gives seconds."""

    address: str = ""  # of the page, for other machines
    code: str = field(default_factory=new_code)
    clock: Callable[[], float] = time.monotonic
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    wrong: dict[str, list[float]] = field(default_factory=dict)

    @property
    def link(self) -> str:
        """The address with the code, for a QR code."""
        return f"{self.address}?code={self.code}"

    @cached_property
    def picture(self) -> str:
        """The QR code of the link as the address of a picture."""
        import segno

        return str(segno.make(self.link, error="m", micro=False).svg_data_uri(scale=6)) if self.address else ""

    def refusal(self, code: str, came_from: str) -> str:
        """Why a code does not open, or '' if it does."""
        now = self.clock()
        tried = [then for then in self.wrong.get(came_from, ()) if now - then < limits.BARRED_SECONDS]
        if len(tried) >= limits.WRONG_CODES:
            return BARRED.format(minutes=math.ceil((tried[0] + limits.BARRED_SECONDS - now) / 60))
        if same(code.strip().upper(), self.code):
            return ""
        self.wrong[came_from] = [*tried, now]
        return WRONG

    def knows(self, line: HTTPConnection) -> bool:
        """Whether a request may pass: it comes from this machine, or from a page that gave the code."""
        return from_here(line) or same(line.cookies.get(COOKIE, ""), self.ticket)


def same(given: str, right: str) -> bool:
    """Whether two texts are the same, in a time that tells nothing about where they differ."""
    return secrets.compare_digest(given.encode(), right.encode())


def from_here(line: HTTPConnection) -> bool:
    """Whether a request comes from the machine that it reaches."""
    client = line.client.host if line.client else ""
    return client in LOOPBACK or client == (line.scope.get("server") or ("",))[0]


class Gate:
    """Middleware: without the code, the page's address asks for it, and everything else is refused."""

    def __init__(self, app: ASGIApp, entry: Entry) -> None:
        self.app, self.entry = app, entry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self.app
        if scope["type"] in ("http", "websocket"):
            line = HTTPConnection(scope)
            if not self.entry.knows(line):
                answer = WebSocketClose() if scope["type"] == "websocket" else self._at_the_gate(line)
        await answer(scope, receive, send)

    def _at_the_gate(self, line: HTTPConnection) -> ASGIApp:
        """What a request without a pass is answered."""
        if line.scope["method"] != "GET" or line.url.path not in HOME:
            return PlainTextResponse("The join code is needed.", 403)
        code = parse_qs(line.url.query).get("code", [""])[0]
        says = self.entry.refusal(code, line.client.host if line.client else "") if code else ASKS
        if says:
            return HTMLResponse(_FORM.format(says=html.escape(says)), 403)
        inside = RedirectResponse("/", 303)
        inside.set_cookie(COOKIE, self.entry.ticket, httponly=True, samesite="lax")
        return inside
