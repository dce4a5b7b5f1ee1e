"""The lesson in the browser: a local server that steps two worlds and streams what they show to its page."""
