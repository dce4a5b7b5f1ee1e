"""What each study found: a text for the terminal, and its files."""
