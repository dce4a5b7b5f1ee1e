"""What is exported reads back to the same network; codes hide names everywhere; a filled template needs no option."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from ccgsim.foundation.inputs.texts import is_harmful, one_line
from ccgsim.foundation.problems import Problems
from ccgsim.foundation.vocabulary import KINDS, ROLES
from ccgsim.report.network.surveyed import files_of, people_path
from ccgsim.survey.anonymise import anonymised
from ccgsim.survey.choices import Asked
from ccgsim.survey.network import Chosen, Network, People
from ccgsim.survey.sheets import workbook_bytes
from ccgsim.survey.source import survey
from ccgsim.survey.template import template_files
from tests.survey.small import TIES, read, ties_of

ENDINGS = (".csv", ".xlsx", ".graphml", ".gexf", ".net", ".json")


def is_name(text):
    return bool(text) and text == one_line(text) and text[0] not in "'\"" and not any(map(is_harmful, text))


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).map(one_line).filter(is_name)
HARD = st.sampled_from(
    ["=1+2", "@x", "-2", "+44", "#1", "% of all", "007", "7", "NA", "TRUE", "Smith, Jane", "Zoë; B", "n1"]
)


@st.composite
def networks(draw):
    """Any network of 2 to 6 people, some asked and silent, some pairs unknown."""
    ids = draw(st.lists(NAMES | HARD, min_size=2, max_size=6, unique=True))
    n = len(ids)
    flags = st.lists(st.booleans(), min_size=n, max_size=n)
    board = np.array(draw(flags))
    asked = board | np.array(draw(flags))
    answered = asked & np.array(draw(flags))
    pairs = sorted(
        draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] != p[1])))
    )
    valued = draw(st.booleans())
    values = draw(
        st.lists(st.sampled_from([0.25, 1.0, 2.5, 5.0, 1e-7, 12345.678]), min_size=len(pairs), max_size=len(pairs))
    )
    free = [(i, j) for i in range(n) for j in range(n) if i != j and answered[i] and (i, j) not in pairs]
    opened = sorted(draw(st.sets(st.sampled_from(free)))) if free and draw(st.booleans()) else []
    if not pairs:
        valued = True
    texts = st.lists(st.sampled_from(["", "A & B", "Ärzte <Nord>", "=x"]), min_size=n, max_size=n)
    numbers = lambda top: np.array(draw(st.lists(st.integers(0, top - 1), min_size=n, max_size=n)), np.int64)  # noqa: E731
    kinds = numbers(len(KINDS))
    people = People(
        *(tuple(ids), tuple(draw(st.lists(NAMES, min_size=n, max_size=n))), kinds, tuple(KINDS[k] for k in kinds)),
        *(numbers(len(ROLES)), tuple(draw(texts)), tuple(draw(texts)), board, asked, answered),
    )
    ends, ends_open = (np.array(each, np.int64).reshape(-1, 2) for each in (pairs, opened))
    frequency = np.array(values) if valued else np.ones(len(pairs))
    return Network(people, ends[:, 0], ends[:, 1], frequency, valued, ends_open[:, 0], ends_open[:, 1], Chosen())


def differences(one: Network, other: Network) -> list[str]:
    """What two networks do not share."""
    people = [name for name in People.__dataclass_fields__ if name != "written"]
    pairs = [(name, getattr(one.people, name), getattr(other.people, name)) for name in people]
    ends = ("seeker", "adviser", "frequency", "open_seeker", "open_adviser", *(("valued",) if len(one.seeker) else ()))
    pairs += [(name, getattr(one, name), getattr(other, name)) for name in ends]
    return [f"{name}: {a} is not {b}" for name, a, b in pairs if not np.array_equal(a, b)]


def back(network: Network, folder: Path, ending: str) -> Network:
    """The network written and read again."""
    path = folder / f"out{ending}"
    for place, data in files_of(network, path).items():
        place.write_bytes(data)
    people = people_path(path)
    return survey(path, Asked(people=people if people.exists() else None))


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=60, deadline=None)
@given(network=networks())
def test_what_is_exported_reads_back_to_the_same_network(ending, network):
    with tempfile.TemporaryDirectory() as folder:
        try:
            again = back(network, Path(folder), ending)
        except Problems as refused:
            assert ending == ".net" and ("quote" in str(refused) or "unknown" in str(refused))
            return
    assert differences(network, again) == []


def test_the_same_network_gives_the_same_bytes(tmp_path):
    network = survey(_written(tmp_path), Asked())
    for ending in ENDINGS:
        path = tmp_path / f"x{ending}"
        assert files_of(network, path) == files_of(network, path)
    assert template_files() == template_files()


def _written(folder: Path) -> Path:
    path = folder / "ties.csv"
    path.write_text("from,to,frequency\n" + "".join(f"{one},{other},{v}\n" for (one, other), v in TIES.items()))
    return path


def test_codes_stand_for_names_in_everything_that_is_written(tmp_path, ccgsim_says):
    ties = _written(tmp_path)
    who = tmp_path / "who.csv"
    who.write_text(
        "id,name,organisation,answered\n"
        + "".join(
            f"{name},{name} Marrowby,{name} Surgery,{'no' if name == 'Dee' else 'yes'}\n"
            for name in dict.fromkeys(name for pair in TIES for name in pair)
        )
    )
    words = ("network", str(ties), "--people", str(who), "--anonymise", "--out", "kept", "--export", "net.graphml")
    code, out, err = ccgsim_says(*words)
    assert code == 0 and err == "" and "codes alone do not hide people" in out
    key = (tmp_path / "ties-key.csv").read_text("utf-8")
    told = [out, *(path.read_text("utf-8") for path in [tmp_path / "net.graphml", *(tmp_path / "kept").iterdir()])]
    for name in ("Bob", "Dee", "Cy Lee", "Marrowby", "Surgery"):
        assert not any(name in text for text in told), name
    assert all(name in key for name in ("Bob", "Dee", "Cy Lee"))
    assert ccgsim_says(*words, "--force")[0] == 0
    assert (tmp_path / "ties-key.csv").read_text("utf-8") == key, "the same people keep their codes"


def test_codes_change_nothing_but_names():
    people = People(
        *(("a", "b", "c"), ("Al", "Bo", "Cy"), np.array([0, 1, 5]), ("GP", "PCTStaff", "Nurse"), np.array([1, 0, 0])),
        *(("", "X", "X"), ("", "", "North"), np.array([True, True, False]), np.array([True, True, False])),
        np.array([True, False, False]),
    )
    one = np.array([0, 2]), np.array([1, 0]), np.array([3.0, 1.0])
    network = Network(people, *one, True, np.array([0]), np.array([2]), Chosen(), ("line 3: Bo (Al to Bo)",))
    coded, key = anonymised(network, {"a": "A07"})
    assert key["a"] == "A07" and len(set(key.values())) == 3
    assert ties_of(coded) == {(key["a"], key["b"]): 3.0, (key["c"], key["a"]): 1.0}
    row = coded.people.ids.index(key["b"])
    assert coded.silent.tolist() == [place == row for place in range(3)]
    assert coded.warnings == (f"line 3: {key['b']} (A07 to {key['b']})",)
    assert (coded.people.ids[coded.open_seeker[0]], coded.people.ids[coded.open_adviser[0]]) == ("A07", key["c"])


def test_a_filled_template_is_read_without_any_option(tmp_path):
    contents = template_files()
    sheets = {}
    (tmp_path / "network.xlsx").write_bytes(contents["network.xlsx"])
    for name in ("People", "Ties"):
        sheets[name] = load_workbook(tmp_path / "network.xlsx").get_sheet_by_name(name).to_python()
    sheets["People"] += [
        ["Ann", "GP", "chair", "Surgery", "yes", "North", "yes"],
        ["Bob", "manager", "accountable officer", "", "yes", "", "no"],
        ["Dee", "patient group", "", "", "no", "", ""],
    ]
    sheets["Ties"] += [["Ann", "Bob", "weekly"], ["Ann", "Dee", "never"]]
    (tmp_path / "filled.xlsx").write_bytes(workbook_bytes({"Read me": [["fill in"]], **sheets}))
    network = survey(tmp_path / "filled.xlsx")
    assert ties_of(network) == {("Ann", "Bob"): 2.0}
    assert [KINDS[kind] for kind in network.people.kinds] == ["GP", "PCTStaff", "PatientGroup"]
    assert [ROLES[role] for role in network.people.roles] == ["chair", "accountable officer", "none"]
    assert network.people.board.tolist() == [True, True, False] and network.silent.tolist() == [False, True, False]


def test_the_template_has_lists_to_choose_from_and_is_written_once(tmp_path, ccgsim_says):
    code, out, _ = ccgsim_says("network", "--template", "send", "--json")
    assert code == 0 and set(json.loads(out)["files"]) == set(template_files())
    with zipfile.ZipFile(io.BytesIO((tmp_path / "send" / "network.xlsx").read_bytes())) as packed:
        text = "".join(packed.read(name).decode() for name in packed.namelist() if "worksheets/sheet" in name)
    for words in ("GP,nurse,manager", "accountable officer", "never,yearly", "yes,no"):
        assert words in text
    code, _, err = ccgsim_says("network", "--template", "send")
    assert code == 3 and "is not empty" in err
    code, _, err = ccgsim_says("network", "send/network.xlsx")
    assert code == 3 and "has a header and no row of a person below it" in err


def test_nothing_is_written_where_something_is_wrong(tmp_path, ccgsim_says):
    ties = _written(tmp_path)
    words = ("network", str(ties), "--anonymise", "--out", "kept", "--export")
    for last in (("x.docx",), ("x.csv", "--missing", "nothing"), ("x.csv", "--kind", "wizard")):
        assert ccgsim_says(*words, *last)[0] == 3
    shutil.rmtree(tmp_path / "kept", ignore_errors=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ties.csv"]
    assert ccgsim_says("network", str(ties), "--export", "ties.csv")[0] == 3


def test_codes_hide_words_of_ones_own_and_the_numbers_of_people(tmp_path, ccgsim_says):
    (tmp_path / "ties.csv").write_text("from,to\n10432,20517\n20517,10432\n", "utf-8")
    who = "code,kind,role,answered\n10432,Dr Zed's clinic,Zed's deputy,no\n20517,community provider,chair,yes\n"
    (tmp_path / "who.csv").write_text(who, "utf-8")
    (tmp_path / "kinds.csv").write_text("word,kind\nDr Zed's clinic,GP\n", "utf-8")
    words = ("network", "ties.csv", "--people", "who.csv", "--kinds", "kinds.csv", "--anonymise", "--out", "kept")
    code, out, _ = ccgsim_says(*words, "--export", "net.csv")
    assert code == 0 and "no answer from 1 of 2" in out
    told = [out, *(path.read_text("utf-8") for path in [*tmp_path.glob("net*"), *(tmp_path / "kept").iterdir()])]
    assert not any(secret in text for text in told for secret in ("10432", "20517", "Zed"))
    assert any("community provider" in text for text in told)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "graphml", "gexf", "net", "json"])
def test_every_export_keeps_the_words_for_kinds_which_tell_sectors(tmp_path, ending):
    (tmp_path / "who.csv").write_text("name,kind\nAnn,GP\nBob,community provider\n", "utf-8")
    network = read(tmp_path, "ties.csv", "from,to\nAnn,Bob\n", people=tmp_path / "who.csv")
    path = tmp_path / f"net.{ending}"
    files = files_of(network, path)
    for each, contents in files.items():
        each.write_bytes(contents)
    people = next((each for each in files if each != path), None)
    assert survey(path, Asked(people=people)).people.written == ("GP", "community provider")


def test_a_person_called_na_in_the_table_of_people_is_no_missing_answer(tmp_path):
    (tmp_path / "ties.csv").write_text("from,to,frequency\na,NA,2\na,none,1\n")
    (tmp_path / "people.csv").write_text("id,kind\na,GP\nNA,GP\n")
    found = survey(tmp_path / "ties.csv", Asked(people=tmp_path / "people.csv"))
    assert [found.people.ids[row] for row in found.adviser] == ["NA"]
