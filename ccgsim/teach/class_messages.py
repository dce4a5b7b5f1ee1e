"""Messages of a class that plays together: what students say, and what only the lecturer may."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from ccgsim.teach import limits
from ccgsim.teach.config import SEED, Name, Seed, Share, Word


class FromPage(Struct, tag=str.lower, forbid_unknown_fields=True):
    """A message from the page: its type is the name of its class."""


class Sit(FromPage):
    """A student joins the class under a name, or comes back to the seat that she had."""

    name: Name
    seat: Annotated[str, Meta(max_length=80)] = ""


class Decide(FromPage):
    """A student says what her GP gives in a half year; as officer, the share of decisions that managers take."""

    turn: Annotated[int, Meta(ge=0, le=limits.MONTHS)]
    give: Share


class Guess(FromPage):
    """A student bets on a scene."""

    scene: Word
    option: Word


class Convene(FromPage):
    """The class becomes the board of a district: every student plays one of its GPs, one perhaps its officer."""

    seed: Seed = SEED
    months: Annotated[int, Meta(ge=limits.FEWEST_MONTHS, le=limits.MONTHS)] = 60
    dialogue: bool = False
    officer: bool = False


class Advance(FromPage):
    """The half year that was decided about is played."""

    turn: Annotated[int, Meta(ge=0, le=limits.MONTHS)]


class Reopen(FromPage):
    """The saved run of a class is played again."""

    file: Annotated[str, Meta(max_length=limits.CLASS_FILE)]


class Poll(FromPage):
    """The class bets on a scene."""

    scene: Word


class Reveal(FromPage):
    """The bets are compared with the lecturer's run of their scene."""


class Dismiss(FromPage):
    """Bets and board are put away; everybody keeps her seat."""


class Debrief(FromPage):
    """Ask what came of the class's board."""

    job: Name


OfStudents = Sit | Decide | Guess
OfLecturer = Convene | Advance | Reopen | Poll | Reveal | Dismiss
OfClass = OfStudents | OfLecturer
