"""Being told to stop: SIGINT and SIGTERM end a sweep between two outcomes, not in the middle of a write."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM)


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
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def note(self, *_: object) -> None:
        """The handler of the signals."""
        self.asked = True
        if not self._held:
            raise KeyboardInterrupt


@contextmanager
def stopping() -> Iterator[Stop]:
    """Handle SIGINT and SIGTERM as `Stop` says; in a thread other than the main one, where no handler can be, not."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, stop.note) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
