"""The words of results: terms, sentences and numbers as texts show them."""
