"""What the lesson says of a run: the sentences of one language, which stand in one file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGE = "en"


def text(name: str, /, **facts: object) -> str:
    """The sentence of that name ("when.half") with these put in; a {} is left for a fact that a chart shows."""
    section, key = name.split(".")
    words = sentences()[section][key]
    for fact, value in facts.items():
        words = words.replace(f"{{{fact}}}", str(value))
    return words


@cache
def sentences() -> dict[str, dict[str, str]]:
    """All sentences, by section and name."""
    return tomllib.loads(files(__package__).joinpath(f"words.{LANGUAGE}.toml").read_text(encoding="utf-8"))
