"""A Dask cluster gives the same table to the bit, and a run cannot hang it or take its workers along."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccgsim.lab.cluster import on_cluster
from ccgsim.lab.experiment import experiment
from ccgsim.lab.sensitivity_study import study
from ccgsim.lab.sweep import carry_out
from ccgsim.problems import Problems
from tests.lab import tasks
from tests.lab.plans import toy
from tests.lab.test_store import bytes_of, here

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),  # Dask and its servers warn of what is theirs to mend
]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def local() -> Iterator[str]:
    """A cluster in processes of this machine, with two workers of one thread."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        yield cluster.scheduler_address


def listens(port: int) -> bool:
    """True where something answers at that port of this machine."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def started() -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A scheduler and two workers as a user starts them; their address and processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    dask = str(Path(sys.executable).with_name("dask"))
    host, port = "127.0.0.1", address.rpartition(":")[2]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [
        [dask, "scheduler", "--host", host, "--port", port, "--no-dashboard"],
        *[[dask, "worker", address, "--nthreads", "1", "--no-dashboard"]] * 2,
    ]
    processes = [
        subprocess.Popen(each, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
        for each in words
    ]
    end = time.monotonic() + 120
    while not listens(int(port)):
        assert time.monotonic() < end and processes[0].poll() is None
        time.sleep(0.1)
    yield address, processes
    for process in reversed(processes):  # the scheduler last
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def test_a_cluster_gives_the_table_of_this_machine_to_the_bit(tmp_path, local):
    carry_out(toy(tasks.with_months), tmp_path / "here", here)
    found = carry_out(toy(tasks.with_months), tmp_path / "there", on_cluster(local))
    assert found.done == 100
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")


def test_begun_on_a_cluster_a_sweep_is_gone_on_with_here(tmp_path, local):
    def interrupted(work, stop):
        cluster = on_cluster(local)(work, stop)
        cluster.stop = lambda: cluster._size > 1  # after the first batch
        return cluster

    first = carry_out(toy(tasks.slow), tmp_path / "out", interrupted)
    assert 0 < first.done < 100
    assert carry_out(toy(tasks.slow), tmp_path / "out", here).done == 100
    carry_out(toy(tasks.slow), tmp_path / "here", here)
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "here")


def test_a_sensitivity_study_on_a_cluster_tells_what_one_here_tells(tmp_path, local):
    asked = {
        "scenario": "site_c",
        "months": 2,
        "measures": ["participation"],
        "uncertainties": {"policy.dialogue": {"low": 0.0, "high": 0.9}},
        "sensitivity": {"methods": ["morris"], "trajectories": 4},
    }
    there, at_home = (study(experiment(asked), tmp_path / name, workers=w) for name, w in (("a", local), ("b", 1)))
    assert there.done == 8 and there.indices.equals(at_home.indices)


def test_limits_hold_on_a_cluster_too(tmp_path, local):
    ways = {3.0: "raises", 5.0: "endless", 7.0: "die"}
    plan = toy(tasks.failing(ways), points=10, replicates=1, seconds=1.0)
    found = carry_out(plan, tmp_path / "out", on_cluster(local))
    assert (found.done, found.failed, found.pending) == (7, 3, 0)
    assert {failure["run"]: failure["reason"] for failure in found.failures} == {
        3: "ValueError: no such world",
        5: "took longer than 1 s",
        7: "its worker process died 3 times, the last time by signal 9",
    }


def test_scheduler_and_workers_started_by_hand_do_a_sweep_though_a_worker_is_killed(tmp_path, started):
    address, processes = started
    carry_out(toy(tasks.slow, points=100), tmp_path / "here", here)

    def killing(work, stop):
        cluster = on_cluster(address)(work, stop)
        answer = cluster._answer

        def kill_first(future, jobs):
            if processes[1].poll() is None:
                processes[1].kill()
            yield from answer(future, jobs)

        cluster._answer = kill_first
        return cluster

    found = carry_out(toy(tasks.slow, points=100), tmp_path / "there", killing)
    assert found.done == 500
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")


def test_where_no_scheduler_answers_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("ccgsim.lab.cluster.PATIENCE", 1)
    with pytest.raises(Problems, match=re.escape("--cluster = 'tcp://127.0.0.1:9': no scheduler with workers answers")):
        carry_out(toy(), tmp_path / "out", on_cluster("tcp://127.0.0.1:9"))
    began = time.monotonic()
    with pytest.raises(Problems, match="no scheduler with workers answers there"):
        carry_out(toy(), tmp_path / "out", on_cluster("nonsense://x"))
    assert time.monotonic() - began < 30
