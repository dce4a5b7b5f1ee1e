"""Signals to stop: Ctrl-C, SIGTERM from a batch system, SIGHUP from a closed terminal.

Signals that were ignored when this process started (as `nohup` does with SIGHUP) stay ignored.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
AGAIN_AFTER = 0.05  # seconds


class Interrupted(KeyboardInterrupt):
    """Raised if a signal ended a task, after all finished work was saved; `found` is the state of the task."""

    def __init__(self, found: Any) -> None:
        super().__init__("interrupted; finished work is kept")
        self.found = found


class Stop:
    """Whether a signal has asked to stop. Outside `held` a signal interrupts at once; inside it is only recorded."""

    def __init__(self) -> None:
        self.asked = False
        self.number = int(signal.SIGINT)
        self._held = False

    def __call__(self) -> bool:
        """True once a signal has arrived."""
        return self.asked

    @contextmanager
    def held(self) -> Iterator[None]:
        """Inside the block signals are only recorded."""
        before, self._held = self._held, True
        try:
            yield
        finally:
            self._held = before

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Inside `held`: signals interrupt at once again, including one recorded before."""
        before, self._held = self._held, False
        try:
            if self.asked:
                raise KeyboardInterrupt
            yield
        finally:
            self._held = before

    def note(self, number: int, *_: object) -> None:
        """The handler of the signals."""
        self.asked, self.number = True, number
        if not self._held:
            raise KeyboardInterrupt


@contextmanager
def stopping() -> Iterator[Stop]:
    """Handle signals as described in `Stop`; only in the main thread, as others cannot have handlers."""
    stop = Stop()
    with _handled_by(stop.note), _none_lost(stop):
        yield stop


@contextmanager
def _none_lost(stop: Stop) -> Iterator[None]:
    """Send a signal again if Python swallowed its interrupt, as it does while an object is freed."""
    before = sys.unraisablehook

    def again(swallowed: Any) -> None:
        if issubclass(swallowed.exc_type, KeyboardInterrupt):
            threading.Timer(AGAIN_AFTER, _to_main_thread, (stop.number,)).start()  # here it would be swallowed too
        else:
            before(swallowed)

    sys.unraisablehook = again
    try:
        yield
    finally:
        sys.unraisablehook = before


def _to_main_thread(number: int) -> None:
    """Send a signal to the main thread, so that it also wakes from waiting."""
    main = threading.main_thread().ident
    if main is not None and hasattr(signal, "pthread_kill"):
        signal.pthread_kill(main, number)
    else:
        signal.raise_signal(number)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Delay signals until this (short) block is done, so that it is not interrupted half-way."""
    came: list[int] = []
    with _handled_by(lambda number, _: came.append(number)):
        yield
    for number in came[:1]:
        signal.raise_signal(number)


@contextmanager
def _handled_by(handler: Callable[[int, Any], None]) -> Iterator[None]:
    """Install `handler` for the signals, except those that are ignored or handled outside Python."""
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
