"""stub"""

from __future__ import annotations

from typing import Any


class Game:
    def __init__(self, role: str, seed: int, pair: str) -> None: ...
    def turn(self) -> dict[str, Any]:
        return {"type": "turn"}

    def move(self, move: str) -> None: ...


def move_tables() -> list[dict[str, Any]]:
    return []
