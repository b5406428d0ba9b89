"""`python -m rekindle`: the command, where it is not on the path."""

from rekindle.cli import main

if __name__ == "__main__":
    main()
