"""A page of ours as a test sees it: links, headings, names of places, scripts, text."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from typing import NamedTuple

import httpx

VOID = {"meta", "link", "input", "br", "hr", "img"}


class Element(NamedTuple):
    """An element, its attributes, and the text in it."""

    name: str
    attributes: dict[str, str]
    text: str


class Page(HTMLParser):
    """What stands in a page; every element that is opened must be closed in turn."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.markup = markup
        self.elements: list[Element] = []
        self._open: list[tuple[int, str, dict[str, str], list[str]]] = []
        self.feed(markup)
        self.close()
        assert not self._open, f"never closed: {[one[1] for one in self._open]}"
        self.elements = [one for _, one in sorted(self._closed, key=lambda each: each[0])]

    def reset(self) -> None:
        super().reset()
        self._closed: list[tuple[int, Element]] = []
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in <{tag}>"
        attributes = {name: value or "" for name, value in attrs}
        self._count += 1
        if tag in VOID:
            self._closed.append((self._count, Element(tag, attributes, "")))
        else:
            self._open.append((self._count, tag, attributes, []))

    def handle_endtag(self, tag: str) -> None:
        place, name, attributes, texts = self._open.pop()
        assert name == tag, f"<{name}> is closed by </{tag}>"
        text = "".join(texts)
        self._closed.append((place, Element(tag, attributes, " ".join(text.split()))))
        if self._open:
            self._open[-1][3].append(text)

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1][3].append(data)

    def all(self, *names: str) -> list[Element]:
        """The elements with these names, in their order."""
        return [one for one in self.elements if one.name in names]

    def one(self, name: str) -> Element:
        """The only element of this name."""
        (found,) = self.all(name)
        return found

    @property
    def links(self) -> dict[str, str]:
        """Where each link leads, and the words of the first that leads there."""
        found: dict[str, str] = {}
        for one in self.all("a"):
            found.setdefault(one.attributes["href"], one.text)
        return found

    @property
    def ids(self) -> list[str]:
        """The names of places, doubles too."""
        return [one.attributes["id"] for one in self.elements if "id" in one.attributes]

    @property
    def text(self) -> str:
        """All that is read."""
        return self.one("main").text


@cache
def get(address: str, status: int = 200) -> Page:
    """The page at an address, asked for as a browser does; once only for all tests."""
    answer = httpx.get(address, headers={"Accept": "text/html"}, follow_redirects=True, timeout=60)
    assert answer.status_code == status, f"{address}: {answer.status_code} {answer.text[:300]}"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)
