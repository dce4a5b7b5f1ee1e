"""A job of a sweep and its outcome: values passed between processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ccgsim.foundation.problems import Problems

LONGEST_REASON = 300
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
    worn: bool = False  # the worker ran out of memory and must be replaced

    @property
    def status(self) -> str:
        """Done or failed."""
        return FAILED if self.measured is None else DONE


Task = Callable[[Mapping[str, Any], int], Measured]


@dataclass(frozen=True, slots=True)
class Work:
    """The work of a worker, as importable functions: `prepare` once, then `task` for values and seed of each job."""

    task: Task
    prepare: Callable[[], object]
    seconds: float  # limits of one run
    memory_mb: int


def attempt(task: Task, job: Job) -> Outcome:
    """The outcome of a job; any exception becomes the reason of its failure."""
    try:
        return Outcome(job.run, task(job.values, job.seed))
    except MemoryError:
        return Outcome(job.run, None, "asked for more memory than there is", worn=True)
    except Problems as refused:
        return Outcome(job.run, None, in_one_line("; ".join(str(problem) for problem in refused.problems)))
    except BaseException as error:  # SystemExit too: a job must not end its worker
        return Outcome(job.run, None, in_one_line(f"{type(error).__name__}: {error}"))


def in_one_line(text: str) -> str:
    """Text without line breaks, cut at LONGEST_REASON."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 3] + "..."
