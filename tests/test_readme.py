"""The README can be followed: its examples run, its scenarios are those shipped, its commands are the agreed ones."""

from __future__ import annotations

import fnmatch
import itertools
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ccgsim.cli.app import app
from ccgsim.scenario.contrasts import contrasts
from ccgsim.scenario.scenario import load, names
from ccgsim.scenario.sections import HEADLINES

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = (
    "python3 -m pip install uv && python3 -m uv run ccgsim run site_a",
    "python3 -m pip install uv && python3 -m uv run --group dev pytest",
)


def test_there_are_two_examples():
    assert len(EXAMPLES) == 2


@pytest.mark.parametrize("example", EXAMPLES, ids=["simulate", "mesa"])
def test_the_examples_run_and_print_numbers(example, capsys):
    exec(compile(example, "README.md", "exec"), {})
    numbers = [float(word) for word in capsys.readouterr().out.split()]
    assert len(numbers) == 3
    assert all(0 <= number <= 1 for number in numbers)


def test_the_table_names_every_shipped_scenario_and_no_other():
    rows = re.search(r"## Shipped scenarios\n(.*?)\n## ", README, flags=re.DOTALL)
    named = re.findall(r"`([a-z_*]+)`", "\n".join(line.split("|")[1] for line in rows[1].splitlines() if "|" in line))
    found = [fnmatch.filter(names(), name) for name in named]
    assert all(found), "a name or family without a scenario"
    assert sorted(itertools.chain(*found)) == sorted(names())


def test_the_two_commands_stand_as_agreed():
    lines = [line.split("#")[0].strip() for line in README.splitlines()]
    assert all(command in lines for command in COMMANDS)


def test_the_scenario_file_is_read_and_differs_from_its_base_in_what_it_says(tmp_path):
    file = tmp_path / "my.toml"
    file.write_text(re.search(r"```toml\n(.*?)```", README, flags=re.DOTALL)[1], encoding="utf-8")
    world = load(file)
    assert [(event.month, event.act) for event in world.events] == [(30, "broker_exit"), (36, "set")]
    assert [each.kind for each in contrasts(load("site_b"), world, 140)] == ["based_on", "event", "event"]


def test_the_scenarios_compared_differ_in_one_thing():
    one, other = re.search(r"`ccgsim compare (\w+) (\w+)`", README).groups()
    assert len([each for each in contrasts(load(one), load(other), 140) if each.kind != "based_on"]) == 1


def test_the_headline_parameters_stand_under_their_names():
    assert all(f"| `{headline}` | `{parameter}` |" in README for headline, parameter in HEADLINES.items())


def test_the_command_with_settings_is_understood():
    line = next(line for line in README.splitlines() if line.startswith("`ccgsim run site_a --set"))
    words = line.strip("`").split()[1:]
    assert {"--set", "--replicates"} <= set(words)
    help_text = CliRunner().invoke(app, ["run", "--help"]).output
    assert all(word in help_text for word in words if word.startswith("--"))
    settings = dict(word.split("=") for word in words if "=" in word)
    assert load("site_a").overridden({key: float(value) for key, value in settings.items()})
