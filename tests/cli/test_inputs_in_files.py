"""Files that a command line names: lists of CCGs, experiments, points, targets, paths of control."""

from __future__ import annotations

import hashlib
import json
import os

import networkx as nx
import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.scenario.scenario import load

HEAD = "schema = 1\n"


# What a list leaves behind


def test_the_manifest_has_the_lists_checksum_and_the_network_its_names(ccgsim_says, tmp_path):
    text = "ods,name,population,practices,footprint\n07L, Bath & Wells ,60000,6,\n08M,<Ynys> Môn,60000,6,\n"
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    (tmp_path / "w.toml").write_text(f'{HEAD}[england]\nfile = "mine.csv"\n[start]\nburn_in = 0\n')
    assert ccgsim_says("run", "w.toml", "--months", "2", "--no-figures", "--out", "one", "--quiet")[0] == 0
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["inputs"] == {"mine.csv": hashlib.sha256(text.encode()).hexdigest()}
    for graph in (
        nx.read_gexf(tmp_path / "one" / "network.gexf"),
        nx.read_graphml(tmp_path / "one" / "network.graphml"),
    ):
        names = {data["label"].partition(" GP")[0] for _, data in graph.nodes(data=True) if " GP" in data["label"]}
        assert names == {"Bath & Wells", "<Ynys> Môn"}


# Experiments


def refused(**parts) -> dict[str, str]:
    with pytest.raises(Problems) as caught:
        experiment({"scenario": "site_a", "months": 60, **parts})
    return {problem.key: str(problem) for problem in caught.value.problems}


def test_an_unquoted_name_in_an_experiment_is_shown_its_quotes(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(f'{HEAD}scenario = "site_a"\n[levers]\nsite.density = [0.4, 0.8]\n')
    with pytest.raises(Problems, match=r'mine\.toml levers\.site\.density: put the name in quotes: "site\.density" = '):
        experiment(path)


def test_values_of_an_experiment_are_shown_their_right_form():
    told = refused(
        levers={"density": ["0,5"], "site.nurse": ["True"]}, uncertainties={"ties.closure": {"low": "10%", "high": 0.5}}
    )
    assert "did you mean 0.5?" in told["levers.density"] and "did you mean true?" in told["levers.site.nurse"]
    assert "did you mean 0.1?" in told["uncertainties.ties.closure.low"]


def test_control_characters_are_refused_in_texts_of_an_experiment():
    assert set(refused(title="\x1b[31m", question="a\nb\x07")) == {"title", "question"}


POINTS = {
    "semicolons": ("density;site.practices\n0.5;20\n", "line 1 = 'density;site.practices': separates values by semi"),
    "decimal commas": ('density\n"0,5"\n', "line 2, density = '0,5': must be a number (did you mean 0.5?)"),
    "blank lines before": ("\ndensity\n\n\n1.5\n", "line 5, density = '1.5': lies outside 0 to 0.95"),
    "an empty cell": ("density,site.practices\n0.5,\n", "line 2, site.practices: is empty"),
    "an unquoted comma": ("density\n0.5\n0,6\n", "line 3 = '0, 6': has 2 values where the header has 1 names"),
    "a fault below a fault": ("density\n0,6\nx\n", "line 3, density = 'x': must be a number"),
    "Windows-1252": (b"density\n0.5\xe9\n", "line 2: is not text in UTF-8"),
    "an unknown name": (
        "densty\n0.5\n",
        "densty: unknown parameter; `ccgsim parameters` lists them (did you mean density?)",
    ),
    "words for switches": (
        "site.nurse\nyes\n",
        "line 2, site.nurse = 'yes': must be true or false (did you mean true?)",
    ),
}


@pytest.mark.parametrize("what", POINTS)
def test_a_list_of_points_is_refused_in_its_own_name_for(what, tmp_path):
    content, said = POINTS[what]
    (tmp_path / "points.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    told = refused(design={"method": "list", "file": str(tmp_path / "points.csv")})
    assert any(f"{tmp_path / 'points.csv'} {said}" in text for text in told.values()), told


@pytest.mark.parametrize(
    "text", ["density , site.nurse\r\n\r\n 0.5,TRUE\r\n,\r\n", "\ufeffdensity,site.nurse\r0.5,true"]
)
def test_a_list_of_points_may_be_as_spreadsheets_save_it(text, tmp_path):
    (tmp_path / "points.csv").write_text(text, newline="")
    design = {"method": "list", "file": str(tmp_path / "points.csv")}
    found = experiment({"scenario": "site_a", "months": 60, "design": design}).listed
    assert found == ({"site.density": 0.5, "site.nurse": True},)


def test_targets_take_dates_for_months_and_name_their_file_and_line(tmp_path):
    path = tmp_path / "targets.csv"
    path.write_text("note,Measure,month,value,sd\n\nours,stability,2013-06,0.5,0.1\n")
    found = experiment({"scenario": "site_a", "months": 60, "calibrate": {"targets": [{"file": str(path)}]}})
    assert found.calibrate.targets[0].month == 30
    path.write_text("measure,month,value,sd\nstability,2013-06,0.5,0.1\nstability,30,0.6,0.1\n")
    assert "an earlier line" in refused(calibrate={"targets": [{"file": str(path)}]})["line 3, measure"]
    path.write_text('measure,month,value,sd\n\nstability,2016-06,"0,5",0.1\nstability,3\n')
    told = refused(calibrate={"targets": [{"file": str(path)}]})
    assert "is month 66, outside 0 to 60 (2010-12 to 2015-12)" in told["line 3, month"]
    assert "did you mean 0.5?" in told["line 3, value"] and "has 2 values" in told["line 4"]


@pytest.mark.skipif(os.name == "nt", reason="devices have other names there")
def test_a_file_for_validation_that_never_ends_is_refused(ccgsim_says):
    code, _, err = ccgsim_says("validate", "--out", "/dev/zero")
    assert code == 3 and "is not a document of" in err


def test_the_same_world_comes_of_a_path_of_control_in_csv_and_in_parquet(tmp_path):
    import pandas as pd

    table = pd.DataFrame({"month": range(4), "manager_control": [0.1, 1 / 3, None, 0.7]})
    table.to_csv(tmp_path / "c.csv", index=False)
    table.to_parquet(tmp_path / "c.parquet")
    from ccgsim.scenario.brought.control_path import read_control_path

    one, other = (read_control_path(str(tmp_path / f"c.{kind}")) for kind in ("csv", "parquet"))
    assert one.tobytes() == other.tobytes()
    (tmp_path / "d.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(Problems, match="is not a Parquet table with a column manager_control"):
        load("site_a").with_(ablation={"control_path": str(tmp_path / "d.parquet")})
