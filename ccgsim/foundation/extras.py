"""Optional dependencies: a missing one is reported with the command that installs it."""

from __future__ import annotations

from importlib.util import find_spec

from ccgsim.foundation.problems import Problem, Problems


def needs(extra: str, *libraries: str) -> None:
    """Raise Problems for libraries that cannot be imported, with the command that installs the extra."""
    missing = [library for library in libraries if find_spec(library) is None]
    if missing:
        raise Problems(
            Problem("", library, "", f"is not installed; {installing(extra)} installs it") for library in missing
        )


def installing(extra: str) -> str:
    """The command that installs an extra, and the one for a checkout."""
    return f"python3 -m pip install 'ccgsim[{extra}]' (in a checkout: python3 -m uv sync --inexact --extra {extra})"
