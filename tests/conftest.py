"""Which tests are `small`: quick in plain Python too, without compiled rules (`.ci/run` measures coverage on them);
the command line as tests call it; bytecode and signals for the processes that tests start; the examples of hypothesis.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings

import ccgsim.cli
from ccgsim.cli.app import main
from ccgsim.foundation.work.stopping import SIGNALS

# No deadline: the first call of a rule compiles it. The same examples each time, so that a commit passes or fails for
# its own sake; CCGSIM_EXAMPLES asks for others.
settings.register_profile("claims", deadline=None, derandomize="CCGSIM_EXAMPLES" not in os.environ)
settings.load_profile("claims")
HERE = Path(__file__).parent
SMALL = {"processes", "scenario", "world", "measures", "test_chance.py", "test_quantity.py", "test_problems.py"}
LONG_IN_PLAIN_PYTHON = (
    "test_a_complete_network_without_forgetting_tends_to_the_best_that_anyone_knows",
    "test_any_file_is_refused_or_runs_with_every_state_in_its_range",
    "test_champions_fit_the_origin",
    "test_pivots_come_near_the_exact_values",
    "test_the_least_and_the_highest_density_of_site_a_are_held_for_a_year",
    "test_a_merged_world_goes_on_and_the_ccg_that_is_gone_is_measured_no_more",
    "test_ccgs_side_by_side_do_not_touch",
    "test_certain_mergers_leave_one_ccg_a_line_of_neighbours",
    "test_everybody_stays_and_rows_are_in_order",
    "test_localities_and_former_groups_stay_a_layer_on_a_layer",
    "test_projects_keep_their_users_and_reach_all_practices",
    "test_the_merged_board_has_the_larger_boards_seats_and_the_better_connected_hold_them",
    "test_the_same_seed_gives_the_same_england",
    "test_ties_of_those_who_keep_their_seats_or_never_had_one_stay",
    "test_what_moves_a_run_from_the_start_moves_it_from_a_date",
    "test_shares_lie_between_0_and_1_and_counts_at_or_above_0",
)


def pytest_configure(config: pytest.Config) -> None:
    """Where Python may leave no bytecode beside the sources, keep it in pytest's own folder.

    Without any, every process that a test starts would parse pandas and Numba anew: 5 seconds instead of 1.5.
    """
    if os.environ.get("PYTHONDONTWRITEBYTECODE") and getattr(config, "cache", None):
        del os.environ["PYTHONDONTWRITEBYTECODE"]
        sys.dont_write_bytecode = False
        sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(config.cache.mkdir("bytecode")))
    heed_signals()


def heed_signals() -> None:
    """Heed signals as at a terminal: a job in the background begins with Ctrl-C ignored, and so would all it starts."""
    for number in SIGNALS:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of small worlds by where they stand."""
    for item in items:
        name = item.name.partition("[")[0]
        here = SMALL.intersection(item.path.relative_to(HERE).parts)
        if here and name not in LONG_IN_PLAIN_PYTHON and item.get_closest_marker("slow") is None:
            item.add_marker(pytest.mark.small)


@pytest.fixture(scope="session")
def commands():
    """All commands are loaded: they take names from the simulation, which a test may then replace."""
    for each in pkgutil.iter_modules(ccgsim.cli.__path__):
        importlib.import_module(f"ccgsim.cli.{each.name}")


@pytest.fixture
def ccgsim_says(monkeypatch, capsys, tmp_path):
    """Calls `ccgsim` in an empty current folder; gives its exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ccgsim", *words])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return call
