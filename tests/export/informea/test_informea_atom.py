"""The feed in Atom."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from feed_asking import ATOM, D, M, asked, content

from meagraph.export.informea import Feed
from meagraph.export.informea.schema import KINDS


@pytest.mark.parametrize("set_", KINDS)
def test_atom_says_what_json_says(ours: Feed, set_: str) -> None:
    feed = ElementTree.fromstring(asked(ours, set_, "application/atom+xml").body)
    said = content(ours, set_)["results"]
    entries = feed.findall(ATOM + "entry")
    assert len(entries) == len(said)
    kind = KINDS[set_]
    for entry, record in zip(entries, said, strict=True):
        properties = entry.find(f"{ATOM}content/{M}properties")
        assert properties is not None
        for name in kind.scalars:
            element = properties.find(D + name)
            assert element is not None
            assert (element.get(M + "null") == "true") is (record[name] is None)
            if isinstance(record[name], str) and not record[name].startswith("/Date("):
                assert element.text == record[name]
        links = {link.get("title"): link for link in entry.findall(ATOM + "link")}
        for name in kind.lists:
            inline = links[name].findall(f"{M}inline/{ATOM}feed/{ATOM}entry")
            assert len(inline) == len(record[name]["results"])


def test_each_address_in_atom_leads_to_what_it_names(ours: Feed) -> None:
    base = "https://example.org/odata/"
    feed = ElementTree.fromstring(asked(ours, "Documents", "", top=3).body)
    for entry in feed.iter(ATOM + "entry"):
        iri = str(entry.findtext(ATOM + "id"))
        found = content(ours, iri.removeprefix(base))
        assert found["__metadata"]["uri"] == iri
        for link in entry.findall(ATOM + "link"):
            answer = content(ours, str(link.get("href")))
            wanted = found if link.get("rel") == "edit" else found[str(link.get("title"))]
            assert answer == wanted


def test_atom_is_well_formed_whatever_a_label_holds(
    feed_of: Callable[..., Feed],
) -> None:
    label = r'"a\u0001b\u000B\u007F\u0085 ]]> & <!-- \uFFFE اتفاقية \"q\""'
    text = f"""meetings:a a mea:Meeting ; rdfs:label {label}@en ; mea:meetingOf bodies:basel-cop ;
        mea:when "2022-06-06"^^edtf:EDTF ; mea:takenFrom {label} ."""
    feed = feed_of({"meetings/a": text})
    title = content(feed, "Meetings('a.basel')/title")["results"][0]["value"]
    for path in ("Meetings", "Meetings('a.basel')", "Meetings('a.basel')/title"):
        found = ElementTree.fromstring(asked(feed, path, "").body)
        assert title in [one.text for one in found.iter(D + "value")]
    assert title == 'ab ]]> & <!-- اتفاقية "q"'


def test_days_in_atom_are_moments_and_one_record_is_an_entry(ours: Feed) -> None:
    response = asked(ours, "Meetings('cbd-cop-16-1.cbd')", "")
    assert response.media_type.startswith("application/atom+xml;type=entry")
    entry = ElementTree.fromstring(response.body)
    assert entry.tag == ATOM + "entry"
    start = entry.find(f"{ATOM}content/{M}properties/{D}start")
    assert start is not None
    assert (start.text, start.get(M + "type")) == ("2024-10-28T00:00:00", "Edm.DateTime")
