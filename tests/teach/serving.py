"""A server in a thread, and a page's side of the conversation."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from websockets.sync.client import ClientConnection, connect

from ccgsim.teach import limits
from ccgsim.teach.config import Action, Config, WorldConfig, plain
from ccgsim.teach.server.gate import COOKIE, Entry
from ccgsim.teach.server.server import SETTINGS, STATIC, application
from ccgsim.teach.server.waiting import Loading
from ccgsim.teach.worlds import frames

WAIT = 60.0  # seconds; rules may still be compiling


@dataclass(frozen=True)
class Served:
    """Where a server listens."""

    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def connect(self, origin: str | None = "", **options: Any) -> ClientConnection:
        """A websocket to it, as a page of its own opens one; another `origin` for a page from elsewhere."""
        came = f"http://{self.host}" if origin == "" else origin
        return connect(f"ws://{self.host}/ws", origin=came, max_size=None, max_queue=None, **options)


@contextmanager
def served(
    static: Path = STATIC,
    ready: Callable[[], bool] = lambda: True,
    loading: Loading | None = None,
    entry: Entry | None = None,
) -> Iterator[Served]:
    """A server of the lesson while the block runs."""
    listening = socket.create_server(("127.0.0.1", 0))
    app = application(static=static, ready=ready, loading=loading, entry=entry)
    config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1, **SETTINGS)
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield Served(listening.getsockname()[1])
    finally:
        running.should_exit = True
        thread.join(WAIT)
        listening.close()


class Page:
    """A page that talks to the server: it says messages and reads answers."""

    def __init__(self, socket: ClientConnection, token: str = "") -> None:
        self.socket = socket
        self.welcome = self.ask("welcome", type="hello", protocol=limits.PROTOCOL, token=token)[0]

    def say(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def until(self, kind: str) -> tuple[dict[str, Any], list[frames.Frame]]:
        """The next answer of that type, and the frames that came before it. An error answers everything."""
        seen: list[frames.Frame] = []
        while True:
            answer = self.socket.recv(WAIT)
            if isinstance(answer, bytes):
                seen.append(frames.decode(answer))
                continue
            message = json.loads(answer)
            if message["type"] in (kind, "error"):
                return message, seen

    def ask(self, kind: str, **message: Any) -> tuple[dict[str, Any], list[frames.Frame]]:
        """Say something and wait for the answer of that type."""
        self.say(**message)
        return self.until(kind)

    def start(self, config: Config) -> dict[str, Any]:
        """Start a run and read up to its names of people."""
        started, _ = self.ask("started", type="start", config=plain(config))
        for _ in config.worlds:
            self.until("people")
        return started


def line_from(address: str, server: Served, entry: Entry) -> ClientConnection:
    """A websocket from another device of the network, which has given the code. 127.0.0.2 and on count as others."""
    passed = {"Cookie": f"{COOKIE}={entry.ticket}"}
    return server.connect(source_address=(address, 0), additional_headers=passed)


@contextmanager
def device(server: Served, address: str, entry: Entry) -> Iterator[Page]:
    """The page of a student on a device of her own."""
    with line_from(address, server, entry) as socket:
        yield Page(socket)


@contextmanager
def page(server: Served, token: str = "") -> Iterator[Page]:
    """A page that has been greeted."""
    with server.connect() as socket:
        yield Page(socket, token)


def short(*actions: Action, months: int = 24, seed: int = 3, **settings: float) -> Config:
    """Two short worlds of the circle; what is done and set holds in B only."""
    named = {name.replace("__", "."): value for name, value in settings.items()}
    worlds = (WorldConfig("vicious_circle"), WorldConfig("vicious_circle_no_shock", named, actions))
    return Config(seed=seed, months=months, worlds=worlds)
