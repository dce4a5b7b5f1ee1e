"""The command `teach`: finds a port, loads the rules, opens the page, serves until Ctrl-C."""

from __future__ import annotations

import importlib.util
import logging
import socket
import threading
import webbrowser
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ccgsim.cli.run import compile_rules, say
from ccgsim.foundation.extras import installing
from ccgsim.foundation.problems import Problem, Problems, shown

EXTRA = ("markdown_it", "msgspec", "starlette", "uvicorn", "websockets")
WARM_MONTHS = 12
LOCAL = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class Order:
    """A server to run: host and port, the socket it listens on, and whether to open a browser."""

    host: str
    port: int
    listening: socket.socket
    browser: bool

    @property
    def address(self) -> str:
        """The page's address for a browser on this machine."""
        name = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{name}:{self.port}/"


def checked(port: int, host: str, browser: bool) -> Order:
    """The checked order for these options; raises Problems if the extra is missing or the port cannot be used."""
    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        rule = f"the lesson needs {', '.join(missing)}: install them with\n  {installing('teach')}"
        raise Problems([Problem("", "", "", rule)])
    if not 0 <= port <= 65535:
        raise Problems([Problem("", "--port", shown(port), "must be a whole number from 0 to 65535")])
    return Order(host, *_listening(host, port), browser)


def _listening(host: str, port: int) -> tuple[int, socket.socket]:
    """The port used and the socket that listens on it."""
    try:
        listening = socket.create_server((host, port), backlog=64)
    except OSError as fault:
        rule = f"cannot be used ({fault.strerror or fault}); another one may be free: --port {min(port + 1, 65535)}"
        raise Problems([Problem("", "--port", f"{host}:{port}", rule)]) from None
    return int(listening.getsockname()[1]), listening


def carry_out(order: Order, *, talk: bool) -> None:
    """Print the address, open the page, load the rules in the background, and serve until Ctrl-C."""
    import uvicorn

    from ccgsim.teach.limits import MESSAGE
    from ccgsim.teach.server.server import application

    ready: Future[None] = Future()
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    settings: dict[str, Any] = {"ws_max_size": MESSAGE, "ws_per_message_deflate": False, "access_log": False}
    server = uvicorn.Server(
        uvicorn.Config(
            application(order.host, ready=ready.done), log_level="warning", timeout_graceful_shutdown=2, **settings
        )
    )
    with suppress(KeyboardInterrupt):  # the usual end of a lesson
        say([f"The lesson is at {order.address}  (Ctrl-C ends it)", *_warning(order)], talk)
        if order.browser:
            webbrowser.open(order.address)
        threading.Thread(target=_make_ready, args=(ready, talk), daemon=True).start()
        ready.add_done_callback(lambda done: _stop_at_a_fault(server, done))
        server.run(sockets=[order.listening])
    if ready.done():
        ready.result()  # raises the error that kept the rules from loading
    say(["The lesson has ended."], talk)


def _make_ready(ready: Future[None], talk: bool) -> None:
    """Compile or load the rules outside the server's event loop; pages opened meanwhile are told to wait."""
    try:
        compile_rules(talk)
        warm_up()
    except BaseException as fault:
        ready.set_exception(fault)
    else:
        ready.set_result(None)


def _stop_at_a_fault(server: Any, done: Future[None]) -> None:
    if done.exception() is not None:
        server.should_exit = True


def _warning(order: Order) -> list[str]:
    """A warning if the page can be reached from other machines."""
    return [] if order.host in LOCAL else [f"Anyone who can reach {order.host}:{order.port} can use it."]


def warm_up() -> None:
    """Load every rule that a page needs, so that the first picture appears at once."""
    from ccgsim.teach.lesson import scenes
    from ccgsim.teach.lesson.welcome import document
    from ccgsim.teach.worlds.run import LessonRun

    document("", resumed=False)
    run = LessonRun(scenes.SCENES[0].config)
    for _ in range(WARM_MONTHS):
        run.step()
