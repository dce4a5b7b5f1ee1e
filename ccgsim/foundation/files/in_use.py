"""An exception with its own exit code."""

from __future__ import annotations


class InUse(RuntimeError):
    """Raised if another process is writing to a folder of results."""
