"""An experiment: its file, its design and the parameters it varies."""
