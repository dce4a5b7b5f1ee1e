"""An experiment: its file, its design and what it varies."""
