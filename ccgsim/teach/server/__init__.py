"""The server of the lesson: pages, connections, sessions."""
