"""Writing a report into the folder of its results."""

from __future__ import annotations

from pathlib import Path

from ccgsim.foundation.files.reports import DOCX, HTML
from ccgsim.foundation.files.writing import put
from ccgsim.foundation.problems import Problems, refuse
from ccgsim.report.pages.formats.html import html_bytes
from ccgsim.report.pages.page import Page


def write_report(page: Page, folder: Path, *, docx: bool = False) -> dict[str, Path]:
    """Write the page, with `docx` also the document; returns their paths by name; raises Problems if that fails."""
    contents = {HTML: html_bytes(page)}
    if docx:
        from ccgsim.report.pages.formats.docx import docx_bytes

        contents[DOCX] = docx_bytes(page)
    try:
        return {name: put(folder / name, data) for name, data in contents.items()}
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(folder: Path, error: OSError) -> Problems:
    return refuse("DIR", str(folder), f"cannot be written: {error.strerror}")
