"""Lists as people save them: each has its right value, or a message with the list's name, the line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.scenario.brought.ccg_list import MOST, Listed, read_list

HEAD = "name,population,practices,localities,footprint\n"
A, B = Listed("A", 50_000, 6, 2, 0), Listed("B", 90_000, 13, None, 1)
PLAIN = f"{HEAD}A,50000,6,2,x\nB,90000,,,y\n"

RIGHT = {
    "as documented": PLAIN,
    "line ends of Windows": PLAIN.replace("\n", "\r\n"),
    "line ends of an old Mac": PLAIN.replace("\n", "\r"),
    "no line end at the end": PLAIN.rstrip(),
    "a byte-order mark": "\ufeff" + PLAIN,
    "blank lines": PLAIN.replace("\n", "\n\n\n"),
    "lines of commas that spreadsheets leave": PLAIN + ",,,,\n,,,,\n",
    "trailing commas on every line": PLAIN.replace("\n", ",\n"),
    "trailing commas below the header only": HEAD + "A,50000,6,2,x,\nB,90000,,,y,\n",
    "spaces around names and values": f"{HEAD} A , 50000 ,6 ,2, x\n  B,90000 , , ,y  \n",
    "spaces that do not break": f"{HEAD}\u00a0A\u00a0,50000,6,2,x\nB,90000,,,y\n",
    "spaces around the names of columns": PLAIN.replace(HEAD, " name , population,practices ,localities,footprint \n"),
    "names of columns in capitals": PLAIN.replace(HEAD, "Name,POPULATION,Practices,Localities,Footprint\n"),
    "columns in another order": "footprint,name,localities,practices,population\nx,A,2,6,50000\ny,B,,,90000\n",
    "everything in quotes": f'{HEAD}"A","50000","6","2","x"\n"B","90000","","","y"\n',
    "columns of one's own": f'ods,{HEAD.strip()},note\n07L,A,50000,6,2,x,"ours, I think"\n08M,B,90000,,,y,\n',
    "a column without a name and without values": f"{HEAD.strip()},\nA,50000,6,2,x,\nB,90000,,,y,\n",
    "whole numbers with a point": f"{HEAD}A,50000.0,6.0,2.0,x\nB,9e4,,,y\n",
    "the line in which Excel names the separator": f"sep=,\n{PLAIN}",
}


def listed(folder: Path, content: str | bytes, footprints: int = 2) -> list[Listed]:
    (folder / "mine.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_list(str(folder / "mine.csv"), footprints)


def told(folder: Path, content: str | bytes) -> list[str]:
    with pytest.raises(Problems) as refused:
        listed(folder, content)
    assert all(problem.file == str(folder / "mine.csv") for problem in refused.value.problems)
    return [str(problem).removeprefix(f"{folder}/mine.csv").strip() for problem in refused.value.problems]


@pytest.mark.parametrize("what", RIGHT)
def test_a_list_has_its_right_values_with(what, tmp_path):
    assert listed(tmp_path, RIGHT[what]) == [A, B]


def test_names_may_hold_commas_quotes_and_letters_of_any_language(tmp_path):
    text = 'name,population\n"Bath, Somerset",90000\n"The ""new"" one",90000\nYnys Môn 安,90000\n'
    assert [one.name for one in listed(tmp_path, text)] == ["Bath, Somerset", 'The "new" one', "Ynys Môn 安"]


@pytest.mark.parametrize(
    ("column", "footprints"),
    [
        (["", "", "", ""], [0, 0, 1, 1]),  # as without the column: runs
        (["x", "", "", "x"], [0, 1, 2, 0]),  # those without one are alone
        ([" x", "x ", "y", "x"], [0, 0, 1, 0]),
    ],
)
def test_a_blank_footprint_is_shared_with_nobody(column, footprints, tmp_path):
    rows = "".join(f"C{n},90000,{footprint}\n" for n, footprint in enumerate(column))
    assert [one.footprint for one in listed(tmp_path, f"name,population,footprint\n{rows}")] == footprints


WRONG = {
    "nothing": ("", "is empty"),
    "blank lines only": ("\n\n ,\n", "is empty"),
    "a header only": (HEAD, "must hold 1 to 1,000 rows, and has no rows"),
    "too many rows": ("name,population\n" + "A,90000\n" * (MOST + 1), "and has more"),
    "no header": ("A,50000\nB,60000\n", "line 1, name: this column is missing; the list needs name, population"),
    "another name for a column": ("name,people\nA,50000\n", "line 1, population: this column is missing"),
    "a misspelt column": ("nmae,population\nA,50000\n", "(did you mean nmae?)"),
    "a misspelt column that may be left out": (
        "name,population,practises\nA,50000,3\n",
        "line 1, practises: is no column of this list; rename it (did you mean practices?)",
    ),
    "a column twice": ("name,population,population\nA,50000,50000\n", "line 1, population: this column occurs twice"),
    "semicolons": ("name;population\nA;50000\n", "line 1 = 'name;population': separates values by semicolons"),
    "tabs": ("name\tpopulation\nA\t50000\n", "separates values by tabs"),
    "bars": ("\nname|population\nA|50000\n", "line 2 = 'name|population': separates values by bars"),
    "Windows-1252": (
        b"name,population\r\nA,50000\r\nCaf\xe9,50000\r\n",
        "line 3: is not text in UTF-8: byte 0xe9, 'é'",
    ),
    "UTF-16": ("name,population\nA,50000\n".encode("utf-16"), "is text in UTF-16; save it as UTF-8"),
    "a workbook": (b"PK\x03\x04\x14\x00", "is a workbook or another packed file"),
    "zero bytes": (b"name,population\nA,5\x00000\n", "line 2: holds a zero byte"),
    "an unquoted comma": (
        "name,population\nA,50000\nBath, Somerset,90000\n",
        "line 3 = 'Bath, Somerset, 90000': has 3 values where the header has 2 names; quote",
    ),
    "every row longer than the header": ("name,population\nA,50000,x,1\nB,60000,y,2\n", "line 2 = 'A, 50000, x, 1'"),
    "a short row": (f"{HEAD}A,50000,6\n", "line 2 = 'A, 50000, 6': has 3 values where the header has 5 names; keep"),
    "a value under no name": ("name,,population\nA,x,50000\n", "line 2 = 'A, x, 50000': has a value in column 2"),
    "an open quote": ('name,population\nA,50000\n"B,60000\nC,70000\n', "line 3: opens a quote that is never closed"),
    "text after a quote": ('name,population\n"A"x,50000\n', "line 2: has text after a closing quote"),
    "an enormous value": (f"name,population\n{'x' * 200_000},50000\n", "line 2: has a value longer than 131,072"),
    "a name twice": (
        "name,population\nA,50000\nB,50000\n A ,60000\n",
        "line 4, name = 'A': is the name of the CCG in line 2",
    ),
    "a name twice but for its spaces": ("name,population\nA  B,50000\nA B,60000\n", "is the name of the CCG in line 2"),
    "no name": ("name,population\n ,50000\n", "line 2, name: is empty"),
    "a control character in a name": (
        "name,population\nA\x1b[31m,50000\n",
        "line 2, name = 'A\\x1b[31m': holds a control",
    ),
    "a line break in a name": ('name,population\n"A\nB",50000\n', "holds a line break (U+000A)"),
    "no population": ("name,population\nA,\n", "line 2, population: is empty"),
    "grouped thousands": ('name,population\nA,"320,000"\n', "must be a whole number (did you mean 320000?)"),
    "grouped by spaces": ("name,population\nA,320 000\n", "(did you mean 320000?)"),
    "a decimal comma": (
        'name,population,practices\nA,90000,"6,0"\n',
        "line 2, practices = '6,0': must be a whole number (did",
    ),
    "words for numbers": ("name,population\nA,lots\n", "line 2, population = 'lots': must be a whole number"),
    "not a number": ("name,population\nA,nan\n", "line 2, population = 'nan': must be a finite number"),
    "a fraction of a person": ("name,population\nA,50000.5\n", "must be a whole number"),
    "out of range": ("name,population\nA,12\n", "line 2, population = '12': lies outside 5,000 to 10,000,000"),
    "more localities than practices": (
        f"{HEAD}A,90000,2,3,\n",
        "line 2, localities = '3': must not exceed the practices, 2",
    ),
    "more localities than there will be practices": (f"{HEAD}A,21000,,4,\n", "must not exceed the practices, 3"),
    "blank lines before the fault": ("\n\nname,population\n\n\nA,50000\n\nB,x\n", "line 8, population = 'x'"),
    "a line break in a note before the fault": ('name,note,population\nA,"x\ny\n",50000\nB,,x\n', "line 5, population"),
    "signs that some take for line ends": (
        "name,note,population\nA,x\u2028\x0b\x0cy,50000\nB,,x\n",
        "line 3, population",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_list_is_refused_in_its_own_name_for(what, tmp_path):
    content, said = WRONG[what]
    assert said in told(tmp_path, content)[0]


def test_all_faults_are_told_at_once_and_counted(tmp_path):
    rows = "".join(f"C{n},x\n" for n in range(25))
    assert len(told(tmp_path, f"name,population\n{rows}D,1,2\n")) == 26


def test_faults_beyond_a_thousand_are_counted_as_further_ones(tmp_path):
    rows = "".join(f"C{n},x,x,x\n" for n in range(900))
    found = told(tmp_path, f"name,population,practices,localities\n{rows}")
    assert len(found) == 1001 and found[-1] == ": has further faults; the first 1,000 are listed"


def test_what_is_no_list_is_a_fault_of_the_key_that_names_it(tmp_path):
    for place, said in (("none.csv", "there is no such file"), (".", "is a folder, not a file")):
        with pytest.raises(Problems, match=rf"england\.file = '{tmp_path / place}': {said}"):
            read_list(str(tmp_path / place), 2)
