"""The pictures of the checkout's own graph: what is written on them, and how they are written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.text import Text
from pyoxigraph import Literal, NamedNode, Store

from meagraph.errors import UnusableInput
from meagraph.knowledge import KnowledgeGraph
from meagraph.namespaces import BASE
from meagraph.pictures import Picture, draw, drawn
from meagraph.pictures.network import MOST_ACTORS, network
from meagraph.tables import Column, Table

Drawing = Callable[[str], Picture]
SVG = "{http://www.w3.org/2000/svg}"
every = pytest.mark.parametrize("name", ["network", "network rolled up", "timeline", "matrix"])


def texts_of(picture: Picture) -> list[Text]:
    figure = picture._sheet.figure
    figure.set_dpi(72)
    return [text for text in figure.findobj(Text) if text.get_text()]


@every
def test_no_text_is_smaller_than_seven_points_or_leaves_the_sheet(
    name: str, drawing: Drawing
) -> None:
    picture = drawing(name)
    width, height = (72 * inches for inches in picture._sheet.figure.get_size_inches())
    assert width == 7 * 72
    for text in texts_of(picture):
        assert text.get_fontsize() >= 7
        box = text.get_window_extent()
        assert box.x0 >= -1 and box.x1 <= width + 1, text.get_text()
        assert box.y0 >= -1 and box.y1 <= height + 1, text.get_text()


@every
def test_a_picture_fits_on_one_page(name: str, drawing: Drawing) -> None:
    assert drawing(name)._sheet.figure.get_size_inches()[1] < 10.9


@every
def test_no_text_lies_on_another(name: str, drawing: Drawing) -> None:
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts_of(drawing(name))]
    for (one, first), (other, second) in combinations(boxes, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        down = min(first.y1, second.y1) - max(first.y0, second.y0)
        # The boxes of two lines of one text touch: they reach to the longest letters of the font.
        assert across <= 1 or down <= 2.5, f"{one} / {other}"


@every
def test_the_svg_needs_no_other_file_and_tells_what_it_shows(name: str, drawing: Drawing) -> None:
    picture = drawing(name)
    root = ElementTree.fromstring(picture.svg)
    assert root.get("role") == "img"
    named = str(root.get("aria-labelledby")).split()
    told = {node.get("id"): node.text for node in root if node.tag in (SVG + "title", SVG + "desc")}
    assert [told[one] for one in named] == [picture.title, picture.description]
    addresses = re.findall(r"""(?:href=|url\()["']?([^"')]+)""", picture.svg)
    assert addresses and all(one.startswith(("#", "data:font/woff;")) for one in addresses)
    written = "".join(node.text or "" for node in root.iter(SVG + "text"))
    assert "Sources: COP-4 report, COP-6 note. Data: meagraph" in written


@every
def test_the_notes_say_what_is_counted(name: str, drawing: Drawing) -> None:
    assert re.search(r"Unit: (activities|meetings)\b", " ".join(drawing(name).notes))


@every
def test_the_png_is_printed_at_three_hundred_dots_an_inch(name: str, drawing: Drawing) -> None:
    png = drawing(name).png
    assert png.startswith(b"\x89PNG") and int.from_bytes(png[16:20]) == 2100


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.rows = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "a":
            self.loaded += [str(value) for name, value in attrs if name in ("src", "href")]


@every
def test_the_page_has_the_data_and_loads_nothing(name: str, drawing: Drawing) -> None:
    picture = drawing(name)
    page = Page(picture.html)
    assert "script" not in page.tags and not page.loaded
    assert page.tags.count("tr") == len(picture.table) + 1
    assert picture.html.count('role="img"') == 1


def test_a_picture_is_the_same_whatever_the_reader_has_set(
    drawing: Drawing, project: object, tmp_path: Path
) -> None:
    """Another process, other hashes, other settings of matplotlib: the same bytes."""
    (tmp_path / "matplotlibrc").write_text("font.size: 20\nsvg.fonttype: path\n", encoding="utf-8")
    code = (
        "import sys, meagraph\n"
        "picture = meagraph.open(sys.argv[1]).plot('network', roll_up=True)\n"
        "picture.save('again.svg')\n"
        "picture.save('again.png')\n"
    )
    root = str(getattr(project, "root"))  # noqa: B009
    environment = {**os.environ, "PYTHONHASHSEED": "5", "MPLBACKEND": "svg"}
    subprocess.run([sys.executable, "-c", code, root], check=True, cwd=tmp_path, env=environment)
    picture = drawing("network rolled up")
    assert (tmp_path / "again.svg").read_text(encoding="utf-8") == picture.svg
    assert (tmp_path / "again.png").read_bytes() == picture.png


def test_a_picture_leaves_the_readers_settings_alone(graph: KnowledgeGraph) -> None:
    import matplotlib

    with matplotlib.rc_context({"font.size": 17, "svg.hashsalt": "mine"}):
        _ = drawn(graph, "timeline", {"body": "bodies:minamata-cop"}).svg
        assert matplotlib.rcParams["font.size"] == 17
        assert matplotlib.rcParams["svg.hashsalt"] == "mine"
    assert "matplotlib.pyplot" not in sys.modules


def test_a_picture_shows_itself_in_a_notebook(drawing: Drawing) -> None:
    picture = drawing("matrix")
    assert ElementTree.fromstring(picture._repr_svg_()).tag == SVG + "svg"


def test_what_was_asked_for_stands_below_the_title(graph: KnowledgeGraph) -> None:
    asked = {"agent": "BRS secretariat", "least": 2, "title": "Partners & co. <$x$>"}
    picture = drawn(graph, "network", asked)
    lines = [text.get_text() for text in texts_of(picture)]
    assert lines[0] == "Partners & co. <$x$>"
    assert lines[1] == "BRS secretariat; at least 2; actors as named"
    assert "<title" in picture.svg and "Partners &amp; co. &lt;$x$&gt;" in picture.svg


def test_what_a_picture_does_not_know_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnusableInput, match="no picture “netwerk”") as told:
        drawn(graph, "netwerk", {})
    assert "Did you mean network?" in str(told.value)
    with pytest.raises(UnusableInput, match="a matrix takes no roll_up"):
        drawn(graph, "matrix", {"roll_up": True})
    for name in ("network", "timeline", "matrix"):
        with pytest.raises(UnusableInput, match="less than one"):
            drawn(graph, name, {"most": 0})
        with pytest.raises(UnusableInput):
            draw(name, Table([], [], {}), graph.store)


def test_of_a_large_network_the_strongest_pairs_are_drawn_and_the_rest_is_counted() -> None:
    def actor(number: int) -> NamedNode:
        return NamedNode(f"{BASE}organisations/o{number:03}")

    columns = [Column(name) for name in ("first", "second", "asNamed", "rolledUp", "passages")]
    rows = [
        [actor(0), actor(number), Literal(number), Literal(number), ()] for number in range(1, 120)
    ]
    picture = network(Table(columns, rows, {}), Store(), most=10)
    assert "Shown: 10 of 119 pairs" in picture.notes[1]
    assert "109 of the pairs, and with them 109 of the actors" in picture.notes[1]
    written = [text.get_text() for text in texts_of(picture)]
    assert "119" in written and "organisations:o119" in written
    assert "organisations:o109" not in written
    whole = network(Table(columns, rows, {}), Store(), most=500)
    assert f"Shown: {MOST_ACTORS - 1} of 119 pairs" in whole.notes[1]
