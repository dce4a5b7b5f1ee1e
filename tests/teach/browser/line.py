"""A line between page and server that can be cut: a small relay on a port of its own."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

CHUNK = 65536


class Line:
    """Passes on what comes until it is cut; while cut, whoever calls is hung up on at once."""

    def __init__(self, to: int) -> None:
        self.to, self.whole = to, True
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.ends: list[socket.socket] = []

    @property
    def home(self) -> str:
        """The server's address through this line."""
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}/"

    def __enter__(self) -> Line:
        threading.Thread(target=self._take_calls, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self.listening.close()
        for end in self.ends:
            end.close()

    def cut(self) -> None:
        """Drop every connection there is."""
        self.whole = False
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.whole = True

    def _take_calls(self) -> None:
        with suppress(OSError):  # the line is taken down
            while True:
                caller, _ = self.listening.accept()
                if not self.whole:
                    caller.close()
                    continue
                server = socket.create_connection(("127.0.0.1", self.to))
                self.ends += [caller, server]
                for ends in ((caller, server), (server, caller)):
                    threading.Thread(target=_pass_on, args=ends, daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    """Everything from one end to the other, until one of them closes."""
    with suppress(OSError):
        while data := source.recv(CHUNK):
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
