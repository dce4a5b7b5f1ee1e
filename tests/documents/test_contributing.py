"""The contributor's path: hooks, shortcuts, forms, container and code of conduct name what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.md"))
GENERATORS = {
    path.stem for path in (ROOT / "docs").glob("*.py") if re.search("--check +exits 1", path.read_text("utf-8"))
}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def after_each_in(words: str) -> set[str]:
    """The names of a shell loop `for each in A B; do`."""
    return set(re.search(r"for each in ([\w ]+);", words)[1].split())


def test_hooks_and_shortcuts_know_every_generator_that_takes_seconds():
    slow = {"validation", "claims", "benchmarks"}  # they draw large figures, or need much data: the tests look at them
    assert after_each_in(text(".pre-commit-config.yaml")) == GENERATORS - slow
    assert after_each_in(text("justfile")) == GENERATORS


def test_the_page_for_contributors_names_every_generator():
    named = set(re.findall(r"`(?:python -m )?docs\.(\w+)`", text("CONTRIBUTING.md")))
    assert named == GENERATORS


def test_hooks_run_tools_of_the_environment():
    entries = re.findall(r"entry: (?:sh -c \W*)?([\w./]+)", text(".pre-commit-config.yaml"))
    assert [entry for entry in entries if not entry.startswith(".venv/bin/") and entry != "for"] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_a_form_of_the_issue_tracker_has_a_name_and_says_what_it_is_for(form):
    head = form.read_text(encoding="utf-8").split("---")[1]
    assert {line.partition(":")[0] for line in head.strip().splitlines()} >= {"name", "about"}


def test_there_are_a_code_of_conduct_and_three_forms():
    assert "Contributor Covenant" in text("CODE_OF_CONDUCT.md") and len(FORMS) == 3


def test_the_container_copies_what_is_there_and_installs_what_the_project_has():
    copied = {
        word for line in re.findall(r"^COPY (?!--)(.+)$", text("Dockerfile"), re.MULTILINE) for word in line.split()
    }
    assert [name for name in copied - {"./"} if not (ROOT / name).exists()] == []
    extras = tomllib.loads(text("pyproject.toml"))["project"]["optional-dependencies"]
    assert set(re.findall(r"--extra (\w+)", text("Dockerfile"))) <= set(extras)
    let_in = set(re.findall(r"^!(.+)$", text(".dockerignore"), re.MULTILINE))
    assert copied - {"./"} <= let_in


def test_files_that_the_wheel_takes_in_from_outside_reach_the_container():
    taken = tomllib.loads(text("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    let_in = re.findall(r"^!(.+)$", text(".dockerignore"), re.MULTILINE)
    assert [name for name in taken if name.split("/")[0] not in let_in] == []
