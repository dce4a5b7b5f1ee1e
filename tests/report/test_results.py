"""What a run writes: the contract's files and columns, the same bytes twice, nothing half-written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import matplotlib
import networkx as nx
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from ccgsim.foundation.files import writing
from ccgsim.report import results
from ccgsim.report.results import write_run

from . import builders

TABLES = ["series.parquet", "series.csv", "agents.parquet", "ties.parquet", "projects.parquet", "survey.parquet"]
NETWORKS = ["network.gexf", "network.graphml"]
FIGURES = ["measures.png", "measures.svg", "network.png", "network.svg"]
AGENTS = (
    "month ccg agent kind role board practice locality legacy employer sector tier participation efficacy capability "
    "degree_in degree_out betweenness"
)
PROJECTS = "project ccg pathway origin champion arena started live ended outcome adopters"
CCGS = (
    "year ccg name footprint population practices localities manager_control participation efficacy density "
    "projects_started projects_live projects_sustained rating overspend accountable_officer merged_into"
)


@pytest.fixture(scope="module")
def run() -> builders.Run:
    return builders.a_run(1)


@pytest.fixture(scope="module")
def written(run: builders.Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_run(run, tmp_path_factory.mktemp("one"))


def test_every_file_of_the_contract_is_there_and_no_other(written: dict[str, Path]) -> None:
    assert sorted(written) == sorted([*TABLES, *NETWORKS, *FIGURES, "manifest.json"])
    folder = written["manifest.json"].parent
    assert sorted(path.name for path in folder.iterdir()) == sorted(written)


def test_columns_are_those_of_the_contract(written: dict[str, Path]) -> None:
    assert pq.read_schema(written["agents.parquet"]).names == AGENTS.split()
    assert pq.read_schema(written["ties.parquet"]).names == ["month", "source", "target", "strength"]
    assert pq.read_schema(written["projects.parquet"]).names == PROJECTS.split()
    assert pq.read_schema(written["survey.parquet"]).names == ["month", "ccg", "agent", "role", "question", "answer"]


def test_series_start_with_the_month_and_undefined_is_null_or_empty(
    run: builders.Run, written: dict[str, Path]
) -> None:
    table = pq.read_table(written["series.parquet"])
    assert table.column_names == ["month", *run.series.columns]
    assert table["stability_persistence"][0].as_py() is None and table["month"].to_pylist() == list(range(141))
    lines = written["series.csv"].read_bytes().decode("utf-8").split("\n")
    assert lines[0].startswith("month,stability,") and lines[1].startswith("0,,,")
    read = [[float(cell or "nan") for cell in line.split(",")[1:]] for line in lines[1:-1]]
    np.testing.assert_array_equal(np.array(read), run.series.to_numpy())


def test_people_without_a_place_have_nulls_not_numbers(written: dict[str, Path]) -> None:
    table = pq.read_table(written["agents.parquet"])
    assert str(table.schema.field("agent").type) == "int64" and str(table.schema.field("locality").type) == "int64"
    managers = [n for n, kind in enumerate(table["kind"].to_pylist()) if kind == "PCTStaff"]
    assert {table["locality"][n].as_py() for n in managers} == {None}
    assert {table["efficacy"][n].as_py() for n in managers} == {None}


def test_none_is_null_and_never_minus_one(run: builders.Run, tmp_path: Path) -> None:
    people = run.agents.assign(**{name: run.agents[name].fillna(-1) for name in ("practice", "locality", "legacy")})
    chosen = run.projects.assign(champion=-1)
    plain = pq.read_table(write_run(run, tmp_path, figures=False)["agents.parquet"])
    paths = write_run(replace(run, agents=people, projects=chosen), tmp_path, figures=False)
    table = pq.read_table(paths["agents.parquet"])
    assert pq.read_table(paths["projects.parquet"])["champion"].null_count == 3
    assert table.equals(plain) and table["locality"].null_count > 0
    graph = nx.read_graphml(paths["network.graphml"], node_type=int)
    assert "locality" not in graph.nodes[1000] and graph.nodes[0]["locality"] == 0


def test_two_writings_give_the_same_bytes(run: builders.Run, written: dict[str, Path], tmp_path: Path) -> None:
    facts = run.provenance | {"started": "2031-05-06T07:08:09Z", "seconds": 99.0, "platform": "Elsewhere"}
    again = write_run(replace(run, provenance=facts), tmp_path)
    for name in [*TABLES, *NETWORKS, *FIGURES]:
        assert again[name].read_bytes() == written[name].read_bytes(), name
    one, other = (json.loads(files_["manifest.json"].read_text("utf-8")) for files_ in (written, again))
    assert {key for key in one if one[key] != other[key]} == {"started", "seconds", "platform"}


def test_the_manifest_says_what_was_run_and_fingerprints_every_file(written: dict[str, Path]) -> None:
    found = json.loads(written["manifest.json"].read_text("utf-8"))
    assert (found["schema"], found["seed"], found["seeds"], found["months"]) == (1, 1, [1], 140)
    assert found["scenario"]["site"] == {"population": 300000, "density": None}
    assert found["scenario"]["ablation"] == {"fixed_u": None}
    assert set(found["files"]) == set(written) - {"manifest.json"}
    for name, fingerprint in found["files"].items():
        assert hashlib.sha256(written[name].read_bytes()).hexdigest() == fingerprint


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_read_back_as_they_were(run: builders.Run, written: dict[str, Path], name: str) -> None:
    read = nx.read_gexf if name.endswith("gexf") else nx.read_graphml
    graph = read(written[name], node_type=int)
    now, ties = (frame[frame["month"] == 140] for frame in (run.agents, run.ties))
    assert graph.is_directed() and sorted(graph.nodes) == sorted(now["agent"])
    weights = {(s, t): w for s, t, w in graph.edges(data="weight")}
    assert weights == {  # along the flow of knowledge
        (t, s): pytest.approx(w) for s, t, w in zip(ties["source"], ties["target"], ties["strength"], strict=True)
    }
    for row in now.to_dict("records"):
        node = graph.nodes[row["agent"]]
        assert (node["kind"], node["role"], node["board"]) == (row["kind"], row["role"], row["board"])
        assert ("betweenness" in node) == bool(pd.notna(row["betweenness"]))
    assert graph.nodes[11]["label"] == "GP 12"


def test_networks_hold_no_date(written: dict[str, Path]) -> None:
    for name in NETWORKS:
        text = written[name].read_text("utf-8")
        assert "lastmodified" not in text and "date" not in text.lower()


def test_no_figure_holds_a_date(written: dict[str, Path]) -> None:
    for name in FIGURES:
        assert b"<dc:date>" not in written[name].read_bytes()


def test_figures_are_drawn_and_not_blank(written: dict[str, Path]) -> None:
    from matplotlib.image import imread

    for name in FIGURES:
        assert written[name].stat().st_size > 50_000, name
    for name in ("measures.png", "network.png"):
        pixels = imread(written[name])
        assert pixels.shape[0] >= 900 and pixels.shape[1] >= 1600
        assert 0.02 < float(np.mean(pixels[:, :, :3].min(axis=2) < 0.95)) < 0.9


def test_without_figures_the_rest_is_the_same(run: builders.Run, written: dict[str, Path], tmp_path: Path) -> None:
    plain = write_run(run, tmp_path, figures=False)
    assert sorted(plain) == sorted([*TABLES, *NETWORKS, "manifest.json"])
    assert all(plain[name].read_bytes() == written[name].read_bytes() for name in TABLES + NETWORKS)


def test_replicates_put_the_seed_before_the_month(tmp_path: Path) -> None:
    paths = write_run(builders.replicates(3, 24), tmp_path, figures=False)
    table = pq.read_table(paths["series.parquet"])
    assert table.column_names[:2] == ["seed", "month"] and len(table) == 75
    assert json.loads(paths["manifest.json"].read_text("utf-8"))["seeds"] == [0, 1, 2]


def test_several_ccgs_have_their_table_with_null_while_alive(tmp_path: Path) -> None:
    paths = write_run(builders.a_run(0, 24, ccgs=builders.ccgs()), tmp_path, figures=False)
    table = pq.read_table(paths["ccgs.parquet"])
    assert table.column_names == CCGS.split()
    assert table["merged_into"].to_pylist() == [None, 0] and table["rating"].to_pylist() == [0.5, None]


def test_a_write_that_fails_leaves_whole_files_only_and_no_manifest(
    run: builders.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = writing.put

    def fail(path: Path, data: bytes) -> Path:
        if path.name == "projects.parquet":
            monkeypatch.setattr(writing.os, "fsync", lambda descriptor: (_ for _ in ()).throw(OSError("disk full")))
        return put(path, data)

    monkeypatch.setattr(results.writing, "put", fail)
    with pytest.raises(OSError, match="disk full"):
        write_run(run, tmp_path, figures=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(TABLES[:4])


def test_arrows_are_one_of_two_words(run: builders.Run, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must be 'flow' or 'advice'"):
        write_run(run, tmp_path, arrows="sideways")
    assert list(tmp_path.iterdir()) == []


def test_turned_arrows_turn_drawing_and_files_of_the_network_and_nothing_else(
    run: builders.Run, written: dict[str, Path], tmp_path: Path
) -> None:
    turned = write_run(run, tmp_path, arrows="advice")
    changed = {name for name in written if turned[name].read_bytes() != written[name].read_bytes()}
    assert changed == {"network.png", "network.svg", "network.gexf", "network.graphml", "manifest.json"}
    one, other = (nx.read_graphml(files_["network.graphml"], node_type=int) for files_ in (written, turned))
    assert set(one.edges) == {(t, s) for s, t in other.edges}
    assert "from adviser to seeker" in one.graph["arrows"] and "from seeker to adviser" in other.graph["arrows"]
    for files_, way in ((written, "from adviser to seeker"), (turned, "from seeker to adviser")):
        assert f"{way}</description>" in files_["network.gexf"].read_text("utf-8")


def test_every_table_is_there_as_csv_where_wanted(run: builders.Run, tmp_path: Path) -> None:
    paths = write_run(run, tmp_path, figures=False, csv=True)
    for name in ("agents", "ties", "projects", "survey"):
        table = pq.read_table(paths[f"{name}.parquet"])
        lines = paths[f"{name}.csv"].read_text("utf-8").splitlines()
        assert lines[0].split(",") == table.column_names and len(lines) == len(table) + 1
    people = pd.read_csv(paths["agents.csv"], dtype=str)
    known = people["locality"].dropna()
    assert known.str.fullmatch(r"\d+").all() and 0 < len(known) < len(people)  # whole beside blanks


def test_drawing_leaves_the_librarys_settings_alone(run: builders.Run) -> None:
    from ccgsim.report.network.figure import network_figure

    with matplotlib.rc_context({"font.size": 23.0, "svg.hashsalt": "mine"}):
        before = dict(matplotlib.rcParams)
        list(network_figure(run).files("network"))
        assert dict(matplotlib.rcParams) == before


def test_the_users_settings_do_not_reach_our_figures(run: builders.Run, written: dict[str, Path]) -> None:
    from ccgsim.report.figures.measures import measures_figure

    with matplotlib.rc_context({"font.size": 23.0, "lines.linewidth": 9.0, "svg.hashsalt": "mine"}):
        drawn = dict(measures_figure(run).files("measures"))
    assert drawn["measures.svg"] == written["measures.svg"].read_bytes()
