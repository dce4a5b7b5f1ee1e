"""A scenario: from TOML, or from Python, to frozen and checked values."""
