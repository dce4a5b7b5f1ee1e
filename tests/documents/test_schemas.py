"""The shipped JSON schemas are fresh, take what the checks take, and refuse typical faults."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

from ccgsim.scenario import checks
from ccgsim.scenario.files import shipped_folder
from docs import schemas
from tests.scenario_files import scenario_files

ROOT = Path(__file__).parents[2]
SCENARIO, EXPERIMENT = (
    Draft7Validator(json.loads((schemas.FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")))
    for name in ("scenario", "experiment")
)
SITE = "schema = 1\n[site]\npractices = 30\n"
EVENT = "schema = 1\n[[events]]\nmonth = '2013-06'\n"
TOY = 'schema = 1\nscenario = "site_a"\n'


def told(validator: Draft7Validator, text: str) -> list[str]:
    """What a schema finds wrong with the text of a file."""
    return [error.message for error in validator.iter_errors(plain(tomllib.loads(text)))]


def plain(value: Any) -> Any:
    """The value as JSON has it: dates are texts."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def test_the_shipped_schemas_are_fresh_and_are_schemas():
    assert schemas.main(["--check"]) == 0
    for validator in (SCENARIO, EXPERIMENT):
        Draft7Validator.check_schema(validator.schema)


def test_a_stale_schema_is_found_and_mended(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(schemas, "FOLDER", tmp_path)
    assert schemas.main(["--check"]) == 1 and "stale" in capsys.readouterr().out
    assert schemas.main([]) == 0 and schemas.main(["--check"]) == 0


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_scenario_fits(path):
    assert told(SCENARIO, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted((ROOT / "experiments").glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_experiment_fits(path):
    assert told(EXPERIMENT, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", ["lab.md", "sensitivity.md"])
def test_the_experiments_of_the_pages_fit(page):
    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        assert told(EXPERIMENT, block if "scenario" in block else TOY + block) == []


@given(scenario_files())
@settings(max_examples=100, deadline=None)
def test_what_the_checks_take_fits(text):
    table = tomllib.loads(text)
    if not checks.file_faults(table, "", Path()):
        assert told(SCENARIO, text) == []


@pytest.mark.parametrize(
    "text",
    [
        SITE.replace("schema = 1\n", ""),
        SITE.replace("schema = 1", "schema = 2"),
        SITE.replace("practices", "practises"),
        SITE.replace("[site]", "[sight]"),
        SITE.replace("30", "0"),
        SITE.replace("30", '"many"'),
        SITE.replace("30", "30.5"),
        SITE + 'hold = "nothing"\n',
        SITE + "nurse = 1\n",
        'schema = 1\ncalendar = "wales"\n',
        "schema = 1\nmonths = 0\n",
        EVENT,
        EVENT + "broker_exit = 1\nannounce = 0.1\n",
        EVENT + "broker_exits = 1\n",
        EVENT.replace("'2013-06'", "'June 2013'") + "broker_exit = 1\n",
        EVENT + 'set = { "policy.dialog" = 0.5 }\n',
        EVENT + 'set = { "site.practices" = 30 }\n',
        EVENT + 'lever = { name = "coaching", value = 1 }\n',
        EVENT + 'lever = { name = "dialogue", value = 2 }\n',
        EVENT + 'add_seat = { role = "nurse" }\n',
        'schema = 1\n[claim]\nmeasure = "density"\n',
    ],
)
def test_a_faulty_scenario_does_not_fit(text):
    assert told(SCENARIO, text)
    assert checks.file_faults(tomllib.loads(text), "", Path()) or "schema = 1" not in text


@pytest.mark.parametrize(
    "text",
    [
        "schema = 1\n",
        TOY + "measures = []\n",
        TOY + 'measures = ["densty"]\n',
        TOY + "keep_series = 1\n",
        TOY + "[seeds]\nreplicates = 0\n",
        TOY + "[seed]\nreplicates = 1\n",
        TOY + '[design]\nmethod = "random"\n',
        TOY + "[levers]\n'site.density' = 0.4\n",
        TOY + "[levers]\n'site.density' = [2.0]\n",
        TOY + "[levers]\nsize = [20]\n",
        TOY + "[uncertainties]\n'site.density' = { low = 0.4 }\n",
        TOY + "[uncertainties]\n'ablation.fixed_u' = [0.4]\n",
        TOY + '[calibrate]\ntargets = [{ measure = "density", month = 12, value = 0.4, sd = 0 }]\n',
        TOY + '[calibrate]\ntargets = [{ pattern = "P1" }]\n',
        TOY + '[sensitivity]\nmethods = ["fast"]\n',
    ],
)
def test_a_faulty_experiment_does_not_fit(text):
    assert told(EXPERIMENT, text)
