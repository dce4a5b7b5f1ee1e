"""What a student can take away: series, charts, worksheets, replays."""
