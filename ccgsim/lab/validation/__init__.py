"""The patterns and their judgement."""
