"""The figures: from data frames to sheets."""
