"""Names of the reports that stand beside results: whoever clears or resumes a folder knows them."""

from __future__ import annotations

HTML, DOCX = "report.html", "report.docx"
REPORTS = (HTML, DOCX)
