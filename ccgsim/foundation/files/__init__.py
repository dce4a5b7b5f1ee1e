"""Files read with care and written whole, and folders that two commands cannot take at once."""
