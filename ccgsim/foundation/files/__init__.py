"""Checked reading, atomic writing, and locks on folders."""
