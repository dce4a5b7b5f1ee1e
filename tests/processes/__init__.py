"""Claims about each process of the month."""
