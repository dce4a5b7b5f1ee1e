"""A surveyed network in words, and the files that `ccgsim network` writes."""
