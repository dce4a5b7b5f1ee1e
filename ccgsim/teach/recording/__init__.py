"""The lesson as a folder of files: its runs recorded beforehand, for machines without ccgsim."""
