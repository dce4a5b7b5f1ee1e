"""Scenarios: from TOML or Python to frozen, checked values."""
