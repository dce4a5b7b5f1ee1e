"""Claims about how ties form, strengthen and break."""
