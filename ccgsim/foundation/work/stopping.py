"""Being told to stop: by Ctrl-C, by a batch system (SIGTERM), by a terminal that is closed (SIGHUP).

A signal that this process was started to ignore, as `nohup` does with SIGHUP, stays ignored.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Interrupted(KeyboardInterrupt):
    """Raised where a signal ended a piece of work, once all that was finished is kept; `found` is how that stands."""

    def __init__(self, found: Any) -> None:
        super().__init__("interrupted; what is finished is kept")
        self.found = found


class Stop:
    """Whether a signal has asked to stop. Outside `held` it interrupts at once; within, it is noted and waits."""

    def __init__(self) -> None:
        self.asked = False
        self._held = False

    def __call__(self) -> bool:
        """True once a signal has come."""
        return self.asked

    @contextmanager
    def held(self) -> Iterator[None]:
        """Signals of this block are noted only."""
        before, self._held = self._held, True
        try:
            yield
        finally:
            self._held = before

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Within a block that is held: signals interrupt at once again, and so does one that has come before."""
        before, self._held = self._held, False
        try:
            if self.asked:
                raise KeyboardInterrupt
            yield
        finally:
            self._held = before

    def note(self, *_: object) -> None:
        """The handler of the signals."""
        self.asked = True
        if not self._held:
            raise KeyboardInterrupt


@contextmanager
def stopping() -> Iterator[Stop]:
    """Handle signals as `Stop` says; in a thread other than the main one, where no handler can be, not."""
    stop = Stop()
    with _handled_by(stop.note):
        yield stop


@contextmanager
def undisturbed() -> Iterator[None]:
    """Signals wait until this (short) block is done: it leaves things whole."""
    came: list[int] = []
    with _handled_by(lambda number, _: came.append(number)):
        yield
    for number in came[:1]:
        signal.raise_signal(number)


@contextmanager
def _handled_by(handler: Callable[[int, Any], None]) -> Iterator[None]:
    """Let `handler` have the signals, but for those that are ignored or belong to other than Python."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}
    ours = [number for number, has in before.items() if has not in (signal.SIG_IGN, None)]
    for number in ours:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])
