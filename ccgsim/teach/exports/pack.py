"""Arrays and their description in one block of zlib data, which a page unpacks: of a replay, of a recording."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ccgsim.foundation.files.writing import plain

_NAMES = {"u1": "u8", "u2": "u16", "u4": "u32", "i2": "i16", "f4": "f32"}


@dataclass
class Pack:
    """Arrays in one buffer, each aligned to four bytes, with their offsets."""

    data: bytearray = field(default_factory=bytearray)

    def put(self, kind: str, values: np.ndarray) -> dict[str, Any]:
        """Add an array; returns its type, shape and offset."""
        self.data.extend(b"\0" * (-len(self.data) % 4))
        at = len(self.data)
        self.data.extend(values.astype(f"<{kind}").tobytes())
        return {"type": _NAMES[kind], "shape": list(values.shape), "at": at}

    def closed(self, header: Mapping[str, Any]) -> bytes:
        """The length of the header, the header as JSON, then the arrays: compressed."""
        text = json.dumps(plain(header), separators=(",", ":"), allow_nan=False).encode("utf-8")
        text += b" " * (-len(text) % 4)
        return zlib.compress(struct.pack("<I", len(text)) + text + bytes(self.data), 9)
