"""What a lesson shows and asks: scenes, stories, the game, the class."""
