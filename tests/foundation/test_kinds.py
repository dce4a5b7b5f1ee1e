"""Every kind of agent has every answer: in its one table, in the rules, among the classes, and on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import ccgsim
from ccgsim.foundation import kinds
from ccgsim.foundation import vocabulary as v
from ccgsim.processes.engagement import others_take_part
from ccgsim.world.population import KINDS_BITS, PLACE_BITS
from tests.worlds import made, person

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "ccgsim" / "teach" / "web" / "src"


def without(name: str) -> Mapping[str, kinds.Kind]:
    return {each: kind for each, kind in kinds.TABLE.items() if each != name}


@pytest.mark.parametrize("name", v.KINDS)
def test_a_kind_that_is_forgotten_is_told_at_import(name):
    with pytest.raises(ValueError, match="KINDS names"):
        kinds.holders(without(name))


def test_a_role_without_a_kind_or_with_two_is_told_at_import():
    nurse = kinds.TABLE["Nurse"]
    for roles in ((), (v.NURSE_SEAT, v.CHAIR)):
        with pytest.raises(ValueError, match="a role of one kind"):
            kinds.holders({**kinds.TABLE, "Nurse": replace(nurse, roles=roles)})


def test_every_rule_of_participation_has_its_equation():
    for kind in np.flatnonzero(kinds.TAKES_PART != kinds.CHOOSES):
        w = made([person(int(kind))]).world
        given = others_take_part(w.actors[0], w.ccgs[0], 0.0, 1, w.rules[0].engagement)
        assert 0 <= given <= 1, v.KINDS[kind]


@pytest.mark.parametrize("name", v.KINDS)
def test_what_a_kind_is_fits_the_vocabulary(name):
    kind = kinds.TABLE[name]
    assert len(kind.priorities) == len(v.PRIORITIES) and sum(kind.priorities) == pytest.approx(1)
    assert len(kind.logic) == len(v.LOGICS) and sum(kind.logic) == pytest.approx(1)
    assert set(kind.brings) <= set(range(len(v.DOMAINS))) and kind.called and kind.band


def test_kinds_fit_into_the_keys_of_actors_and_around_the_board():
    assert len(v.KINDS) <= 1 << (KINDS_BITS - PLACE_BITS)
    assert sorted(kind.place for kind in kinds.KINDS) == list(range(len(v.KINDS)))


@pytest.mark.parametrize("name", v.KINDS)
def test_users_find_every_kind_and_read_of_it(name):
    assert getattr(ccgsim, name).__name__ == name and name in ccgsim.__all__
    assert f"`{name}`" in (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")


def test_the_page_knows_every_kind_by_the_same_shape():
    shapes = (PAGE / "network/drawing/shapes.ts").read_text()
    looks = re.findall(r'^  (\w+): \{ letter: .*shape: "(\w+)" \}', shapes, re.M)
    assert dict(looks) == {name: kind.shape for name, kind in kinds.TABLE.items()}
    stated = re.search(r"export type KindName = (.*);", (PAGE / "model/types.ts").read_text())
    assert stated is not None and tuple(re.findall(r'"(\w+)"', stated.group(1))) == v.KINDS
