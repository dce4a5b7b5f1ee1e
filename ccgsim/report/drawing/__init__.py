"""Tools shared by all figures."""
