"""The command `ccgsim`: one file per command; app.py declares them."""
