"""Resumable runs of a design on worker processes."""
