"""Every command and option that the documents show exists, and what they run is shipped."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from ccgsim.cli.app import app
from ccgsim.cli.options.worlds import Compare, Run
from ccgsim.scenario.scenario import load, names

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
NOTEBOOKS = list((ROOT / "docs" / "notebooks").glob("*.ipynb"))
SCRIPT = re.compile(
    r"\bpython3? (?:-m ((?:docs|benchmarks|tests)\.[\w.]+)|((?:experiments|docs)/[\w/]+\.py))([^\n`&|;#]*)"
)
SHARED = {"ccgsim/report/experiments.py": "command_line(", "docs/tables.py": "only_checked("}  # options of many scripts
FENCE = re.compile(r"^```(\S*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
TYPED = ("", "sh", "{shell}")
GROUP: Any = typer.main.get_command(app)
UV = ("python3", "-m", "uv", "run")
BROUGHT_IN = "burnout."  # the example of docs/extend.md, which tests/documents/test_extend.py brings in and runs


def typed(page: str) -> Iterator[list[str]]:
    """The words after `ccgsim` of each command in a page's blocks of commands."""
    for kind, text in FENCE.findall(page):
        lines = text.replace("\\\n", " ").splitlines() if kind in TYPED else []
        for part in (part for line in lines for part in re.split(r"&&|;|(?<= )&$", line)):
            words = shlex.split(part, comments=True) if "ccgsim" in part else []
            if words[:1] == ["ccgsim"] or (tuple(words[:4]) == UV and "ccgsim" in words):
                yield words[words.index("ccgsim") + 1 :]


def in_passing(page: str) -> Iterator[list[str]]:
    """The words after `ccgsim` of each command in a sentence."""
    for text in re.findall(r"(?<!`)`ccgsim ([^`]+)`", FENCE.sub("", page)):
        yield text.replace("[", " ").replace("]", " ").split()


def asked(words: list[str]) -> Any:
    """The command line as Typer reads it; raises what Typer raises where it cannot."""
    return app(words, standalone_mode=False)


def faults(page: str) -> list[str]:
    """Every command of a page that ccgsim does not have, with an option or a scenario that it does not have."""
    found = []
    for words in typed(page):
        try:
            found += unknown_names(asked(words))
        except typer.TyperException as wrong:
            found.append(f"{' '.join(words)}: {wrong.format_message()}")
    return found + [fault for words in in_passing(page) for fault in unknown_options(words)]


def unknown_names(command: object) -> list[str]:
    """Scenarios that are not shipped, and settings that are refused."""
    if not isinstance(command, Run | Compare):
        return []
    scenarios = [command.scenario] if isinstance(command, Run) else command.scenarios
    wrong = [name for name in scenarios if not name.endswith(".toml") and name not in names()]
    settings = [text.partition("=")[::2] for text in command.settings or () if not text.startswith(BROUGHT_IN)]
    load("site_a").overridden({key: float(value) for key, value in settings})
    return wrong


def unknown_options(words: list[str]) -> list[str]:
    """The command, or each of its options, that does not exist."""
    name, *rest = words
    if name.startswith("--") or not name.islower():  # `ccgsim --help`, `ccgsim COMMAND --help`
        return [] if name in ("--help", "--version", "COMMAND") else [name]
    if name not in GROUP.commands:
        return [name]
    known = {option for each in GROUP.commands[name].params for option in each.opts} | {"--help"}
    options = (word.partition("=")[0] for word in rest if word.startswith("--"))
    return [f"{name} {option}" for option in options if option not in known]


def script_faults(page: str) -> list[str]:
    """Every script that a page calls and that is not there, or does not know an option."""
    return [fault for module, path, rest in SCRIPT.findall(page) for fault in unknown_to(module, path, rest)]


def unknown_to(module: str, path: str, rest: str) -> Iterator[str]:
    """The script, where it is missing, or those of its options that stand neither in it nor in what it calls."""
    file = ROOT / (path or f"{module.replace('.', '/')}.py")
    if file.stem == "NAME":  # stands for any
        return
    if not file.exists():
        yield module or path
        return
    source = file.read_text(encoding="utf-8")
    source += "".join((ROOT / name).read_text(encoding="utf-8") for name, call in SHARED.items() if call in source)
    yield from (f"{module or path} {option}" for option in re.findall(r"--[\w-]+", rest) if f'"{option}"' not in source)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_script_and_option_of_a_page_exists(page):
    assert script_faults(page.read_text(encoding="utf-8").replace("\\\n", " ")) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_command_of_a_notebook_exists(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    lines = [line[1:].strip() for cell in cells for line in cell["source"] if line.startswith("!")]
    assert faults("\n".join(["```sh", *lines, "```"]) + "\n") == []


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("`python -m docs.tabels`", ["docs.tabels"]),
        ("```sh\npython experiments/levers.py --sedes 3\n```", ["experiments/levers.py --sedes"]),
        ("`python -m benchmarks.run --quick --fast`", ["benchmarks.run --fast"]),
        ("`python experiments/curves.py density_by_closure --seeds 12`, `python -m docs.tables --check`", []),
    ],
)
def test_a_script_or_option_that_does_not_exist_is_found(page, fault):
    assert script_faults(page) == fault


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_and_option_of_a_page_exists(page):
    assert faults(page.read_text(encoding="utf-8")) == []


def test_the_pages_show_many_commands():
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    assert sum(len(list(typed(text))) for text in texts) > 40
    assert {words[0] for text in texts for words in (*typed(text), *in_passing(text))} > set(GROUP.commands)


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("```sh\nccgsim rn site_a\n```\n", "rn"),
        ("```\nccgsim run site_a --sed 1   # a comment\n```\n", "--sed"),
        ("```{shell}\nccgsim run site_a \\\n  --months many\n```\n", "many"),
        ("```sh\npython3 -m uv run --extra lab ccgsim compare site_a sight_b\n```\n", "sight_b"),
        ("Try `ccgsim wrm` first.", "wrm"),
        ("Try `ccgsim sweep X.toml [--wrkers N]`.", "sweep --wrkers"),
    ],
)
def test_a_command_that_does_not_exist_is_found(page, fault):
    assert [fault in found for found in faults(page)] == [True]
