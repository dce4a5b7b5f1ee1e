"""Small worlds whose months are written down to the last digit."""
