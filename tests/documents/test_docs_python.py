"""The page on Python can be followed: its examples run, with Mesa's workers too."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import mesa
import pytest

import ccgsim

PAGE = (Path(__file__).parents[2] / "docs" / "python.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)


def test_the_examples_in_one_process_run(capsys):
    plain = [example for example in EXAMPLES if "batch_run" not in example]
    assert len(plain) == 4
    for example in plain:
        exec(compile(example, "python.md", "exec"), {})
    told = capsys.readouterr().out
    assert "seed unknown argument rng" in told and told.endswith("True\n")


def test_the_table_states_the_signatures():
    for name, signature in re.findall(r"`(load|simulate|replicate|compare)\((.*?)\)`", PAGE):
        takes = [str(one).split(":")[0] for one in inspect.signature(getattr(ccgsim, name)).parameters.values()]
        defaults = [word.split("=")[0] for word in signature.split(", ")]
        assert takes[: len(defaults)] == defaults, name


@pytest.mark.slow
def test_the_example_with_mesas_workers_ends_with_a_row_a_run(tmp_path):
    script = tmp_path / "batch.py"
    example = next(example for example in EXAMPLES if "batch_run" in example)
    if "rng" in inspect.signature(mesa.batch_run).parameters:  # as the comment in it says
        example = example.replace(', "rng": [1, 2]}', "}").replace(
            "parameters, number", "parameters, rng=[1, 2], number"
        )
    script.write_text(example)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=300, check=True)
    assert done.stdout.split()[:2] == ["8", "0.4"]
