"""The one exception that a user of meagraph is meant to read, and the hint that several give."""

import os
import sys


class UnusableInput(Exception):
    """Input that meagraph cannot work with; nothing has been changed.

    The command line prints it on standard error and exits with status 2.

    Args:
        message: what is wrong, in the reader's words.
        file: the file it stands in, as the reader named it.
        line: its line there, from 1.
        column: its column there, from 1.
        excerpt: the line itself, with a caret under what is wrong.
        hint: what to do about it.
    """

    def __init__(
        self,
        message: str,
        *,
        file: object = None,
        line: int | None = None,
        column: int | None = None,
        excerpt: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = None if file is None else str(file)
        self.line = line
        self.column = column
        self.excerpt = excerpt
        self.hint = hint

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        text = f"{place}: {self.message}" if place else self.message
        return "\n  ".join(part for part in (text, self.excerpt, self.hint) if part)


def installing(extra: str) -> str:
    """The command that installs the packages of an extra for the Python that runs now.

    Of a checkout (``src/meagraph`` below a ``pyproject.toml``) it is the one that brings them
    there, to be given in the reader's current folder; else that of the package.

    Args:
        extra: its name in ``pyproject.toml``.
    """
    checkout = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    if not os.path.isfile(os.path.join(checkout, "pyproject.toml")):
        return f"pip install 'meagraph[{extra}]'"
    from shlex import quote

    here = os.getcwd()
    python = sys.executable or "python"
    if python.startswith(os.path.join(here, "")):
        python = os.path.relpath(python, here)
    folder = "." if os.path.samefile(checkout, here) else checkout
    return f"{quote(python)} -m pip install -e {quote(f'{folder}[{extra}]')}"
