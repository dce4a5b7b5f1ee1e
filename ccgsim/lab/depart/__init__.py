"""What the departure of each member costs a surveyed board, and what eases it."""
