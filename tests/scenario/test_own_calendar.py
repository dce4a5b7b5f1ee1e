"""A calendar of one's own: each row is the event that it names, and every fault of the list is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import ccgsim
from ccgsim.foundation.problems import Problems
from ccgsim.scenario.brought.own_calendar import kinds
from ccgsim.scenario.brought.own_calendar import read as rows_of
from ccgsim.scenario.events import ACTS, LEVERS, read

HEAD = "what,date,month,size\n"


def scenario(folder: Path, rows: str, more: str = "") -> Path:
    """A scenario whose calendar has these rows."""
    (folder / "mine.csv").write_text(HEAD + rows, encoding="utf-8")
    file = folder / "mine.toml"
    file.write_text(f'schema = 1\nbased_on = "site_f"\nmonths = 24\ncalendar = "mine.csv"\n{more}', encoding="utf-8")
    return file


def acts(world) -> list[tuple[int, str, object]]:
    return [(event.month, event.act, event.value) for event in world.events]


def test_each_row_is_the_event_that_it_names(tmp_path):
    rows = "announce,2011-02,,0.3\nBroker exit,,4,\npolicy.dialogue,,5,.6\nprovider seat,,6,2\nexecutive-support,,7,\n"
    world = ccgsim.load(scenario(tmp_path, rows, "[[events]]\nmonth = 1\nabolish_pct = true\n"))
    assert acts(world) == [
        (2, "announce", 0.3),
        (4, "broker_exit", 1),
        (5, "set", {"policy.dialogue": 0.6}),
        (6, "lever", {"name": "provider_seat", "count": 2}),
        (7, "lever", {"name": "executive_support"}),
        (1, "abolish_pct", True),
    ]
    assert world.calendar == "none" and world.files_read() == {"calendar": tmp_path / "mine.csv"}


def test_dates_are_counted_from_the_row_start(tmp_path):
    world = ccgsim.load(scenario(tmp_path, "announce,2025-06,,0.1\nstart,2025-04,,\nannounce,,3,0.2\n"))
    assert [event.month for event in world.events] == [2, 3]


def test_a_calendar_gives_the_same_world_as_the_same_events(tmp_path):
    mine = ccgsim.load(scenario(tmp_path, "announce,,2,0.4\nbroker_exit,,3,1\n"))
    events = [{"month": 2, "announce": 0.4}, {"month": 3, "broker_exit": 1}]
    other = ccgsim.load("site_f").with_(calendar="none", events=events, months=24)
    run = ccgsim.simulate(mine, 1, months=6)
    assert run.series.equals(ccgsim.simulate(other, 1, months=6).series)
    assert list(run.provenance["inputs"]) == [str(tmp_path / "mine.csv")]


def test_every_fault_is_told_with_its_line_and_the_nearest_name(tmp_path):
    rows = (
        "start,soon,,\nanounce,2011-02,,0.3\nbroker exit,2011-09,4,\npolicy.dialogue,,5,1.6\nannounce,,6,\n"
        "provider seat,,,2\nexecutive support,,7,4\nannounce,2010-01,,0.1\nannounce,,1.5,0.1\nstart,2011-01,,\n"
    )
    with pytest.raises(Problems) as refused:
        ccgsim.load(scenario(tmp_path, rows, "[policy]\ndialogue = 2.0\n"))
    found = {problem.key: problem for problem in refused.value.problems}
    lines = {key.split(",")[0] for key in found if key.startswith("line")}
    assert lines == {f"line {line}" for line in range(2, 12)}
    assert found["line 3, what"].suggestion == "announce" and found["line 5, size"].value == "'1.6'"
    assert "policy.dialogue" in found and all(problem.rule for problem in found.values())


def test_a_row_beyond_the_end_is_refused_with_its_line(tmp_path):
    with pytest.raises(Problems, match=r"line 2 of .*mine.csv \(month 24\), month = 24: lies at or after the end"):
        ccgsim.load(scenario(tmp_path, "announce,,24,0.1\n"))


@pytest.mark.parametrize(("given", "near"), [("engand", "england"), (3, ""), ("mine.toml", "")])
def test_a_calendar_that_is_none_is_refused(given, near):
    with pytest.raises(Problems) as refused:
        ccgsim.load("site_f").with_(calendar=given)
    (problem,) = refused.value.problems
    assert problem.key == "calendar" and problem.suggestion == near


def test_a_list_that_is_missing_is_a_fault_of_the_scenario(tmp_path):
    file = scenario(tmp_path, "")
    (tmp_path / "mine.csv").unlink()
    with pytest.raises(Problems, match=r"mine.toml calendar = .*mine.csv"):
        ccgsim.load(file)


def test_another_calendar_takes_the_place_of_the_first_and_leaves_other_events(tmp_path):
    world = ccgsim.load(scenario(tmp_path, "announce,,2,0.4\n", "[[events]]\nmonth = 1\nbroker_exit = 1\n"))
    england = world.with_(calendar="england")
    assert acts(england) == [(1, "broker_exit", 1)] and england.dates is None and england.calendar == "england"


def test_whatever_takes_one_number_or_none_may_stand_in_a_calendar(tmp_path):
    for name, kind in kinds().items():
        size = {"localities": 2, "site.colocation": 1}.get(name, kind.usual if kind.usual is not None else 1)
        (tmp_path / "one.csv").write_text(f"what,month,size\n{name},0,{size if kind.sized else ''}\n", encoding="utf-8")
        found, faults = rows_of(tmp_path / "one.csv")
        outside = [problem for problem in faults if "outside" not in problem.rule and "one of" not in problem.rule]
        assert not outside and (faults or read([found[0]])[0] == found), name
    assert {"announce", "broker_exit", "abolish_pct"} <= set(ACTS) & set(kinds())
    assert {"dialogue", "provider_seat", "opt_in"} <= set(LEVERS) & set(kinds())
    assert not {"coaching", "shortage", "add_tie", "begin_project", "lower_participation"} & set(kinds())


@pytest.mark.parametrize("date", ["2025-06", "Jun-25", "June 2025", "6/2025"])
def test_dates_are_read_as_a_spreadsheet_saves_them(tmp_path, date):
    world = ccgsim.load(scenario(tmp_path, f"start,Apr-25,,\nannounce,{date},,0.1\n"))
    assert [event.month for event in world.events] == [2] and world.resolved()["begins"] == "2025-04"


def test_a_date_with_a_day_in_front_is_refused_with_the_month_that_england_would_read(tmp_path):
    with pytest.raises(Problems) as refused:
        ccgsim.load(scenario(tmp_path, "start,01/04/2025,,\nannounce,13/06/2025,,0.1\nstaff cut,,3,\n"))
    text = str(refused.value)
    assert "did you mean 2025-04?" in text and "did you mean 2025-06?" in text
    assert "announce, cut_staff" in text


def test_a_calendar_says_which_month_is_month_0(tmp_path):
    begins = [ccgsim.load(scenario(tmp_path, rows)).begins for rows in ("start,2025-01,,\n", "announce,,3,0.2\n")]
    assert begins == [169, None] and ccgsim.load(scenario(tmp_path, "announce,2011-02,,0.3\n")).begins == 0
    back = ccgsim.load(scenario(tmp_path, "start,2025-01,,\n")).with_(calendar="none")
    assert back.begins is None and "begins" not in back.resolved()
