"""The harvest feed over HTTP: addresses, options, forms, errors, conditional requests."""

from __future__ import annotations

import socket
from email.utils import format_datetime, parsedate_to_datetime
from xml.etree import ElementTree

import pytest
import requests
from pyoxigraph import Store
from running import Served

from meagraph.export.changed import updated
from meagraph.export.informea import Feed, records
from meagraph.project import Project

JSON = {"Accept": "application/json"}
WAIT = 60
ERROR = "{http://schemas.microsoft.com/ado/2007/08/dataservices/metadata}message"


@pytest.fixture(scope="module")
def feed(store: Store, project: Project) -> Feed:
    return records(store, project)


@pytest.fixture(scope="module")
def service(server: Served) -> str:
    return f"{server.url}/informea.svc"


def get(url: str, **headers: str) -> requests.Response:
    return requests.get(url, headers=headers, timeout=WAIT)


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_service_document_stands_with_and_without_a_slash(service: str, slash: str) -> None:
    answer = get(service + slash)
    assert answer.status_code == 200
    assert answer.headers["DataServiceVersion"] == "2.0;"
    root = ElementTree.fromstring(answer.content)
    sets = [one.get("href") for one in root.iter("{http://www.w3.org/2007/app}collection")]
    assert sets == ["Treaties", "Meetings", "Decisions", "Documents"]
    assert f'xml:base="{service}/"' in answer.text


def test_the_metadata_are_given(service: str) -> None:
    answer = get(f"{service}/$metadata")
    assert answer.headers["Content-Type"].startswith("application/xml")
    assert b"EntityContainer" in answer.content


def test_the_form_is_what_the_client_likes_or_names(service: str) -> None:
    atom = get(f"{service}/Meetings?$top=1")
    assert atom.headers["Content-Type"].startswith("application/atom+xml")
    liked = get(f"{service}/Meetings?$top=1", **JSON)
    named = get(f"{service}/Meetings?$top=1&$format=json")
    assert liked.json() == named.json()
    assert "Accept" in liked.headers["Vary"]
    assert get(f"{service}/Meetings", Accept="image/png").status_code == 406


def test_addresses_in_an_answer_lead_back_to_the_server(service: str, feed: Feed) -> None:
    (meeting,) = get(f"{service}/Meetings?$top=1", **JSON).json()["d"]["results"]
    address = meeting["__metadata"]["uri"]
    assert address.startswith(f"{service}/Meetings('")
    assert get(address, **JSON).json()["d"]["id"] == feed.meetings[0].id


def test_options_choose_order_and_count(service: str, feed: Feed) -> None:
    asked = "$top=3&$skip=2&$orderby=id%20desc&$inlinecount=allpages&$expand=title"
    page = get(f"{service}/Meetings?{asked}", **JSON).json()["d"]
    expected = sorted((one.id for one in feed.meetings), reverse=True)[2:5]
    assert [one["id"] for one in page["results"]] == expected
    assert page["__count"] == str(len(feed.meetings))
    assert page["results"][0]["title"]["results"]


def test_options_may_be_encoded_as_a_form_encodes_them(service: str) -> None:
    plain = get(f"{service}/Meetings?$filter=treaty+eq+'basel'&$orderby=id", **JSON).json()
    whole = get(f"{service}/Meetings?%24filter=treaty%20eq%20%27basel%27&%24orderby=id", **JSON)
    assert whole.json() == plain
    assert plain["d"]["results"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("treaty+eq+'cbd'+or+substringof('Nai',city)", {"cbd-cop-16-1.cbd", "unea-6.unea"}),
        ("not%20(treaty%20ne%20%27cbd%27)%20or%20year(start)%20eq%202030", {"cbd-cop-16-1.cbd"}),
    ],
)
def test_a_filter_may_join_negate_and_ask_functions(
    service: str, asked: str, expected: set[str]
) -> None:
    found = get(f"{service}/Meetings?$filter={asked}", **JSON).json()["d"]["results"]
    assert {one["id"] for one in found} == expected


def test_what_a_filter_of_odata_2_can_and_ours_cannot_is_named(service: str) -> None:
    answer = get(f"{service}/Meetings?$filter=round(latitude)%20eq%201", **JSON)
    assert answer.status_code == 501
    assert "“round”" in answer.json()["error"]["message"]["value"]


def test_a_number_alone_is_counted(service: str, feed: Feed) -> None:
    assert get(f"{service}/Decisions/$count").text == str(len(feed.decisions))


@pytest.mark.parametrize(
    "path",
    [
        "Meetings('cbd-cop-16-1.cbd')",
        "Meetings(%27cbd-cop-16-1.cbd%27)",
        "Meetings%28id='cbd-cop-16-1%2Ecbd'%29",
        "%4Deetings('cbd-cop-16-1.cbd')",
    ],
)
def test_a_key_may_be_encoded(service: str, path: str) -> None:
    assert get(f"{service}/{path}", **JSON).json()["d"]["id"] == "cbd-cop-16-1.cbd"


@pytest.mark.parametrize("id_", ["gone", "a%2Fb", "o%27%27clock", "100%2525", "..%2F..", ""])
def test_what_is_not_there_is_not_found(service: str, id_: str) -> None:
    answer = get(f"{service}/Meetings('{id_}')", **JSON)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "404"


def test_a_path_is_decoded_once(service: str) -> None:
    answer = get(f"{service}/Meetings('a%252Fb')", **JSON)
    assert "a%2Fb" in answer.json()["error"]["message"]["value"]


@pytest.mark.parametrize(
    "query",
    [
        "$top=1&$top=2",
        "$top=1&%24top=1",
        "$top=-1",
        "$top=many",
        "$frob=1",
        "$filter=treaty%20eq",
        "$filter=a%zz",
        "$orderby=nothing",
        "$expand=nothing",
        "$format=yaml",
        "$inlinecount=perhaps",
        "$filter=" + "(" * 3900,
        "x=" + "1" * 5000,
    ],
)
def test_options_that_cannot_be_read_are_refused_in_the_protocols_own_words(
    service: str, query: str
) -> None:
    answer = get(f"{service}/Meetings?{query}", **JSON)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]["value"]


def test_an_error_is_xml_for_those_who_read_atom(service: str) -> None:
    answer = get(f"{service}/Meetings('gone')")
    message = ElementTree.fromstring(answer.content).find(ERROR)
    assert message is not None
    assert "gone" in str(message.text)


def test_script_in_an_address_comes_back_as_text(service: str) -> None:
    answer = get(f"{service}/Meetings('<script>alert(1)</script>')")
    assert b"<script" not in answer.content
    assert "html" not in answer.headers["Content-Type"]


def test_several_requests_in_one_are_refused(service: str) -> None:
    answer = requests.post(f"{service}/$batch", data=b"--batch", headers=JSON, timeout=WAIT)
    assert answer.status_code == 501
    assert answer.json()["error"]["code"] == "501"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "MERGE"])
def test_nothing_can_be_written(service: str, method: str) -> None:
    url = f"{service}/Meetings"
    answer = requests.request(method, url, data=b"x", headers=JSON, timeout=WAIT)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}
    assert answer.headers["DataServiceVersion"] == "2.0;"
    assert answer.json()["error"]["code"] == "405"
    told = requests.options(url, timeout=WAIT)
    assert (told.status_code, told.headers["Allow"]) == (204, "GET, HEAD")


def test_head_tells_what_get_would_send(service: str) -> None:
    url = f"{service}/Meetings?$top=2"
    head = requests.head(url, headers=JSON, timeout=WAIT)
    whole = get(url, **JSON)
    assert head.content == b""
    for name in ("ETag", "Content-Type", "Last-Modified", "DataServiceVersion"):
        assert head.headers[name] == whole.headers[name]


def test_the_day_is_the_registers_last(service: str, store: Store) -> None:
    told = parsedate_to_datetime(get(f"{service}/Meetings").headers["Last-Modified"])
    assert told.date() == updated(store)("nothing of this name")


def test_who_has_an_answer_is_not_sent_it_again(service: str) -> None:
    url = f"{service}/Meetings?$top=2"
    first = get(url, **JSON)
    tag, day = first.headers["ETag"], first.headers["Last-Modified"]
    for known in ({"If-None-Match": f'"other", {tag}'}, {"If-None-Match": "*"}):
        again = get(url, **JSON, **known)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag
    assert get(url, **JSON, **{"If-Modified-Since": day}).status_code in (200, 304)
    later = format_datetime(parsedate_to_datetime("Fri, 01 Jan 2100 00:00:00 GMT"), usegmt=True)
    assert get(url, **JSON, **{"If-Modified-Since": later}).status_code == 304


def test_who_has_another_answer_is_sent_this_one(service: str) -> None:
    url = f"{service}/Meetings?$top=2"
    tag = get(url, **JSON).headers["ETag"]
    later = "Fri, 01 Jan 2100 00:00:00 GMT"
    for known in (
        {"If-None-Match": tag, "Accept": "application/atom+xml"},
        {"If-None-Match": '"other"', "If-Modified-Since": later},
        {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert get(url, **{**JSON, **known}).status_code == 200
    assert get(f"{service}/Meetings?$top=3", **JSON, **{"If-None-Match": tag}).status_code == 200


def test_the_same_question_is_answered_the_same(service: str) -> None:
    url = f"{service}/Documents?$expand=title,files"
    assert get(url, **JSON).content == get(url, **JSON).content


@pytest.mark.parametrize("target", ["Meet%ff%00ings", "Meetings('%C0%AF')", "?$filter=%FF"])
def test_an_address_that_is_no_text_is_refused(server: Served, target: str) -> None:
    with socket.create_connection((server.host, server.port), timeout=WAIT) as client:
        client.sendall(f"GET /informea.svc/{target} HTTP/1.0\r\n\r\n".encode())
        answer = client.makefile("rb").read()
        assert answer.split()[1] == b"400"
        assert b"dataserviceversion: 2.0;" in answer.lower()
        assert ElementTree.fromstring(answer.partition(b"\r\n\r\n")[2]).tag.endswith("error")
