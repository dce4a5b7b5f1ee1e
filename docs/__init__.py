"""Documents, and the script that writes their tables from the code."""
