"""A report as an HTML page and as a document."""
