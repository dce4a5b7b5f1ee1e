"""A fault of its own kind, with an exit code of its own."""

from __future__ import annotations


class InUse(RuntimeError):
    """Raised where another process is writing to a folder of results."""
