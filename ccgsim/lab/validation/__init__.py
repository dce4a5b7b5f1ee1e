"""The patterns, judged."""
