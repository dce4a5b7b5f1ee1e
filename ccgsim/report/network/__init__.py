"""The network: drawn, and as files for other tools."""
