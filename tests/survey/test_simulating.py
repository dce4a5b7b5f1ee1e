"""A run begins with the surveyed board: its people in the seats, its ties at the start, from whatever file."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import ccgsim
from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.problems import Problems
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.lab.sweep.plan import facts_of
from ccgsim.report.network.surveyed import files_of, people_path
from ccgsim.survey.choices import Asked
from ccgsim.survey.draws import ties_of
from ccgsim.survey.network import Chosen, Network, People
from ccgsim.survey.source import survey
from ccgsim.world.build import build
from tests.survey.boards import board, surveyed
from tests.survey.test_exports import ENDINGS

NONE = np.empty(0, np.int64)


def board_of_site_a(answering: bool = True) -> Network:
    """Site A's board and its outside contacts as a survey finds them; else the chair and another do not answer."""
    world = build(ccgsim.load("site_a"), 0)
    actors, ties = world.actors, world.ties
    chosen = actors.board[ties.source] == 1
    rows = np.unique(np.concatenate([np.flatnonzero(actors.board == 1), ties.target[chosen]]))
    place = {row: new for new, row in enumerate(rows.tolist())}
    people = actors[rows]
    on_board, n = people.board == 1, len(rows)
    ids = tuple(f"{v.KINDS[one.kind]} {one.key}" for one in people)
    answered = on_board & (answering | ((people.role != v.CHAIR) & (np.arange(n) != 3)))
    seeker = np.array([place[row] for row in ties.source[chosen]])
    adviser = np.array([place[row] for row in ties.target[chosen]])
    kept = answered[seeker]
    return Network(
        People(
            ids=ids,
            names=ids,
            kinds=np.array(people.kind),
            written=tuple(v.KINDS[kind] for kind in people.kind),
            roles=np.array(people.role),
            organisations=("",) * n,
            localities=tuple(f"locality {place}" if place >= 0 else "" for place in people.locality),
            board=on_board,
            asked=on_board,
            answered=answered,
        ),
        seeker[kept],
        adviser[kept],
        np.ones(kept.sum()),
        False,
        NONE,
        NONE,
        Chosen(),
    )


def written(network: Network, folder, ending: str) -> dict[str, str]:
    """The network in a file of this ending, as a scenario names it."""
    path = folder / f"board{ending}"
    files = files_of(network, path)
    for name, data in files.items():
        name.write_bytes(data)
    return {"file": str(path)} | ({"people": str(people_path(path))} if people_path(path) in files else {})


@pytest.mark.parametrize("answering", [True, False])
def test_site_as_board_gives_the_same_run_to_the_bit_from_every_writer(tmp_path, answering):
    network = board_of_site_a(answering)
    runs = {ending: ccgsim.simulate("site_a", 3, 18, network=written(network, tmp_path, ending)) for ending in ENDINGS}
    first = runs[".csv"]
    for run in runs.values():
        pd.testing.assert_frame_equal(run.series, first.series, check_exact=True)
        pd.testing.assert_frame_equal(run.ties, first.ties, check_exact=True)
    assert len({tuple(run.provenance["inputs"].values()) for run in runs.values()}) == len(ENDINGS)


def test_the_world_begins_with_the_surveyed_people_and_exactly_their_ties(tmp_path):
    network = board_of_site_a()
    world = Course(ccgsim.load("site_a").with_(network=written(network, tmp_path, ".json")), 5).world
    key = world.surveyed
    rows = {name: world.row_of(key[name]) for name in network.people.ids}
    for place, name in enumerate(network.people.ids):
        one = world.actors[rows[name]]
        assert (one.kind, one.board) == (network.people.kinds[place], network.people.board[place])
        assert one.role == network.people.roles[place]
        named = network.people.localities[place]
        assert named == "" or world.localities.number[one.locality] == int(named.split()[-1])
    here = {rows[name]: place for place, name in enumerate(network.people.ids)}
    from_board = world.actors.board[world.ties.source] == 1
    found = {(here[tie.source], here[tie.target]) for tie in world.ties[from_board]}
    assert found == set(zip(*map(np.ndarray.tolist, np.nonzero(ties_of(network))), strict=True))


def test_the_surveyed_board_is_near_its_resting_point(tmp_path):
    where = written(board_of_site_a(), tmp_path, ".csv")
    found = ccgsim.replicate("site_a", range(12), 24, network=where).series.groupby("month").mean()
    assert abs(found.board_density[24] - found.board_density[0]) < 0.12
    assert abs(found.ties_outside[24] / found.ties_outside[0] - 1) < 0.25


def test_unknown_ties_differ_by_seed_and_known_ones_do_not(tmp_path):
    whole = board(1)
    part = surveyed(whole, 1)
    world = ccgsim.load("site_a").with_(network=written(part, tmp_path, ".graphml"))
    ties = []
    for seed in (0, 1):
        built = build(world, seed)
        places = {row: name for name, row in ((name, built.row_of(key)) for name, key in built.surveyed.items())}
        ties.append({(places.get(tie.source), places.get(tie.target)) for tie in built.ties})
    ids = part.people.ids
    known = {(ids[one], ids[other]) for one, other in zip(part.seeker, part.adviser, strict=True)}
    assert known <= ties[0] & ties[1]
    silent = {ids[row] for row in np.flatnonzero(part.silent)}
    assert {one for one, _ in ties[0] ^ ties[1] if one in ids and ids.index(one) < 13} <= silent
    assert ties[0] != ties[1]


def test_scenario_files_experiments_comparisons_and_the_model_take_a_network(tmp_path):
    where = written(board_of_site_a(), tmp_path, ".csv")
    options = f'file = "board.csv"\npeople = "{people_path(tmp_path / "board.csv").name}"\n'
    (tmp_path / "mine.toml").write_text(f'schema = 1\nbased_on = "site_a"\n[network]\n{options}')
    series = ccgsim.simulate("site_a", 2, 3, network=where).series
    for run in (
        ccgsim.simulate(tmp_path / "mine.toml", 2, 3),
        ccgsim.simulate(ccgsim.load("site_a").with_(network=where), 2, 3),
    ):
        pd.testing.assert_frame_equal(run.series, series, check_exact=True)
    model = ccgsim.CommissioningModel("site_a", rng=2, network=where)
    model.step()
    assert model.measures["board_density"] == series.board_density[1]
    compared = ccgsim.compare({"a": "site_a", "b": "site_b"}, 2, months=2, network=where)
    assert {world.network.file.name for world in compared.scenarios.values()} == {"board.csv"}
    (tmp_path / "sweep.toml").write_text(
        f'schema = 1\nscenario = "site_a"\nmonths = 2\n[network]\n{options}[levers]\n"policy.dialogue" = [0.2, 0.8]\n'
    )
    facts = facts_of(experiment(tmp_path / "sweep.toml"))
    (tmp_path / "board.csv").write_text((tmp_path / "board.csv").read_text() + "\n")
    again = facts_of(experiment(tmp_path / "sweep.toml"))
    assert facts["files"]["network.file"] != again["files"]["network.file"]


def test_a_run_says_what_it_takes_and_assumes_and_keeps_the_checksum(tmp_path, ccgsim_says):
    part = surveyed(board(2), 2)
    where = written(part, tmp_path, ".json")["file"]
    code, _, err = ccgsim_says("run", "site_a", "--network", where, "--months", "2", "--no-figures", "--out", "here")
    assert code == 0, err
    for said in ("13 members of the surveyed board", "unknown ties are drawn", "no effect", "sectors of providers"):
        assert said in err
    manifest = json.loads((tmp_path / "here" / "manifest.json").read_text("utf-8"))
    assert manifest["scenario"]["network"] == {"file": where} and list(manifest["inputs"]) == [where]
    assert set(manifest["people"]) == set(part.people.ids)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--network", "nothing.csv"], "there is no such file"),
        (["--wave", "2"], "name its file with --network"),
        (["--network", "{file}", "--missing", "zero"], "--missing"),
        (["--network", "{file}", "--relation", "love"], "--relation"),
    ],
)
def test_a_network_that_cannot_be_used_is_refused_before_anything_runs(words, said, tmp_path, ccgsim_says):
    file = written(board_of_site_a(), tmp_path, ".json")["file"]
    code, out, err = ccgsim_says("run", "site_a", *(word.format(file=file) for word in words))
    assert (code, out) == (3, "") and said in err and "Traceback" not in err
    assert not (tmp_path / "results").exists()


def test_a_scenario_names_every_fault_of_its_network_at_once(tmp_path):
    with pytest.raises(Problems) as refused:
        ccgsim.load("site_a").with_(network={"fil": "x", "reversed": 1, "missing": "zero"})
    keys = {problem.key for problem in refused.value.problems}
    assert keys == {"network.fil", "network.file", "network.reversed", "network.missing"}
    with pytest.raises(Problems, match="many CCGs"):
        ccgsim.load("england").with_(network=written(board_of_site_a(), tmp_path, ".json"))
    (tmp_path / "two.csv").write_text("from,to\na,b\n")
    assert survey(tmp_path / "two.csv", Asked()).people.board.sum() == 2
    (tmp_path / "none.csv").write_text("from,to,frequency\na,b,0\n")
    with pytest.raises(Problems, match="no tie"):
        ccgsim.load("site_a").with_(network=str(tmp_path / "none.csv"))


def test_a_bare_list_of_ties_is_a_board_of_managers_and_runs(tmp_path):
    (tmp_path / "ties.csv").write_text("from,to\na,b\nb,c\nc,a\nd,a\n")
    run = ccgsim.simulate("site_a", 0, 6, network=tmp_path / "ties.csv")
    assert run.series.board_density[0] == pytest.approx(4 / 12)
