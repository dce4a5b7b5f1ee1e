"""Extras: what only some commands need; a missing one is told with the line that installs it."""

from __future__ import annotations

from importlib.util import find_spec

from ccgsim.foundation.problems import Problem, Problems


def needs(extra: str, *libraries: str) -> None:
    """Nothing where every library can be imported; else Problems, one each, with the line that installs the extra."""
    missing = [library for library in libraries if find_spec(library) is None]
    if missing:
        raise Problems(
            Problem("", library, "", f"is not installed; {installing(extra)} installs it") for library in missing
        )


def installing(extra: str) -> str:
    """The line that installs an extra, and its like in a checkout."""
    return f"python3 -m pip install 'ccgsim[{extra}]' (in a checkout: python3 -m uv sync --inexact --extra {extra})"
