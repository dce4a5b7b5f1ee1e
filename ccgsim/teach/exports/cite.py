"""How to cite: one line for files that leave the machine."""

from __future__ import annotations

from importlib.metadata import version


def cite() -> str:
    """Authors, title and version, as CITATION.cff states them."""
    return (
        f"The ccgsim developers: ccgsim {version('ccgsim')}, an agent-based laboratory of knowledge exchange in the "
        "advice networks of England's clinical commissioning groups"
    )
