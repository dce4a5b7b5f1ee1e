"""Tests of the lesson in a real browser."""
