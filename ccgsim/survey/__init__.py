"""Surveyed networks that people bring: read with care, checked, described, written again."""
