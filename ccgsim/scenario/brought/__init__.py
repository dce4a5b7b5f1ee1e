"""Files that a scenario names: a network, a list of CCGs, a calendar, a path of control."""
