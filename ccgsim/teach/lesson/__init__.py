"""The content of the lesson: scenes, stories, the game, the classroom."""
