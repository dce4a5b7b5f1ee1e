"""The studies behind the scripts in experiments/."""
