"""The output of a run: tables, networks, figures, a manifest. Data frames in, files out; nothing here runs a model."""
