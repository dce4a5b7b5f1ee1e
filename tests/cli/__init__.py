"""Tests of the commands, one file a command, and of what all have in common."""
