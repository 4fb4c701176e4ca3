"""Lets ``python -m meagraph`` do what the command ``meagraph`` does."""

from meagraph.cli import console

if __name__ == "__main__":
    console()
