"""The scripts in experiments/ fit the package: each loads, and whatever it imports later is there."""

from __future__ import annotations

import ast
import runpy
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parents[2] / "experiments").glob("*.py"))


def missing(source: str) -> list[str]:
    """What a source imports, wherever in it, that is not there."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if find_spec(alias.name) is None]
        elif isinstance(node, ast.ImportFrom) and node.module:
            module = import_module(node.module)
            names = [alias.name for alias in node.names if not hasattr(module, alias.name)]
            found += [f"{node.module}.{name}" for name in names if find_spec(f"{node.module}.{name}") is None]
    return found


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_loads_and_finds_what_it_imports(script):
    runpy.run_path(str(script))
    assert missing(script.read_text(encoding="utf-8")) == []


def test_there_are_scripts_and_what_is_missing_is_found():
    assert len(SCRIPTS) > 5
    assert missing("def later():\n    from ccgsim.report import attic, results\n") == ["ccgsim.report.attic"]
