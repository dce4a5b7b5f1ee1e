"""docs/extend.md can be followed: its example from outside runs, and its process comes in by the commands it states."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ccgsim

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "extend.md").read_text(encoding="utf-8")
[COMMANDS] = [block.splitlines() for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)]
[OUTSIDE] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
SHORT = {"seed": 0, "months": 3}


def test_the_example_from_outside_runs():
    names: dict[str, Any] = {"__name__": "outside"}
    exec(compile(OUTSIDE, "extend.md", "exec"), names)
    assert names["run"].series["burnt_out"].max() > 0
    assert names["run"].provenance["steps"][0]["function"] == "outside.burnout"


def test_every_file_that_the_page_names_is_there():
    named = set(re.findall(r"`((?:ccgsim|tests|experiments|scenarios|docs)/[\w/.]+\.\w+)`", PAGE))
    made = {"burnout", "pharmacist", "NAME"}
    missing = [name for name in named if not (ROOT / name).exists() and not any(new in name for new in made)]
    assert len(named) > 20 and missing == []


class Fork:
    """A copy of the package in a folder of its own, its rules in plain Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in ("ccgsim", "scenarios", "docs/examples"):
            left = shutil.ignore_patterns("__pycache__", "web", "static", "seeds")
            shutil.copytree(ROOT / part, folder / part, ignore=left)

    def does(self, command: str) -> str:
        """What a command line says; AssertionError where it fails."""
        words = command.split()
        words[:1] = [sys.executable, "-m", "ccgsim"] if words[0] == "ccgsim" else words[:1]
        own = {"PYTHONPATH": str(self.folder), "CCGSIM_CACHE": str(self.folder / "cache"), "NUMBA_DISABLE_JIT": "1"}
        done = subprocess.run(words, cwd=self.folder, env=os.environ | own, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def series(self, *settings: str) -> pd.DataFrame:
        """The measures of a short run, with these values set besides."""
        stated = COMMANDS[-1].replace(" --set burnout.rate=0.2", "".join(f" --set {each}" for each in settings))
        self.does(f"{stated} --out run")
        return pd.read_parquet(self.folder / "run" / "series.parquet")


@pytest.fixture(scope="module")
def fork(tmp_path_factory) -> Fork:
    """A copy in which the recipe has been followed."""
    made = Fork(tmp_path_factory.mktemp("fork"))
    for command in COMMANDS[:2]:
        made.does(command)
    return made


def test_half_a_recipe_is_refused_with_what_is_missing(tmp_path):
    half = Fork(tmp_path)
    half.does(COMMANDS[0])
    half.does(COMMANDS[1].replace("git apply", "git apply --include=*/declared.py"))
    with pytest.raises(AssertionError, match=r"burnout: Course in course\.py needs a method"):
        half.does(COMMANDS[2])


def test_the_recipe_lists_its_parameters_and_its_step_in_its_place(fork):
    told = json.loads(fork.does(f"{COMMANDS[2]} --json"))
    assert {row["name"] for row in told["parameters"]} == {f"burnout.{key}" for key in ("rate", "much", "long", "left")}
    steps = [step["name"] for step in told["steps"]]
    assert steps[steps.index("engagement") + 1] == "burnout"


def test_at_a_rate_of_0_the_new_process_moves_no_other_number_and_above_it_does(fork):
    before = ccgsim.simulate(ccgsim.load("site_f").with_(start={"burn_in": 1}), **SHORT).series
    idle = fork.series().set_index("month")
    pd.testing.assert_frame_equal(idle, before, check_exact=True, check_index_type=False)
    burnt = fork.series("burnout.rate=1", "burnout.long=1")
    assert burnt["participation"].iloc[-1] < idle["participation"].iloc[-1] - 0.1
    assert list(burnt["uncertainty"]) == list(idle["uncertainty"])  # its luck is its own
