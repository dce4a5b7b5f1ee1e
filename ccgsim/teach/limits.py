"""Limits of the server."""

from __future__ import annotations

PROTOCOL = 1
AGENTS = 400  # in each of the two worlds
MONTHS = 240
FEWEST_MONTHS = 12
ACTIONS = 40  # in each world
STEP = 12  # months per request
SPEED = 60.0  # months a second
MESSAGE = 256 * 1024  # bytes
CONNECTIONS = 40
AN_ADDRESS = 4  # pages of one device in a class
CODE = 6  # letters of a join code
WRONG_CODES = 10  # from one address, after which it has to wait
BARRED_SECONDS = 600
RUNS = 60  # kept in memory, including those of dropped connections
KEPT_SECONDS = 600  # time for which the run of a dropped connection is kept
SEEDS = 60
ERRORS = 20  # consecutive errors after which a connection is closed
JOBS = 2  # long tasks of one connection at the same time
FILES = 60  # of moves, read at once
FILE = 4000  # characters of one file of moves
CLASS_FILE = 200_000  # characters of the saved run of a class
SEATS = 120  # names that one class may have, of those who left too
WORDS = 4000  # characters of a student's explanation


def as_table() -> dict[str, float]:
    """The limits for the page."""
    return {
        "agents": AGENTS,
        "months": MONTHS,
        "fewest_months": FEWEST_MONTHS,
        "actions": ACTIONS,
        "step": STEP,
        "speed": SPEED,
        "message": MESSAGE,
        "connections": CONNECTIONS,
        "seeds": SEEDS,
        "files": FILES,
        "file": FILE,
        "words": WORDS,
    }
