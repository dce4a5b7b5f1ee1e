"""What a person, a pair or a class plays, and what came of it."""
