"""What is too large or too deep is refused before it is read or parsed."""

from __future__ import annotations

import errno
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meagraph.entries import locate, parse_entry
from meagraph.entries.limits import (
    MAX_BYTES,
    MAX_NESTING,
    Syntax,
    read_bounded,
    read_stream,
    refuse_deep,
)
from meagraph.errors import UnusableInput

FILE = Path("file.ttl")
P = "<http://x/p>"
MANY = "[(" * 200
ESCAPED = "\\(" * 200


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.ttl"
    with file.open("wb") as large:
        large.truncate(200_000_000)  # holds nothing, so that it takes no room
    with pytest.raises(UnusableInput, match="larger than 20 MB") as raised:
        read_bounded(file)
    assert raised.value.file == str(file)
    with file.open("wb") as large:
        large.truncate(MAX_BYTES)
    assert len(read_bounded(file)) == MAX_BYTES


def test_a_stream_is_read_no_further_than_it_takes() -> None:
    stream = BytesIO(b"x" * 5_000_000)
    with pytest.raises(UnusableInput, match="larger than 2 MB"):
        read_stream(stream, FILE, most=2_000_000)
    assert stream.tell() == 2_000_001
    assert read_stream(BytesIO(b"abc"), FILE, most=3) == b"abc"


def test_what_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = tmp_path / "loop.ttl"
    loop.symlink_to(loop)
    with pytest.raises(UnusableInput, match="symbolic links") as raised:
        read_bounded(loop)
    assert "leads back to itself" in (raised.value.hint or "")
    with pytest.raises(UnusableInput, match="No such file"):
        read_bounded(tmp_path / "none.ttl")
    with pytest.raises(UnusableInput, match="directory"):
        read_bounded(tmp_path)

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)  # who runs the tests may be allowed everything
    with pytest.raises(UnusableInput, match="Permission denied") as raised:
        read_bounded(FILE)
    assert "the right to read" in (raised.value.hint or "")


DEEP: dict[str, tuple[Syntax, str, str, str]] = {
    "blank nodes": ("turtle", f"<http://x/s> {P} ", f"[ {P} ", " ]"),
    "lists": ("turtle", f"<http://x/s> {P} ", "( ", " )"),
    "triple terms": ("turtle", f"<http://x/s> {P} ", f"<<( <http://x/s> {P} ", " )>>"),
    "graphs": ("turtle", "", "{ ", " }"),
    "objects": ("json", "", '{"a": ', "}"),
    "arrays": ("json", "", "[", "]"),
    "elements": ("xml", "<?xml version='1.0'?>", "<a b='>'>", "</a>"),
}


@pytest.mark.parametrize("kind", DEEP)
def test_nesting_is_bounded(kind: str) -> None:
    syntax, before, opening, closing = DEEP[kind]
    brackets = 2 if opening.startswith("<<(") else 1
    most = MAX_NESTING // brackets
    refuse_deep(FILE, before + opening * most + "1" + closing * most, syntax)
    refuse_deep(FILE, before + (opening + "1" + closing) * 500, syntax)
    for depth in (most + 1, 100_000):
        with pytest.raises(UnusableInput, match=f"more than {MAX_NESTING}") as raised:
            refuse_deep(FILE, f"\n{before}" + opening * depth + closing * depth, syntax)
        assert raised.value.line == 2
        column = raised.value.column or 0
        assert column > len(before)


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        ("turtle", f'<http://x/s> {P} "{MANY}" , \'{MANY}\' , """{MANY} \\""" """ .'),
        ("turtle", f"<http://x/s> {P} '''{MANY} ' \n \\''' ''' , '\\'{MANY}' ."),
        ("turtle", f"# {MANY}\n<http://x/{MANY}> {P} x:{ESCAPED} ."),
        ("json", '{"a": "' + '[{\\"' * 200 + '"}'),
        ("xml", f"<a><!-- {'<a>' * 200} --><![CDATA[{'<a>' * 200}]]>{'<a/>' * 200}</a>"),
    ],
)
def test_brackets_that_open_nothing_do_not_count(syntax: Syntax, text: str) -> None:
    refuse_deep(FILE, text, syntax)


@given(st.text("[](){}<>\"'#\\ \na:|", max_size=300))
def test_any_text_is_judged(text: str) -> None:
    for syntax in ("turtle", "json", "xml"):
        try:
            refuse_deep(FILE, text, syntax)
        except UnusableInput as error:
            assert (error.line or 0) >= 1 and (error.column or 0) >= 1


def test_what_is_not_refused_is_parsed_and_located() -> None:
    """The scanner follows brackets by calling itself: the limit is below what Python allows."""
    for opening, closing in ((f"[ {P} ", " ]"), ("( ", " )")):
        text = f"<http://x/s> {P} " + opening * MAX_NESTING + "1" + closing * MAX_NESTING + " ."
        entry = parse_entry(FILE, "http://x/g", text.encode())
        assert len(locate(entry).blanks) == MAX_NESTING


def test_the_parser_survives_what_is_not_refused() -> None:
    """In a process of its own, which a parser that overflows its stack would end."""
    program = f"""
import pyoxigraph as ox
def text(kind, n):
    _, before, opening, closing = kind
    return before + opening * n + '"a"' + closing * n
for kind, format in (
    ({DEEP["triple terms"]!r}, ox.RdfFormat.TURTLE), ({DEEP["objects"]!r}, ox.RdfFormat.JSON_LD)
):
    list(ox.parse((text(kind, {MAX_NESTING}) + " ." * (kind[0] == "turtle")).encode(), format))
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_data_file_that_is_too_deep_is_refused() -> None:
    text = f"<http://x/s> {P} " + "( " * 10_000 + " )" * 10_000 + " ."
    assert len(list(ox.parse(text.encode(), ox.RdfFormat.TURTLE))) > 10_000
    with pytest.raises(UnusableInput, match="brackets are open at once"):
        parse_entry(FILE, "http://x/g", text.encode())
