"""`python -m lawkpi`: the command line, where the command itself is on no path."""

from lawkpi.cli import main

if __name__ == "__main__":
    main()
