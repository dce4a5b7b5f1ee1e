"""A density that is accepted is held: the board stays near it, whatever the density and the size of the board."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ccgsim import Problems, load
from ccgsim.course import Course
from ccgsim.processes.ties.fading import Ties
from ccgsim.run import under_way
from ccgsim.scenario.checks import MOST_CAPACITY_ON_BOARD
from ccgsim.scenario.scenario import Scenario

TOLERANCE = 0.08  # that of the pattern of densities (P1)
SEEDS = 30  # ten stray by another .04 through luck alone
BOARDS = (22, 30, 45, 60)


def highest(board: int) -> float:
    """The highest density, in hundredths, that leaves members of a board some of their capacity for others."""
    ties = Ties()
    return math.floor(100 * MOST_CAPACITY_ON_BOARD * ties.capacity / (ties.board_weight * (board - 1))) / 100


LARGE = [(board, highest(board)) for board in BOARDS]


def farthest_from_start(scenario: Scenario, months: int) -> float:
    """How far the mean density over the seeds strays from its start within so many months."""
    paths = np.zeros((SEEDS, months + 1))
    for seed, path in enumerate(paths):
        course = Course(scenario, seed)
        for month in under_way(course, months):
            path[month] = course.world.ccgs.density[0]
    mean = paths.mean(axis=0)
    return float(np.abs(mean - mean[0]).max())


@pytest.mark.slow
@pytest.mark.parametrize("calendar", ["none", "england"])
@pytest.mark.parametrize("density", [0.08, 0.15, 0.3, 0.5, 0.7, 0.9, 0.95])
def test_the_board_of_site_a_holds_every_density_that_is_accepted(density, calendar):
    assert farthest_from_start(load("site_a").with_(site={"density": density}, calendar=calendar), 24) <= TOLERANCE


@pytest.mark.slow
@pytest.mark.parametrize("calendar", ["none", "england"])
@pytest.mark.parametrize(("board", "density"), LARGE)
def test_a_large_board_holds_the_highest_density_that_is_accepted(board, density, calendar):
    world = load("site_a").with_(site={"board": board, "density": density}, calendar=calendar)
    assert farthest_from_start(world, 24) <= TOLERANCE


@pytest.mark.parametrize("density", [0.08, 0.95])
def test_the_least_and_the_highest_density_of_site_a_are_held_for_a_year(density):
    assert farthest_from_start(load("site_a").with_(site={"density": density}), 12) <= TOLERANCE


@pytest.mark.parametrize(("board", "density"), LARGE)
def test_a_density_that_asks_for_too_many_advisers_is_refused(board, density):
    with pytest.raises(Problems, match=r"site.density = .*cannot be held by a board of .* at most 0\.\d+"):
        load("site_a").with_(site={"board": board, "density": density + 0.02})


def test_a_smaller_capacity_leaves_room_for_fewer_advisers_on_the_board():
    least = 12 * 0.737 * Ties().board_weight / MOST_CAPACITY_ON_BOARD
    assert load("site_a").with_(ties={"capacity": least + 0.01})
    with pytest.raises(Problems, match=r"ties\.capacity"):
        load("site_a").with_(ties={"capacity": least - 0.01})


def test_a_density_below_one_tie_a_member_is_refused():
    with pytest.raises(Problems, match=r"in pieces; at least 0.077"):
        load("site_a").with_(site={"density": 0.07})
