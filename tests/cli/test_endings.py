"""However a command is ended, no process and no temporary file of it stays; with real processes."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow  # each starts a command
PATIENCE, AT_ONCE = 300.0, 5.0  # seconds: until a busy machine has begun, until all must have ended
EXPERIMENT = """
schema = 1
scenario = "site_f"
months = 24
measures = ["stability"]
[seeds]
replicates = 2000
[uncertainties]
"policy.dialogue" = { low = 0.1, high = 0.9 }
[design]
method = "lhs"
points = 10
[sensitivity]
methods = ["morris"]
[calibrate]
population = 4000
generations = 2
targets = [{ measure = "participation", month = 24, value = 0.4, sd = 0.1 }]
"""
COMMANDS = {
    "run": ["run", "site_f", "--replicates", "20000", "--out", "out"],
    "compare": ["compare", "site_f", "site_c", "--replicates", "20000", "--out", "out"],
    "validate": ["validate", "--seeds", "20000", "--only", "P1", "--out", "out.json"],
    "reproduce": ["reproduce", "table4", "--seeds", "20000", "--out", "out"],
    "calibrate": ["calibrate", "one_seed.toml", "--out", "out"],
    "sensitivity": ["sensitivity", "toy.toml", "--out", "out"],
    "sweep": ["sweep", "toy.toml", "--out", "out"],
}
KEEPING = ("calibrate", "sensitivity", "sweep")  # they go on where they were ended
ALL = sorted(COMMANDS)
OF_EITHER_KIND = ("compare", "sweep")  # one command with each kind of worker: signals meet the same lines in the others
TOLD = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def place(tmp_path) -> Path:
    (tmp_path / "toy.toml").write_text(EXPERIMENT, encoding="utf-8")
    (tmp_path / "one_seed.toml").write_text(EXPERIMENT.replace("2000", "1"), encoding="utf-8")
    return tmp_path


@contextmanager
def started(place: Path, *words: str, **how: Any) -> Iterator[subprocess.Popen[str]]:
    """A command in a session of its own, of which nothing stays."""
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "preexec_fn": heedful} | how
    command = [sys.executable, "-m", "ccgsim", *words]
    process = subprocess.Popen(command, cwd=place, text=True, start_new_session=True, **streams)
    family: set[int] = {process.pid}
    try:
        yield process
    finally:
        family |= set(kin(process.pid))
        for pid in family:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        process.communicate()


def heedful() -> None:
    """Hear every signal, though the tests themselves may run where some are ignored, as in the background."""
    for number in TOLD:
        signal.signal(number, signal.SIG_DFL)


def kin(session: int) -> list[int]:
    """Processes of a command that run: those of its session, and workers in sessions of their own."""
    found, parents = [], {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent, _, its = path.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid] = int(parent)
        if state != "Z" and (int(its) == session or int(parent) == session):
            found.append(pid)
    return found


def workers(process: subprocess.Popen[str]) -> list[int]:
    """Worker processes."""
    found = []
    for pid in kin(process.pid):
        with suppress(OSError):
            said = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"ccgsim.foundation.work.worker" in said:
                found.append(pid)
    return found


def until(look: Callable[[], Any], seconds: float, what: str) -> Any:
    """What `look` gives once it gives anything."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"{what} after {seconds} s"
        time.sleep(0.1)
    return found


def at_work(process: subprocess.Popen[str]) -> list[int]:
    """The workers, once each has worked for a while: loading the rules is behind it."""

    def look() -> list[int]:
        assert process.poll() is None, process.communicate()
        pids = workers(process)
        return pids if len(pids) >= 2 and all(cpu(pid) > 2.0 for pid in pids) else []

    return until(look, PATIENCE, "no workers")


def cpu(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def nothing_stays(pids: list[int]) -> None:
    """All these processes end soon."""
    until(lambda: not [pid for pid in pids if runs(pid)], AT_ONCE, "processes are left")


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def leavings(place: Path) -> set[str]:
    """What lies there beside the experiments."""
    return {path.name for path in place.rglob("*")} - {"toy.toml", "one_seed.toml"}


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *itertools.product(ALL, (signal.SIGINT, signal.SIGTERM)),
        *itertools.product(OF_EITHER_KIND, (signal.SIGHUP,)),
    ],
)
def test_told_to_stop_a_command_leaves_with_130_and_no_process_and_no_temporary_file_stays(place, name, number):
    with started(place, *COMMANDS[name]) as process:
        at_work(process)
        family = kin(process.pid)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 130, (out, err)
        assert "Traceback" not in err and ("interrupted" in err)
        nothing_stays(family)
    assert not list(place.rglob("*.part"))
    if name not in KEEPING:
        assert leavings(place) <= {"out.json"}


@pytest.mark.parametrize("name", ALL)
def test_killed_a_command_takes_its_workers_along_and_the_next_start_finds_no_hindrance(place, name):
    with started(place, *COMMANDS[name]) as process:
        at_work(process)
        family = kin(process.pid)
        process.kill()
        process.wait()
        nothing_stays(family)
    assert not list(place.rglob("*.part"))
    with started(place, *COMMANDS[name]) as process:
        at_work(process)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *itertools.product(ALL, (signal.SIGKILL,)),
        *itertools.product(OF_EITHER_KIND, (signal.SIGTERM, signal.SIGINT)),
    ],
)
def test_a_command_whose_worker_is_killed_goes_on_with_another(place, name, number):
    with started(place, *COMMANDS[name]) as process:
        victim = at_work(process)[0]
        os.kill(victim, number)
        if number != signal.SIGINT:
            until(lambda: not runs(victim), AT_ONCE, "it lives")
        at_work(process)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130 and "Traceback" not in err, err
    assert not list(place.rglob("*.part"))


def test_a_terminals_ctrl_c_which_workers_hear_too_brings_no_traceback(place):
    with started(place, *COMMANDS["compare"]) as process:
        at_work(process)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130 and "Traceback" not in err and "Error" not in err, err


def test_ctrl_c_while_workers_start_brings_no_traceback(place):
    with started(place, *COMMANDS["compare"]) as process:
        until(lambda: workers(process), PATIENCE, "no workers")
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130 and "Traceback" not in err and "Error" not in err, err


def test_what_nohup_ignores_stays_ignored(place):
    nohup = {"preexec_fn": lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)}
    with started(place, *COMMANDS["compare"], **nohup) as process:
        at_work(process)
        process.send_signal(signal.SIGHUP)
        time.sleep(1.0)
        assert process.poll() is None and len(workers(process)) >= 2


@pytest.mark.parametrize("number", [*TOLD, signal.SIGKILL])
def test_a_lesson_ends_at_once_while_it_gets_ready(place, number):
    with started(place, "teach", "--no-browser", "--port", "0") as process:
        assert "http://" in process.stderr.readline()
        family = kin(process.pid)
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert "Traceback" not in err
        assert process.returncode == (-number if number == signal.SIGKILL else 0)
        nothing_stays(family)


SWALLOWING = """
import signal, time
from ccgsim.foundation.work.stopping import stopping

class Freed:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)

with stopping():
    Freed()
    time.sleep(60)
"""


def test_a_signal_that_comes_while_an_object_is_freed_is_not_lost(tmp_path):
    deaf = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)}  # as in the background
    command = [sys.executable, "-c", SWALLOWING]
    done = subprocess.run(command, capture_output=True, text=True, timeout=50, **deaf)
    assert "KeyboardInterrupt" in done.stderr and "ignored" not in done.stderr
