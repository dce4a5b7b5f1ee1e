"""Changed copies of scenarios: what a change takes with it, and which are refused."""

from __future__ import annotations

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.scenario.scenario import load
from ccgsim.scenario.sections import HEADLINES
from tests.scenario.writing import faults, written


def test_a_changed_copy_leaves_the_first_as_it_was():
    before = load("site_a")
    after = before.with_(policy={"dialogue": 0.8}, months=60, calendar="none")
    assert (before.policy.dialogue, before.months, before.calendar) == (0.2, 140, "england")
    assert (after.policy.dialogue, after.months, after.calendar) == (0.8, 60, "none")
    assert after.policy.noise == before.policy.noise


def test_events_can_be_dropped_kept_and_replaced():
    world = load("vicious_circle")
    assert world.with_(events=[]).events == ()
    assert world.with_(policy={"noise": 0.1}).events == world.events
    assert world.with_(events=world.events[:1]).events == world.events[:1]


def test_another_network_size_keeps_list_size_and_practices_per_locality():
    site = load("site_a").overridden({"network_size": 60}).site
    assert (site.practices, site.population, site.localities, site.board) == (60, 600_000, 12, 13)
    assert load("site_a").with_(site={"practices": 15}).site.population == 150_000
    assert load("site_b").with_(site={"practices": 2}).site.localities == 1


def test_the_sites_own_network_size_changes_nothing():
    for name in ("site_a", "site_b", "site_c"):
        world = load(name)
        assert world.overridden({"network_size": world.site.practices}) == world


def test_what_the_same_call_sets_is_not_rescaled():
    site = load("site_a").overridden({"site.practices": 60, "site.population": 400_000, "site.localities": 3}).site
    assert (site.population, site.localities) == (400_000, 3)


def test_the_number_of_localities_can_be_held():
    assert load("site_a").with_(site={"practices": 60, "hold": "localities"}).site.localities == 6
    assert "site.localities" in faults(load("site_a").with_, site={"practices": 5, "hold": "localities"})


def test_a_file_that_states_practices_says_what_it_means(tmp_path):
    site = load(written(tmp_path, 'based_on = "site_a"\n[site]\npractices = 60')).site
    assert (site.population, site.localities) == (300_000, 6)


def test_a_network_too_large_for_its_list_size_is_refused():
    assert "network_size" in faults(load("site_a").overridden, {"network_size": 2000})


def test_every_headline_is_a_name_for_its_parameter():
    values = {"network_size": 40, "density": 0.5, "broker_exits": 2, "policy_uncertainty": 0.5}
    assert set(values) == set(HEADLINES)
    world = load("site_a").overridden(values)
    for headline, value in values.items():
        section, _, name = HEADLINES[headline].partition(".")
        assert getattr(getattr(world, section), name) == value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("density", 0.01),
        ("density", 0.97),
        ("density", "dense"),
        ("densty", 0.5),
        ("network_size", 0),
        ("network_size", 10**9),
        ("months", 0),
        ("months", -1),
        ("months", 1.5),
        ("broker_exits", 11.5),
        ("site.board", 0),
        ("site.board", 1),
        ("policy", 1),
        ("policy.", 1),
        ("", 1),
        ("ablation.size_free", True),
        ("calendar", "none"),
        ("title", "x"),
        ("events", []),
    ],
)
def test_an_override_that_cannot_be_names_its_key_as_it_was_given(key, value):
    assert set(faults(load("site_a").overridden, {key: value})) == {key}


def test_ablations_are_set_in_files_and_from_python_only(tmp_path):
    assert load(written(tmp_path, "[ablation]\nsize_free = true")).ablation.size_free
    assert load("site_a").with_(ablation={"fixed_u": 0.5}).ablation.fixed_u == 0.5


def test_an_unknown_section_is_named_with_the_nearest():
    with pytest.raises(Problems) as caught:
        load("site_a").with_(polcy={"dialogue": 0.8})
    assert caught.value.problems[0].suggestion == "policy"
