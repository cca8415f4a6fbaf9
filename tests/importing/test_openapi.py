"""Codes of OpenAPI documents: what is said of them, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Write = Callable[..., str]
ERROR = {
    "type": "object",
    "required": ["code", "status"],
    "properties": {
        "code": {"type": "string"},
        "status": {"type": "integer"},
        "message": {"type": "string"},
    },
}


def response(status: int, **values: Any) -> dict[str, Any]:
    """A response as many documents have it: a shared schema, narrowed by its codes."""
    codes = [value["code"] for value in values.values()]
    narrow = {"properties": {"status": {"enum": [status]}, "code": {"enum": codes}}}
    return {
        "description": "An error",
        "content": {
            "application/json": {
                "schema": {"allOf": [{"$ref": "#/components/schemas/Error"}, narrow]},
                "examples": {
                    name: {"description": f"Why {name}.", "value": {"status": status, **value}}
                    for name, value in values.items()
                },
            }
        },
    }


def document(**responses: Any) -> dict[str, Any]:
    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "externalDocs": {"url": "https://shop.example.com/docs"},
        "servers": [{"url": "https://api.shop.example.com"}],
        "paths": {
            "/orders": {
                "get": {"tags": ["Orders"], "responses": {"200": {"description": "Fine"}}},
                "post": {"tags": ["Orders"], "responses": responses},
            }
        },
        "components": {"schemas": {"Error": ERROR}},
    }


STOCK = {"code": "OUT_OF_STOCK", "message": "Too few."}
CARD = {"code": "CARD_DECLINED", "message": "No."}


def bring(shop: Any, source: str, *more: str) -> int:
    code: int = shop.run("import", source, "--api", "shop", *more)
    return code


@pytest.mark.parametrize("name", ["openapi.json", "openapi.yaml"])
def test_examples_say_all_that_is_known(name: str, shop: Any, write: Write) -> None:
    data = document(**{"409": response(409, stock=STOCK), "402": response(402, card=CARD)})
    dump = json.dumps if name.endswith("json") else yaml.safe_dump
    assert bring(shop, write(name, dump(data))) == 0
    assert shop.reasons()["OUT_OF_STOCK"] == {
        "http": 409,
        "message": "Too few.",
        "cause": "Why stock.",
        "raised_by": ["POST /orders"],
        "examples": [
            {
                "title": "stock",
                "origin": "documented",
                "body": json.dumps({"status": 409, **STOCK}, indent=2, sort_keys="yaml" in name)
                + "\n",
            }
        ],
    }
    api = shop.read("api")
    assert api["envelope"]["schema"] == f"{name}#/components/schemas/Error"
    assert {key: api["envelope"][key] for key in ("reason", "message", "http")} == {
        "reason": "/code",
        "message": "/message",
        "http": "/status",
    }
    assert (api["title"], api["base_url"]) == ("Shop", "https://api.shop.example.com")
    assert api["source"] == {"url": "https://shop.example.com/docs"}
    assert shop.is_clean()


def test_a_code_of_several_statuses_has_them_all(shop: Any, write: Write) -> None:
    data = document(**{"409": response(409, one=STOCK), "410": response(410, two=STOCK)})
    bring(shop, write("openapi.json", json.dumps(data)))
    reason = shop.reasons()["OUT_OF_STOCK"]
    assert reason["http"] == [409, 410]
    assert [example["http"] for example in reason["examples"]] == [409, 410]
    assert reason["cause"] == ["Why one.", "Why two."]


def test_an_enum_of_one_status_tells_it_and_one_of_several_does_not(
    shop: Any, write: Write
) -> None:
    plain = {"schema": {"$ref": "#/components/schemas/Error"}}
    own = {"properties": {"code": {"enum": ["GONE_NOW"]}}}
    narrow = {"schema": {"allOf": [{"$ref": "#/components/schemas/Error"}, own]}}
    shown = {"description": "x", "content": {"application/json": plain}}
    data = document(
        **{
            "404": shown,
            "409": shown,
            "410": {"description": "x", "content": {"application/json": narrow}},
        }
    )
    code = {"type": "string", "enum": ["A_B", "GONE_NOW"], "x-enum-descriptions": {"A_B": "Why."}}
    data["components"]["schemas"]["Error"] = {"type": "object", "properties": {"code": code}}
    bring(shop, write("openapi.json", json.dumps(data)))
    assert shop.reasons() == {
        "A_B": {"http": "unknown", "cause": "Why."},
        "GONE_NOW": {"http": 410, "raised_by": ["POST /orders"]},
    }
    assert shop.is_clean()


def test_a_default_response_tells_no_status(shop: Any, write: Write) -> None:
    printed = response(500, stock=STOCK)
    content = printed["content"]["application/json"]
    content["schema"] = {"type": "object"}
    content["examples"]["stock"]["value"].pop("status")
    bring(shop, write("openapi.json", json.dumps(document(default=printed))))
    assert shop.reasons()["OUT_OF_STOCK"]["http"] == "unknown"


def test_extensions_list_codes(shop: Any, write: Write) -> None:
    listed = response(409, stock=STOCK)
    listed["x-error-codes"] = ["LATE_ORDER"]
    data = document(**{"409": listed})
    data["x-errors"] = [{"code": "LOGIN_FIRST", "httpStatus": 401, "cause": "No token.", "p": 1}]
    bring(shop, write("openapi.json", json.dumps(data)))
    assert shop.reasons()["LATE_ORDER"] == {"http": 409, "raised_by": ["POST /orders"]}
    assert shop.reasons()["LOGIN_FIRST"] == {
        "http": 401,
        "cause": "No token.",
        "attributes": [{"name": "p", "value": "1"}],
    }


def test_what_an_operation_of_several_statuses_lists_has_none_of_them(
    shop: Any, write: Write
) -> None:
    data = document(**{"409": response(409, stock=STOCK), "410": response(410)})
    data["paths"]["/orders"]["post"]["x-error-codes"] = ["LATE_ORDER"]
    bring(shop, write("openapi.json", json.dumps(data)))
    assert shop.reasons()["LATE_ORDER"] == {"http": "unknown", "raised_by": ["POST /orders"]}


def test_details_that_one_response_describes(shop: Any, write: Write) -> None:
    listed = response(409, stock={**STOCK, "details": {"left": 3}})
    narrow = listed["content"]["application/json"]["schema"]["allOf"][1]
    left = {"type": "object", "required": ["left"], "properties": {"left": {"type": "integer"}}}
    narrow["properties"]["details"] = left
    data = document(**{"409": listed, "402": response(402, card=CARD)})
    properties = {**ERROR["properties"], "details": {"type": "object"}}
    data["components"]["schemas"]["Error"] = {**ERROR, "properties": properties}
    assert bring(shop, write("openapi.json", json.dumps(data))) == 0
    assert shop.read("api")["envelope"]["details"] == "/details"
    reason = shop.reasons()["OUT_OF_STOCK"]
    assert (reason["details"], reason["details_sent"]) == (left, "sometimes")
    assert "details" not in shop.reasons()["CARD_DECLINED"]
    assert len(reason["examples"]) == 1
    assert shop.is_clean()


def test_an_example_that_breaks_its_schema_is_told_and_not_repaired(
    shop: Any, write: Write
) -> None:
    data = document(**{"409": response(409, stock=STOCK, slip={**CARD, "status": "409"})})
    assert bring(shop, write("openapi.yaml", yaml.safe_dump(data, sort_keys=False))) == 0
    assert "examples" not in shop.reasons()["CARD_DECLINED"]
    line = Path("openapi.yaml").read_text().splitlines().index("                    status: '409'")
    assert (
        f"openapi.yaml:{line + 1}:21: The example is left out: /status: "
        '"409" is not of type "integer", by the schema of its response.\n'
    ) in shop.out
    assert shop.is_clean()


def test_of_several_examples_those_with_several_faults_are_left_out(
    shop: Any, write: Write
) -> None:
    bad = {"one": 1, "two": 2}  # which no schema describes
    listed = response(409, first={**STOCK, **bad}, second=STOCK, third={**STOCK, **bad, "x": 1})
    source = write("openapi.json", json.dumps(document(**{"409": listed})))
    assert bring(shop, source) == 0
    assert [e["title"] for e in shop.reasons()["OUT_OF_STOCK"]["examples"]] == ["second"]
    for title in ("first", "third"):
        assert f": The example {title} is left out: /one is not described by the schema. " in (
            shop.out
        )
    assert shop.is_clean()


def test_references_to_files_beside_are_followed(shop: Any, write: Write) -> None:
    shared = {
        "info": {"title": "Shared", "version": "1"},
        "components": {
            "schemas": {"Error": ERROR},
            "responses": {"Stock": response(409, stock=STOCK)},
        },
    }
    write("common/shared.yaml", yaml.safe_dump(shared))
    data = document(**{"409": {"$ref": "../common/shared.yaml#/components/responses/Stock"}})
    del data["components"]
    assert bring(shop, write("api/openapi.yaml", yaml.safe_dump(data))) == 0
    reason = shop.reasons()["OUT_OF_STOCK"]
    assert (reason["http"], reason["raised_by"]) == (409, ["POST /orders"])
    schema = json.loads((shop.folder / "envelope.schema.json").read_text())
    assert schema["properties"] == ERROR["properties"]
    assert shop.is_clean()


def test_a_reference_that_leads_nowhere_is_told(shop: Any, write: Write) -> None:
    data = document(**{"409": response(409, stock=STOCK)})
    data["paths"]["/orders"]["get"]["responses"]["404"] = {"$ref": "gone.yaml#/x"}
    data["paths"]["/orders"]["get"]["responses"]["401"] = {"$ref": "https://x.example/a.yaml#/x"}
    assert bring(shop, write("openapi.json", json.dumps(data))) == 0
    assert ": gone.yaml cannot be read.\n" in shop.out
    assert ": https://x.example/a.yaml is not in a file beside this one, and is not read." in (
        shop.out
    )


def test_a_document_reads_no_other_file_of_the_machine(
    shop: Any, write: Write, tmp_path: Path
) -> None:
    secret = {"description": "x", "content": {"application/json": {"example": STOCK}}}
    (tmp_path / "secret.json").write_text(json.dumps(secret))
    (tmp_path / "secret").write_text(json.dumps(secret))
    data = document(**{"409": response(409, stock=STOCK)})
    responses = data["paths"]["/orders"]["get"]["responses"]
    responses["404"] = {"$ref": f"{tmp_path}/secret.json"}
    responses["401"] = {"$ref": "secret"}
    assert bring(shop, write("openapi.json", json.dumps(data))) == 0
    assert f": {tmp_path}/secret.json is not in a file beside this one, and is not read." in (
        shop.out
    )
    assert ": secret is not in a file beside this one, and is not read." in shop.out
    assert shop.reasons()["OUT_OF_STOCK"]["http"] == 409


def test_a_file_of_components_gives_its_codes(shop: Any, write: Write) -> None:
    data = {
        "info": {"title": "Common"},
        "components": {
            "schemas": {"Error": ERROR},
            "responses": {"A": response(409, stock=STOCK), "B": response(402, card=CARD)},
        },
    }
    source = write("common.yaml", yaml.safe_dump(data))
    assert bring(shop, source, "--url", "https://x.example") == 0
    known = {code: reason["http"] for code, reason in shop.reasons().items()}
    assert known == {"OUT_OF_STOCK": 409, "CARD_DECLINED": 402}
    assert shop.is_clean()


def test_domains_by_the_tags_of_operations(shop: Any, write: Write) -> None:
    data = document(**{"409": response(409, stock=STOCK)})
    data["tags"] = [{"name": "Orders", "description": "All about orders."}]
    bring(shop, write("openapi.json", json.dumps(data)), "--domains", "tag")
    assert shop.read("orders") | {"reasons": None} == {
        "domain": "orders",
        "title": "Orders",
        "summary": "All about orders.",
        "coverage": "common",
        "reasons": None,
    }


def test_a_place_of_the_code_that_nobody_knows_is_asked_for(shop: Any, write: Write) -> None:
    body = {"problem": {"kind": "OUT_OF_STOCK"}}
    answer = {"description": "x", "content": {"application/json": {"example": body}}}
    source = write("openapi.json", json.dumps(document(**{"409": answer})))
    assert bring(shop, source) == 2
    assert shop.err == (
        "reasonbook: openapi.json:1:1: No error response of this document names a code in a place "
        "that is known.\n"
        "  hint: Say where error bodies hold it with --code-at, such as --code-at /error/code; "
        "codes are read from examples and enums.\n"
    )
    assert bring(shop, source, "--code-at", "/problem/kind") == 0
    assert list(shop.reasons()) == ["OUT_OF_STOCK"]
    assert shop.is_clean()
