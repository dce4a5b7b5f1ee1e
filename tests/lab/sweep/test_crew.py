"""Every job has an outcome, whatever becomes of the worker process that does it; real processes, light tasks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from ccgsim.foundation.work import crew as crews
from ccgsim.foundation.work.crew import resident_mb
from ccgsim.foundation.work.lifeline import WorkersFail
from ccgsim.foundation.work.worker import Work
from ccgsim.lab.sweep.here import Here
from ccgsim.lab.sweep.jobs import Job, attempt
from tests.lab.sweep import tasks

JOBS = [Job(run, run % 5, {"toy.x": float(run // 5)}) for run in range(40)]


def outcomes(work: Work, workers: int = 2, jobs=JOBS, stopped=lambda: False):
    with Here(work, workers, stopped) as here:
        found = list(here.outcomes(jobs))
        processes = [member.process for member in here.crew.members]
    assert all(process.returncode is not None for process in processes), "a worker was left behind"
    return {outcome.run: outcome for outcome in found}


def work(task=tasks.quick, prepare=tasks.nothing, seconds=30.0, memory_mb=2000) -> Work:
    return Work(partial(attempt, task), prepare, seconds, memory_mb)


def expected(job: Job) -> dict[str, float]:
    return tasks.quick(job.values, job.seed).values


@pytest.mark.parametrize("workers", [1, 3])
def test_every_job_has_its_outcome(workers):
    found = outcomes(work(), workers)
    assert sorted(found) == [job.run for job in JOBS]
    for job in JOBS:
        assert str(found[job.run].measured.values) == str(expected(job))  # NaN and all


def test_a_crew_can_be_used_again_without_new_processes():
    with Here(work()) as here:
        list(here.outcomes(JOBS[:3]))
        pid = here.crew.members[0].process.pid
        assert len(list(here.outcomes(JOBS[3:6]))) == 3
        assert [member.process.pid for member in here.crew.members] == [pid]


def test_what_a_job_raises_is_its_reason_and_the_worker_goes_on():
    found = outcomes(work(tasks.failing({1.0: "raises", 2.0: "leaves"})), 1)
    assert {found[run].reason for run in range(5, 10)} == {"ValueError: no such world"}
    assert {found[run].reason for run in range(10, 15)} == {"SystemExit: 3"}
    assert sum(outcome.status == "done" for outcome in found.values()) == 30


def test_a_job_that_kills_its_worker_each_time_is_given_up_and_the_rest_are_done():
    found = outcomes(work(tasks.failing({1.0: "die"})), jobs=JOBS[:7])
    assert found[5].status == found[6].status == "failed"
    assert found[5].reason == "its worker process died 3 times, the last time by signal 9"
    assert all(found[run].status == "done" for run in range(5))


def test_a_job_whose_worker_was_killed_is_done_again(tmp_path):
    found = outcomes(work(partial(tasks.dying_once, str(tmp_path))))
    assert len(list(tmp_path.iterdir())) == 8
    assert all(found[job.run].status == "done" for job in JOBS)


def test_a_job_that_never_ends_is_stopped_at_its_time_limit():
    began = time.monotonic()
    found = outcomes(work(tasks.failing({1.0: "endless"}), seconds=0.5), jobs=JOBS[:6])
    assert found[5].reason == "took longer than 0.5 s"
    assert all(found[run].status == "done" for run in range(5))
    assert time.monotonic() - began < 30


def test_a_job_that_eats_memory_is_stopped_at_its_limit():
    found = outcomes(work(tasks.failing({1.0: "greedy"}), memory_mb=300), jobs=JOBS[:6])
    assert found[5].reason == "took more than 300 MB of memory"
    assert all(found[run].status == "done" for run in range(5))


def test_a_job_that_asks_for_more_memory_than_there_is_fails_and_its_worker_is_replaced():
    found = outcomes(work(tasks.failing({1.0: "overdrawn"})), 1, jobs=JOBS[3:8])
    assert found[5].reason == "asked for more memory than there is"
    assert {run: outcome.status for run, outcome in found.items()} == {
        3: "done", 4: "done", 5: "failed", 6: "failed", 7: "failed",
    }  # fmt: skip


def test_what_a_worker_prints_does_not_reach_standard_output(capfd):
    outcomes(work(tasks.failing({0.0: "prints"})), 1, jobs=JOBS[:2])
    said = capfd.readouterr()
    assert "hello" not in said.out and "hello" in said.err


def test_workers_that_cannot_get_ready_are_an_error_with_its_reason_not_a_hang():
    with pytest.raises(WorkersFail, match="ValueError: no such world"):
        outcomes(work(prepare=tasks.raises))


def test_workers_that_die_while_they_get_ready_are_an_error():
    with pytest.raises(WorkersFail, match="3 worker processes in a row ended before they were ready"):
        outcomes(work(prepare=tasks.die))


@pytest.mark.slow
def test_a_worker_that_hangs_while_it_gets_ready_is_replaced(monkeypatch):
    monkeypatch.setattr(crews, "LONGEST_START", 1.0)
    with pytest.raises(WorkersFail, match="3 worker processes"):
        outcomes(work(prepare=tasks.endless), 1)


def test_told_to_stop_it_stops_though_jobs_never_end():
    began = time.monotonic()
    found = outcomes(
        work(tasks.failing({0.0: "endless"}), seconds=1e6), 1, stopped=lambda: time.monotonic() - began > 1.0
    )
    assert found == {} and time.monotonic() - began < 20


@pytest.mark.slow
def test_workers_end_with_the_process_that_started_them_however_that_dies(tmp_path):
    code = (
        "from tests.lab.sweep.test_crew import *\n"
        "here = Here(work(tasks.failing({0.0: 'endless'}), seconds=1e6), 2)\n"
        f"here.crew.stopped = lambda: Path({str(tmp_path / 'pids')!r}).write_text("
        "' '.join(str(m.process.pid) for m in here.crew.members if m.ready)) and False\n"
        "list(here.outcomes(JOBS))"
    )
    starter = subprocess.Popen([sys.executable, "-c", code])
    pids = wait_for(lambda: (tmp_path / "pids").read_text().split() if (tmp_path / "pids").exists() else [], 2)
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    assert wait_for(lambda: [pid for pid in pids if not is_alive(int(pid))], 2)


def wait_for(look, count: int, seconds: float = 60.0) -> list[str]:
    """What `look` gives once it has so many; fails where that takes too long."""
    end = time.monotonic() + seconds
    while len(found := look()) < count:
        assert time.monotonic() < end, f"still only {found}"
        time.sleep(0.05)
    return found


def is_alive(pid: int) -> bool:
    """True where the process runs (a dead one that nobody waited for does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_memory_of_a_process_is_told():
    assert 10 < resident_mb(os.getpid()) < 10_000
    assert resident_mb(2**22 + 1) == 0.0
