"""The figures: frames in, sheets out."""
