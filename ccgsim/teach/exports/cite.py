"""The citation, one line for exported files."""

from __future__ import annotations

from importlib.metadata import version


def cite() -> str:
    """Authors, title and version, as in CITATION.cff."""
    return (
        f"The ccgsim developers: ccgsim {version('ccgsim')}, an agent-based laboratory of knowledge exchange in the "
        "advice networks of England's clinical commissioning groups"
    )
