"""The network as a drawing, and as files for other programs."""
