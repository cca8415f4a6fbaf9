"""The published JSON, held to the schema that is published with it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from . import reading

BASE = "http://localhost:8000/"


@pytest.fixture(scope="module")
def validator(site: Path) -> jsonschema_rs.Draft202012Validator:
    schema = reading.read_data(site / "reasons.schema.json")
    jsonschema_rs.meta.validate(schema)
    closed = json.loads(json.dumps(schema))
    # Published, the objects are open, so that new keys break nobody; here each key must be known.
    for definition in walk(closed):
        if "properties" in definition and definition is not closed:
            definition.setdefault("additionalProperties", False)
    del closed["else"]["else"]["allOf"][1]["additionalProperties"]
    reason = closed["$defs"]["Reason"]["properties"]
    reason["$schema"] = {"type": "string"}
    return jsonschema_rs.Draft202012Validator(closed, validate_formats=True)


def walk(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("type") == "object" or "properties" in value:
            yield value
        for item in list(value.values()):
            yield from walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)


def test_every_file_is_valid(site: Path, validator: jsonschema_rs.Draft202012Validator) -> None:
    files = [site / "reasons.json", *site.glob("*/reasons.json"), *site.glob("*/reasons/*.json")]
    files += site.glob("*/unknown.json")
    assert len(files) >= 39
    for path in files:
        data = reading.read_data(path)
        validator.validate(data)
        assert data["$schema"] == f"{BASE}reasons.schema.json"


def test_the_schema_refuses_what_is_none(
    site: Path, validator: jsonschema_rs.Draft202012Validator
) -> None:
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
    assert order[:3] == ("$schema", "api", "reason")


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


def test_there_is_a_default_decision_for_every_error_status(site: Path) -> None:
    """In every API that describes its statuses."""
    apis = [api for api in reading.read_data(site / "reasons.json")["apis"] if api["http"]]
    assert apis
    for api in apis:
        decided = {status["http"]: status["remedy"] for status in api["http"]}
        assert all(decided[code] for code in decided if code >= 400)
        assert {reason["http"] for reason in api["reasons"]} <= decided.keys()


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
