"""What people give on the command line: each fault in the place that it came from, and how to mend it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ccgsim.cli.compare import short_names
from ccgsim.report.words import terminal

HEAD = "schema = 1\n"


@pytest.fixture
def refusing(ccgsim_says, monkeypatch):
    """Calls a command that must be refused before anything is simulated; gives what it says."""
    monkeypatch.setitem(sys.modules, "ccgsim.run", ModuleType("ccgsim.run"))

    def call(*words: str) -> str:
        code, out, err = ccgsim_says(*words)
        assert (code, out) == (3, "") and "Traceback" not in err
        return err

    return call


def problems(ccgsim_says, *words: str) -> list[dict[str, str]]:
    code, out, _ = ccgsim_says(*words, "--json")
    assert code == 3
    return json.loads(out)["error"]["problems"]


# The scenario and --set


@pytest.mark.parametrize("written", ["Site B", "SITE_B", "site-b"])
def test_a_scenario_is_suggested_whatever_its_capitals_and_spaces(written, refusing):
    assert "did you mean site_b?" in refusing("run", written)


@pytest.mark.parametrize(
    ("setting", "hint"),
    [
        ("density=0,5", "0.5"),
        ("density=50%", "0.5"),
        ("site.population=320,000", "320000"),
        ("site.nurse=True", "true"),
        ("site.nurse=no", "false"),
        ("policy.uncertainty=\u20130,2", "-0.2"),
        ("Policy.Dialogue=0.5", "policy.dialogue"),
        ("knowledge.start_strength=0.5", "ties.start_strength"),
        ("months=2013-06", "30"),
        ("insecurity.onset=2011-04-01", "4"),
    ],
)
def test_the_right_form_of_a_setting_is_suggested(setting, hint, refusing):
    told = refusing("run", "site_a", "--set", setting)
    assert f"--set {setting.partition('=')[0]} = " in told and f"(did you mean {hint}?)" in told


@pytest.mark.parametrize("blank", ["", " \t"])
@pytest.mark.parametrize(
    "words",
    [
        ["compare", "site_a", "site_b", "--out"],
        ["sweep", "mine.toml", "--out"],
        ["sensitivity", "mine.toml", "--out"],
        ["calibrate", "mine.toml", "--out"],
        ["reproduce", "table4", "--out"],
        ["validate", "--out"],
        ["warm", "--seed"],
    ],
)
def test_a_blank_place_is_refused_by_every_command(words, blank, tmp_path, ccgsim_says):
    code, _, err = ccgsim_says(*words, blank)
    assert code == 3 and f"{words[-1]} = '': is blank; name a folder or a file" in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [["run", "site_f"], ["compare", "site_f", "site_c", "--replicates", "2"]])
def test_which_of_several_values_of_a_key_stands_is_told(words, ccgsim_says):
    twice = ("--set", "density=0.5", "--set", "density=0.6", "--set", "network_size=20", "--set", "network_size=20")
    code, _, err = ccgsim_says(*words, "--months", "1", "--json", *twice)
    assert code == 0 and err == ""
    code, _, err = ccgsim_says(*words, "--months", "1", "--out", "out", *twice)
    assert code == 0 and "--set density is given 2 times: the last, 0.6, is used" in err and "network_size" not in err


@pytest.mark.parametrize("number", ["1_0", "+7", "\u0661\u0662", "1.0", "one", ""])
@pytest.mark.parametrize("option", ["--seed", "--months", "--replicates"])
def test_a_number_on_the_command_line_has_the_digits_0_to_9(option, number, ccgsim_says):
    code, out, err = ccgsim_says("run", "site_a", option, number)
    assert (code, out) == (2, "") and f"'{option}'" in err and "is not a whole number in the digits 0 to 9" in err


@pytest.mark.parametrize("date", ["2013-06", "June 2013"])
def test_a_date_for_a_number_of_months_is_told_with_its_month(date, ccgsim_says):
    code, _, err = ccgsim_says("compare", "site_a", "site_b", "--months", date)
    assert code == 2 and f"{date} is month 30, counted from December 2010" in err


@pytest.mark.parametrize("number", ["\u0664\u0665\u0660\u0660\u0660", "45_000", "+45000"])
def test_numbers_of_a_list_have_the_digits_0_to_9(number, refusing, tmp_path):
    (tmp_path / "mine.csv").write_text(f"name,population\nA,{number}\n")
    told = refusing("run", "england", "--set", "england.file=mine.csv")
    assert "must be a whole number" in told and "(did you mean 45000?)" in told


def test_a_long_dash_before_an_option_is_told_apart_from_two_hyphens(ccgsim_says):
    code, _, err = ccgsim_says("run", "site_a", "\u2014seed", "1")
    assert code == 2 and "write two hyphens" in err


def test_a_missing_list_on_the_command_line_is_no_fault_of_a_shipped_file(refusing):
    told = refusing("run", "england", "--set", "england.file=nothere.csv")
    assert "--set england.file = 'nothere.csv': there is no such file" in told and ".toml" not in told


def test_a_parameter_that_names_a_file_is_not_listed_as_true_or_false(ccgsim_says):
    code, out, _ = ccgsim_says("parameters", "england.file")
    assert code == 0 and "the name of a file" in out and "true | false" not in out


def test_a_fault_in_a_list_is_told_under_the_lists_name_alone(refusing, tmp_path):
    (tmp_path / "mine.csv").write_text("name;population\nA;50000\n")
    told = refusing("run", "england", "--set", "england.file=mine.csv")
    assert told.startswith("Nothing done:\n  mine.csv line 1 = 'name;population': ") and ".toml" not in told


def test_faults_of_settings_are_told_beside_those_of_the_scenario(ccgsim_says, tmp_path):
    (tmp_path / "bad.toml").write_text(f"{HEAD}[policy]\ndialog = 1\n")
    told = problems(ccgsim_says, "run", "bad.toml", "--set", "densty=1", "--seed", "-1")
    assert [(one["file"], one["key"]) for one in told] == [
        ("", "--seed"), ("bad.toml", "policy.dialog"), ("--set", "densty"),
    ]  # fmt: skip


def test_hundreds_of_faults_are_counted_and_the_first_hundred_shown(refusing, ccgsim_says, tmp_path):
    (tmp_path / "mine.csv").write_text("name,population\n" + "".join(f"C{n},x\n" for n in range(250)))
    words = ("run", "england", "--set", "england.file=mine.csv")
    lines = refusing(*words).splitlines()
    assert lines[0].startswith("250 faults") and len(lines) == 102
    assert lines[-1] == "  and 150 more; --json lists all"
    assert len(problems(ccgsim_says, *words)) == 250


# Texts


def test_control_characters_of_names_and_values_reach_no_terminal(refusing, tmp_path):
    (tmp_path / "x.toml").write_text(
        f'{HEAD}title = "\\u001b[31m"\n"\\u001b[32m" = "\\u001b[33m"\n[site]\n"a\\u009b" = 1\n'
    )
    assert "\x1b" not in refusing("run", "x.toml") and "\x9b" not in refusing("run", "x.toml")
    assert "\x1b" not in refusing("run", "\x1b[31m.toml", "--set", "\x1b[31m=1", "--out", "x.toml/\x1b[31m")
    assert "\x1b" not in refusing("compare", "\x1b[31m.toml", "site_a")


def test_a_title_with_the_signs_of_other_programs_is_printed_as_it_is(capsys):
    terminal.print_measures({}, "Site [/b] [red]x $5 <b> &")
    assert "Site [/b] [red]x $5 <b> &" in capsys.readouterr().out


def test_a_folder_with_control_characters_in_its_name_is_printed_with_them_written_out(capsys):
    terminal.print_line("Results in a\x1b[31m\udcff")
    assert capsys.readouterr().out == "Results in a\\x1b[31m\\udcff\n"


def test_a_file_whose_name_looks_like_markup_is_called_by_all_of_it(ccgsim_says, tmp_path):
    name = "[red]x.toml"
    (tmp_path / name).write_text(f'{HEAD}based_on = "site_f"\n')
    code, out, _ = ccgsim_says("compare", name, "site_f", "--replicates", "2", "--months", "1", "--quiet", "--out", "o")
    assert code == 0 and f"site_f less {name.removesuffix('.toml')}," in out


# Compare


def test_files_of_one_name_are_told_apart_by_their_folders():
    assert short_names(["a/s.toml", "b/s.toml"]) == ["a/s", "b/s"]
    assert short_names(["x/a/s.toml", "y/a/s.toml", "y/t.toml"]) == ["x/a/s", "y/a/s", "t"]
    assert short_names(["site_b", "./site_b.toml"]) == ["site_b", f"{Path.cwd().name}/site_b"]
    assert short_names(["/a/s.toml", "/x/a/s.toml"]) == ["/a/s", "x/a/s"]
    assert short_names(["a/s.toml", "a/s"]) == [f"{Path.cwd()}/a/s.toml", f"{Path.cwd()}/a/s"]
    assert short_names(["a/\x1b.toml", "site_a"]) == ["\\x1b", "site_a"]


def test_two_files_of_one_name_can_be_compared(ccgsim_says, tmp_path):
    for name, value in (("a", 0.2), ("b", 0.8)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "s.toml").write_text(f'{HEAD}based_on = "site_f"\n[policy]\ndialogue = {value}\n')
    words = ("compare", "a/s.toml", "b/s.toml", "--replicates", "2", "--months", "2", "--quiet")
    assert json.loads(ccgsim_says(*words, "--json")[1])["scenarios"] == ["a/s", "b/s"]
    assert ccgsim_says(*words)[0] == 0
    assert [path.name for path in Path("results").iterdir()] == ["compare-a_s-b_s-seed0"]


def test_one_fault_of_a_setting_is_told_once_for_all_that_are_compared(ccgsim_says):
    told = problems(ccgsim_says, "compare", "site_a", "site_b", "site_a", "--set", "densty=1")
    assert [one["key"] for one in told] == ["scenarios", "densty"]
