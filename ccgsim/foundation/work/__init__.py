"""Worker processes, and how they end."""
