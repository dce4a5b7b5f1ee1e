"""Reports: results of one folder as a page and as a document, for readers who were not there."""
