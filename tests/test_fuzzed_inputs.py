"""Files torn in many ways: each is read or refused with faults that name it; never an internal error.

`python tests/test_fuzzed_inputs.py 200` prints how many of so many were read and refused, kind by kind.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from ccgsim.cli.app import main
from ccgsim.foundation.inputs.texts import is_harmful
from ccgsim.foundation.problems import Problems
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.scenario.scenario import load
from ccgsim.world.england import places_of

SIGNS = [",", ";", "\t", '"', "'", "\n", "\r\n", "\r", "\n\n", " ", "\0", "\x1b[31m", "é", "\u2028", "\u202e", "\ufeff"]
SIGNS += [
    "=",
    "[",
    "]",
    "{",
    "}",
    "#",
    ".",
    "-",
    "\u2014",
    "\u201c",
    "0",
    "9" * 400,
    "1e999",
    "nan",
    "inf",
    "x" * 200_000,
]
SIGNS += [
    "True",
    "2013-06",
    "2013-06-01",
    "50%",
    "0,5",
    "320,000",
    "1979-05-27T07:32:00Z",
    "\\",
    "\\u001b",
    "'''",
    "[[",
]
ENGLAND = """name,population,practices,localities,footprint,code
North,90000,9,2,a,07L
"South, by sea",60000,7,,b,
East,70000,,,,
"""
POINTS = "density,site.practices,site.nurse,turnover.term\n0.5,20,true,36\n0.7,30,false,24\n0.6,25,true,12\n"
TARGETS = "measure,month,value,sd,note\nstability,24,0.5,0.1,ours\ncoherence,2012-06,0.4,0.05,\n"
CONTROL = "month,manager_control,participation\n0,0.2,0.5\n1,0.3,0.5\n2,,0.5\n"
SCENARIO = """schema = 1
title = "A what-if"
question = "What then?"
based_on = "site_b"
months = 60
[policy]
dialogue = 0.2
[site]
density = 0.6
nurse = true
[[events]]
month = 12
set = { "policy.dialogue" = 0.8 }
[[events]]
month = "2013-06"
lever = { name = "coaching", value = 1.5, count = 2 }
[claim]
measure = "participation"
effect = "-10%"
month = 36
against = "site_b"
"""
STUDY = """schema = 1
scenario = "site_a"
months = 60
measures = ["stability"]
[seeds]
replicates = 3
[levers]
"site.density" = [0.4, 0.6]
[uncertainties]
"ties.closure" = { low = 0.1, high = 0.5, levels = 2 }
[calibrate]
targets = [{ measure = "board_density", month = 12, value = 0.74, sd = 0.04 }]
"""


def torn(text: str, luck: np.random.Generator) -> bytes:
    """The text after one to three accidents: signs put in, words and lines lost, doubled, swapped; another encoding."""
    for _ in range(luck.integers(1, 4)):
        at, to = sorted(luck.integers(0, len(text) + 1, 2).tolist())
        sign = SIGNS[luck.integers(len(SIGNS))]
        lines = text.split("\n")
        line = int(luck.integers(len(lines)))
        accidents = (
            text[:at] + sign + text[at:],
            text[:at] + sign + text[at + 1 :],
            text[:at] + text[min(to, at + 8) :],
            "\n".join(lines[:line] + lines[line + 1 :]),
            "\n".join(lines[: line + 1] + lines[line:]),
            "\n".join([*lines[:line], *reversed(lines[line:])]),
            text.replace(",", sign[:1_000]),
            text[:at],
            text.replace(" = ", sign, 1),
        )
        text = accidents[luck.integers(len(accidents))]
    codes = ("utf-8", "utf-8", "utf-8", "utf-8", "utf-8", "utf-8", "utf-16", "cp1252")
    return text.encode(codes[luck.integers(len(codes))], "replace")


def a_scenario(folder: Path, parts: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(f"schema = 1\n{parts}", encoding="utf-8")
    return path


def read_england(path: Path) -> None:
    places_of(load(a_scenario(path.parent, f'[england]\nfile = "{path.name}"')), 0)


def read_points(path: Path) -> None:
    experiment({"scenario": "site_a", "months": 60, "design": {"method": "list", "file": str(path)}})


def read_targets(path: Path) -> None:
    experiment({"scenario": "site_a", "months": 60, "calibrate": {"targets": [{"file": str(path)}]}})


def read_control(path: Path) -> None:
    load(a_scenario(path.parent, f'[ablation]\ncontrol_path = "{path.name}"'))


KINDS: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "England's list": ("list.csv", ENGLAND, read_england),
    "list of points": ("points.csv", POINTS, read_points),
    "targets": ("targets.csv", TARGETS, read_targets),
    "path of control": ("control.csv", CONTROL, read_control),
    "scenario": ("torn.toml", SCENARIO, load),
    "experiment": ("study.toml", STUDY, experiment),
}


def trials(kind: str, times: int, folder: Path) -> Iterator[str]:
    """'read' or 'refused' for each torn file; AssertionError where a fault does not name the file."""
    name, text, read = KINDS[kind]
    luck = np.random.Generator(np.random.Philox(list(KINDS).index(kind)))
    for _ in range(times):
        (folder / name).write_bytes(torn(text, luck))
        try:
            read(folder / name)
        except Problems as refused:
            for problem in refused.problems:
                assert name in problem.file or name in problem.value, problem
                assert problem.rule and not any(map(is_harmful, str(problem).replace("\n", ""))), problem
            yield "refused"
        else:
            yield "read"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_two_hundred_torn_files_are_read_or_refused_by_name(kind, tmp_path):
    found = Counter(trials(kind, 200, tmp_path))
    assert found.total() == 200 and found["read"] > 0 and found["refused"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["England's list", "scenario"])
def test_the_command_line_answers_torn_files_with_words_and_exit_3(kind, tmp_path, monkeypatch):
    name, text, _ = KINDS[kind]
    luck = np.random.Generator(np.random.Philox(99))
    what = name if kind == "scenario" else a_scenario(tmp_path, f'[england]\nfile = "{name}"').name
    monkeypatch.setattr(sys, "argv", ["ccgsim", "run", what, "--months", "0"])  # refused before anything runs
    before = sorted({what, name})
    with chdir(tmp_path):
        for _ in range(60):
            (tmp_path / name).write_bytes(torn(text, luck))
            with (
                redirect_stdout(StringIO()) as out,
                redirect_stderr(StringIO()) as err,
                pytest.raises(SystemExit) as left,
            ):
                main()
            assert left.value.code == 3 and not out.getvalue() and "Traceback" not in err.getvalue()
            assert sorted(os.listdir(tmp_path)) == before


if __name__ == "__main__":
    for each in KINDS:
        with tempfile.TemporaryDirectory() as place:
            sys.stdout.write(f"{each}: {dict(Counter(trials(each, int(sys.argv[1]), Path(place))))}\n")
