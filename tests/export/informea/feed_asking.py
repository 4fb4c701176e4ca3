"""How a test asks a live service for the feed."""

from __future__ import annotations

import json
from typing import Any

from meagraph.export.informea import Feed, Response, respond

JSON = "application/json"
ATOM = "{http://www.w3.org/2005/Atom}"
M = "{http://schemas.microsoft.com/ado/2007/08/dataservices/metadata}"
D = "{http://schemas.microsoft.com/ado/2007/08/dataservices}"
EDM = "{http://schemas.microsoft.com/ado/2008/09/edm}"
INFORMEA = {
    "Meetings": "title,description",
    "Decisions": "title,keywords,files,content,summary",
    "Documents": "authors,description,files,identifiers,keywords,referenceToEntities,tags,"
    "treaties,title,types",
}
"""What InforMEA asks to have expanded."""


def asked(feed: Feed, path: str, accept: str = JSON, **options: object) -> Response:
    query = {f"${name}": str(value) for name, value in options.items()}
    return respond(feed, path, query, accept, "https://example.org/odata")


def content(feed: Feed, path: str, **options: object) -> Any:
    response = asked(feed, path, JSON, **options)
    assert response.status == 200, response.body
    assert response.media_type.startswith(JSON)
    return json.loads(response.body)["d"]


def ids(feed: Feed, path: str, **options: object) -> list[str]:
    return [one["id"] for one in content(feed, path, **options)["results"]]
