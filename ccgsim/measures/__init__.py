"""What is measured in a world: a row a month for each CCG, and a survey of seat-holders. Measuring changes nothing."""
