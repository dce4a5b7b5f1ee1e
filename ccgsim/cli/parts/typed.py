"""The command line that gives the same results again, as the manifest keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any, get_type_hints

import typer.models

from ccgsim.cli.options.shared import Command

ABOUT_FILES = ("out", "force", "quiet", "as_json", "workers", "export", "seal")  # options that change no result


def typed(asked: Command) -> list[str]:
    """The words of the command: name, arguments, and every option that differs from its default."""
    hints = get_type_hints(type(asked), include_extras=True)
    declared = {each.name: hints[each.name].__metadata__[0] for each in fields(asked)}  # type: ignore[arg-type]
    arguments: list[str] = []
    options: list[str] = []
    for each in fields(asked):  # type: ignore[arg-type]
        value, how = getattr(asked, each.name), declared[each.name]
        if isinstance(how, typer.models.ArgumentInfo):
            arguments += _texts(value)
        elif each.name not in ABOUT_FILES and value != (None if each.default is MISSING else each.default):
            options += _option(how.param_decls, each.name, value)
    return ["ccgsim", type(asked).__name__.lower(), *arguments, *options]


def _texts(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _option(names: Any, field: str, value: Any) -> Iterator[str]:
    name = names[0] if names else f"--{field.replace('_', '-')}"
    if value is True:
        yield name
        return
    for text in _texts(value):
        yield from (name, text)
