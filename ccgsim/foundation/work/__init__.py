"""Work on other processes, and how it ends."""
