"""The published JSON, held to the schema that is published with it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from . import reading

BASE = "http://localhost:8000/"
KINDS = ("reasons", "reason", "unknown", "code", "changes")


@pytest.fixture(scope="module")
def validators(site: Path) -> dict[str, jsonschema_rs.Draft202012Validator]:
    """What holds a document of each kind to its schema."""
    found = {}
    for kind in KINDS:
        schema = reading.read_data(site / f"{kind}.schema.json")
        jsonschema_rs.meta.validate(schema)
        assert schema["$id"] == f"{BASE}{kind}.schema.json"
        # Published, the objects are open, so that new keys break nobody; here each must be known.
        for definition in walk(schema):
            if "properties" in definition:
                definition.setdefault("additionalProperties", False)
        found[kind] = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    return found


def walk(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("type") == "object" or "properties" in value:
            yield value
        for item in list(value.values()):
            yield from walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)


def test_every_file_is_valid(
    site: Path, validators: dict[str, jsonschema_rs.Draft202012Validator]
) -> None:
    """Each file names its schema, the version of its format, and its own address."""
    seen = set()
    for path in site.rglob("*.json"):
        # What a page of people offers for download is not of the catalogue.
        is_other = not {"_static", "_downloads"}.isdisjoint(path.parts)
        if is_other or path.name.endswith(".schema.json"):
            continue
        data = reading.read_data(path)
        if path.name == "openapi.json":  # whose form is not ours
            assert [*OpenAPIV31SpecValidator(data).iter_errors()] == []
            continue
        kind = data["$schema"].removeprefix(BASE).removesuffix(".schema.json")
        validators[kind].validate(data)
        assert data["json_url"] == f"{BASE}{path.relative_to(site).as_posix()}"
        assert isinstance(data["format_version"], int)
        seen.add(kind)
    assert seen == {*KINDS}


def test_the_words_of_a_schema_are_explained(site: Path) -> None:
    remedy = reading.read_data(site / "reason.schema.json")["$defs"]["Remedy"]["properties"]
    assert "after-fix: send it again once the cause is fixed; " in remedy["retry"]["description"]
    assert "client: the program that calls the API; " in remedy["actor"]["description"]


def test_a_wait_says_which_of_several_forms_it_is(site: Path) -> None:
    waits = reading.read_data(site / "vobiz/reasons/RATE_LIMIT_EXCEEDED.json")["remedy"]["wait"]
    assert all(wait["kind"] in wait for wait in waits)


def test_the_schema_refuses_what_is_none(
    site: Path, validators: dict[str, jsonschema_rs.Draft202012Validator]
) -> None:
    validator = validators["reason"]
    good = reading.read_data(site / "voipbin/reasons/CALL_NOT_FOUND.json")
    for key in good:
        bad = {name: value for name, value in good.items() if name != key}
        assert not validator.is_valid(bad), key
    assert not validator.is_valid({**good, "http": "404"})
    assert not validator.is_valid({**good, "remedy": {**good["remedy"], "retry": "later"}})


def test_every_key_stands_in_the_same_order(site: Path) -> None:
    orders = {tuple(reading.read_data(path)) for path in site.glob("*/reasons/*.json")}
    assert len(orders) == 1
    (order,) = orders
    assert order[:4] == ("$schema", "format_version", "json_url", "api")


def test_the_hash_is_that_of_the_content(site: Path) -> None:
    for path in (site / "reasons.json", site / "vobiz/reasons.json"):
        data = reading.read_data(path)
        content = json.dumps(data["apis"], ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(content.encode()).hexdigest()
        assert data["content_hash"] == f"sha256:{digest}"


def test_the_addresses_exist(site: Path) -> None:
    for api in reading.read_data(site / "reasons.json")["apis"]:
        for reason in api["reasons"]:
            for key in ("url", "markdown_url", "json_url"):
                assert (site / reason[key].removeprefix(BASE)).is_file()


def test_there_is_a_default_decision_for_every_status_of_a_reason(site: Path) -> None:
    """By the API where it says so, else by what HTTP says."""
    for api in reading.read_data(site / "reasons.json")["apis"]:
        decided = {str(status["http"]) for status in api["http"] if status["remedy"]}
        by_class = {each["http"][0] for each in by_http(api) if isinstance(each["http"], str)}
        of_reasons = {code for reason in api["reasons"] for code in listed(reason["http"])}
        assert {code for code in of_reasons - decided if code[0] not in by_class} == set()


def by_http(api: dict[str, Any]) -> list[dict[str, Any]]:
    return list(api["http_fallback"]["decisions"])


def listed(http: int | list[int] | None) -> list[str]:
    """The statuses of a reason as texts."""
    return [*map(str, http if isinstance(http, list) else [http] if http else [])]


def test_the_schema_of_an_envelope_is_that_of_the_catalogue(site: Path) -> None:
    root = Path(__file__).parents[2]
    for name in ("vobiz", "voipbin"):
        published = (site / name / "envelope.schema.json").read_bytes()
        assert published == (root / "catalogue" / name / "envelope.schema.json").read_bytes()
        reasons = reading.read_data(site / name / "reasons.json")["apis"][0]
        assert reasons["envelope"]["schema"] == json.loads(published)
        envelope = jsonschema_rs.Draft202012Validator(json.loads(published))
        for reason in reasons["reasons"]:
            for example in reason["examples"]:
                envelope.validate(json.loads(example["body"]))
