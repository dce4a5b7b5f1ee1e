"""Sentences about a run stand in one file a language: none is missing, none unused, and the code holds none itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from ccgsim.teach.lesson import words
from ccgsim.teach.lesson.play import response

LESSON = Path(words.__file__).parent
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(LESSON.rglob("*.py"))}
NAMES = {f"{section}.{key}" for section, table in words.sentences().items() for key in table}
MADE = {f"class.{term}" for term in response.TERMS} | {
    f"class.{a}_{b}" for a in ("open", "shut") for b in ("little", "much")
}
NAME = re.compile(r"[a-z]+\.[a-z_]+")


def asked() -> set[str]:
    """Names that the code asks for."""
    literals = (
        node.value
        for source in SOURCES.values()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    sections = words.sentences().keys()
    return {text for text in literals if NAME.fullmatch(text) and text.split(".")[0] in sections} | MADE


def test_no_sentence_is_missing_and_none_is_unused():
    assert asked() == NAMES


@pytest.mark.parametrize("path", list(SOURCES), ids=lambda path: path.stem)
def test_the_code_says_nothing_itself(path):
    """What is said is a text by name; `Said` and `say` are called with nothing else."""
    for node in ast.walk(ast.parse(SOURCES[path])):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Said", "say"):
            assert not isinstance(node.args[0], ast.JoinedStr | ast.Constant), f"{path.name}:{node.lineno}"


def test_what_is_put_in_is_put_in_and_a_fact_keeps_its_place():
    assert words.text("when.half", month=36) == (
        "Begun in month 36, help still saves half of what it saves at best: GPs then give {}."
    )
