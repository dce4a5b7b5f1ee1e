"""A Dask cluster gives the same table to the bit, and a run cannot hang it or take its workers along."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.foundation.work.stopping import Stop
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.lab.sensitivity.study import study
from ccgsim.lab.sweep.address import Address
from ccgsim.lab.sweep.sweep import carry_out, on_cluster
from tests.cli.test_endings import heedful
from tests.lab.sweep import tasks
from tests.lab.sweep.hands import bytes_of, here
from tests.lab.sweep.plans import toy

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),  # Dask and its servers warn of what is theirs to mend
]
ROOT = Path(__file__).parents[3]


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


class AfterTheFirstBatch(Stop):
    def __init__(self, cluster):
        super().__init__()
        self.cluster = cluster

    def __call__(self):
        return self.cluster._size > 1


def test_begun_on_a_cluster_a_sweep_is_gone_on_with_here(tmp_path, local):
    def interrupted(work, stop):
        cluster = on_cluster(local)(work, stop)
        cluster.stop = AfterTheFirstBatch(cluster)
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


def test_where_no_scheduler_answers_it_is_told_and_no_folder_is_left(tmp_path):
    told: list[str] = []
    asked = on_cluster(Address("tcp://127.0.0.1:9", wait=0.5, tell=told.append))
    with pytest.raises(Problems, match=re.escape("--cluster = 'tcp://127.0.0.1:9': no scheduler answers there within")):
        carry_out(toy(), tmp_path / "out", asked)
    assert told == ["waiting for a Dask scheduler at tcp://127.0.0.1:9, 0.5 s at most (Connection refused)"]
    with pytest.raises(Problems, match="no Dask scheduler"):
        carry_out(toy(), tmp_path / "out", on_cluster("nonsense://x"))
    assert list(tmp_path.iterdir()) == []


def answer_all(server: socket.socket) -> None:
    """Answer whoever calls as a web server would."""
    with suppress(OSError):  # closed
        while True:
            with server.accept()[0] as caller:
                caller.sendall(b"HTTP/1.1 400 Bad Request" * 9)


def test_a_server_that_is_no_scheduler_is_told(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer_all, args=(server,), daemon=True).start()
        asked = on_cluster(Address(f"tcp://127.0.0.1:{server.getsockname()[1]}", wait=1.0))
        with pytest.raises(Problems, match="no Dask scheduler that this version can talk to"):
            carry_out(toy(), tmp_path / "out", asked)
    assert list(tmp_path.iterdir()) == []


def test_a_scheduler_without_workers_is_told(tmp_path):
    from distributed import LocalCluster

    told: list[str] = []
    with LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as empty:
        asked = on_cluster(Address(empty.scheduler_address, wait=0.5, tell=told.append))
        with pytest.raises(Problems, match=r"no worker came to the scheduler there within 0\.5 s"):
            carry_out(toy(), tmp_path / "out", asked)
    assert "has no workers yet" in told[-1] and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_wait_for_a_cluster_at_once_and_leaves_nothing(tmp_path, number):
    (tmp_path / "toy.toml").write_text('schema = 1\nscenario = "site_f"\nmonths = 2\n', encoding="utf-8")
    words = ["sweep", "toy.toml", "--out", "out", "--cluster", "tcp://127.0.0.1:9", "--wait", "300"]
    command = [sys.executable, "-m", "ccgsim", *words]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, preexec_fn=heedful) as process:
        said = next(line for line in process.stderr if "waiting for a Dask scheduler" in line)
        assert "300 s at most" in said
        process.send_signal(number)
        began = time.monotonic()
        err = process.stderr.read()
        assert process.wait(30) == 130 and err == "interrupted\n"
        assert time.monotonic() - began < 10
    assert [path.name for path in tmp_path.iterdir()] == ["toy.toml"]
