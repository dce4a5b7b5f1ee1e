"""The pages of docs/reference/ are what the declarations say."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import ccgsim
from ccgsim.cli.app import COMMANDS
from ccgsim.cli.parts import answers, streams
from ccgsim.scenario.scenario import names
from docs import reference
from docs.tables import in_checkout

NAMES_OF_CODES = ("DONE", "INTERNAL", "UNPARSABLE", "RUNS_FAILED", "IN_USE", "FAILED", "INTERRUPTED")
CODES = {streams.REFUSED, *(getattr(answers, name) for name in NAMES_OF_CODES)}


def page(name: str) -> str:
    return (reference.FOLDER / f"{name}.md").read_text(encoding="utf-8")


def test_the_pages_are_fresh():
    assert reference.main(["--check"]) == 0, "run python -m docs.reference"


def test_a_stale_page_is_found_and_mended(tmp_path, monkeypatch, capsys):
    for name in reference.PAGES:
        (tmp_path / f"{name}.md").write_text(page(name).replace("network", "web"), encoding="utf-8")
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    assert reference.main(["--check"]) == 1
    assert f"{tmp_path.as_posix()}/commands.md is stale: run python -m docs.reference" in capsys.readouterr().out
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0


def test_a_stale_page_is_named_as_it_is_typed_in_the_folder_of_the_checkout():
    assert in_checkout(reference.FOLDER / "api.md") == "docs/reference/api.md"


def test_every_command_has_its_heading_and_its_line():
    for command in COMMANDS:
        name = command.__name__.lower()
        assert f"\n## {name}\n" in page("commands") and f"\nccgsim {name} " in page("commands")


@pytest.mark.parametrize(
    "row",
    [
        "| `SCENARIO` | needed | A shipped name, or a path that ends in .toml. |",
        "| `--seed N` | `0` | A whole number from 0. |",
        "| `--force` |  | Replace earlier results in --out. |",
        "| `[WORD]...` |  | Only those with every WORD in name or meaning. |",
        "| `[FILE]` |  | The file with the ties. |",
    ],
)
def test_what_a_command_takes_is_told(row):
    assert row in page("commands").splitlines()


def test_every_shipped_scenario_stands_in_the_table_and_no_other():
    assert re.findall(r"^\| `(\w+)` \|", page("scenarios"), flags=re.MULTILINE) == list(names())


def test_every_public_name_is_explained():
    told = set(re.findall(r"\.\. auto\w+:: ccgsim\.(\w+)", page("api")))
    assert told == set(ccgsim.__all__) - {"__version__"}


def test_every_exit_code_is_explained_and_no_other():
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", page("exit_codes"), flags=re.MULTILINE)} == CODES


@pytest.mark.slow
def test_every_file_of_a_run_and_its_columns_are_told(ccgsim_says):
    rows = [line.split("|") for line in page("files").splitlines() if line.startswith("| `")]
    told = {file: re.findall(r"`(\w+)`", row[3]) for row in rows for file in re.findall(r"`([\w.]+)`", row[1])}
    few = ("--months", "4", "--set", "england.ccgs=3", "--set", "start.burn_in=1", "--out", "run")
    assert ccgsim_says("run", "england", *few)[0] == 0
    written = {path.name for path in Path("run").iterdir()}
    assert written - set(told) == set()
    for name in written & {name for name, columns in told.items() if name.endswith("parquet") and len(columns) > 2}:
        assert list(pd.read_parquet(f"run/{name}").columns) == told[name], name
