"""`python -m ccgsim` is the command `ccgsim`."""

from ccgsim.cli.app import main

if __name__ == "__main__":
    main()
