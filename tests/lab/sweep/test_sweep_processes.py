"""What must never happen to a sweep, with real coordinators and real workers: nothing lost, nothing hanging."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ccgsim.lab.sweep import ledger
from ccgsim.lab.sweep.results import results
from ccgsim.lab.sweep.sweep import carry_out, on_this_machine
from tests.lab.sweep import tasks
from tests.lab.sweep.hands import bytes_of, here
from tests.lab.sweep.plans import toy

pytestmark = pytest.mark.slow
POINTS, LONG, REPLICATES = 100, 800, 5  # of ten milliseconds each
ROOT = Path(__file__).parents[3]
KILLS, PATIENCE = 20, 300.0


def coordinator(folder: Path, task: str = "slow", points: int = POINTS, workers: int = 2) -> subprocess.Popen[str]:
    """A sweep of a toy in a process of its own."""
    words = [
        sys.executable,
        "-m",
        "tests.lab.sweep.plans",
        str(folder),
        task,
        str(points),
        str(REPLICATES),
        str(workers),
    ]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What the sweep says of itself at its end."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert process.returncode == 0, err
    found = json.loads(out)
    assert found["planned"] == found["done"] + found["failed"] + found["pending"]
    return found


def until(look: Callable[[], Any], process: subprocess.Popen[str]) -> Any:
    """What `look` gives once it gives anything; fails where the process ends before."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)
    return found


def holds(folder: Path, process: subprocess.Popen[str]) -> Callable[[], bool]:
    """Whether the process has the lock of the folder."""
    path = folder / "lock"
    return lambda: path.exists() and path.read_text(encoding="utf-8").startswith(f"process {process.pid} ")


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """Process ids of the children."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in children]


def parts_in(folder: Path) -> int:
    return len(ledger.entries(folder / "ledger.jsonl"))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> dict[str, bytes]:
    """The bytes of the same sweep, done in this process in order."""
    folder = tmp_path_factory.mktemp("undisturbed") / "out"
    carry_out(toy(points=POINTS), folder, here)
    return bytes_of(folder)


def kill(process: subprocess.Popen[str], out: Path, luck: random.Random, *, at_once: bool) -> None:
    """Kill a coordinator at a random moment: soon after its start, or soon after it has written one more part."""
    before = parts_in(out)
    until(holds(out, process), process)
    if not at_once:
        until(lambda: parts_in(out) > before or process.poll() is not None, process)
    time.sleep(luck.uniform(0.0, 0.8))
    process.kill()
    process.communicate()


def test_killed_at_twenty_random_moments_and_gone_on_with_the_table_is_the_same_to_the_bit(tmp_path):
    out, luck, done = tmp_path / "out", random.Random(3), [0]
    for number in range(KILLS):
        kill(coordinator(out, points=LONG), out, luck, at_once=number % 2 == 0)
        done.append(int((results(out)["status"] == "done").sum()) if (out / "design.parquet").exists() else 0)
    assert done == sorted(done), "a finished run was lost"
    assert 0 < done[2] < done[-1]
    assert finished(coordinator(out, points=LONG))["done"] == LONG * REPLICATES
    carry_out(toy(points=LONG), tmp_path / "whole", here)
    assert bytes_of(out) == bytes_of(tmp_path / "whole")


def test_killed_workers_are_noticed_and_their_runs_are_done_again(tmp_path, undisturbed):
    process = coordinator(tmp_path / "out")
    for count in (1, 2):
        until(lambda count=count: parts_in(tmp_path / "out") >= count, process)
        for pid in workers_of(process):
            subprocess.run(["kill", "-9", str(pid)], check=False)
    assert finished(process)["done"] == POINTS * REPLICATES
    assert bytes_of(tmp_path / "out") == undisturbed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_keeps_all_that_is_finished(tmp_path, undisturbed, number):
    out = tmp_path / "out"
    process = coordinator(out)
    until(lambda: parts_in(out) >= 1, process)
    pids = workers_of(process)
    process.send_signal(number)
    found = finished(process)
    assert found["interrupted"] and 0 < found["done"] < POINTS * REPLICATES and found["failed"] == 0
    table = results(out)
    assert (table["status"] == "done").sum() == found["done"]
    assert len(table) == len((out / "table.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert not finished(coordinator(out))["interrupted"]
    assert bytes_of(out) == undisturbed


def test_of_two_coordinators_on_one_folder_the_second_leaves_and_the_first_does_not_notice(tmp_path, undisturbed):
    first = coordinator(tmp_path / "out")
    until(holds(tmp_path / "out", first), first)
    second = coordinator(tmp_path / "out")
    _, err = second.communicate(timeout=PATIENCE)
    if first.poll() is None or second.returncode == 5:
        assert second.returncode == 5 and f"in use by process {first.pid} on" in err
    assert finished(first)["done"] == POINTS * REPLICATES
    assert bytes_of(tmp_path / "out") == undisturbed


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_however_many_workers_the_table_is_the_same_to_the_bit(tmp_path, undisturbed, workers):
    carry_out(toy(points=POINTS), tmp_path / "out", on_this_machine(workers))
    assert bytes_of(tmp_path / "out") == undisturbed


def test_points_that_fail_in_every_way_are_set_aside_with_their_reasons_and_the_rest_is_done(tmp_path):
    ways = {3.0: "raises", 5.0: "endless", 7.0: "greedy", 9.0: "die"}
    plan = toy(tasks.failing(ways), points=12, replicates=1, seconds=2.0, memory_mb=300)
    found = carry_out(plan, tmp_path / "out", on_this_machine(2))
    assert (found.planned, found.done, found.failed, found.pending) == (12, 8, 4, 0)
    reasons = {failure["run"]: failure["reason"] for failure in found.failures}
    assert reasons == {
        3: "ValueError: no such world",
        5: "took longer than 2 s",
        7: "took more than 300 MB of memory",
        9: "its worker process died 3 times, the last time by signal 9",
    }
    again = carry_out(plan, tmp_path / "out", on_this_machine(2))
    assert again == found


def test_memory_does_not_grow_with_the_runs(tmp_path):
    few = finished(coordinator(tmp_path / "few", "quick", points=2_000))["peak_mb"]
    many = finished(coordinator(tmp_path / "many", "quick", points=20_000))
    assert many["done"] == 100_000
    assert many["peak_mb"] < few + 60, "of which the design's own table takes a few MB"
