"""A zip of the same bytes each time: names in order, no dates of the machine."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

BEGINNING = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold
READABLE = 0o644 << 16


def zipped(path: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their names into a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, BEGINNING)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, READABLE
            made.writestr(entry, files[name])
