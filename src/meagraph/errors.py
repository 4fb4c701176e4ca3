"""The one exception that a user of meagraph is meant to read."""


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
