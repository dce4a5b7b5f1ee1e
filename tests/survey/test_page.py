"""The page for the analyst says what the program does: kinds, roles, words, endings, options."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import numpy as np
import pytest

from ccgsim.cli.options.surveys import Depart, Forecast, Network
from ccgsim.cli.options.worlds import Report, Run
from ccgsim.foundation.vocabulary import KINDS, ROLES
from ccgsim.survey import sheets, template
from ccgsim.survey.choices import Asked
from ccgsim.survey.kinds import Meanings
from ccgsim.survey.reading.values import WORDS, worth
from ccgsim.survey.source import survey
from tests.survey.test_exports import ENDINGS

WRITTEN = (Path(__file__).parents[2] / "docs" / "your_network.md").read_text("utf-8")
PAGE = " ".join(WRITTEN.split())
COMMANDS = re.findall(r"^ccgsim (.+)$", WRITTEN, re.M)
SOONER = {  # what a command is given in the test, so that it takes seconds
    "run": ["--months", "2", "--no-figures"],
    "compare": ["--months", "2", "--replicates", "2"],
    "depart": ["--draws", "2", "--horizon", "2"],
    "forecast": ["--draws", "10"],
}
SENT = " ".join(data.decode("utf-8") for name, data in template.template_files().items() if name.endswith(".txt"))


def test_every_kind_and_role_of_the_model_is_named():
    assert all(name in PAGE for name in (*KINDS, *ROLES[1:]))


def test_words_for_frequencies_have_the_numbers_that_are_named():
    named = re.search(r"have a number: (.*?)\. For others", PAGE)
    assert named
    told = dict(pair.rsplit(" ", 1) for pair in named[1].split(", "))
    assert len(told) == 7 and {word: float(value) for word, value in told.items()} == {
        word: WORDS[word] for word in told
    }
    assert all(worth(word, WORDS) is not None and word in SENT for word in sheets.OFTEN)


def test_every_option_and_ending_that_is_named_exists():
    taken = {name for command in (Network, Run, Depart, Forecast, Report) for name in command.__dataclass_fields__}
    options = {f"--{name.replace('_', '-')}" for name in taken} | {"--json"}
    assert set(re.findall(r"--[a-z][a-z-]*", PAGE + SENT)) <= options
    assert all(ending in PAGE for ending in ENDINGS)


def test_whatever_the_template_offers_is_understood():
    means = Meanings()
    assert {means.kind(word) for word in sheets.KINDS} == set(range(len(KINDS)))
    assert all(means.role(role) is not None for role in ROLES)


@pytest.mark.slow
def test_the_commands_of_the_page_can_be_followed_from_the_first_to_the_last(ccgsim_says, tmp_path):
    for line in COMMANDS:
        command, *words = shlex.split(line)
        code, _, err = ccgsim_says(command, *words, *SOONER.get(command, []))
        assert code == 0, (line, err)
    for written in (
        "board/report.html",
        "departures/report.html",
        "forecast/report.html",
        "place_2024-forecast.json",
        "board-people.csv",
    ):
        assert (tmp_path / written).is_file()
    assert {shlex.split(line)[0] for line in COMMANDS} == {"network", "report", "run", "compare", "depart", "forecast"}


def test_the_examples_have_what_the_page_says_of_them(ccgsim_says):
    ccgsim_says("network", "--examples", "examples")
    board = survey(Path("examples/board.xlsx"))
    assert int(board.people.board.sum()) == 12 and int(board.silent.sum()) == 1
    kinds = Path("examples/place_kinds.csv")
    silent = []
    for year in (2024, 2025):
        asked = Asked(people=Path(f"examples/place_people_{year}.csv"), kinds=kinds)
        wave = survey(Path(f"examples/place_{year}.csv"), asked)
        assert int(wave.people.board.sum()) == 11
        silent.append({wave.people.names[row] for row in np.flatnonzero(wave.silent)})
    assert len(silent[0]) == len(silent[1]) == 2 and silent[0] != silent[1]
    table = re.search(r"```\n(word,kind,role\n.*?)```", WRITTEN, re.S)
    assert table and table[1] == kinds.read_text("utf-8")


@pytest.mark.parametrize("words", [("network", "--examples", "there"), ("network", "x.csv", "--examples", "new")])
def test_examples_never_write_over_anything_nor_read(ccgsim_says, tmp_path, words):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")
    code, out, err = ccgsim_says(*words)
    assert code == 3 and out == "" and "--examples" in err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["mine.txt", "there"]
