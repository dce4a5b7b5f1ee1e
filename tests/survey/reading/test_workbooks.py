"""Workbooks: sheets found by their headers, dates, merged and hidden cells, formulas, several relations."""

from __future__ import annotations

import datetime
import io
import os
import zipfile

import pytest
import python_calamine
import xlsxwriter

from ccgsim.foundation.problems import Problems
from tests.survey.small import PEOPLE, TIES, cells, read, ties_of

LIST = [["From", "To", "Frequency"], *([one, other, value] for (one, other), value in TIES.items())]
WHO = [["Name", "Kind", "On the board?", "Role"], *([name, "GP", "yes", ""] for name in PEOPLE)]
SQUARE = [["", *PEOPLE], *([name, *map(float, row)] for name, row in zip(PEOPLE, cells(), strict=True))]


def book(**sheets):
    """A workbook of these sheets, as bytes; a name that ends in _hidden is hidden."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name.removesuffix("_hidden"))
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
            if name.endswith("_hidden"):
                sheet.hide()
        made.worksheets()[-1].activate()
        made.worksheets()[-1].set_first_sheet()
    return out.getvalue()


TITLED = [["Our survey"], [], ["sent to 5 people", "", datetime.date(2014, 3, 1)], [], *LIST]
DATED = [[datetime.datetime(2014, 3, 1, 10, 30) if place else "Date", *row] for place, row in enumerate(LIST)]
WIDE = [
    ["When", "Your name", *(f"Whom do you ask? [{name}]" for name in PEOPLE)],
    *(
        [datetime.datetime(2014, 3, 1), one, *("" if one == other else TIES.get((one, other), 0) for other in PEOPLE)]
        for one in PEOPLE
    ),
]


@pytest.mark.parametrize(
    "sheets",
    [
        {"Ties": LIST},
        {"People": WHO, "Ties": LIST},
        {"Ties": LIST, "People": WHO},
        {"Tabelle1": TITLED, "Tabelle2": WHO},
        {"Log": DATED},
        {"Matrix": SQUARE},
        {"Matrix": [["Advice"], [], *SQUARE], "People": [["who they are"], *WHO]},
        {"Form": WIDE, "People": WHO},
        {"Old_hidden": [["From", "To"], ["Bob", "Dee"]], "Ties": LIST},
        {"Read me": [["Please fill in"], ["one row a person", "", "thank you"]], "Ties": LIST},
        {"Ties": [["", "", *row] for row in LIST]},
    ],
)
def test_sheets_are_found_by_their_headers(sheets, tmp_path):
    found = read(tmp_path, "book.xlsx", book(**sheets))
    assert ties_of(found) == TIES
    assert sorted(found.people.ids) == PEOPLE
    assert not any("Bob to Dee" in told for told in found.warnings)


def test_an_open_document_is_read_as_a_workbook_is(tmp_path):
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in LIST
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "content.xml",
            f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Ties">'
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
        packed.writestr("META-INF/manifest.xml", "<x/>")
    assert ties_of(read(tmp_path, "book.ods", out.getvalue())) == TIES


def test_several_sheets_of_ties_are_relations(tmp_path):
    data = book(Advice=LIST, Meetings=[["From", "To"], ["Bob", "Dee"]])
    first = read(tmp_path, "book.xlsx", data)
    assert ties_of(first) == TIES and first.chosen.relations == ("Advice", "Meetings")
    assert set(ties_of(read(tmp_path, "book.xlsx", data, relation="meetings"))) == {("Bob", "Dee")}
    with pytest.raises(Problems, match="did you mean Meetings"):
        read(tmp_path, "book.xlsx", data, relation="meetngs")


def test_sheets_called_alike_but_for_a_number_are_waves(tmp_path):
    data = book(**{"Wave 1": LIST, "Wave 2": [["From", "To"], ["Bob", "Dee"]]})
    assert ties_of(read(tmp_path, "book.xlsx", data)) == TIES
    second = read(tmp_path, "book.xlsx", data, wave="2")
    assert set(ties_of(second)) == {("Bob", "Dee")} and second.chosen.waves == ("1", "2")


def without_value(data):
    """The workbook with its formulas never computed."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(bare, "w") as stripped:
        for name in packed.namelist():
            stripped.writestr(name, packed.read(name).replace(b"<f>1+2</f><v>3</v>", b"<f>1+2</f>"))
    return bare.getvalue()


def computed(**sheets):
    """A workbook whose cells with '=1+2' are formulas with the value 3."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell == "=1+2":
                        sheet.write_formula(line, place, cell, None, 3)
                    else:
                        sheet.write(line, place, cell)
    return out.getvalue()


def faults_of(folder, data, **asked):
    """Place and rule, without its end, of each fault."""
    with pytest.raises(Problems) as refused:
        read(folder, "book.xlsx", data, **asked)
    return [(fault.key, fault.rule.split(";")[0].split(" to be")[0]) for fault in refused.value.problems]


BARE = "is a formula without a value"


def test_a_formula_with_a_value_is_its_value_and_one_without_is_a_fault(tmp_path):
    data = computed(Ties=[LIST[0], [*LIST[1][:2], "=1+2"], *LIST[2:]])
    assert ties_of(read(tmp_path, "book.xlsx", data)) == TIES
    with pytest.raises(Problems, match=r"Ties!C2 = '=1\+2'"):
        read(tmp_path, "book.xlsx", without_value(data))


def test_formulas_without_a_value_hide_no_other_fault(tmp_path):
    ties = [*LIST, ["=1+2", "Dee", 3], ["Ann", "Dee", "sometimes"], ["Zoe", "Ann", 1]]
    data = without_value(computed(Ties=ties, People=[[*WHO[0]], *[[*row[:3], "=1+2"] for row in WHO[1:2]], *WHO[2:]]))
    found = faults_of(tmp_path, data, at_least="lots")
    assert [(key, rule[:20]) for key, rule in found] == [
        ("Ties!A7", BARE[:20]),
        ("People!D2", BARE[:20]),
        ("--at-least", "is neither a number "),
        ("Ties!C8", "is no frequency: a n"),
        ("Ties!A9", "is not among the peo"),
    ]


def test_whom_a_formula_without_a_value_names_is_not_missed(tmp_path):
    who = [WHO[0], ["=1+2", "GP", "yes", ""], ["=1+2", "Wizard", "yes", ""], *WHO[3:]]
    rules = [rule for _, rule in faults_of(tmp_path, without_value(computed(Ties=LIST, People=who)))]
    assert rules[:2] == [BARE, BARE] and len(rules) == 3 and rules[2].startswith("is no kind")
    (tmp_path / "who.xlsx").write_bytes(without_value(computed(People=who)))
    ties = book(Ties=[*LIST, ["Ann", "Dee", "sometimes"]])
    keys = {key for key, _ in faults_of(tmp_path, ties, people=tmp_path / "who.xlsx")}
    assert keys == {"Ties!C7", "People!A2", "People!A3", "People row 3, Kind"}


def test_a_sheet_that_is_not_known_for_its_formulas_is_told_with_them(tmp_path):
    keys = [key for key, _ in faults_of(tmp_path, without_value(computed(Ties=[["=1+2", "=1+2"], ["Ann", "Bob"]])))]
    assert keys[:2] == ["Ties!A1", "Ties!B1"]


def test_a_name_merged_over_its_rows_stands_for_each(tmp_path):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("Ties")
        for place, row in enumerate(LIST):
            sheet.write_row(place, 0, row)
        sheet.merge_range("A2:A3", "Ann")
    assert ties_of(read(tmp_path, "book.xlsx", out.getvalue())) == TIES


@pytest.mark.parametrize(
    ("sheets", "rule"),
    [
        ({"People": WHO}, "has no ties in its sheets People; the sheet People holds people"),
        ({"Notes": [["nothing"]]}, "has no ties in its sheets Notes"),
        ({"Ties": LIST[:1]}, "no row below it"),
        (
            {"Ties": [*LIST, ["", "Dee", 3], ["Ann", "Dee", "sometimes"]]},
            r"Ties!A7.*is empty(.|\n)*Ties!C8 = 'sometimes'",
        ),
    ],
)
def test_what_is_wrong_is_told_by_sheet_and_cell(sheets, rule, tmp_path):
    with pytest.raises(Problems, match=rule):
        read(tmp_path, "book.xlsx", book(**sheets))


def test_a_crash_of_the_reader_of_workbooks_is_a_fault_of_the_file(tmp_path, monkeypatch, capfd):
    def crash(_):
        os.write(2, b"thread panicked")
        raise type("PanicException", (BaseException,), {})("range start index 116 out of range")

    monkeypatch.setattr(python_calamine, "load_workbook", crash)
    with pytest.raises(Problems, match="damaged"):
        read(tmp_path, "t.xls", b"\xd0\xcf\x11\xe0 and the rest")
    assert capfd.readouterr().err == ""


def test_a_sheet_of_people_without_a_person_is_refused_and_not_each_name_in_the_ties(tmp_path):
    with pytest.raises(Problems) as refused:
        read(tmp_path, "t.xlsx", book(People=WHO[:1], Ties=LIST))
    assert [(fault.key, fault.rule) for fault in refused.value.problems] == [
        ("People!A1", "has a header and no row of a person below it")
    ]
