"""The class is the board: what some GPs of one district give, and how much its accountable officer lets managers
decide, the class says each half year; the model plays the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta, Struct

from ccgsim.course import Course, Step
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.problems import fault_at, refuse
from ccgsim.processes import stepping_in
from ccgsim.processes.engagement import peers_of
from ccgsim.teach import limits
from ccgsim.teach.config import Config, WorldConfig, scenario_of
from ccgsim.teach.lesson.play.chair import sits
from ccgsim.teach.worlds.people import names_of
from ccgsim.world.state import World

HALF_YEAR = 6
WORLD, DIALOGUE = "vicious_circle", "policy.dialogue"
OPENED = 0.8  # dialogue, where it is opened
# What a GP of the class sees of her district before she decides: shares, by name.
SEEN = {
    "given": ("You give", "Of the time that you could give to commissioning"),
    "heard": ("You are heard", "Share of what you say that decisions follow"),
    "waiting": ("Policy is unclear", "While it is, it may pay to wait"),
    "peers": ("Your peers give", "Of their time: the GPs whom you talk with"),
}
# What the accountable officer sees: the system, and of the GPs only what managers watch.
OFFICER_SEES = {
    "held": ("Managers take", "Share of the decisions of this district"),
    "watched": ("GPs give", "Of their time, on average; those on the board count for more"),
    "called": ("You are pressed to take", "What managers in your place would take: more the less GPs give"),
    "waiting": ("Policy is unclear", "As this district sees it"),
}
OFFICER = -1  # stands where a GP's key stands: the accountable officer, whoever holds the office
View = dict[str, float]
Given = dict[int, float]  # what a GP gives; of the officer, the share of decisions that managers take
Key = Annotated[int, Meta(ge=OFFICER, le=2**62)]
Share = Annotated[float, Meta(ge=0, le=1)]


class ClassFile(Struct, forbid_unknown_fields=True, kw_only=True):
    """A class's run: the district, and what was decided for whom by half year. No names of students."""

    schema: Literal[1] = 1
    game: Literal["class"] = "class"
    ccgsim: Annotated[str, Meta(max_length=40)] = ""
    config: Config
    given: Annotated[tuple[dict[Key, Share], ...], Meta(max_length=limits.MONTHS // HALF_YEAR)]


def district(seed: int, months: int, dialogue: bool) -> Config:
    """The district of a class, with or without dialogue from the start."""
    settings = {DIALOGUE: OPENED} if dialogue else {}
    return Config(scene="class", seed=seed, months=months, worlds=(WorldConfig(WORLD, settings),))


def again(config: Config) -> Config:
    """The same district with one thing changed: dialogue, open or not."""
    return district(config.seed, config.months, DIALOGUE not in config.worlds[0].settings)


class Board:
    """One district under way. Raises Problems for a faulty configuration."""

    def __init__(self, config: Config, given: Sequence[Mapping[int, float]] = ()) -> None:
        self.config = config
        self.given: list[Given] = [dict(turn) for turn in given] or [{}]
        self.course = Course(scenario_of(config, 0), config.seed, (sits(self._gps_give), _holds(self._held_in)))
        people, names = self.course.world.actors, names_of(self.course.world)
        keys = np.sort(people.key[(people.kind == v.GP) & (people.active == 1)])
        self.gps = {int(key): names[int(key)] for key in keys}
        self.participation: list[np.ndarray] = []  # of `gps`, by month
        self.control: list[float] = []
        self.saw: list[dict[int, View]] = []  # by half year
        self._note()
        self.saw.append(self._views())

    @property
    def month(self) -> int:
        """Months simulated so far."""
        return self.course.world.month

    @property
    def turn(self) -> int:
        """The half year that is decided about, from 0."""
        return self.month // HALF_YEAR

    @property
    def turns(self) -> int:
        """How many half years there are; the last may be shorter."""
        return -(-self.config.months // HALF_YEAR)

    @property
    def over(self) -> bool:
        """Whether the last month has been simulated."""
        return self.month >= self.config.months

    @property
    def dialogue(self) -> bool:
        """Whether dialogue is open from the start."""
        return DIALOGUE in self.config.worlds[0].settings

    @property
    def played(self) -> list[int]:
        """Keys of GPs for whom the class decided at least once."""
        return sorted({key for turn in self.given for key in turn} & self.gps.keys())

    @property
    def held(self) -> list[float | None]:
        """The share of decisions that the class's officer let managers take by half year; None: the model decided."""
        return [turn.get(OFFICER) for turn in self.given[: self.turns]]

    def bounds(self, key: int) -> tuple[float, float]:
        """Least and most that can be decided: a GP's whole time; what managers may take by the model's rule."""
        rule = self.course.world.rules[0].stepping_in
        return (float(rule.low), float(rule.high)) if key == OFFICER else (0.0, 1.0)

    @property
    def decided(self) -> Given:
        """What has been decided about this half year."""
        return self.given[self.turn] if self.turn < len(self.given) else {}

    def due(self, turn: int) -> None:
        """Raises Problems unless this half year is the one that comes."""
        if self.over:
            raise refuse("turn", turn, "the class has played to the end")
        if turn != self.turn:
            raise refuse("turn", turn, "this half year is over" if turn < self.turn else "this half year lies ahead")

    def decide(self, key: int, turn: int, give: float) -> None:
        """Decide for a GP or the officer in the half year that comes; raises Problems if it is another, or nobody."""
        self.due(turn)
        if key != OFFICER and key not in self.gps:
            raise refuse("gp", key, "no GP of this district has the key")
        low, high = self.bounds(key)
        if not low <= give <= high:
            raise refuse("give", give, f"lies outside {low:g} to {high:g}")
        self.decided[key] = float(give)

    def play(self) -> None:
        """Simulate a half year. Who did not decide is played by the model."""
        goal = min(self.month + HALF_YEAR, self.config.months)
        while self.month < goal:
            self.course.step()
            self._note()
        if len(self.given) == self.turn and not self.over:
            self.given.append({})
        self.saw.append(self._views())

    def to_the_end(self) -> Board:
        """The same board with every half year played that is left."""
        while not self.over:
            self.play()
        return self

    def path(self, keys: Iterable[int]) -> list[float]:
        """What these GPs give on average, by month."""
        places = [place for place, key in enumerate(self.gps) if key in set(keys)]
        return [float(row[places].mean()) for row in self.participation] if places else []

    def saved(self) -> bytes:
        """The run as a file, from which it can be played again to the byte."""
        given = tuple(dict(sorted(turn.items())) for turn in self.given)
        ran = ClassFile(ccgsim=version("ccgsim"), config=self.config, given=given)
        return msgspec.json.format(msgspec.json.encode(ran), indent=1) + b"\n"

    def _decided_in(self, month: int) -> Given:
        turn = (month - 1) // HALF_YEAR
        return self.given[turn] if turn < len(self.given) else {}

    def _gps_give(self, month: int) -> Given:
        return {key: given for key, given in self._decided_in(month).items() if key != OFFICER}

    def _held_in(self, month: int) -> float | None:
        return self._decided_in(month).get(OFFICER)

    def _note(self) -> None:
        """Record the month."""
        world = self.course.world
        rows = world.rows_of(np.array(list(self.gps)))
        self.participation.append(np.array(world.actors.participation[rows]))
        self.control.append(float(world.ccgs.manager_control[0]))

    def _views(self) -> dict[int, View]:
        """What each GP sees now, and the officer."""
        world, found = self.course.world, {OFFICER: seen_by_officer(self.course.world)}
        for key in self.gps:
            row = world.row_of(key)
            me = world.actors[row]
            found[key] = {
                "given": float(me.participation),
                "heard": float(me.heard),
                "waiting": float(world.ccgs.uncertainty_seen[0]),
                "peers": float(peers_of(row, world.actors, world.contacts, world.localities)),
            }
        return found


def _holds(decided: Callable[[int], float | None]) -> Step:
    """A step of the month after which managers take the share of decisions that the officer chose for it."""

    def act(world: World) -> None:
        held = decided(world.month + 1)
        if held is not None:
            world.ccgs.manager_control[0] = held

    return Step("the_officer_decides", act, after="stepping_in")


def seen_by_officer(world: World) -> View:
    """What the accountable officer sees now."""
    here, nation, rule = world.ccgs[0], world.nation[0], world.rules[0].stepping_in
    pressed = stepping_in.pressure_to_step_in(
        here.inherited, here.strain, nation.uncertainty, nation.grip, here.standing, rule
    )
    called = stepping_in.control_called_for(
        here.engagement, pressed, rule.steepness, rule.tolerance, rule.low, rule.high
    )
    return {
        "held": float(here.manager_control),
        "watched": float(here.engagement),
        "called": float(called),
        "waiting": float(here.uncertainty_seen),
    }


def opened(text: str) -> Board:
    """The board of a saved file, played to its end; raises Problems if it is none."""
    try:
        ran = msgspec.json.decode(text, type=ClassFile)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, OverflowError) as fault:
        rule = f"no class that this lesson saved ({str(fault)[:160]})"
        raise fault_at("", "file", "", rule) from None
    if len(ran.config.worlds) != 1:
        raise refuse("file", len(ran.config.worlds), "a class plays one world")
    board = Board(ran.config, ran.given)
    strangers = sorted({key for turn in ran.given for key in turn} - board.gps.keys() - {OFFICER})
    if strangers or len(ran.given) > board.turns:
        raise refuse("file", str(strangers[:3]), "does not fit its own district: a GP or a half year too many")
    low, high = board.bounds(OFFICER)
    if any(not low <= turn.get(OFFICER, low) <= high for turn in ran.given):
        raise refuse("file", "the officer's decisions", f"managers may take {low:g} to {high:g}")
    return board.to_the_end()
