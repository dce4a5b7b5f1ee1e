"""The output of a run: tables, folders, a manifest. Data frames in, files out; nothing here runs a model."""
