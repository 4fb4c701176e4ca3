"""A finished picture: as SVG, PNG or page, shown in notebooks, or saved to a file."""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import sha256
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.entries.replacement import check_file, replace_together
from meagraph.errors import UnusableInput
from meagraph.pictures.letters import clean, embedded
from meagraph.pictures.sheet import settings

if TYPE_CHECKING:
    import os

    from meagraph.pictures.sheet import Sheet
    from meagraph.tables import Table

ENDINGS = {".svg": "svg", ".png": "png", ".html": "html"}
"""The endings of file names, and the form that each stands for."""

_DOTS_PER_INCH = 300


def form_of(file: str | os.PathLike[str]) -> str:
    """The form in which a picture is written to a file: what the ending of its name says.

    Raises:
        UnusableInput: the ending says nothing.
    """
    form = ENDINGS.get(Path(file).suffix.lower())
    if form is None:
        raise UnusableInput(
            f"the ending of {file} does not say which kind of picture to write",
            hint="Name it .svg for print and the web, .png for pixels, or .html for a page with "
            "the data below the picture.",
        )
    return form


class Picture:
    """A drawn picture; each of its forms is made when it is first asked for.

    The same data gives the same bytes with the same version of matplotlib.

    Args:
        sheet: what was drawn.
        title: what it is called.
        description: what it shows, in words, for those who do not see it.
        notes: the sentences beneath it.
        table: the data behind it.
    """

    def __init__(
        self, sheet: Sheet, title: str, description: str, notes: list[str], table: Table
    ) -> None:
        self._sheet = sheet
        self.title = clean(title)
        self.description = clean(description)
        self.notes = notes
        self.table = table

    def __repr__(self) -> str:
        return f"<Picture: {self.title}>"

    @cached_property
    def svg(self) -> str:
        """A document in SVG 1.1 that needs no other file: text is text, its letters are inside."""
        written = BytesIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        with settings():
            self._sheet.figure.savefig(written, format="svg", metadata=nothing)
            letters = embedded(self._sheet.texts)
        return self._named(written.getvalue().decode("utf-8"), letters)

    def _named(self, drawn: str, letters: str) -> str:
        """The drawing with its title, its description and its letters."""
        key = sha256(drawn.encode()).hexdigest()[:10]
        head = (
            f'<title id="title-{key}">{escape(self.title)}</title>\n'
            f' <desc id="description-{key}">{escape(self.description)}</desc>\n'
            f' <style type="text/css">{letters}</style>\n '
        )
        names = f'role="img" lang="en" aria-labelledby="title-{key} description-{key}"'
        drawn = re.sub(r"<svg ", f"<svg {names} ", drawn, count=1)
        start = drawn.index(">", drawn.index("<svg ")) + 1
        return f"{drawn[:start]}\n {head}{drawn[start:].lstrip()}"

    @cached_property
    def png(self) -> bytes:
        """Pixels, 300 to the inch."""
        written = BytesIO()
        metadata = {"Software": "meagraph", "Title": self.title, "Description": self.description}
        with settings():
            self._sheet.figure.savefig(written, format="png", dpi=_DOTS_PER_INCH, metadata=metadata)
        return written.getvalue()

    @cached_property
    def html(self) -> str:
        """A page that needs no other file: the picture, what it shows, and the data as a table."""
        from meagraph.pictures.page import page

        return page(self)

    def save(self, file: str | os.PathLike[str]) -> None:
        """Write the picture to a file, whole or not at all; its ending says in which form.

        Raises:
            UnusableInput: the ending says nothing, or the file cannot be written; what it held
                is as it was.
        """
        form = form_of(file)
        path = Path(file)
        check_file(path)
        content: str | bytes = getattr(self, form)
        replace_together({path: content})

    def _repr_svg_(self) -> str:
        return self.inline()

    def inline(self) -> str:
        """The SVG without what only a file of its own begins with, to stand within a page."""
        drawn = self.svg[self.svg.index("<svg ") :]
        return drawn.replace("<svg ", '<svg style="height:auto;max-width:100%" ', 1)
