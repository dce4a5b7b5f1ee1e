"""The longer questions behind experiments/."""
