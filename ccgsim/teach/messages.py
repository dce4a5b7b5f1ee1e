"""Messages from the page: structs without unknown fields; an invalid message is a Problem, never a crash."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from ccgsim.foundation.problems import Problem, Problems, fault_at, shown
from ccgsim.teach import limits
from ccgsim.teach.class_messages import Debrief, FromPage, OfClass
from ccgsim.teach.config import SEED, Config, Month, Name, Seed, Share, Word

World = Annotated[int, Meta(ge=0, le=1)]
Sentence = Annotated[str, Meta(max_length=300)]


class Hello(FromPage):
    """The first message: the page's protocol, and the token of an earlier run."""

    protocol: int
    token: Annotated[str, Meta(max_length=80)] = ""


class Start(FromPage):
    """Start the run of a configuration."""

    config: Config


class Step(FromPage):
    """Simulate more months."""

    months: Annotated[int, Meta(ge=1, le=limits.STEP)] = 1


class Goto(FromPage):
    """Show a month, simulating up to it if necessary."""

    month: Month


class Frames(FromPage):
    """Send frames of simulated months again."""

    first: Month
    last: Month


class Act(FromPage):
    """Apply an action to worlds, now or in an earlier month."""

    month: Month
    worlds: Annotated[tuple[World, ...], Meta(min_length=1, max_length=2)]
    action: Word
    value: float | None = None


class Look(FromPage):
    """Ask about one person."""

    world: World
    agent: Annotated[int, Meta(ge=0, le=2**62)]


class Loop(FromPage):
    """Ask for the fall of participation without each arrow of the circle."""

    world: World = 0
    job: Name = "loop"


class Tell(FromPage):
    """Ask what the scene says of the run so far."""


class Often(FromPage):
    """Ask how often the scene ends as it did, on more seeds."""

    job: Name


class When(FromPage):
    """Ask what help brings by the month in which it begins."""

    job: Name
    action: Literal["open_dialogue", "motivate"] = "open_dialogue"


class Solve(FromPage):
    """Ask for the line of the puzzle in this district, and what holds it."""

    job: Name


class Choose(FromPage):
    """Ask what comes of what you give in the chair of the GP whom the scene follows, by month from month 0."""

    given: Annotated[tuple[Share, ...], Meta(min_length=1, max_length=limits.MONTHS + 1)]


class Band(FromPage):
    """Ask for the same worlds on many seeds."""

    job: Name
    measure: Word = "participation"
    seeds: Annotated[int, Meta(ge=2, le=limits.SEEDS)] = 30


class Cancel(FromPage):
    """Stop a job."""

    job: Name


class Stories(FromPage):
    """Ask what managers and GPs blame, and what the model did."""

    job: Name
    world: World = 0


class Caption(Struct, forbid_unknown_fields=True):
    """Text that a replay shows from a month on."""

    month: Month
    text: Sentence


class Told(Struct, forbid_unknown_fields=True):
    """A bet for the worksheet: question, answer, and outcome ('' if not played)."""

    question: Sentence
    said: Sentence
    happened: Sentence = ""


What = Literal["csv", "toml", "png", "svg", "replay", "worksheet", "answers", "card", "guide", "moves"]


class Export(FromPage):
    """Ask for a file of the run."""

    what: What
    world: World = 0
    theme: Literal["light", "dark"] = "light"
    captions: Annotated[tuple[Caption, ...], Meta(max_length=40)] = ()
    words: Annotated[str, Meta(max_length=limits.WORDS)] = ""
    bets: Annotated[tuple[Told, ...], Meta(max_length=12)] = ()


class Play(FromPage):
    """Start the classroom game in a role."""

    role: Literal["chair", "officer"]
    seed: Seed = SEED
    pair: Word = ""


class Move(FromPage):
    """One turn of the game."""

    move: Name


class Classroom(FromPage):
    """Merge saved files of moves."""

    job: Name
    files: Annotated[
        tuple[Annotated[str, Meta(max_length=limits.FILE)], ...], Meta(min_length=1, max_length=limits.FILES)
    ]


Message = (
    Hello
    | Start
    | Step
    | Goto
    | Frames
    | Act
    | Look
    | Loop
    | Tell
    | Often
    | When
    | Solve
    | Choose
    | Band
    | Cancel
    | Stories
    | Export
    | Play
    | Move
    | Classroom
    | Debrief
    | OfClass
)
_DECODER = msgspec.json.Decoder(Message)


def read(text: str) -> Message:
    """The message in the text; raises Problems if it is invalid."""
    if len(text.encode("utf-8", "surrogatepass")) > limits.MESSAGE:
        raise fault_at("", "message", "", f"must not exceed {limits.MESSAGE:,} bytes")
    try:
        message: Message = _DECODER.decode(text)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeError, RecursionError, OverflowError) as fault:
        raise Problems([_in_words(str(fault), text)]) from None
    return message


_BOUND = re.compile(r"Expected `(?:int|float)` (<=|>=) (\S+) - at `\$\.?(.*)`")


def _in_words(fault: str, text: str) -> Problem:
    """A fault of a message; a number out of bounds is told by its name and bound."""
    if bound := _BOUND.fullmatch(fault):
        way, limit, key = bound.groups()
        return Problem("", key, "", f"must be at {'most' if way == '<=' else 'least'} {limit}")
    return Problem("", "message", shown(text), fault[:300])


def about(text: str) -> str:
    """The type stated in an invalid message, or ''."""
    try:
        found = msgspec.json.decode(text, type=_Claim)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, OverflowError):
        return ""
    return found.type[:40]


class _Claim(Struct):
    type: str = ""


def error(text: str, refused: Problems) -> dict[str, Any]:
    """The answer to a refused message."""
    return {"type": "error", "about": about(text), "problems": refused.as_json()}
