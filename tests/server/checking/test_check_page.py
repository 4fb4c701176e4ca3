"""``/check`` and ``/rules``: for a person, without script."""

from __future__ import annotations

import re
from html import unescape

import pytest
import requests
from drafts import ODD, WAIT
from running import Served

from meagraph.drafting.explanations import every_rule
from meagraph.project import Project
from meagraph.server.checking.sent import LARGEST
from meagraph.validation.shapes import read_shapes

EVIL = '"><script>alert(1)</script></textarea><img src=x onerror=alert(2)>\u202e'


def send(server: Served, **fields: str) -> requests.Response:
    parts = {name: (None, value) for name, value in fields.items()}
    return requests.post(f"{server.url}/check", files=parts, timeout=WAIT)


def get(server: Served, path: str) -> requests.Response:
    return requests.get(server.url + path, timeout=WAIT, allow_redirects=False)


@pytest.fixture(scope="module")
def page(server: Served) -> str:
    """What is shown of a draft whose label is full of markup."""
    label = EVIL.replace('"', '\\"')
    answer = send(server, text=ODD.replace("Odd", label).replace("\n", "\r\n"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    return answer.text


def test_the_form_stands_without_script(server: Served) -> None:
    answer = get(server, "/check")
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    for field in ("text", "file", "media", "as"):
        assert f'name="{field}"' in answer.text
        assert f'for="{field}"' in answer.text


def test_links_lead_to_the_lines_at_which_something_was_found(page: str) -> None:
    leads = re.findall(r'href="#(L\d+)"', page)
    assert "L6" in leads and len(leads) > 1
    assert leads == re.findall(r'<tr id="(L\d+)" class="hit">', page)


def test_the_line_is_marked_and_the_finding_stands_beneath_it(page: str) -> None:
    row = re.search(
        r'<tr id="L6" class="hit">(.*?)</tr>\s*<tr class="found">(.*?)</tr>', page, re.S
    )
    assert row
    assert unescape(row[1]).endswith('mea:ordinal <mark>"six"</mark> .</code></td>')
    assert "violation" in row[2]
    assert 'href="/rules/Meeting-ordinal"' in row[2]
    assert "A word was written" in row[2]


def test_every_line_has_its_number(page: str) -> None:
    assert re.findall(r'<tr id="L(\d+)"', page) == [str(number) for number in range(1, 7)]


def test_what_was_sent_is_shown_as_text(page: str) -> None:
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page.partition("<textarea")[0]


def test_what_was_sent_stands_in_the_field_to_be_corrected(page: str) -> None:
    field = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S)
    assert field
    assert unescape(field[1]).startswith(ODD[:200])


def test_a_file_goes_before_the_text_and_its_name_says_what_it_is(server: Served) -> None:
    file = {"file": ("odd.jsonld", b"{", "application/octet-stream")}
    answer = requests.post(f"{server.url}/check", data={"text": ODD}, files=file, timeout=WAIT)
    assert answer.status_code == 400
    assert "not JSON" in answer.text
    assert '<option value="application/ld+json" selected>' in answer.text


def test_a_form_without_files_is_read_as_well(server: Served) -> None:
    fields = {"text": "meetings:odd", "media": "application/n-triples", "as": ""}
    answer = requests.post(f"{server.url}/check", data=fields, timeout=WAIT)
    assert answer.status_code == 400
    assert '<tr id="L1" class="hit">' in answer.text


def test_a_file_that_is_no_text_is_told_of(server: Served) -> None:
    files = {"file": ("a.ttl", b'<a> <b> "\xff" .\x00', "text/turtle")}
    answer = requests.post(f"{server.url}/check", files=files, timeout=WAIT)
    assert answer.status_code == 400
    assert "0xFF" in answer.text


def test_an_empty_form_says_what_to_do(server: Served) -> None:
    answer = send(server, text="  ")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": "#" * (LARGEST + 1)}, 413),
        ({"text": "#" * (2 * LARGEST + 1)}, 400),
        ({"text": ODD, "media": "application/rdf+xml"}, 415),
        ({"text": ODD, "as": "../x"}, 400),
        ({f"f{number}": "x" for number in range(20)}, 400),
    ],
)
def test_forms_that_cannot_be_used_are_refused(
    server: Served, fields: dict[str, str], status: int
) -> None:
    assert send(server, **fields).status_code == status


@pytest.mark.parametrize("body", [b"", b"--x", b"--x\r\n\r\nno header", b"\xff" * 100])
def test_a_form_that_is_none_is_refused(server: Served, body: bytes) -> None:
    for media in ("multipart/form-data; boundary=x", "multipart/form-data", "text/turtle"):
        answer = requests.post(
            f"{server.url}/check", data=body, headers={"Content-Type": media}, timeout=WAIT
        )
        assert 400 <= answer.status_code < 500


def test_all_rules_are_listed(server: Served, project: Project) -> None:
    listed = set(re.findall(r'href="/rules/([^"]+)"', get(server, "/rules").text))
    assert listed == {name.partition(":")[2] for name in every_rule(read_shapes(project.shapes))}


@pytest.mark.parametrize("name", ["Meeting-ordinal", "Name-defined"])
def test_a_rule_is_explained_with_a_wrong_and_a_right_example(server: Served, name: str) -> None:
    for _ in range(2):  # the second time it is known
        page = get(server, f"/rules/{name}")
        assert page.status_code == 200
        assert ">Wrong</h2>" in page.text
        assert ">Right</h2>" in page.text
        assert page.text.count("<pre") >= 2


def test_a_rule_has_one_address(server: Served) -> None:
    answer = get(server, "/rules/meash:Meeting-ordinal")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/rules/Meeting-ordinal")


@pytest.mark.parametrize("name", ["Nothing", "meeting-ordinal%0d%0aX:1", "%3Cscript%3E", "a%00b"])
def test_a_rule_that_there_is_not_is_not_found(server: Served, name: str) -> None:
    answer = get(server, f"/rules/{name}")
    assert 400 <= answer.status_code < 500
    assert "<script>" not in answer.text
