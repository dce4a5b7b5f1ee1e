"""The address of a Dask scheduler, and how long to wait for it."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from ccgsim.foundation.problems import Problems, refuse

WAIT = 60.0  # seconds
_ADDRESS = re.compile(r"(?:(?P<scheme>[a-z]+)://)?(?P<host>\[[^\]]+\]|[^:/]+)(?::(?P<port>\d+))?/?")
_PLAIN = (None, "tcp", "tls")  # other protocols are checked by Dask
_BETWEEN, _ONE_TRY = 0.2, 5.0  # seconds


def silent(_: str) -> None:
    """Print nothing."""


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a scheduler, `tcp://HOST:PORT`; `wait`: seconds to wait for it and its first worker."""

    text: str
    wait: float = WAIT
    tell: Callable[[str], None] = silent

    def check(self) -> None:
        """Raise Problems if this is not an address."""
        found = _ADDRESS.fullmatch(self.text)
        if "://" in self.text and not self.text.startswith(("tcp://", "tls://")):
            return
        if found is None or not found["port"] or not 0 < int(found["port"]) < 65536:
            raise self.refused("must be tcp://HOST:PORT, as `dask scheduler` prints it")

    def wait_for_answer(self, until: float) -> None:
        """Wait until something listens there; raises Problems if nothing does by that time (monotonic clock)."""
        found = _ADDRESS.fullmatch(self.text)
        if found is None or found["scheme"] not in _PLAIN:
            return
        announced = False
        while (why := _fault_of(found["host"].strip("[]"), int(found["port"] or 0))) is not None:
            if time.monotonic() > until:
                raise self.refused(f"no scheduler answers there within {self.wait:g} s ({why})")
            if not announced:
                self.tell(f"waiting for a Dask scheduler at {self.text}, {self.wait:g} s at most ({why})")
                announced = True
            time.sleep(_BETWEEN)

    def refused(self, rule: str) -> Problems:
        """The fault of this address."""
        return refuse("--cluster", self.text, rule)


def _fault_of(host: str, port: int) -> str | None:
    """Why a connection fails, None if it succeeds."""
    try:
        socket.create_connection((host, port), timeout=_ONE_TRY).close()
    except OSError as error:
        return error.strerror or str(error)
    return None
