"""In what share of the plausible space of parameters patterns hold, and what breaks them."""
