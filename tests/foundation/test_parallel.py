"""Work on many worlds: the order asked for, whatever the workers, and what an item raises."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from ccgsim.foundation.work import crew
from ccgsim.foundation.work.lifeline import WorkersFail
from ccgsim.foundation.work.parallel import FEW, spread
from ccgsim.foundation.work.worker import Work


@pytest.mark.parametrize("number", [0, 1, FEW, FEW + 1, 100])
@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_asked_for(number, workers):
    assert list(spread(lambda n: n * n, range(number), workers)) == [n * n for n in range(number)]


def test_the_first_is_done_here_and_the_rest_by_others():
    processes = list(spread(lambda _: os.getpid(), range(FEW + 1), 2))
    assert processes[0] == os.getpid()
    assert os.getpid() not in processes[1:]


def test_a_few_are_all_done_here():
    assert set(spread(lambda _: os.getpid(), range(FEW), 2)) == {os.getpid()}


def test_what_an_item_raises_is_raised_here():
    def act(n):
        if n == 30:
            raise ValueError("thirty")
        return n

    with pytest.raises(ValueError, match="thirty"):
        list(spread(act, range(40), 2))


def test_what_a_killed_worker_had_is_done_again(tmp_path):
    def act(n):
        if n == 50 and not (mark := tmp_path / "killed").exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return n * n

    assert list(spread(act, range(100), 2)) == [n * n for n in range(100)]
    assert (tmp_path / "killed").exists()


def test_an_item_that_kills_every_worker_ends_it():
    def act(n):
        if n == 50:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    with pytest.raises(WorkersFail, match="died 3 times"):
        list(spread(act, range(100), 2))


def test_workers_stay_for_the_next_call_also_after_one_that_was_left_early():
    first = set(spread(lambda _: os.getpid(), range(100), 2, few=0))
    left = spread(lambda _: os.getpid(), range(100), 2, few=0)
    next(left)
    left.close()
    assert list(spread(lambda n: n, range(100), 2, few=0)) == list(range(100))
    assert set(spread(lambda _: os.getpid(), range(100), 2, few=0)) == first and len(first) == 2


def test_two_calls_side_by_side_do_not_mix():
    one, other = (spread(act, range(40), 2) for act in (lambda n: n, lambda n: -n))
    assert list(zip(one, other, strict=True)) == [(n, -n) for n in range(40)]


def test_of_several_failing_items_the_first_is_raised():
    def act(n):
        time.sleep(0.2 if n == 30 else 0)
        raise ValueError(str(n))

    with pytest.raises(ValueError, match="30"):
        list(spread(act, range(30, 40), 2, few=0))


class Unreadable(Exception):
    """Cannot be made again from what is kept of it."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def odd(n: int) -> object:
    if n == 1:
        raise Unreadable("no", "thing")
    return (k for k in range(n))


@pytest.mark.parametrize(("item", "told"), [(1, "Unreadable: nothing"), (2, "cannot pickle 'generator' object")])
def test_what_cannot_be_sent_back_is_told(item, told):
    with pytest.raises((RuntimeError, TypeError), match=told):
        list(spread(odd, [item], 2, few=0))


def test_workers_that_left_because_they_were_idle_are_replaced(monkeypatch):
    idle = "from ccgsim.foundation.work import worker; worker.IDLE = 0.2; worker.main()"
    monkeypatch.setattr(crew, "_CODE", idle)
    team = crew.Crew(2)
    for _ in range(2):
        assert sorted(done.result() for done in team.outcomes(Work(abs), [-1, -2, -3])) == [1, 2, 3]
        for member in team.members:
            assert member.process.wait(10) == 0
    team.end()


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_workers_start_where_standard_streams_are_closed(tmp_path, closed):
    code = "import os, sys\n" + "".join(f"os.close({number})\n" for number in closed)
    code += "from ccgsim.foundation.work.parallel import spread\n"
    code += f"open({str(tmp_path / 'sum')!r}, 'w').write(str(sum(spread(abs, range(9), 2, few=0))))"
    subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert (tmp_path / "sum").read_text() == "36"


def test_workers_are_closed_with_the_process_that_they_worked_for_and_not_with_a_fork_of_it():
    code = """
import os, warnings
from ccgsim.foundation.work.parallel import _free, spread
print(sum(spread(abs, range(9), 2, few=0)), flush=True)
if os.fork() == 0:
    warnings.simplefilter('ignore')
    raise SystemExit
os.wait()
print(sum(spread(abs, range(9), 2, few=0)), flush=True)
team = _free(os.getpid()).get()
print(*(member.process.pid for member in team.members), *(member.process.poll() for member in team.members))
"""
    warned = [sys.executable, "-W", "default::ResourceWarning", "-c", code]
    done = subprocess.run(warned, capture_output=True, text=True, check=True, timeout=60)
    first, second, told = done.stdout.splitlines()
    *pids, one, other = told.split()
    assert (first, second, one, other, done.stderr) == ("36", "36", "None", "None", "")
    assert len(pids) == 2 and not any(os.path.exists(f"/proc/{pid}") for pid in pids)
