"""The browser lesson: a local server that simulates two worlds and streams them to the page."""
