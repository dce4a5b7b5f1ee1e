"""Work on many worlds: the order asked for, whatever the workers, and what an item raises."""

from __future__ import annotations

import os
import signal

import pytest

from ccgsim.foundation.work.lifeline import WorkersFail
from ccgsim.foundation.work.parallel import FEW, spread


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
