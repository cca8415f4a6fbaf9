"""The errors of an API as OpenAPI: valid, complete, and what a mock server makes of them."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Api
from reasonbook.format.operations import form_of
from reasonbook.render.data.openapi import openapi_json
from reasonbook.render.facts.exchange import answers
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

from .conftest import made_up_reason, write_catalogue

ROOT = Path(__file__).parents[2]
FOLDERS = [*(ROOT / "catalogue").iterdir(), *ROOT.glob("tests/roots/*/catalogue/*")]
APIS = sorted(folder for folder in FOLDERS if folder.is_dir())
METHODS = {"get", "head", "post", "put", "patch", "delete", "options"}

Document = dict[str, Any]


def load(folder: Path) -> Api:
    return load_catalogue(folder.parent).catalogue.apis[folder.name]


def document_of(api: Api) -> Document:
    return openapi_json(api, SiteUrls.of("https://errors.example.com", Addresses("")))


@pytest.fixture(params=APIS, ids=lambda folder: folder.name)
def api(request: pytest.FixtureRequest) -> Api:
    return load(request.param)


def faults(document: Document) -> list[str]:
    return [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]


def resolve(document: Document, part: Any) -> Any:
    while "$ref" in part:
        target: Any = document
        for step in part["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        part = target
    return part


def responses(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Yield every operation with its HTTP statuses and responses."""
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            for status, response in item[method]["responses"].items():
                yield f"{method.upper()} {path}", status, resolve(document, response)


def validator(document: Document, schema: Document) -> Any:
    """Return a validator of a schema of the document."""
    schemas = {"components": {"schemas": document["components"]["schemas"]}}
    return jsonschema_rs.validator_for({**schemas, **schema})


def test_it_is_valid(api: Api) -> None:
    assert faults(document_of(api)) == []


def test_the_validator_sees_a_fault() -> None:
    document = document_of(load(APIS[0]))
    document["components"]["parameters"]["Prefer"]["in"] = "head"
    assert faults(document)


def test_an_operation_can_be_asked_for_what_it_may_send_and_nothing_else(api: Api) -> None:
    """And for what any may send, as far as is known."""
    document = document_of(api)
    anywhere = {name for name, r in api.reasons.items() if any(answers(api, r))} - {
        name for name, reason in api.reasons.items() if api.senders(reason)
    }
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            (prefer,) = item[method]["parameters"]
            asked = resolve(document, prefer)["schema"]["anyOf"][0].get("enum", [])
            names = {each.removeprefix("reason=") for each in asked}
            form = form_of(f"{method.upper()} {path}")
            sent = {
                name
                for name, reason in api.reasons.items()
                if any(form_of(sender) == form for sender in api.senders(reason))
            }
            assert names - anywhere <= sent, path
            assert anywhere <= names, path


def test_every_reference_leads_somewhere(api: Api) -> None:
    document = document_of(api)
    pending: list[Any] = [document]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            if isinstance(part.get("$ref"), str):
                resolve(document, part)
            pending += part.values()
        elif isinstance(part, list):
            pending += part


def test_every_documented_answer_is_an_example_with_its_bytes(api: Api) -> None:
    document = document_of(api)
    sent = [r for r in api.reasons.values() if r.lifecycle in ("active", "deprecated")]
    wanted = {
        (answer.reason.name, str(answer.http)): answer.example.body
        for reason in sent
        for answer in reversed([*answers(api, reason)])
        if answer.http is not None
    }
    shown = {
        (name, status): resolve(document, example)
        for status, response in document["components"]["responses"].items()
        for content in response["content"].values()
        for name, example in content.get("examples", {}).items()
    }
    for (name, status), body in wanted.items():
        example = shown[name, status]
        assert example["x-serializedValue"] == body
        assert example["value"] == json.loads(body)


def test_an_operation_has_a_response_for_each_status_that_it_sends(api: Api) -> None:
    document = document_of(api)
    shown: dict[tuple[str, str], set[str]] = {}
    for operation, status, response in responses(document):
        contents = response.get("content", {}).values()
        shown[operation, status] = {name for each in contents for name in each.get("examples", ())}
    assert {operation for operation, _ in shown} == (
        set(api.operations) if api.operation_kind == "http" else set()
    )
    for reason in api.reasons.values():
        if reason.lifecycle in ("active", "deprecated"):
            for operation in map(api.listed_name, api.senders(reason)):
                for answer in answers(api, reason):
                    assert reason.name in shown[operation, str(answer.http or "default")]


def test_the_schemas_accept_the_examples(api: Api) -> None:
    document = document_of(api)
    for response in document["components"]["responses"].values():
        for content in response["content"].values():
            for example in content.get("examples", {}).values():
                validator(document, content["schema"]).validate(resolve(document, example)["value"])


def test_a_new_code_is_accepted_and_another_type_is_not() -> None:
    document = document_of(load(ROOT / "tests/roots/test-numeric/catalogue/relay"))
    error = validator(document, {"$ref": "#/components/schemas/Error"})
    assert error.is_valid({"code": 99999, "message": "", "status": 400})
    assert not error.is_valid({"code": "20003", "message": "", "status": 400})
    known = document["components"]["schemas"]["Error-Reason"]["anyOf"][0]["enum"]
    assert known == [20003, 20429, 21211, 20500]


def test_the_codes_of_each_level_and_envelope_are_named() -> None:
    till = document_of(load(ROOT / "tests/roots/test-payment/catalogue/till"))["components"]
    item = till["schemas"]["Error"]["properties"]["errors"]["items"]["properties"]
    assert item["code"]["allOf"] == [{"$ref": "#/components/schemas/Error-Reason"}]
    assert item["decline_code"]["allOf"] == [{"$ref": "#/components/schemas/Error-SubReason"}]
    subs = till["schemas"]["Error-SubReason"]["anyOf"][0]["enum"]
    assert subs == ["lost_card", "try_again_later"]
    postbox = document_of(load(ROOT / "tests/roots/test-envelopes/catalogue/postbox"))["components"]
    gone = postbox["responses"]["410"]
    assert [*gone["content"]] == ["application/problem+json"]
    assert gone["headers"]["X-Error-Code"]["schema"] == {
        "$ref": "#/components/schemas/Error-download-Reason"
    }


def test_the_values_have_the_prefix_that_is_sent() -> None:
    bank = document_of(load(ROOT / "tests/roots/test-problem-details/catalogue/bank"))
    error = validator(bank, {"$ref": "#/components/schemas/Error"})
    for example in bank["components"]["examples"].values():
        assert (
            example["value"]["type"]
            in bank["components"]["schemas"]["Error-Reason"]["anyOf"][0]["enum"]
        )
        assert error.is_valid(example["value"])


def test_references_and_anchors_of_an_envelope_lead_where_they_did(shop: Path) -> None:
    schema = {
        "$id": "https://shop.example.com/error.json",
        "$ref": "#/$defs/body",
        "$defs": {
            "body": {
                "type": "object",
                "required": ["code"],
                "properties": {"code": {"$ref": "#code"}, "inner": {"$dynamicRef": "#"}},
            },
            "code": {"$anchor": "code", "type": "string", "minLength": 3},
        },
    }
    (shop / "shop/envelope.schema.json").write_text(json.dumps(schema))
    document = document_of(load(shop / "shop"))
    assert faults(document) == []
    error = validator(document, {"$ref": "#/components/schemas/Error"})
    assert error.is_valid({"code": "ABC", "inner": {"code": "DEF"}})
    assert not error.is_valid({"code": "AB"})
    assert not error.is_valid({"code": "ABC", "inner": {"code": "D"}})


@pytest.mark.parametrize(
    ("operations", "paths"),
    [
        (["GET /a/{id}", "PUT /a/{name}"], {"/a/{id}": ["id"]}),
        (["GET /a/{id}/b/{id}"], {"/a/{id}/b/{id_2}": ["id", "id_2"]}),
        (["GET /a/{}:cancel"], {"/a/{parameter}:cancel": ["parameter"]}),
        (["GET /"], {"/": []}),
    ],
)
def test_paths(
    api_with: Callable[..., Api], operations: list[str], paths: dict[str, list[str]]
) -> None:
    document = document_of(api_with(raised_by=operations))
    assert faults(document) == []
    assert {
        path: [each["name"] for each in item.get("parameters", ())]
        for path, item in document["paths"].items()
    } == paths


def test_operations_that_are_names_are_not_paths(tmp_path: Path) -> None:
    reason = made_up_reason("ORDER_STUCK", raised_by=["createOrder"])
    write_catalogue(tmp_path, {"shop": {"orders": [reason]}}, operations="named")
    document = document_of(load(tmp_path / "shop"))
    assert faults(document) == []
    assert document["paths"] == {}
    assert "ORDER_STUCK" in document["components"]["examples"]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("npm"), reason="Prism comes from npm")
@pytest.mark.parametrize("folder", APIS, ids=lambda folder: folder.name)
def test_prism_serves_the_same_bodies(
    folder: Path, npm_tools: Callable[[str], Path], tmp_path: Path
) -> None:
    api = load(folder)
    document = document_of(api)
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document))
    asked: dict[tuple[str, str], tuple[str, Any]] = {}  # each example once
    for operation, status, response in responses(document):
        for content in response.get("content", {}).values():
            for name, example in content.get("examples", {}).items():
                if status != "default" and not operation.startswith("HEAD "):
                    value = resolve(document, example)["value"]
                    asked.setdefault((status, name), (operation, value))
    if not asked:
        pytest.skip("Prism serves operations, and none is known to send a reason")
    with prism(npm_tools("prism"), file) as client:
        for (status, name), (operation, value) in asked.items():
            method, path = operation.split(" ")
            headers = {"Prefer": f"code={status}, example={name}"}
            answer = client.request(method, path.replace("{", "").replace("}", ""), headers=headers)
            assert (answer.status_code, answer.json()) == (int(status), value), (operation, name)


class prism:  # noqa: N801
    """Prism with a document, as a client that knows its address."""

    def __init__(self, tools: Path, file: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        command = ["node", "node_modules/.bin/prism", "mock", "-h", "127.0.0.1"]
        self._process = subprocess.Popen(
            [*command, "-p", str(self._port), str(file)],
            cwd=tools,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{self._port}", timeout=60)

    def __enter__(self) -> httpx.Client:
        for _ in range(300):
            try:
                self._client.get("/")
            except httpx.ConnectError:
                assert self._process.poll() is None, "Prism ended"
                time.sleep(0.2)
            else:
                return self._client
        raise AssertionError("Prism did not start within a minute")

    def __exit__(self, *_: object) -> None:
        self._client.close()
        self._process.terminate()
        self._process.wait(20)
