"""How a class is invited: the address of this machine in its network, the join code, and both as a QR code."""

from __future__ import annotations

import io
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccgsim.teach.server.gate import Entry

ALONE = "This machine is in no network that it could tell: other devices cannot join. With --host you may name one."


def own_address() -> str:
    """This machine's address in its network: that from which it would reach another one. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # an address for documentation (RFC 5737)
        return str(probe.getsockname()[0])
    return "127.0.0.1"


def invitation(entry: Entry) -> list[str]:
    """What the class needs in order to join, as lines for the terminal."""
    if not entry.address:
        return [ALONE]
    told = ["", f"The class joins at {entry.address}  with the code {entry.code}"]
    return [*told, *(drawn(entry.link) if _can_draw() else ()), "Only you steer, on this machine.", ""]


def drawn(link: str) -> list[str]:
    """A QR code in half blocks."""
    import segno

    picture = io.StringIO()
    segno.make(link, error="l", micro=False).terminal(picture, compact=True)
    return picture.getvalue().splitlines()


def _can_draw() -> bool:
    """Whether the terminal's character set has the blocks that a QR code is drawn with."""
    return (sys.stderr.encoding or "").lower().replace("-", "").startswith("utf")
