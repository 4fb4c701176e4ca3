"""Documents in the feed: symbols, authors, annexes, files."""

from __future__ import annotations

from feed_records import BASEL_COP, IN_JUNE, FeedOf, by_id, meeting

from meagraph.export.informea import Feed


def test_one_document_with_three_symbols_is_one_record_of_three_treaties(ours: Feed) -> None:
    found = [record for record in ours.documents if record.id == "unep-chw.15-20"]
    assert len(found) == 1
    fields = found[0].fields
    assert [one["value"] for one in fields["treaties"]] == ["basel", "rotterdam", "stockholm"]
    assert [one["value"] for one in fields["identifiers"]] == [
        "UNEP/CHW.15/20",
        "UNEP/FAO/RC/COP.10/16",
        "UNEP/POPS/COP.10/20",
    ]


def test_authors_have_a_name_and_a_value(ours: Feed) -> None:
    authors = [a for record in ours.documents for a in record.fields["authors"]]
    assert authors
    assert all(author["name"] == author["value"] != "" for author in authors)


def test_no_keyword_is_sent_whose_label_is_not_known_letter_by_letter(ours: Feed) -> None:
    records = (*ours.decisions, *ours.documents)
    assert {len(record.fields["keywords"]) for record in records} == {0}


def test_an_annex_refers_to_the_meeting_of_its_document(ours: Feed) -> None:
    fields = by_id(ours.documents)["unep-mc-cop.6-inf-29-annex-1"].fields
    assert [one["refId"] for one in fields["referenceToEntities"]] == [
        "minamata-cop-6.minamataunep"
    ]


def test_an_annex_has_the_title_that_is_printed_on_it_and_is_told_from_the_whole(
    ours: Feed,
) -> None:
    """“COP-6 note, annex I” says nothing to who does not know our names of documents."""
    titles = {r.id: r.fields["title"][0]["value"] for r in ours.documents}
    note = titles["minamata-cop6-cooperation-activities"]
    annex = titles["minamata-cop6-cooperation-activities-annex-1"]
    assert note.startswith("Information on activities undertaken by the secretariat")
    assert annex == f"{note} (COP-6 note, annex I)"
    assert len(set(titles.values())) == len(titles)


def test_a_document_submitted_to_a_meeting_is_that_of_its_treaty(feed_of: FeedOf) -> None:
    feed = feed_of(
        meeting("a", f"{BASEL_COP} ; {IN_JUNE}")
        | {
            "documents/p": 'documents:p a mea:Document ; rdfs:label "P"@en ;'
            " mea:submittedTo meetings:a ."
        }
    )
    (paper,) = feed.documents
    assert paper.fields["treaty"] == "basel"
    assert [one["refId"] for one in paper.fields["referenceToEntities"]] == ["a.basel"]


def test_a_file_is_sent_only_with_an_official_address_and_its_language(feed_of: FeedOf) -> None:
    english = "<http://publications.europa.eu/resource/authority/language/ENG>"
    paper = 'a mea:Document ; rdfs:label "P"@en ; mea:belongsTo agreements:basel ; schema:url'
    feed = feed_of(
        {
            "documents/a": f"documents:a {paper} <https://www.basel.int/x%20y.pdf> ;"
            f" dcterms:language {english} .",
            "documents/b": f"documents:b {paper} <https://www.basel.int/page> ;"
            f" dcterms:language {english} .",
            "documents/c": f"documents:c {paper} <https://www.basel.int/x.pdf> .",
        }
    )
    documents = by_id(feed.documents)
    assert documents["a"].fields["files"] == [
        {
            "id": "a-files-1",
            "url": "https://www.basel.int/x%20y.pdf",
            "content": None,
            "mimeType": "application/pdf",
            "language": "en",
            "filename": "x y.pdf",
        }
    ]
    assert documents["b"].fields["files"] == documents["c"].fields["files"] == []
