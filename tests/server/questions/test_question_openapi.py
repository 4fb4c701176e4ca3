"""The OpenAPI document is valid, tells the truth, and stands as a page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from questions.stored import NAMES, get, graph
from running import Served

LISTED = "/queries"


@pytest.fixture(scope="module")
def described(server: Served) -> dict[str, Any]:
    document: dict[str, Any] = get(f"{server.url}/openapi.json").json()
    return document


def _named(operation: dict[str, Any]) -> dict[str, Any]:
    return {one["name"]: one for one in operation["parameters"] if "name" in one}


def _with_every_sort_of_parameter() -> list[str]:
    """Questions enough that each sort of parameter is one of theirs."""
    chosen, seen = [], set[tuple[object, ...]]()
    for name in NAMES:
        sorts = {one[3:9] for one in graph().question(name).parameters.values()}
        if not sorts <= seen:
            chosen.append(name)
            seen |= sorts
    return chosen


def test_the_document_is_valid(described: dict[str, Any]) -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    validator.validate(described)


def test_every_question_is_described_with_its_parameters(described: dict[str, Any]) -> None:
    for name in NAMES:
        question = graph().question(name)
        operation = described["paths"][f"/queries/{name}"]["get"]
        assert operation["summary"] == question.summary
        named = _named(operation)
        assert list(named) == list(question.parameters)
        for key, parameter in question.parameters.items():
            assert named[key]["required"] == parameter.required
            assert (named[key]["schema"].get("type") == "array") == parameter.many


def test_every_example_works(described: dict[str, Any], server: Served) -> None:
    for name in NAMES:
        named = _named(described["paths"][f"/queries/{name}"]["get"])
        needed = {key: one["example"] for key, one in named.items() if one["required"]}
        for key, one in named.items():
            given = {**needed, key: one["example"]}
            response = get(f"{server.url}/queries/{name}", params=given)
            assert response.status_code == 200, (name, given, response.text)


def test_most_examples_have_an_answer(server: Served) -> None:
    """The thing that the graph mentions most is taken, not the first by its name."""
    listed = get(f"{server.url}/queries.json").json()["questions"]
    empty = [one["name"] for one in listed if not get(one["example"]).json()["total"]]
    assert len(empty) < len(NAMES) / 6, empty


def test_a_client_that_is_made_from_the_document_can_switch_and_send(
    described: dict[str, Any], server: Served
) -> None:
    """A switch is a truth value, for names are made of an enumeration; each body has a schema."""
    schema = described["components"]["parameters"]["labels"]["schema"]
    assert schema == {"type": "boolean", "default": True}
    url = f"{server.url}/queries/calendar.csv"
    assert get(url, params={"labels": "false"}).text == get(url, params={"labels": "0"}).text
    assert get(url, params={"labels": "true"}).text == get(url).text != get(url + "?labels=0").text
    bodies = described["paths"]["/validate"]["post"]["requestBody"]["content"]
    assert all(one["schema"] == {"type": "string"} for one in bodies.values())


def test_few_accepted_values_are_listed(described: dict[str, Any]) -> None:
    named = _named(described["paths"]["/queries/calendar"]["get"])
    assert "status:held" in json.dumps(named["status"]["schema"])


def test_every_answer_conforms_to_its_schema(described: dict[str, Any], server: Served) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    for name in NAMES:
        operation = described["paths"][f"/queries/{name}"]["get"]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": described["components"]}
        answer = get(f"{server.url}/releases/{described['info']['version']}/queries/{name}.json")
        jsonschema.validate(answer.json(), whole, cls=jsonschema.Draft202012Validator)
        columns = {column["name"] for column in answer.json()["columns"]}
        assert columns == schema["properties"]["rows"]["items"]["properties"].keys()


def test_the_page_has_every_question(server: Served) -> None:
    page = get(f"{server.url}/api").text
    for name in NAMES:
        assert f'id="{name}"' in page
    assert "<script" not in page


def test_what_is_made_up_from_the_document_never_fails(
    described: dict[str, Any], server: Served
) -> None:
    """Schemathesis asks a few times each, with values fit and unfit; seeded."""
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    paths = [LISTED, *(f"{LISTED}/{one}" for one in _with_every_sort_of_parameter())]
    ours = {path: described["paths"][path] for path in paths}
    schema = schemathesis.openapi.from_dict({**described, "paths": ours})
    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
    ]
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        for result in schema.get_all_operations():
            operation = result.ok()

            @seed(8)
            @settings(
                max_examples=2,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(operation.as_strategy(generation_mode=mode))
            def asked(case: Any) -> None:
                case.call_and_validate(base_url=server.url, checks=checks)

            asked()
