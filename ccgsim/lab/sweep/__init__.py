"""Runs of a design on worker processes, resumable."""
