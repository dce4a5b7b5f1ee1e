"""Tests of what the lesson says and what is played in it."""
