"""Files that a student can save: series, charts, worksheets, replays."""
