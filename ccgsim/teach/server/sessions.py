"""Sessions by token: those of open connections and, for some time and in limited number, of dropped ones."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ccgsim.teach import limits
from ccgsim.teach.server.session import Session


@dataclass
class Kept:
    """A session, its connection's number, and the time since which it has had none."""

    session: Session
    holder: int | None
    left: float = 0.0


@dataclass
class Sessions:
    """All sessions of a server. `clock` gives seconds."""

    clock: Callable[[], float] = time.monotonic
    kept: dict[str, Kept] = field(default_factory=dict)

    def take(self, token: str, holder: int) -> tuple[Session, bool, int | None]:
        """The session of that token (or a new one), whether it existed before, and the connection that had it."""
        self._forget()
        found = self.kept.get(token)
        if found is not None:
            before, found.holder = found.holder, holder
            return found.session, True, before
        session = Session()
        self.kept[session.token] = Kept(session, holder)
        return session, False, None

    def leave(self, session: Session, holder: int) -> None:
        """The connection with that number has closed; its session is kept for some time, if it still belongs to it."""
        found = self.kept.get(session.token)
        if found is not None and found.holder == holder:
            found.holder, found.left = None, self.clock()
        self._forget()

    def _forget(self) -> None:
        """Drop expired sessions, and the oldest ones if there are too many."""
        late = self.clock() - limits.KEPT_SECONDS
        idle = sorted((kept.left, token) for token, kept in self.kept.items() if kept.holder is None)
        too_many = max(0, len(self.kept) - limits.RUNS + 1)
        for place, (left, token) in enumerate(idle):
            if left < late or place < too_many:
                del self.kept[token]
