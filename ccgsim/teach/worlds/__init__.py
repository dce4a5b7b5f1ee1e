"""The two worlds of a lesson while they run."""
