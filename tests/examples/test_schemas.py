"""Schemas themselves; what is said of wrong ones stands in the corpus, most of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.examples.display import describe
from reasonbook.schema.compile import KEYWORDS, Validator, compile_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def compiled(schema: Any) -> tuple[Validator | None, list[str]]:
    """The compiled schema, and what is said of it: pointer, rule without schema-, message."""
    problems = Problems()
    validator = compile_schema(schema, lambda pointer: Location(pointer or "/"), problems)
    said = [f"{p.location.path} {p.rule.label[7:]}: {p.message}" for p in problems]
    return validator, said


def test_every_keyword_of_the_standard_is_known() -> None:
    vocabularies = jsonschema_rs.bundle({"$ref": DIALECT})["$defs"].items()
    standard = {
        keyword
        for name, vocabulary in vocabularies
        if "/meta/" in name
        for keyword in vocabulary["properties"]
    }
    # The meta-schema itself keeps the name that $defs had before.
    assert standard | {"definitions"} == KEYWORDS


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {"$schema": DIALECT, "$id": "https://example.com/error.json", "type": "object"},
        {"$defs": {"a": {"$anchor": "here"}}, "properties": {"x": {"$ref": "#here"}}},
        {"$defs": {"a b/c": True}, "$ref": "#/$defs/a%20b~1c"},
        {
            "definitions": {"a": {"$anchor": "b"}},
            "$ref": "#/definitions/a",
            "items": {"$ref": "#b"},
        },
        {"$dynamicAnchor": "node", "items": {"$dynamicRef": "#node"}},
        {"properties": {"$ref": {"type": "string"}, "format": {"const": "url"}}},
        {"const": {"$ref": "https://example.com/", "keyword": "none"}},
        {"pattern": "^\\p{Lu}+$"},
    ],
)
def test_a_right_schema_is_compiled(schema: Any) -> None:
    validator, said = compiled(schema)
    assert said == []
    assert validator is not None


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ([], '/ invalid: The schema is not valid: [] is not of types "boolean", "object".'),
        (
            {"properties": {"a": {"minLength": "1"}}},
            '/properties/a/minLength invalid: The schema is not valid: "1" is not of type '
            '"integer".',
        ),
        (
            {"items": [{}]},
            '/items invalid: The schema is not valid: [{}] is not of types "boolean", "object".',
        ),
        (
            {"properties": {"a": {"pattern": "("}}},
            '/properties/a/pattern invalid: The schema is not valid: "(" is not a "regex".',
        ),
        (
            {"$defs": {"a": {"$schema": "https://example.com/"}}},
            "/$defs/a/$schema invalid: https://example.com/ is not JSON Schema 2020-12.",
        ),
        (
            {"allOf": [{"nullable": True}]},
            "/allOf/0/nullable keyword: nullable is not a keyword of JSON Schema 2020-12.",
        ),
        (
            {"dependentSchemas": {"a": {"if": {"any": {}}}}},
            "/dependentSchemas/a/if/any keyword: any is not a keyword of JSON Schema 2020-12.",
        ),
        (
            {"prefixItems": [{"format": "int32"}]},
            "/prefixItems/0/format keyword: int32 is not a format of JSON Schema 2020-12.",
        ),
        ({"$ref": "#/$defs/a"}, "/$ref reference: #/$defs/a leads nowhere in the schema."),
        ({"$ref": "#a"}, "/$ref reference: #a leads nowhere in the schema."),
        (
            {"not": {"$dynamicRef": "#a"}},
            "/not/$dynamicRef reference: #a leads nowhere in the schema.",
        ),
        (
            {"$ref": "#/title", "title": "a"},
            '/title invalid: The schema cannot be compiled: "a" is not of types '
            '"boolean", "object".',
        ),
    ],
)
def test_a_wrong_schema_is_refused(schema: Any, expected: str) -> None:
    assert compiled(schema) == (None, [expected])


def test_all_faults_of_a_schema_are_told() -> None:
    _, said = compiled({"type": "text", "properties": {"a": {"forma": "uri"}, "b": {"$ref": "b"}}})
    assert [line.split(":")[0] for line in said] == [
        "/properties/a/forma keyword",
        "/properties/b/$ref reference",
        "/type invalid",
    ]


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[str]]]:
    """The address of a server whose every answer is a schema, and what it is asked for."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "application/schema+json")
            self.end_headers()
            self.wfile.write(json.dumps({"$schema": DIALECT, "type": "string"}).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_library_would_fetch(requests: tuple[str, list[str]]) -> None:
    address, asked = requests
    jsonschema_rs.Draft202012Validator({"$ref": f"{address}/a.json"})
    assert asked == ["/a.json"]


OUTSIDE = (
    "does not begin with #. A schema is complete in itself: no other file is read, and nothing is "
    "fetched."
)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (
            {"$ref": "@/a"},
            f"/$ref reference: @/a {OUTSIDE}",
        ),
        (
            {"items": {"$dynamicRef": "@/a"}},
            f"/items/$dynamicRef reference: @/a {OUTSIDE}",
        ),
        (
            {"$id": "@/", "$ref": "a.json"},
            f"/$ref reference: a.json {OUTSIDE}",
        ),
        ({"$schema": "@/a"}, "/$schema invalid: @/a is not JSON Schema 2020-12."),
        (
            # What is in const is no schema, until a reference makes it one.
            {"properties": {"a": {"const": {"$ref": "@/a"}}}, "$ref": "#/properties/a/const"},
            "/ invalid: The schema cannot be compiled: Resource '@/a' is not present in a "
            "registry and retrieving it failed: ValueError: @/a is not fetched.",
        ),
    ],
)
def test_nothing_is_fetched_from_the_web(
    schema: Any, expected: str, requests: tuple[str, list[str]]
) -> None:
    address, asked = requests
    schema = json.loads(json.dumps(schema).replace("@", address))
    assert compiled(schema) == (None, [expected.replace("@", address)])
    assert asked == []


@pytest.mark.parametrize("schema", [{"$ref": "@"}, {"const": {"$ref": "@"}, "$ref": "#/const"}])
def test_nothing_is_read_from_files(schema: Any, tmp_path: Path) -> None:
    """The file is there and right, so the library would be content with it."""
    (tmp_path / "a.json").write_text('{"type": "string"}')
    written = json.dumps(schema).replace("@", (tmp_path / "a.json").as_uri())
    jsonschema_rs.Draft202012Validator(json.loads(written))

    validator, (said,) = compiled(json.loads(written))

    assert validator is None
    assert "not fetched" in said or "nothing is fetched" in said


def test_what_is_under_definitions_is_checked_as_under_defs() -> None:
    _, said = compiled({"definitions": {"a": {"tpye": "string"}}, "$ref": "#/definitions/a"})
    assert said == ["/definitions/a/tpye keyword: tpye is not a keyword of JSON Schema 2020-12."]


@pytest.mark.parametrize(
    ("limits", "items", "said"),
    [
        ({}, [1], "no item is as contains in the schema asks"),
        ({"minContains": 2}, ["a", 1], "too few items are as contains in the schema asks"),
        ({"maxContains": 1}, ["a", "b"], "too many items are as contains in the schema asks"),
    ],
)
def test_what_is_said_of_contains_is_true(limits: Any, items: list[Any], said: str) -> None:
    validator, _ = compiled({"properties": {"in": {"contains": {"type": "string"}, **limits}}})
    assert validator is not None
    (error,) = validator.iter_errors({"in": items})
    assert describe(error) == said
