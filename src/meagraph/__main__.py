"""Lets ``python -m meagraph`` do what the command ``meagraph`` does."""

from meagraph.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
