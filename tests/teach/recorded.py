"""A recorded lesson in a folder, as `ccgsim teach --static` writes it, with fewer scenes or seeds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ccgsim.cli.parts.recording import fill
from ccgsim.teach.recording import runs


def recorded(folder: Path, ids: Sequence[str], seeds: Sequence[int]) -> Path:
    """The folder, filled with these scenes on these seeds; beside it lies its archive."""
    folder.mkdir(parents=True)
    scenes = [scene for scene in runs.scenes() if scene.id in ids]
    fill(folder, folder.with_name(f"{folder.name}.zip"), scenes, seeds, talk=False)
    return folder
