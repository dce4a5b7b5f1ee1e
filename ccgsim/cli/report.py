"""The command `report`: results of one folder as a page, and as a document for a board paper."""

from __future__ import annotations

from pathlib import Path

from ccgsim.cli.options.worlds import Report
from ccgsim.cli.parts.answers import DONE, opening, place_faults, print_json
from ccgsim.foundation.extras import needs
from ccgsim.foundation.files import lock
from ccgsim.foundation.problems import Problems
from ccgsim.report.pages.kinds import page_of
from ccgsim.report.pages.written import write_report
from ccgsim.report.words.terminal import print_line


def answer(asked: Report) -> int:
    """Write the report into the folder, print its path; returns the exit code."""
    kind, files = carry_out(asked)
    if asked.as_json:
        print_json(opening("report") | {"kind": kind, "files": {name: str(path) for name, path in files.items()}})
    else:
        for path in files.values():
            print_line(str(path))
    return DONE


def carry_out(asked: Report) -> tuple[str, dict[str, Path]]:
    """The kind of results and the files written, by name; raises Problems and InUse."""
    if faults := place_faults(asked.folder, "DIR"):
        raise Problems(faults)
    if asked.docx:
        needs("docx", "docx")
    lock.check_free(asked.folder)
    kind, page = page_of(asked.folder)
    return kind, write_report(page, asked.folder, docx=asked.docx)
