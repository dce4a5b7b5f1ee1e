"""Runs by token: those of open connections, and for a while those of dropped ones, never more than a few."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ccgsim.teach import limits
from ccgsim.teach.server.session import Session


@dataclass
class Kept:
    """A session, its holder's number, and since when nobody holds it."""

    session: Session
    holder: int | None
    left: float = 0.0


@dataclass
class Sessions:
    """All sessions of a server. `clock` gives seconds."""

    clock: Callable[[], float] = time.monotonic
    kept: dict[str, Kept] = field(default_factory=dict)

    def take(self, token: str, holder: int) -> tuple[Session, bool, int | None]:
        """The session of that token (or a new one), whether it is an old one, and who held it until now."""
        self._forget()
        found = self.kept.get(token)
        if found is not None:
            before, found.holder = found.holder, holder
            return found.session, True, before
        session = Session()
        self.kept[session.token] = Kept(session, holder)
        return session, False, None

    def leave(self, session: Session, holder: int) -> None:
        """The connection of that number is gone; its run waits for a while, if it is still its own."""
        found = self.kept.get(session.token)
        if found is not None and found.holder == holder:
            found.holder, found.left = None, self.clock()
        self._forget()

    def _forget(self) -> None:
        """Let go of runs that nobody has come back to, the oldest first where there are too many."""
        late = self.clock() - limits.KEPT_SECONDS
        idle = sorted((kept.left, token) for token, kept in self.kept.items() if kept.holder is None)
        too_many = max(0, len(self.kept) - limits.RUNS + 1)
        for place, (left, token) in enumerate(idle):
            if left < late or place < too_many:
                del self.kept[token]
