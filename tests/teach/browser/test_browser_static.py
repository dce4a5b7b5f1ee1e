"""A recorded lesson, opened from the disk: the same frames as the live page's, and a whole walk through its scenes."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import msgspec
import pytest

from ccgsim.teach import messages
from ccgsim.teach.config import Config, link
from ccgsim.teach.lesson import verdicts, when
from ccgsim.teach.lesson.past import past_of
from ccgsim.teach.lesson.play import puzzle
from ccgsim.teach.lesson.scenes import BROKER_SEED, PUZZLE_SEED, SCENE, SEED
from ccgsim.teach.recording import files, runs
from ccgsim.teach.server.session import Session
from teach.browsing import axe_faults, ready, scene_of, scrub_to, tab, wait_for_month
from teach.recorded import recorded

pytestmark = pytest.mark.slow
IDS = [scene.id for scene in runs.scenes()]
DISK = "file://"
# Every frame that the page takes is looked at through a DataView: the bytes are kept for the test.
WATCH = """
window.frames_taken = [];
window.DataView = class extends DataView {
  constructor(buffer, ...rest) {
    super(buffer, ...rest);
    if (rest.length && super.getUint16(0, true) === 0x4343) window.frames_taken.push(buffer);
  }
};
"""
TAKEN = "frames_taken.map((frame) => btoa(Array.from(new Uint8Array(frame), (c) => String.fromCharCode(c)).join('')))"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three seeds: the own of most scenes, the broker's, with no more than each scene's beginning, and the puzzle's."""
    return recorded(tmp_path_factory.mktemp("disk") / "lesson", IDS, (SEED, BROKER_SEED, PUZZLE_SEED))


@pytest.fixture
def page(browser, folder):
    with tab(browser, DISK) as opened:
        yield opened


def address(folder, config: Config | None = None) -> str:
    return (folder / "index.html").as_uri() + ("" if config is None else link(config))


def live_frames(config: Config) -> Iterator[bytes]:
    """What the server sends of the first run of a page."""
    session = Session()
    for message in (messages.Start(config), messages.Goto(config.months)):
        yield from (answer for answer in session.answer(message) if isinstance(answer, bytes))


@pytest.mark.parametrize("scene", ["broker", "when"])
def test_its_frames_are_those_of_the_live_page_to_the_byte(page, folder, scene):
    config = msgspec.structs.replace(SCENE[scene].config, seed=BROKER_SEED)
    page.add_init_script(WATCH)
    ready(page, address(folder, config))
    page.click(f"[data-bet={SCENE[scene].bet[0]}]")
    scrub_to(page, config.months)
    taken = [base64.b64decode(text) for text in page.evaluate(TAKEN)]
    live = list(live_frames(config))
    assert len(live) == 2 * (config.months + 1)
    assert taken == live


def test_a_walk_through_all_scenes(page, folder):
    ready(page, address(folder))
    assert page.locator("#to-sandbox").count() == 0
    for number, scene in enumerate(runs.scenes(), start=1):
        page.wait_for_selector(f"body[data-scene={scene.id}][data-run='{number}']")
        if scene.bet:
            _bet(page, scene)
        elif scene.goal is not None:
            _solve(page, scene)
            return _write(page)
        elif scene.id != "own_words":
            scrub_to(page, scene.config.months)
            page.wait_for_selector("#then")
        page.click("#scene-next")


def _bet(page, scene) -> None:
    page.click(f"[data-bet={scene.bet[0]}]")
    scrub_to(page, scene.config.months)
    page.wait_for_selector(f"[data-bet={_true(scene.config)}] .said:text('what happens')")
    page.wait_for_selector("[data-often=true]")


def test_help_from_another_month_is_judged_anew(page, folder):
    ready(page, address(folder, SCENE["when"].config))
    page.click("[data-bet=by_12]")
    scrub_to(page, 120)
    page.wait_for_selector("[data-often=true]")
    page.evaluate("() => (document.body.dataset.before = document.body.dataset.run)")
    page.fill("#help-from", "12")
    page.wait_for_function("() => document.body.dataset.run > document.body.dataset.before")
    page.wait_for_selector("[data-often=true]")


def _true(config: Config) -> str | None:
    if config.scene == "when":
        return when.curve(config, "open_dialogue", config.seed).outcome
    return verdicts.outcomes(config.scene, past_of(config, config.seed))


def _solve(page, scene) -> None:
    """Two actions in the month in which they are recorded; in other months none is open."""
    best = puzzle.solved(scene.goal, scene.config).winners[0]
    assert page.locator("[data-action]:not([disabled])").count() == 0
    scrub_to(page, scene.goal.at)
    for action in best.actions:
        page.click(f"[data-action={action}]")
        page.wait_for_function("name => atob(location.hash.slice(3)).includes(name)", arg=action)
    scrub_to(page, scene.goal.month)
    page.wait_for_selector(".state.won")
    page.get_by_text(puzzle.names(best.actions)).wait_for()


def _write(page) -> None:
    """Words and bets stand in the worksheet, as typed."""
    page.click("#scene-next")
    page.wait_for_selector("body[data-scene=own_words]")
    page.fill("#own-words", "Heard <less>, they gave $& less.")
    wait_for_month(page, 84)
    with page.expect_popup() as opened:
        page.click("#print")
    paper = opened.value
    paper.wait_for_selector("blockquote")
    assert paper.inner_text("blockquote") == "Heard <less>, they gave $& less."
    assert paper.locator("table tbody tr").count() == 3
    assert "{" not in paper.inner_text("main")
    paper.wait_for_selector("svg")


def test_words_and_bets_outlive_a_reload(page, folder):
    ready(page, address(folder, SCENE["own_words"].config))
    page.fill("#own-words", "Kept.")
    wait_for_month(page, 84)
    page.reload()
    page.wait_for_selector("body[data-scene=own_words]")
    assert page.input_value("#own-words") == "Kept."


def test_what_was_not_recorded_is_said(page, folder):
    config = msgspec.structs.replace(SCENE["one_gp"].config, seed=77)
    page.goto(address(folder, config))
    page.get_by_text("this was not recorded").wait_for()
    page.click("text=Begin with scene 1")
    page.wait_for_selector("body[data-scene=one_gp]")
    page.get_by_text("In this recorded copy").wait_for()
    page.click("#about-copy")
    page.get_by_text("ccgsim teach", exact=True).wait_for()
    assert axe_faults(page, preload=False) == []


def test_another_seed_is_one_of_those_recorded(page, folder):
    ready(page, address(folder))
    page.click("#new-seed")
    page.wait_for_selector(f"#seed:text-matches('^({BROKER_SEED}|{PUZZLE_SEED})$')")
    assert scene_of(page) == "one_gp"


def test_a_missing_file_is_named(browser, folder, tmp_path):
    for name in ("index.html", "app.js", "index.css", "lesson.js", "icon.svg"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    with tab(browser, DISK, may_report="ERR_FILE_NOT_FOUND") as page:
        page.goto(address(tmp_path))
        page.get_by_text(f"seed-{SEED}.js is missing").wait_for()


def test_the_whole_folder_stays_below_ten_megabytes(folder):
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    assert sum(sizes.values()) + (len(files.SEEDS) - 3) * sizes[f"seed-{BROKER_SEED}.js"] < 10_000_000
