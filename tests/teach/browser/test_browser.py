"""The lesson in a real browser: by keyboard alone, with a deep link, from the disk, without a fault that axe finds."""

from __future__ import annotations

import base64
import json

import msgspec
import pytest

from ccgsim.teach.config import Action, Config, WorldConfig, link
from ccgsim.teach.exports import replay
from ccgsim.teach.exports.card import card_html
from ccgsim.teach.exports.worksheet import worksheet_html
from ccgsim.teach.lesson import scenes, verdicts, when
from ccgsim.teach.lesson.past import past_of
from ccgsim.teach.lesson.play import puzzle
from ccgsim.teach.messages import Caption
from ccgsim.teach.worlds.run import LessonRun
from teach.browsing import (
    AXE,
    FASTEST,
    axe_faults,
    month_of,
    press_on,
    ready,
    scene_of,
    scrub_to,
    tab,
    tab_to,
    wait_for_month,
)
from teach.serving import short

pytestmark = pytest.mark.slow
IDS = [scene.id for scene in scenes.SCENES]


def config_of(page) -> Config:
    """The configuration in the page's address."""
    text = page.url.split("#c=")[1]
    return msgspec.convert(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))), Config)


def play_to_the_end(page, month: int) -> None:
    """By keyboard: the highest speed, then play."""
    tab_to(page, "#speed")
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    assert page.input_value("#speed") == FASTEST
    press_on(page, "#play")
    wait_for_month(page, month)


def test_the_whole_lesson_by_keyboard(page, home):
    ready(page, home)
    passed = []
    for number, scene in enumerate(scenes.SCENES, start=1):
        page.wait_for_selector(f"body[data-scene={scene.id}][data-run='{number}']")
        passed.append(scene.id)
        assert page.inner_text("#scene-title")
        _take_part(page, scene)
        if scene.id != "sandbox":
            press_on(page, "#scene-next")
    assert passed == IDS


def _take_part(page, scene) -> None:
    """What a person does in a scene, with keys only."""
    if scene.id == "one_gp":
        press_on(page, "[data-choice=same]")
        wait_for_month(page, 6)
    elif scene.bet:
        page.keyboard.press("Space")
        assert month_of(page) == 0, "it played before the bet"
        bet, truth = f"[data-bet={scene.bet[0]}]", f"[data-bet={_true(scene.config)}]"
        press_on(page, bet)
        assert page.get_attribute(bet, "aria-pressed") == "true"
        play_to_the_end(page, scene.config.months)
        page.wait_for_selector(f"{truth} .said:text('what happens')")
        page.wait_for_selector("[data-often]")
    elif scene.goal is not None:
        best = puzzle.solved(scene.goal, scene.config).winners[0]
        scrub_to(page, scene.goal.at)
        for action in best.actions:
            press_on(page, f"[data-action={action}]")
        page.wait_for_selector("[data-action=feedback][disabled]")
        play_to_the_end(page, scene.goal.month)
        page.wait_for_selector(".state.won")
        page.get_by_text(puzzle.names(best.actions)).wait_for()
    elif scene.id == "own_words":
        tab_to(page, "#own-words")
        page.keyboard.type("Heard less, they believed less, and gave less.")
        assert "Heard less" in page.input_value("#own-words")
    else:
        tab_to(page, "#step")
        for month in (1, 2):
            page.keyboard.press("Enter")
            wait_for_month(page, month)


def _true(config: Config) -> str:
    """The option of a scene's bet that comes true."""
    if config.scene == "when":
        return when.curve(config, "open_dialogue", config.seed).outcome
    return verdicts.outcomes(config.scene, past_of(config, config.seed))


def test_an_action_enters_one_world_only_and_shows_its_effect(page, home):
    configured = Config(seed=2, months=24, worlds=(WorldConfig("site_a"), WorldConfig("site_a")))
    ready(page, home + link(configured))
    scrub_to(page, 12)
    page.click("#tab-act")
    page.click("[data-action=remove_broker][data-world='1']")
    page.wait_for_function("() => atob(location.hash.slice(3)).includes('remove_broker')")
    done = config_of(page)
    assert done.worlds[0].actions == ()
    assert [(a.month, a.action) for a in done.worlds[1].actions] == [(12, "remove_broker")]
    page.click("#step")
    wait_for_month(page, 13)
    run = LessonRun(done)
    while run.month < 13:
        run.step()
    ties = [lane.series["ties_outside"][13] for lane in run.lanes]
    assert ties[1] < ties[0]
    page.click("#twin-a summary")
    page.click("#twin-b summary")
    seated = [page.locator(f"#twin-{letter} tbody tr").count() for letter in "ab"]
    assert [len(lane.world.actors[lane.world.actors.active == 1]) for lane in run.lanes] == seated


def test_a_slider_moved_by_keyboard_changes_the_configuration(page, home):
    ready(page, home + link(Config(seed=2, months=24, worlds=(WorldConfig("vicious_circle"),))))
    tab_to(page, "[data-setting='policy.dialogue']")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => atob(location.hash.slice(3)).includes('policy.dialogue')")
    assert config_of(page).worlds[0].settings == {"policy.dialogue": pytest.approx(0.25)}


def test_a_deep_link_brings_back_the_very_run(browser, home):
    configured = short(Action(6, "open_dialogue", 0.8), months=24, stepping_in__inherited=0.2)
    run = LessonRun(configured)
    while run.month < 24:
        run.step()
    told = []
    for _ in range(2):
        with tab(browser, home) as page:
            ready(page, home + link(configured))
            scrub_to(page, 24)
            assert config_of(page) == configured
            told.append(page.inner_text(".caption"))
    assert told[0] == told[1]
    for lane in run.lanes:
        assert f"{round(100 * lane.series['participation'][24])}%" in told[0]


def test_scrubbing_back_and_reset_show_the_same_months(page, home):
    ready(page, home + link(short()))
    scrub_to(page, 10)
    before = page.inner_text(".caption")
    page.fill("#scrub", "4")
    page.wait_for_selector("body[data-month='4']")
    assert page.inner_text(".caption") != before
    page.click("#reset")
    page.wait_for_selector("body[data-month='0']")
    scrub_to(page, 10)
    assert page.inner_text(".caption") == before


def test_a_person_is_chosen_by_keyboard_and_told(page, home):
    ready(page, home + link(short()))
    scrub_to(page, 20)
    tab_to(page, "#world-a, #world-a *")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector("#agent-panel")
    assert page.inner_text("#agent-panel").strip()


def test_the_files_come_down(page, home):
    ready(page, home + link(short(months=12)))
    scrub_to(page, 12)
    page.click("#tools summary")
    for what, name in (("csv", "ccgsim-csv-seed3.csv"), ("replay", "ccgsim-replay-seed3.html")):
        with page.expect_download() as coming:
            page.click(f"[data-export={what}]")
        assert coming.value.suggested_filename == name


def test_bets_and_own_words_reach_the_worksheet(page, home):
    pressure = _scene("pressure")
    ready(page, home + link(pressure))
    page.click("[data-bet=b_higher]")
    scrub_to(page, pressure.months)
    page.wait_for_selector("text=what happens")
    page.click("#scene-next")
    page.wait_for_selector("body[data-scene=when]")
    page.click("[data-bet=no_month]")
    _go_on_to(page, "own_words")
    page.fill("#own-words", "Nobody <i>listened</i>.")
    with page.expect_popup() as coming:
        page.click("#print")
    paper = coming.value
    paper.wait_for_selector("blockquote")
    rows = [row.inner_text() for row in paper.locator("tbody tr").all()]
    run = LessonRun(pressure)
    while run.month < pressure.months:
        run.step()
    told = [round(100 * lane.series["participation"][pressure.months]) for lane in run.lanes]
    assert len(rows) == 2
    assert "More than in A" in rows[0]
    true = "Less than half of A" if 2 * told[1] < told[0] else "Less, but more than half of A"
    assert f"Otherwise: {true}" in rows[0]
    assert all(f"to {share}%" in rows[0] for share in told)
    assert "not played to the end" in rows[1]
    assert paper.inner_text("blockquote") == "Nobody <i>listened</i>."


def _go_on_to(page, scene: str) -> None:
    """Scene after scene up to that one."""
    while scene_of(page) != scene:
        before = scene_of(page)
        page.click("#scene-next")
        page.wait_for_function("was => document.body.dataset.scene !== was", arg=before)


def test_two_stories_are_told_of_a_run(page, home):
    ready(page, home + link(_scene("loop")))
    scrub_to(page, 40)
    page.click("#tools summary")
    page.click("#stories")
    dialog = page.locator("dialog[open]")
    dialog.get_by_text("what is the main obstacle", exact=False).first.wait_for()
    dialog.get_by_text("%").first.wait_for()
    page.keyboard.press("Escape")


def test_the_replay_opens_from_the_disk_and_scrubs(browser, tmp_path):
    run = LessonRun(short(Action(6, "open_dialogue", 0.8), months=24))
    while run.month < 24:
        run.step()
    file = tmp_path / "replay.html"
    file.write_bytes(replay.replay_html(run, (Caption(0, "Two districts, one difference."),)))
    with tab(browser, file.as_uri()) as page:
        ready(page, file.as_uri())
        assert "Two districts, one difference." in page.inner_text("body")
        page.locator("input[type=range]").first.fill("24")
        page.wait_for_selector("body[data-month='24']")
        shown = page.inner_text("main")
        for lane in run.lanes:
            assert f"{round(100 * lane.series['participation'][24])}%" in shown
        if AXE.is_file():
            assert axe_faults(page) == []


needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is installed by npm ci in ccgsim/teach/web")


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_any_scene(browser, home, scheme):
    with tab(browser, home, color_scheme=scheme, reduced_motion="reduce") as page:
        ready(page, home)
        for scene in scenes.SCENES:
            page.wait_for_selector(f"body[data-scene={scene.id}]")
            page.wait_for_selector("#scene-title", state="attached")
            if not scene.bet and scene.id != "own_words":
                scrub_to(page, 8)
            assert axe_faults(page) == [], scene.id
            if scene.id != "sandbox":
                page.click("#scene-next")


@needs_axe
def test_axe_finds_no_fault_in_the_papers(browser, tmp_path):
    run = LessonRun(short(months=12))
    run.step()
    for name, made in (("worksheet", worksheet_html(run)), ("card", card_html())):
        file = tmp_path / f"{name}.html"
        file.write_bytes(made)
        with tab(browser, file.as_uri(), bypass_csp=True) as page:
            page.goto(file.as_uri())
            assert axe_faults(page) == [], name


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (1920, 1080)], ids=["laptop", "at 200%", "projector"])
def test_nothing_has_to_be_scrolled_sideways(browser, home, size):
    with tab(browser, home) as page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        ready(page, home)
        for scene in ("one_gp", "pressure", "sandbox"):
            page.evaluate("hash => { location.hash = hash; location.reload(); }", link(_scene(scene)))
            page.wait_for_selector(f"body[data-ready=true][data-scene={scene}]")
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, scene


def _scene(name: str) -> Config:
    return next(scene.config for scene in scenes.SCENES if scene.id == name)
