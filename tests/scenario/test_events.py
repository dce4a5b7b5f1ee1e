"""Dated events of scenarios: each is kept as written, or refused."""

from __future__ import annotations

import pytest

from ccgsim.scenario.events import LEVERS, Event
from ccgsim.scenario.scenario import load
from tests.scenario.writing import event_faults, file_faults


@pytest.mark.parametrize(
    "event",
    [
        {"month": 0, "set": {"policy.dialogue": 0.8, "redesign.slots": 3}},
        {"month": 24, "broker_exit": 2},
        {"month": 24, "abolish_pct": True},
        {"month": 139, "announce": -0.25},
        {"month": 1, "remove_tie": {"source": 3, "target": 4}},
        {"month": 1, "add_tie": {"source": 3, "target": 4}},
        {"month": 1, "remove_seat": {"role": "chair", "kind": "GP"}},
        {"month": 1, "add_seat": {"role": "secondary-care doctor", "kind": "Provider"}},
        {"month": 36, "lower_participation": {"of": "top_quartile", "by": 0.15}},
        {"month": 2, "lever": {"name": "coaching", "value": 1.5, "count": 2}},
        {"month": 2, "lever": {"name": "alliance", "pathway": "mental health", "months": 24}},
        {"month": 2, "lever": {"name": "shortage", "sector": "ambulance", "value": 0.5}},
        {"month": 2, "lever": {"name": "opt_in"}},
        {
            "month": 6,
            "begin_project": {"pathway": "dermatology", "origin": "data", "locality": 2, "arena": "live"},
        },
        {"month": 60, "withdraw_funding": {"pathway": "mental health"}},
    ],
)
def test_an_event_is_kept_as_it_was_written(event):
    (kept,) = load("site_a").with_(events=[event]).events
    assert kept.as_table() == event


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if lever.sets])
def test_a_lever_that_is_a_parameter_sets_it(name):
    (event,) = load("site_a").with_(events=[{"month": 3, "lever": {"name": name, "value": 0.1}}]).events
    assert event == Event(3, "set", {LEVERS[name].sets: 0.1})


def test_levers_have_their_defaults():
    world = load("site_a")
    for name, rest in (("second_broker", {"share": 0.5}), ("nurse_seat", {"count": 1})):
        (event,) = world.with_(events=[{"month": 0, "lever": {"name": name}}]).events
        assert event.value == {"name": name, **rest}


@pytest.mark.parametrize(
    ("event", "key"),
    [
        ({"month": 3}, " (month 3)"),
        ({"announce": 0.1}, ", month"),
        ({"month": -1, "announce": 0.1}, ", month"),
        ({"month": 1.5, "announce": 0.1}, ", month"),
        ({"month": True, "announce": 0.1}, ", month"),
        ({"month": 3, "announce": 0.1, "broker_exit": 1}, " (month 3)"),
        ({"month": 3, "anounce": 0.1}, " (month 3), anounce"),
        ({"month": 3, "announce": float("nan")}, " (month 3), announce"),
        ({"month": 3, "broker_exit": 0}, " (month 3), broker_exit"),
        ({"month": 3, "abolish_pct": False}, " (month 3), abolish_pct"),
        ({"month": 3, "set": {}}, " (month 3), set"),
        ({"month": 3, "set": {"policy.dialog": 0.1}}, " (month 3), set.policy.dialog"),
        ({"month": 3, "set": {"policy.dialogue": 2}}, " (month 3), set.policy.dialogue"),
        ({"month": 3, "set": {"policy.dialogue": "high"}}, " (month 3), set.policy.dialogue"),
        ({"month": 3, "set": {"site.board": 12}}, " (month 3), set.site.board"),
        ({"month": 3, "set": {"site.density": 0.5}}, " (month 3), set.site.density"),
        ({"month": 3, "set": {"people.brokerage_sd": 0.5}}, " (month 3), set.people.brokerage_sd"),
        ({"month": 3, "set": {"ablation.size_free": True}}, " (month 3), set.ablation.size_free"),
        ({"month": 3, "set": {"policy": {"dialogue": 0.1}}}, " (month 3), set.policy"),
        ({"month": 3, "lever": {"name": "coachng"}}, " (month 3), lever.name"),
        ({"month": 3, "lever": {"name": "coaching", "value": 1}}, " (month 3), lever.count"),
        ({"month": 3, "lever": {"name": "dialogue"}}, " (month 3), lever.value"),
        ({"month": 3, "lever": {"name": "opt_in", "value": 1}}, " (month 3), lever.value"),
        ({"month": 3, "lever": {"name": "shortage", "sector": "none", "value": 0.5}}, " (month 3), lever.sector"),
        ({"month": 3, "add_tie": {"source": 3, "target": 3}}, " (month 3), add_tie"),
        ({"month": 3, "add_tie": {"source": 3}}, " (month 3), add_tie.target"),
        ({"month": 3, "add_seat": {"role": "king", "kind": "GP"}}, " (month 3), add_seat.role"),
        ({"month": 3, "add_seat": {"role": "chair", "kind": "Robot"}}, " (month 3), add_seat.kind"),
        ({"month": 3, "lower_participation": {"of": "all", "by": 0.1}}, " (month 3), lower_participation.of"),
        ("announce", ""),
    ],
)
def test_an_event_that_cannot_be_is_refused(event, key):
    assert set(event_faults(event)) == {f"event 1{key}"}


@pytest.mark.parametrize("month", [140, 500])
def test_an_event_after_the_end_is_refused(month):
    assert "months 0 to 139" in event_faults({"month": month, "announce": 0.1})[f"event 1 (month {month}), month"]


def test_a_base_with_later_events_cannot_be_cut_short(tmp_path):
    told = file_faults(tmp_path, 'based_on = "vicious_circle"\nmonths = 20')
    assert set(told) == {f"event {n} of vicious_circle.toml (month {month}), month" for n, month in ((3, 20), (4, 24))}


def test_more_localities_than_practices_cannot_be_founded():
    assert "event 1 (month 3), lever.count" in event_faults({"month": 3, "lever": {"name": "localities", "count": 31}})


def test_broker_exits_fall_on_months_24_36_and_so_on():
    world = load("site_a").with_(turnover={"broker_exits": 3}, events=[{"month": 36, "announce": 0.1}])
    assert [(event.month, event.act) for event in world.timeline()] == [
        (24, "broker_exit"),
        (36, "announce"),
        (36, "broker_exit"),
        (48, "broker_exit"),
    ]
    assert len(world.timeline(36)) == 1 and len(world.left_out(36)) == 3
