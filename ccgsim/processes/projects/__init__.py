"""How a proposal is born, passes the arenas and is adopted or fails."""
