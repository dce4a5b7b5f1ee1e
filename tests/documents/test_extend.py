"""docs/extend.md can be followed: its example from outside runs, and its process comes in by the commands it states."""

from __future__ import annotations

import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ccgsim

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "extend.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
_, COMMANDS, AFTERWARDS = (block.replace("\\\n", "").splitlines() for block in BLOCKS)
*BRING_IN, LIST, RUN = COMMANDS
*REFRESH, TESTS = AFTERWARDS
[OUTSIDE] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
SHORT = {"seed": 0, "months": 3}


def test_the_example_from_outside_runs():
    names: dict[str, Any] = {"__name__": "outside"}
    exec(compile(OUTSIDE, "extend.md", "exec"), names)
    assert names["run"].series["tired"].max() > 0
    assert names["run"].provenance["steps"][0]["function"] == "outside.tire"


def test_every_file_that_the_page_names_is_there():
    named = set(re.findall(r"`((?:ccgsim|tests|experiments|scenarios|docs)/[\w/.]+\.\w+)`", PAGE))
    made = {"burnout", "pharmacist", "NAME"}
    missing = [name for name in named if not (ROOT / name).exists() and not any(new in name for new in made)]
    assert len(named) > 20 and missing == []


class Fork:
    """A copy of the checkout in a folder of its own, its rules in plain Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        left = shutil.ignore_patterns("__pycache__", "web", "static", "seeds")
        for part in ("ccgsim", "scenarios", "docs", "tests"):
            shutil.copytree(ROOT / part, folder / part, ignore=left)
        shutil.copy(ROOT / "pyproject.toml", folder)

    def does(self, command: str) -> str:
        """What a command line says; AssertionError where it fails."""
        words = shlex.split(command)
        python = [sys.executable, *(("-m", words[0]) if words[0] in ("ccgsim", "pytest") else ())]
        words[:1] = python if words[0] in ("ccgsim", "pytest", "python") else words[:1]
        own = {"PYTHONPATH": str(self.folder), "CCGSIM_CACHE": str(self.folder / "cache"), "NUMBA_DISABLE_JIT": "1"}
        done = subprocess.run(words, cwd=self.folder, env=os.environ | own, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def series(self, *settings: str) -> pd.DataFrame:
        """The measures of a short run, with these values set besides."""
        stated = RUN.replace(" --set burnout.rate=0.2", "".join(f" --set {each}" for each in settings))
        self.does(f"{stated} --out run")
        return pd.read_parquet(self.folder / "run" / "series.parquet")


@pytest.fixture(scope="module")
def fork(tmp_path_factory) -> Fork:
    """A copy in which the recipe has been followed, after another process had come in at the same places."""
    made = Fork(tmp_path_factory.mktemp("fork"))
    for name, text in crowded().items():
        (made.folder / name).write_text(text, encoding="utf-8")
    for command in BRING_IN:
        made.does(command)
    return made


def edits() -> list[tuple[str, str, str]]:
    """File, place and lines of each edit of the recipe."""
    return runpy.run_path(str(ROOT / "docs" / "examples" / "burnout" / "bring_in.py"))["EDITS"]


def crowded() -> dict[str, str]:
    """Every file that the recipe edits, with other lines before and after the places of its edits."""
    texts: dict[str, str] = {}
    for name, before, _ in edits():
        text = texts.get(name) or (ROOT / name).read_text(encoding="utf-8")
        other = "Another process.\n\n" if name.endswith(".md") else "# Another process\n"
        texts[name] = f"\n{text}".replace(f"\n{before}", f"\n{other}{before}")[1:] + other
    return texts


def test_half_a_recipe_is_refused_with_what_is_missing(tmp_path):
    half = Fork(tmp_path)
    for command in BRING_IN:
        half.does(command)
    shutil.copy(ROOT / "ccgsim" / "course.py", half.folder / "ccgsim")
    with pytest.raises(AssertionError, match=r"burnout: Course in course\.py needs a method"):
        half.does(LIST)


def test_a_recipe_that_was_followed_already_or_finds_no_place_changes_nothing(fork):
    with pytest.raises(AssertionError, match=r"Nothing done: ccgsim/processes/declared\.py: holds the new lines"):
        fork.does(BRING_IN[-1])
    course = fork.folder / "ccgsim" / "course.py"
    declared = fork.folder / "ccgsim" / "processes" / "declared.py"
    stood = {path: path.read_text(encoding="utf-8") for path in (course, declared)}
    shutil.copy(ROOT / "ccgsim" / "processes" / "declared.py", declared)
    course.write_text("# no such method\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"course\.py: has 0 lines that begin with '    collaboration,'; one"):
        fork.does(BRING_IN[-1])
    assert declared.read_text(encoding="utf-8") == (ROOT / "ccgsim" / "processes" / "declared.py").read_text("utf-8")
    for path, text in stood.items():
        path.write_text(text, encoding="utf-8")


def test_the_recipe_lists_its_parameters_and_its_step_in_its_place(fork):
    told = json.loads(fork.does(f"{LIST} --json"))
    assert {row["name"] for row in told["parameters"]} == {f"burnout.{key}" for key in ("rate", "much", "long", "left")}
    steps = [step["name"] for step in told["steps"]]
    assert steps[steps.index("engagement") + 1] == "burnout"


@pytest.mark.slow
def test_what_the_recipe_makes_anew_and_the_tests_that_it_names_pass(fork):
    for command in REFRESH:
        fork.does(command)
    assert "burnout.rate" in (fork.folder / "docs" / "odd.md").read_text(encoding="utf-8")
    words = "test_burnout its_order has_its_heading held_at_what_it_was bare_parameters fresh own_rule every_stream"
    fork.does(f"{TESTS} -n 0 -q -p no:cacheprovider -k '{words.replace(' ', ' or ')}'")


def test_at_a_rate_of_0_the_new_process_moves_no_other_number_and_above_it_does(fork):
    before = ccgsim.simulate(ccgsim.load("site_f").with_(start={"burn_in": 1}), **SHORT).series
    idle = fork.series().set_index("month")
    pd.testing.assert_frame_equal(idle, before, check_exact=True, check_index_type=False)
    burnt = fork.series("burnout.rate=1", "burnout.long=1")
    assert burnt["participation"].iloc[-1] < idle["participation"].iloc[-1] - 0.1
    assert list(burnt["uncertainty"]) == list(idle["uncertainty"])  # its luck is its own
