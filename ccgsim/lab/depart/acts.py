"""A member leaves, and what may ease it: acts upon a course of the world, each in its month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ccgsim.course import Course, Step
from ccgsim.foundation import tables
from ccgsim.world import happenings, seats
from ccgsim.world.state import World

LEAD = 6  # months before the departure in which a second broker is built up
SHARE = 0.5  # of her outside advisers and of her reach that the second broker takes up
DIALOGUE = 0.8  # two-way dialogue with policy bodies from the month of the departure on
PLAIN = "none"


@dataclass
class Departure:
    """One member, by key, leaves her seat at the beginning of a month; before it, whoever left by herself is gone."""

    key: int
    month: int
    seat: int = -1
    left: tables.Table = field(default_factory=lambda: tables.new(tables.PARKED, 0))  # the ties that she leaves

    def leave(self, world: World) -> None:
        """In her month: her seat is vacant, and its ties wait for a successor."""
        row = world.row_of(self.key)
        if world.month == self.month and world.actors.board[row] == 1:
            self.seat = int(world.actors.seat[row])
            seats.vacate(world, np.array([self.seat]))
            self.left = tables.as_table(world.parked[world.parked.seat == self.seat])

    def leave_to_a_quick_successor(self, world: World) -> None:
        """The same, and the seat may be filled from the next month on."""
        self.leave(world)
        if world.month == self.month and self.seat >= 0:
            world.seats.fill_month[self.seat] = self.month + 1

    def leave_into_dialogue(self, world: World) -> None:
        """The same, and from now on policy bodies listen."""
        self.leave(world)
        if world.month == self.month:
            happenings.set_parameters(world, {"policy.dialogue": DIALOGUE})

    def hand_over(self, world: World) -> None:
        """Whoever follows takes up all the ties that she left, at half strength."""
        if self.seat >= 0 and len(self.left) and world.seats.holder[self.seat] >= 0:
            heir = np.full(len(self.left), int(world.seats.holder[self.seat]))
            seeks, other = self.left.advises == 1, self.left.other_key
            seats.add_ties(world, np.where(seeks, heir, other), np.where(seeks, other, heir), self.left.strength / 2)
            self.left = tables.as_table(self.left[:0])


def plain(course: Course, departure: Departure) -> None:
    """She leaves, and nothing is done about it."""
    course.add(Step("departure", departure.leave, after="happenings"))


def second_broker(course: Course, departure: Departure) -> None:
    """Beforehand, from this month on, another member takes up half of her outside advisers and of her reach."""
    happenings.second_broker_for(course.world, departure.key, SHARE)
    plain(course, departure)


def handover(course: Course, departure: Departure) -> None:
    """She hands her ties over to whoever follows."""
    plain(course, departure)
    course.add(Step("handover", departure.hand_over, after="turnover"))


def quick_successor(course: Course, departure: Departure) -> None:
    """Her seat is filled in the month after."""
    course.add(Step("departure", departure.leave_to_a_quick_successor, after="happenings"))


def dialogue(course: Course, departure: Departure) -> None:
    """Policy bodies listen from her departure on."""
    course.add(Step("departure", departure.leave_into_dialogue, after="happenings"))


Act = Callable[[Course, Departure], None]
# What is done, and the month before the departure in which it begins.
EASES: dict[str, tuple[Act, int]] = {
    "second broker": (second_broker, LEAD),
    "handover": (handover, 0),
    "quick successor": (quick_successor, 0),
    "dialogue": (dialogue, 0),
}
WAYS: dict[str, tuple[Act, int]] = {PLAIN: (plain, 0), **EASES}
