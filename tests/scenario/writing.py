"""Scenario files written for tests, and their faults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.scenario.scenario import load


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(f"schema = 1\n{text}", encoding="utf-8")
    return path


def faults(act, *args, **kwargs) -> dict[str, str]:
    with pytest.raises(Problems) as caught:
        act(*args, **kwargs)
    return {problem.key: problem.rule for problem in caught.value.problems}


def file_faults(folder: Path, text: str) -> dict[str, str]:
    return faults(load, written(folder, text))


def as_toml(document: dict) -> str:
    """The document without its schema: inline tables and JSON's scalars are TOML's too."""
    return "\n".join(f"{key} = {inline(value)}" for key, value in document.items() if key != "schema")


def inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {inline(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def event_faults(*events) -> dict[str, str]:
    return faults(load("site_a").with_, events=events)
