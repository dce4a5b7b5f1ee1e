"""Workbooks that this program writes: plain sheets, and the template with drop-downs. The same sheets read back."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

from ccgsim.foundation.vocabulary import ROLES
from ccgsim.survey.reading.columns import READ_ME

PEOPLE = ("Name", "Kind", "Role", "Organisation", "On the board", "Locality", "Answered")
TIES = ("From", "To", "How often")
KINDS = ("GP", "nurse", "manager", "provider", "patient group", "policy body")
OFTEN = ("never", "yearly", "quarterly", "monthly", "fortnightly", "weekly", "daily")
YES_NO = ("yes", "no")
Rows = Sequence[Sequence[str]]
ROWS = 2_000  # rows that have drop-downs
_CREATED = datetime.datetime(2013, 4, 1)  # fixed, so that the same sheets give the same bytes
_ABOUT = (
    "Who asks whom for advice: a workbook to fill in",
    "",
    "1  In the sheet People, write a row for each person: the board first, then contacts outside who are named.",
    "2  In the sheet Ties, write a row for each pair: From is who asks, To is who is asked, then how often.",
    "    Names in Ties must be written as in People. Pairs that are not listed are taken as 'never'.",
    "3  In People, the column Answered says who filled in the questions: yes or no; leave it empty for contacts.",
    "    The ties of somebody who did not answer are unknown, which is not the same as none.",
    "4  Save the workbook and run, in its folder:  ccgsim network network.xlsx",
    "",
    "Codes may stand in place of names, as long as they are the same in both sheets.",
)


def workbook_bytes(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook of these sheets, a header and rows each; texts stay texts, nothing is run as a formula."""
    with _Book() as book:
        for name, rows in sheets.items():
            _fill(book, book.made.add_worksheet(name), rows)
    return book.bytes


def template_bytes(people_rows: Rows = (), ties_rows: Rows = ()) -> bytes:
    """The workbook to send out: Read me, People and Ties, with drop-downs for kind, role, yes or no, frequency.

    With rows under the columns PEOPLE and TIES it is one that somebody has filled in.
    """
    with _Book() as book:
        about = book.made.add_worksheet(READ_ME)
        about.set_column(0, 0, 110)
        for row, line in enumerate(_ABOUT):
            about.write_string(row, 0, line)
        people, ties = book.made.add_worksheet("People"), book.made.add_worksheet("Ties")
        _fill(book, people, [PEOPLE, *people_rows])
        _fill(book, ties, [TIES, *ties_rows])
        for column, words in ((1, KINDS), (2, ROLES[1:]), (4, YES_NO), (6, YES_NO)):
            people.data_validation(1, column, ROWS, column, {"validate": "list", "source": list(words)})
        names = {"validate": "list", "source": f"=People!$A$2:$A${ROWS + 1}", "error_type": "warning"}
        ties.data_validation(1, 0, ROWS, 1, names)
        ties.data_validation(1, 2, ROWS, 2, {"validate": "list", "source": list(OFTEN)})
    return book.bytes


def _fill(book: _Book, sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows from the top; the header is bold and stays in view."""
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(map(len, rows)) - 1, 20)
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            style = book.bold if place == 0 else None
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(place, column, value, style)
            elif value != "":
                sheet.write_string(place, column, str(value), style)


class _Book:
    """A workbook in memory, its bytes once it is closed."""

    def __enter__(self) -> _Book:
        import xlsxwriter

        self._out = io.BytesIO()
        self.made = xlsxwriter.Workbook(self._out, {"in_memory": True})
        self.made.set_properties({"created": _CREATED})
        self.bold = self.made.add_format({"bold": True})
        return self

    def __exit__(self, *_: object) -> None:
        self.made.close()

    @property
    def bytes(self) -> bytes:
        """The file."""
        return self._out.getvalue()
