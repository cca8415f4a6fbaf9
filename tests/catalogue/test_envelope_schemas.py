"""Schemas of envelopes as parts of other files, with the place of whatever is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.checking import check_catalogue

ERROR = "/components/schemas/Error"
# Much of it is no YAML that a catalogue may hold, but nothing that the errors are made of.
OPENAPI = """\
openapi: 3.0.3
info: {title: Shop, version: 1.0}
x-all: &all {type: object}
paths:
  /orders/{id}:
    get:
      parameters: [{name: on, in: query, schema: {type: boolean, default: no}}]
      responses:
        404: {$ref: '#/components/responses/NotFound'}
components:
  responses:
    NotFound:
      description: Not there.
      content:
        application/json: {schema: {$ref: '#/components/schemas/Error'}}
  schemas:
    Order:
      <<: *all
      properties: {yes: {type: string, example: 2026-01-01}}
    Error:
      type: object
      required: [code]
      properties:
        code: {type: string}
        error: {$ref: '#/components/schemas/Inner'}
      example: {error: {reason: yes}}
    Inner:
      type: object
      properties:
        reason: {type: string, example: no}
        at: {type: string, format: date-time, nullable: true, example: 2026-01-01T00:00:00Z}
        size: {type: integer, format: int64, maximum: 9223372036854775807}
        cause: {nullable: true, $ref: '#/components/schemas/Inner'}
        details: {type: array, items: {}}
      x-stable: yes
"""


def place(shop: Path, schema: str, **files: str) -> Path:
    """Let the envelope's schema be *schema*, with files of which the names have no suffix."""
    path = shop / "shop/api.yaml"
    text = path.read_text()
    assert text.count("envelope.schema.json") == 1
    path.write_text(text.replace("envelope.schema.json", f"'{schema}'"))
    (shop / "shop/envelope.schema.json").unlink()
    suffix = Path(schema.partition("#")[0]).suffix
    for name, content in files.items():
        (shop / "shop" / (name + suffix)).write_text(content)
    return shop


def said(shop: Path) -> list[str]:
    return [str(problem) for problem in check_catalogue(shop).problems]


def only_fault(shop: Path) -> str:
    (found,) = said(shop)
    return found


@pytest.mark.parametrize("suffix", ["yaml", "yml", "json"])
@pytest.mark.parametrize(
    "at",
    [
        ERROR,
        "/components/responses/NotFound/content/application~1json/schema",
        "/components/responses/NotFound/content/application%7E1json/schema",
    ],
)
def test_a_schema_is_taken_out_of_an_openapi_document(shop: Path, suffix: str, at: str) -> None:
    text = OPENAPI
    if suffix == "json":
        text = json.dumps(yaml.load(OPENAPI, yaml.BaseLoader), indent=2)
        text = text.replace('"true"', "true").replace('"9223372036854775807"', str(2**63 - 1))
    place(shop, f"openapi.{suffix}#{at}", openapi=text)
    assert said(shop) == []
    schema = load_catalogue(shop).catalogue.apis["shop"].envelope.body_schema
    inner = next(part for part in schema["$defs"].values() if "reason" in part["properties"])
    assert inner["properties"] == {
        "reason": {"type": "string"},
        "at": {"type": ["string", "null"], "format": "date-time"},
        "size": {"type": "integer"},
        "cause": {"anyOf": [{"$ref": "#/$defs/Inner"}, {"type": "null"}]},
        "details": {"type": "array", "items": {}},
    }


def test_an_example_is_checked_by_it(shop: Path) -> None:
    place(shop, f"openapi.yaml#{ERROR}", openapi=OPENAPI.replace(" code: {", " codes: {"))
    assert any("/code is not described by the schema" in line for line in said(shop))


def test_a_part_of_a_json_schema(shop: Path) -> None:
    inner = {"type": "object", "properties": {"code": {"type": "string"}}}
    schema = {"definitions": {"E": {"allOf": [{"$ref": "#/$defs/I"}]}}, "$defs": {"I": inner}}
    text = json.dumps(schema)
    assert said(place(shop, "errors.json#/definitions/E", errors=text)) == []


@pytest.mark.parametrize(
    ("at", "message", "hint"),
    [
        ("", "is an OpenAPI document, which holds many schemas.", f"openapi.yaml#{ERROR}."),
        (
            "#/components/schemas/Eror",
            "/components/schemas/Eror leads nowhere in openapi.yaml.",
            f"Did you mean openapi.yaml#{ERROR}?",
        ),
        (
            "#/component/schemas/Error",
            "/component/schemas/Error leads nowhere in openapi.yaml.",
            f"Did you mean openapi.yaml#{ERROR}?",
        ),
        (
            "#/paths/~1orders~1{id}/get/responses/404/content/application~1json/schema",
            "leads nowhere in openapi.yaml.",
            "write openapi.yaml#/components/responses/NotFound/content/application~1json/schema.",
        ),
        (
            "#/components/responses/NotFound",
            "/components/responses/NotFound of openapi.yaml is a response, not a schema.",
            "openapi.yaml#/components/responses/NotFound/content/application~1json/schema.",
        ),
        ("#/info/title", "/info/title of openapi.yaml is not a schema.", "Name a schema of"),
    ],
)
def test_a_pointer_that_leads_to_no_schema(shop: Path, at: str, message: str, hint: str) -> None:
    found = only_fault(place(shop, f"openapi.yaml{at}", openapi=OPENAPI))
    assert found.startswith("shop/api.yaml:")
    assert "error[envelope-schema]" in found
    assert message in found
    assert hint in found


@pytest.mark.parametrize(
    ("schema", "text", "message"),
    [
        ("o.yaml#/a", "swagger: '2.0'\na: {}\n", "o.yaml is in Swagger 2.0, which is not read."),
        ("o.yaml#/a", "openapi: 4.0.0\na: {}\n", "o.yaml is in OpenAPI 4.0.0, which is not read."),
        ("o.yaml#/a", "a: {}\n", "o.yaml is not an OpenAPI document: it has no key openapi."),
        ("o.json#/components/a", '{"components": {"a": {}}}', "o.json is not an OpenAPI document"),
        (
            "o.yaml#/a",
            "openapi: 3.1.0\njsonSchemaDialect: https://example.com/d\na: {}\n",
            "The schemas of o.yaml are in the dialect https://example.com/d, which is not known.",
        ),
        ("o.json#/a", "[]", "o.json:1:1: error[envelope-schema]: The file must hold a JSON object"),
        ("o.json#/a", '{"a": {}', "o.json:1:9: error[json-syntax]"),
        ("o.yaml#/a", "openapi: 3.0.0\na: b: c\n", "o.yaml:2:5: error[yaml-syntax]"),
        (
            "o.json#/a",
            '{"$schema": "http://json-schema.org/draft-07/schema#", "a": {}}',
            "o.json:1:2: error[schema-invalid]: http://json-schema.org/draft-07/schema# is not",
        ),
    ],
)
def test_files_that_are_not_read(shop: Path, schema: str, text: str, message: str) -> None:
    assert any(message in line for line in said(place(shop, schema, o=text)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "reason: {type: string, ",
            "reason: {type: strin, ",
            "30:18: error[schema-invalid]: The schema is not valid: strin is not a type.",
        ),
        (
            "format: date-time",
            "forma: date-time",
            "31:28: error[schema-keyword]: forma is not a keyword of JSON Schema 2020-12.",
        ),
        (
            "{$ref: '#/components/schemas/Inner'}\n      ex",
            "{$ref: 'b.yaml#/Inner'}\n      ex",
            "25:17: error[schema-reference]: b.yaml#/Inner leads out of openapi.yaml",
        ),
        (
            "nullable: true, $ref: '#/components/schemas/Inner'",
            "nullable: true, $ref: '#/components/schemas/Iner'",
            "33:33: error[schema-reference]: #/components/schemas/Iner leads nowhere",
        ),
        (
            "nullable: true, $ref: '#/components/schemas/Inner'",
            "nullable: true, oneOf: [], minLength: a",
            '33:44: error[schema-invalid]: The schema is not valid: "a" is not of type',
        ),
        ("details: {", "no: {}\n        details: {", "34:9: error[ambiguous-value]: YAML readers"),
        ("items: {}", "items: *all", "34:39: error[yaml-feature]: The alias *all is used."),
        (
            "    Inner:\n",
            "    Inner:\n      <<: *all\n",
            "28:7: error[yaml-feature]: A merge key (<<) is used.",
        ),
        ("details: {", "at: {}\n        details: {", "34:9: error[duplicate-key]: The key at is"),
    ],
)
def test_faults_are_told_where_they_are_in_the_document(
    shop: Path, old: str, new: str, message: str
) -> None:
    assert OPENAPI.count(old) == 1
    place(shop, f"openapi.yaml#{ERROR}", openapi=OPENAPI.replace(old, new))
    assert any(line.startswith(f"shop/openapi.yaml:{message}") for line in said(shop)), said(shop)


def test_an_alias_on_the_way_is_told(shop: Path) -> None:
    text = OPENAPI.partition("components:")[0] + "components: *all\n"
    found = only_fault(place(shop, f"openapi.yaml#{ERROR}", openapi=text))
    assert "openapi.yaml:10:13: error[yaml-feature]: The alias *all is used." in found
    assert found.endswith("Or convert the file to JSON, and name that one.")


def test_a_file_of_another_suffix_is_suggested(shop: Path) -> None:
    place(shop, f"openapi.yaml#{ERROR}")
    (shop / "shop/openapi.json").write_text("{}")
    assert only_fault(shop).endswith("Did you mean openapi.json?")


@pytest.mark.parametrize(
    ("version", "schema", "faults"),
    [("3.1.0", "true", 0), ("3.1.0", "false", 1), ("3.0.3", "true", 1)],
)
def test_a_schema_that_accepts_anything(shop: Path, version: str, schema: str, faults: int) -> None:
    """Only JSON Schema, and with it OpenAPI since 3.1, has such."""
    text = f"openapi: {version}\ncomponents: {{schemas: {{Error: {schema}}}}}\n"
    found = said(place(shop, f"openapi.yaml#{ERROR}", openapi=text))
    assert len(found) == faults
    assert all(f"{ERROR} of openapi.yaml is not a schema." in line for line in found)
