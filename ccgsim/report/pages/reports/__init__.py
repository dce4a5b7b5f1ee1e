"""The reports: one file for each kind of results."""
