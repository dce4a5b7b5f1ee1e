"""What a run leaves behind: tables, networks, figures, a manifest. Frames in, files out; nothing here runs a model."""
