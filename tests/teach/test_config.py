"""Configurations: the same one gives the same run to the bit, in the page and from the exported file."""

from __future__ import annotations

import base64
import json

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccgsim import Problems, simulate
from ccgsim.scenario.scenario import load
from ccgsim.teach import actions, config, limits, sliders
from ccgsim.teach.config import Action, Config, WorldConfig
from ccgsim.teach.exports.toml import scenario_toml
from ccgsim.teach.lesson import scenes
from ccgsim.teach.worlds.lane import Lane
from ccgsim.teach.worlds.run import LessonRun
from teach.serving import short

DONE = (Action(4, "open_dialogue", 0.7), Action(9, "remove_broker", 1), Action(9, "pair"), Action(15, "announce", 0.2))


def played(configured: Config) -> LessonRun:
    run = LessonRun(configured)
    while run.month < configured.months:
        run.step()
    return run


def test_actions_given_on_the_way_reproduce_the_run_to_the_bit(tmp_path):
    live = LessonRun(short())
    for action in DONE:
        while live.month < action.month:
            live.step()
        live.act((1,), action)
    while live.month < 24:
        live.step()
    assert live.config == short(*DONE)
    again = played(live.config)
    assert [live.lanes[1].frame(m) for m in range(25)] == [again.lanes[1].frame(m) for m in range(25)]
    file = tmp_path / "lesson.toml"
    file.write_bytes(scenario_toml(live.config, 1))
    assert simulate(file, seed=3).series.equals(live.lanes[1].series)


def test_an_action_in_the_month_of_a_headline_exit_happens_in_the_order_of_the_file(tmp_path):
    configured = short(months=30, turnover__broker_exits=1)
    live = LessonRun(configured)
    while live.month < 24:
        live.step()
    live.act((1,), Action(24, "second_broker", 1.0))
    while live.month < 30:
        live.step()
    file = tmp_path / "lesson.toml"
    file.write_bytes(scenario_toml(live.config, 1))
    assert simulate(file, seed=3).series.equals(live.lanes[1].series)


def test_a_file_of_a_run_that_ends_before_its_scenarios_events_stands_alone(tmp_path):
    configured = Config(seed=2, months=18, worlds=(WorldConfig("vicious_circle", {"site.practices": 40}),))
    file = tmp_path / "short.toml"
    file.write_bytes(scenario_toml(configured, 0))
    assert load(file).based_on is None
    assert simulate(file, seed=2).series.equals(played(configured).lanes[0].series)


def test_an_action_in_the_past_cuts_both_worlds_back_and_changes_one():
    run = LessonRun(short())
    while run.month < 12:
        run.step()
    before = [[lane.frame(m) for m in range(13)] for lane in run.lanes]
    run.act((1,), Action(5, "motivate", 0.3))
    assert run.month == 5
    while run.month < 12:
        run.step()
    after = [[lane.frame(m) for m in range(13)] for lane in run.lanes]
    assert after[0] == before[0]
    assert after[1][:6] == before[1][:6]
    assert after[1][6:] != before[1][6:]


def test_an_action_ahead_of_the_run_is_refused_and_nothing_is_kept():
    run = LessonRun(short())
    with pytest.raises(Problems, match="lies ahead"):
        run.act((0,), Action(3, "announce"))
    assert run.config == short()


def test_the_same_seed_and_settings_in_a_and_b_give_the_same_world():
    twin = WorldConfig("vicious_circle", {"policy.dialogue": 0.4})
    run = played(Config(seed=1, months=12, worlds=(twin, twin)))
    assert run.lanes[0].series.equals(run.lanes[1].series)


def test_watching_does_not_change_the_run():
    run = played(Config(seed=5, months=24, worlds=(WorldConfig("vicious_circle"),)))
    assert run.lanes[0].series.equals(simulate("vicious_circle", 5, 24).series)


def test_all_faults_are_told_at_once_with_their_places():
    bad = WorldConfig("vicious_circl", {}, ())
    worse = WorldConfig(
        "site_a",
        {"policy.dialog": 1.0, "policy.dialogue": 7.0},
        (Action(60, "announce", 3.0), Action(0, "anounce"), Action(1, "close_pct", 1.0)),
    )
    with pytest.raises(Problems) as refused:
        config.scenarios_of(Config(seed=1, months=24, worlds=(bad, worse)))
    told = {problem.key: problem for problem in refused.value.problems}
    assert told["worlds[0].scenario"].suggestion == "vicious_circle"
    assert told["worlds[1].settings.policy.dialog"].suggestion == "policy.dialogue"
    assert told.keys() >= {
        "worlds[1].settings.policy.dialogue",
        "worlds[1].actions[0].value",
        "worlds[1].actions[0].month",
    }
    assert told["worlds[1].actions[1].action"].suggestion == "announce"
    assert told["worlds[1].actions[2].value"].rule == "this action takes no value"


def test_a_world_of_too_many_people_is_refused_and_the_largest_of_the_slider_fits():
    largest = {"site.practices": sliders.SLIDERS["site.practices"].high}
    run = LessonRun(Config(seed=1, months=12, worlds=(WorldConfig("vicious_circle", largest),)))
    assert 300 < len(run.lanes[0].names) <= limits.AGENTS
    with pytest.raises(Problems, match="at most 400"):
        Lane(load("vicious_circle").overridden({"network_size": 400}), 1)


def test_every_slider_lies_inside_its_declaration_and_takes_every_value_it_shows():
    for name, slider in sliders.SLIDERS.items():
        declared = sliders.quantity_of(name)
        assert declared.low <= slider.low < slider.high <= declared.high, name
        assert sliders.setting_fault(name, slider.low) == sliders.setting_fault(name, slider.high) == ""
        assert sliders.setting_fault(name, slider.high + slider.step) != ""


@pytest.mark.parametrize("name", actions.ACTIONS)
def test_every_action_is_an_event_of_the_model_that_can_happen(name):
    run = LessonRun(Config(seed=3, months=12, worlds=(WorldConfig("site_b"),)))
    before = LessonRun(run.config)
    run.act((0,), Action(0, name))
    for each in (run, before):
        each.step()
    assert len(run.lanes[0].scenario.events) == 1
    changed = run.lanes[0].frame(1) != before.lanes[0].frame(1)
    hidden = ("backfill", "pressure", "motivate", "pay", "feedback", "support", "open_dialogue")
    assert changed or name in hidden, "nothing of it is seen within a month"


def test_every_scene_and_preset_can_be_started():
    configured = [scene.config for scene in scenes.SCENES] + [preset[2] for preset in scenes.PRESETS.values()]
    for each in configured:
        assert len(config.scenarios_of(each)) == len(each.worlds)


def test_the_link_holds_the_whole_configuration():
    configured = short(*DONE, policy__dialogue=0.3)
    text = config.link(configured).removeprefix("#c=")
    back = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    assert msgspec.convert(json.loads(back), Config) == configured


number = st.floats(allow_nan=False, allow_infinity=False)
words = st.sampled_from([*sliders.SLIDERS, *actions.ACTIONS, "x", "../../etc/passwd", "vicious_circle", "site_a"])


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(
    st.builds(
        Config,
        seed=st.integers(0, 9),
        months=st.integers(12, 240),
        worlds=st.lists(
            st.builds(
                WorldConfig,
                scenario=words,
                settings=st.dictionaries(words, number, max_size=3),
                actions=st.lists(
                    st.builds(Action, month=st.integers(0, 240), action=words, value=st.none() | number), max_size=3
                ).map(tuple),
            ),
            min_size=1,
            max_size=2,
        ).map(tuple),
    )
)
def test_any_configuration_stands_for_scenarios_or_is_refused_with_reasons(configured):
    try:
        made = config.scenarios_of(configured)
    except Problems as refused:
        assert refused.problems
        assert all(problem.rule for problem in refused.problems)
    else:
        assert all(scenario.months == configured.months for scenario in made)
