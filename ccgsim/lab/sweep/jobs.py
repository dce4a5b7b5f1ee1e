"""A job of a sweep and its outcome: values passed between processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ccgsim.foundation.problems import Problems
from ccgsim.foundation.work.crew import Done, in_one_line

DONE, FAILED, PENDING = "done", "failed", "pending"


@dataclass(frozen=True, slots=True)
class Job:
    """A run to do: its number, its seed and the values of the varied parameters."""

    run: int
    seed: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """The results of a run: a number under each name (NaN if undefined), and its months if they are kept."""

    values: dict[str, float]
    series: Any = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a job: measured, or failed with a reason."""

    run: int
    measured: Measured | None
    reason: str = ""

    @property
    def status(self) -> str:
        """Done or failed."""
        return FAILED if self.measured is None else DONE


Task = Callable[[Mapping[str, Any], int], Measured]


def attempt(task: Task, job: Job) -> Outcome:
    """The outcome of a job; any exception but want of memory becomes the reason of its failure."""
    try:
        return Outcome(job.run, task(job.values, job.seed))
    except MemoryError:  # after which a worker is replaced
        raise
    except Problems as refused:
        return Outcome(job.run, None, in_one_line("; ".join(str(problem) for problem in refused.problems)))
    except BaseException as error:  # SystemExit too
        return Outcome(job.run, None, in_one_line(f"{type(error).__name__}: {error}"))


def outcome_of(done: Done) -> Outcome:
    """The outcome of a job that a worker has attempted, or did not survive."""
    if isinstance(done.error, MemoryError):
        return Outcome(done.item.run, None, "asked for more memory than there is")
    return done.found if done.error is None else Outcome(done.item.run, None, str(done.error))
