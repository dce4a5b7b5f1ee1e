"""Files of other programs: one file a format, each gives what the file says (`reading.raw.Raw`)."""
