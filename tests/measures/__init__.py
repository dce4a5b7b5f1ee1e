"""Measures, on worlds small enough to work out by hand and on made-up ones."""
