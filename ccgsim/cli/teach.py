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
from typing import TYPE_CHECKING, Any

from ccgsim.cli.options.worlds import Teach
from ccgsim.cli.parts import recording
from ccgsim.cli.parts.answers import DONE
from ccgsim.cli.parts.inviting import invitation, own_address
from ccgsim.cli.parts.streams import say
from ccgsim.foundation.extras import installing
from ccgsim.foundation.problems import fault_at, shown

if TYPE_CHECKING:
    from ccgsim.teach.server.gate import Entry
    from ccgsim.teach.server.waiting import Loading

EXTRA = ("markdown_it", "msgspec", "segno", "starlette", "tomli_w", "uvicorn", "websockets")
WARM_MONTHS = 12
LOCAL = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")


@dataclass(frozen=True, slots=True)
class Order:
    """A server to run: the port used, which may be a free one, and the socket that listens on it."""

    asked: Teach
    port: int
    listening: socket.socket

    @property
    def address(self) -> str:
        """The page's address for a browser on this machine."""
        host = host_of(self.asked)
        return self._at("127.0.0.1" if host in EVERYWHERE else host)

    @property
    def address_elsewhere(self) -> str:
        """The page's address for other machines of the network; '' where none can reach it."""
        host = host_of(self.asked)
        name = own_address() if host in EVERYWHERE else host
        return "" if name in LOCAL else self._at(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names under which pages may ask for the lesson: of a class only its address, else any where all may ask."""
        host = host_of(self.asked)
        if host not in EVERYWHERE:
            return (*LOCAL, host)
        return (*LOCAL, own_address()) if self.asked.class_ else ("*",)

    def _at(self, name: str) -> str:
        return f"http://{f'[{name}]' if ':' in name else name}:{self.port}/"


def host_of(asked: Teach) -> str:
    """What the server listens on: a class is let in from everywhere in the network, unless a host is named."""
    return EVERYWHERE[0] if asked.class_ and asked.host in LOCAL else asked.host


def answer(asked: Teach) -> int:
    """Serve the lesson until Ctrl-C, or write it as files; returns the exit code."""
    if asked.static is not None:
        require_extra()
        recording.write(asked, asked.static)
    else:
        carry_out(checked(asked))
    return DONE


def checked(asked: Teach) -> Order:
    """The checked order for these options; raises Problems if the extra is missing or the port cannot be used."""
    require_extra()
    if not 0 <= asked.port <= 65535:
        raise fault_at("", "--port", shown(asked.port), "must be a whole number from 0 to 65535")
    return Order(asked, *_listening(host_of(asked), asked.port))


def require_extra() -> None:
    """Raise Problems if what the lesson needs is not installed."""
    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        rule = f"the lesson needs {', '.join(missing)}: install them with\n  {installing('teach')}"
        raise fault_at("", "", "", rule)


def _listening(host: str, port: int) -> tuple[int, socket.socket]:
    """The port used and the socket that listens on it."""
    try:
        listening = socket.create_server((host, port), backlog=64)
    except OSError as fault:
        rule = f"cannot be used ({fault.strerror or fault}); another one may be free: --port {min(port + 1, 65535)}"
        raise fault_at("", "--port", f"{host}:{port}", rule) from None
    return int(listening.getsockname()[1]), listening


def carry_out(order: Order) -> None:
    """Print the address, open the page, load the rules in the background, and serve until Ctrl-C."""
    import uvicorn

    from ccgsim.teach.server.gate import Entry
    from ccgsim.teach.server.server import SETTINGS, application
    from ccgsim.teach.server.waiting import Loading

    asked, talk, ready, loading = order.asked, order.asked.talks, Future[None](), Loading()
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    entry = Entry(order.address_elsewhere) if asked.class_ else None
    page = application(order.names, ready=ready.done, ended=lambda: server.should_exit, loading=loading, entry=entry)
    server = uvicorn.Server(uvicorn.Config(page, log_level="warning", timeout_graceful_shutdown=2, **SETTINGS))
    with suppress(KeyboardInterrupt):  # the usual end of a lesson
        say([f"The lesson is at {order.address}  (Ctrl-C ends it)", *notice(order, entry)], talk)
        if not asked.no_browser:
            webbrowser.open(order.address)
        threading.Thread(target=_make_ready, args=(ready, talk, loading), daemon=True).start()
        ready.add_done_callback(lambda done: _stop_at_a_fault(server, done))
        server.run(sockets=[order.listening])
    if ready.done():
        ready.result()  # raises the error that kept the rules from loading
    say(["The lesson has ended."], talk)


def _make_ready(ready: Future[None], talk: bool, loading: Loading) -> None:
    """Load the model and its rules beside the server's event loop; pages opened meanwhile are told how far it is."""
    try:
        from ccgsim.cli.parts.worlds import compile_rules  # brings the whole model: the page must not wait for it

        compile_rules(talk, loading.compiling)
        loading.words = "The rules are there; the first district is being built."
        warm_up()
    except BaseException as fault:
        ready.set_exception(fault)
    else:
        ready.set_result(None)


def _stop_at_a_fault(server: Any, done: Future[None]) -> None:
    if done.exception() is not None:
        server.should_exit = True


def notice(order: Order, entry: Entry | None = None) -> list[str]:
    """Where other machines reach the page, if they can: with the code of a class, or that anyone there can use it."""
    if entry is not None:
        return invitation(entry)
    elsewhere = order.address_elsewhere
    return [f"On other machines of this network: {elsewhere}  Anyone there can use it."] if elsewhere else []


def warm_up() -> None:
    """Load every rule that a page needs, so that the first picture appears at once."""
    from ccgsim.teach.lesson import scenes
    from ccgsim.teach.lesson.welcome import document
    from ccgsim.teach.worlds.run import LessonRun

    document("", resumed=False)
    run = LessonRun(scenes.SCENES[0].config)
    for _ in range(WARM_MONTHS):
        run.step()
