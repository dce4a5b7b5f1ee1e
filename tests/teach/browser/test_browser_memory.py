"""Nothing of a student's is lost: reload, Back and Forward, links; and what cannot be opened is told."""

from __future__ import annotations

import base64
import json

import pytest

from ccgsim.teach.config import Config, WorldConfig, link, plain
from ccgsim.teach.lesson import scenes
from teach.browsing import month_of, ready, scene_of, scrub_to, tab, wait_for_month
from teach.serving import short

pytestmark = pytest.mark.slow
PRESSURE = scenes.SCENE["pressure"].config


def reload(page) -> None:
    page.reload()
    page.wait_for_selector("body[data-ready=true]")


def fragment(config: dict) -> str:
    """A link to any configuration, allowed or not."""
    return "#c=" + base64.urlsafe_b64encode(json.dumps(config).encode()).decode().rstrip("=")


def test_words_bets_scene_seed_and_month_survive_a_reload(page, home):
    ready(page, home + link(PRESSURE))
    page.click("[data-bet=same]")
    scrub_to(page, 30)
    reload(page)
    assert (scene_of(page), month_of(page)) == ("pressure", 30)
    assert page.get_attribute("[data-bet=same]", "aria-pressed") == "true"
    page.goto(home + link(scenes.SCENE["own_words"].config))
    page.fill("#own-words", "Because nobody listened.")
    reload(page)
    assert page.input_value("#own-words") == "Because nobody listened."
    page.goto("about:blank")
    page.goto(home)
    page.wait_for_selector("body[data-ready=true][data-scene=own_words]")


def test_choices_in_her_chair_survive_a_reload_and_not_a_reset(page, home):
    ready(page, home)
    page.click("[data-choice=less]")
    wait_for_month(page, 6)
    page.wait_for_selector("#consequences")
    before = page.inner_text(".score")
    reload(page)
    page.wait_for_selector("#consequences")
    assert page.inner_text(".score") == before
    page.click("#reset")
    page.wait_for_selector("body[data-month='0']")
    page.wait_for_selector("#consequences", state="detached")


def test_space_plays_to_the_next_choice_and_no_further(page, home):
    ready(page, home)
    page.select_option("#speed", "48")
    page.evaluate("document.activeElement.blur()")
    for month in (6, 12):
        page.keyboard.press("Space")
        wait_for_month(page, month)
        page.wait_for_selector("#play:text('Play')")
        assert month_of(page) == month


def test_back_and_forward_go_through_the_scenes(page, home):
    ready(page, home)
    for run, scene in ((2, "network"), (3, "loop")):
        page.click("#scene-next")
        page.wait_for_selector(f"body[data-scene={scene}][data-run='{run}']")
    page.go_back()
    page.wait_for_selector("body[data-scene=network][data-run='4']")
    page.go_back()
    page.wait_for_selector("body[data-scene=one_gp][data-run='5']")
    page.go_forward()
    page.wait_for_selector("body[data-scene=network]")


def test_a_link_carries_the_run_and_nothing_of_the_student(browser, page, home):
    ready(page, home + link(PRESSURE))
    page.click("[data-bet=same]")
    page.click("#new-seed")
    page.wait_for_function("() => document.body.dataset.run === '2'")
    address = page.url
    with tab(browser, home) as other:
        ready(other, address)
        assert other.inner_text("#seed") == page.inner_text("#seed")
        assert other.get_attribute("[data-bet=same]", "aria-pressed") == "false"


def test_one_button_clears_what_was_kept(page, home):
    ready(page, home + link(scenes.SCENE["own_words"].config))
    page.fill("#own-words", "Mine")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#tools summary")
    page.click("#forget")
    page.wait_for_selector("body[data-scene=one_gp]")
    reload(page)
    assert "Mine" not in page.evaluate("JSON.stringify(localStorage)")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (fragment({**plain(short()), "months": 9999}), "must be at most 240"),
        (link(Config(seed=1, months=24, worlds=(WorldConfig("vicious_circle", {"policy.dialogue": 7.0}),))), "7"),
        ("#c=bm90IGEgbGluaw", "cannot be read"),
    ],
    ids=["months", "setting", "unreadable"],
)
def test_a_link_that_cannot_be_opened_is_told_and_the_lesson_offered(page, home, address, told):
    page.goto(home + address)
    page.get_by_text(told).first.wait_for()
    page.click("text=Begin with scene 1")
    page.wait_for_selector("body[data-ready=true][data-scene=one_gp]")


def test_a_bad_link_opened_later_leaves_the_run_as_it_was(page, home):
    ready(page, home + link(PRESSURE))
    bad = fragment({**plain(short()), "months": 9999})
    page.evaluate("hash => { location.hash = hash; }", bad)
    page.get_by_text("must be at most 240").wait_for()
    assert scene_of(page) == "pressure"
    page.click("#scene-next")
    page.wait_for_selector("body[data-scene=when]")
