"""Runs the jobs of a sweep on worker processes of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ccgsim.foundation.work.crew import Crew
from ccgsim.foundation.work.worker import Work
from ccgsim.lab.sweep.jobs import Job, Outcome, outcome_of


class Here:
    """A crew for the jobs of a sweep; on exit all its workers are ended."""

    def __init__(self, work: Work, workers: int = 1, stopped: Callable[[], bool] = lambda: False) -> None:
        self.work, self.crew = work, Crew(workers, stopped)

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        self.crew.end()

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcome of every job, as each is ready, until the crew is told to stop."""
        return map(outcome_of, self.crew.outcomes(self.work, jobs))
