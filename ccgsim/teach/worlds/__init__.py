"""The running worlds of a lesson."""
