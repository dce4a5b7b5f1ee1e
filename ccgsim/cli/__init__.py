"""The command `ccgsim`: one file a command; app.py declares them."""
