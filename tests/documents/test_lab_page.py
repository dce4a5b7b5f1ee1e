"""The page of the lab says what works: its experiment loads, its lines of Python run, its names exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ccgsim.cli.options.studies import Sweep
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.lab.sweep.folder_checks import OURS

PAGE = (Path(__file__).parents[2] / "docs" / "lab.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The first block of that language on the page."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found.group(1)


def test_the_experiment_of_the_page_loads(tmp_path):
    path = tmp_path / "density.toml"
    path.write_text(block("toml"), encoding="utf-8")
    assert len(design.runs(experiment(path))) == 3 * 2 * 3 * 10


def test_every_file_of_a_sweep_is_on_the_page():
    for name in OURS:
        assert f"`{name}" in PAGE or f"`{name}/" in PAGE, name


def test_every_option_on_the_page_exists():
    told = set(re.findall(r"ccgsim sweep.*?(--[a-z-]+)", PAGE)) | set(re.findall(r"`(--[a-z-]+)`", PAGE))
    known = {f"--{name.replace('_', '-')}" for name in Sweep.__annotations__}
    assert told and told <= known


@pytest.mark.slow
def test_the_lines_of_python_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    exec(compile(block("python"), "lab.md", "exec"), {})
    assert capsys.readouterr().out.startswith("4 site.density\n0.4")
