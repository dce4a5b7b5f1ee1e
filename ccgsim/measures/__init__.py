"""What is measured in a world: one row a month for each CCG, and a survey of seat-holders. Measuring changes nothing."""
