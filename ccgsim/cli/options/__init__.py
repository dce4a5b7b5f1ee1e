"""What each command takes, with the words of its help: one class a command, which Typer fills from the command line.

A class is named after its command, whose file is `cli/NAME.py`. Nothing slow is imported here, and annotations are not
texts, which Typer would evaluate one by one at every start.
"""
