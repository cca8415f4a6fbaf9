"""What is secret in a recording is in no output, whatever is wrong with the rest."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from reasonbook.auditing.audit import audit_recordings
from reasonbook.auditing.coverage.formats import FORMATS as COVERAGE_FORMATS
from reasonbook.auditing.coverage.observing import observed, write_observed
from reasonbook.auditing.coverage.reasons import coverage
from reasonbook.auditing.guarded import HIDDEN, Guarded
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.cli.main import main
from reasonbook.diagnostics.formats import FORMATS

from .conftest import error

SECRETS = {
    "token": "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
    "mail": "jane.doe@example.com",
    "phone": "+4915112345678",
    "id": "9f0c2c1e-6f5b-4f0e-8a55-0a8a2f4b7d11",
    "digits": "4111111111111111",
}
TYPES = ["application/json", "text/html; x={0}", "{0}", "text/{0}"]


def places(secret: str) -> Iterator[tuple[Any, str]]:
    """Yield bodies and media types, with a secret wherever there is room for one."""
    members = ("reason", "status", "message", "http", "request_id", "details", secret, "more")
    for name in members:
        for value in (secret, [secret], {secret: secret}, f"No {secret} here", f"A_{secret}"):
            yield error(**{"reason": "ORDER_NOT_FOUND", "http": 404} | {name: value}), TYPES[0]
    details = {"errors": [{"code": secret, "field": secret, secret: secret}], secret: [secret]}
    yield error("ORDER_INVALID", details=details), TYPES[0]
    yield error(f"ORDER_NOT_FOUND/{secret}"), TYPES[0]
    for body in ({secret: secret}, secret, "", [secret], f'{{"error": "{secret}', f"<h1>{secret}"):
        for media_type in TYPES:
            yield body, media_type.format(secret)


def exchanges() -> Iterator[dict[str, Any]]:
    for secret in SECRETS.values():
        for http in (200, 404, 429, 502):
            for body, media_type in places(secret):
                yield {
                    "method": "GET",
                    "url": f"http://{secret}:{secret}@localhost/orders/{secret}?q={secret}#{secret}",
                    "status": http,
                    "headers": {
                        "Content-Type": media_type,
                        "Set-Cookie": f"session={secret}",
                        "X-Request-Id": secret,
                        "Retry-After": secret,
                        "Status": f"500 {secret}",
                        f"X-{secret}": secret,
                    },
                    "body": body,
                    "time": secret,
                }


def text(body: Any) -> str:
    return body if isinstance(body, str) else json.dumps(body)


def as_lines() -> str:
    whole = [json.dumps(each) for each in exchanges()]
    broken = [each[: len(each) // 2] for each in whole[:50]]
    return "\n".join([*whole, *broken, *SECRETS.values()])


def as_har() -> str:
    entries = [
        {
            "startedDateTime": each["time"],
            "request": {"method": "GET", "url": each["url"]},
            "response": {
                "status": each["status"],
                "headers": [{"name": n, "value": v} for n, v in each["headers"].items()],
                "content": {"text": text(each["body"])},
            },
        }
        for each in exchanges()
    ]
    return json.dumps({"log": {"entries": [*entries, {"response": SECRETS}, SECRETS["mail"]]}})


def as_cassette() -> str:
    interactions = [
        {
            "request": {"method": "GET", "uri": each["url"]},
            "response": {
                "status": {"code": each["status"], "message": SECRETS["mail"]},
                "headers": {name: [value] for name, value in each["headers"].items()},
                "body": {"base64_string": base64.b64encode(text(each["body"]).encode()).decode()},
            },
        }
        for each in exchanges()
    ]
    return yaml.dump({"interactions": interactions}, Dumper=yaml.CSafeDumper)


KINDS = {
    "lines": as_lines(),
    "har": as_har(),
    "cassette": as_cassette(),
    "broken-har": as_har()[:5000],
    "broken-cassette": as_cassette()[:5000] + "\n  : {" + SECRETS["mail"],
    "nothing": SECRETS["mail"],
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_secret_is_printed(
    kind: str, format_: str, market: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("recording").write_text(KINDS[kind])
    code = main(["audit", "recording", "--api", "market", "--format", format_])
    printed = "".join(capsys.readouterr())
    assert code in (1, 2)
    assert "recording" in printed
    assert {name for name, secret in SECRETS.items() if secret in printed} == set()
    parts = ("sk_live", "4eC39", "jane", "doe@", "49151", "9f0c2c1e", "41111111")
    assert {part for part in parts if part in printed} == set()


def test_no_secret_is_kept_of_what_was_seen(market: Path) -> None:
    Path("recording").write_text(KINDS["lines"])
    api = load_catalogue(market).catalogue.apis["market"]
    seen = audit_recordings([Path("recording")], [api], api).seen
    kept = [form([coverage(api, seen)]) for form in COVERAGE_FORMATS.values()]
    kept.append(write_observed(observed(api, {"0123456789abcdef": seen})))
    assert len(seen) > 1
    assert [secret for secret in SECRETS.values() if secret in "".join(kept)] == []


def test_the_secrets_were_looked_at(market: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("recording").write_text(KINDS["lines"])
    main(["audit", "recording", "--api", "market"])
    printed = capsys.readouterr().out
    for rule in ("reason", "status", "http", "envelope", "details", "header", "outside"):
        assert f"[sent-{rule}]" in printed
    assert "[recording-syntax]" in printed
    assert "[sent-message]" in printed


CODES = [
    "ORDER_LOST",
    "orderLost",
    "E404",
    "20003",
    "auth/invalid-mail",
    "v2.Order3Lost",
    "INVALID_OAUTH2_CLIENT_NAME",
]
NOT_CODES = [
    *SECRETS.values(),
    "eyJhbGciOiJIUzI1NiIsInR5",
    "AKIAIOSFODNN7EXAMPLE",
    "JBSWY3DPEHPK3PXP",
    "ORDER/AKIAIOSFODNN7EXAMPLE",
    "Order of Jane",
    "Bearer x",
    "10.0.0.1:8080",
    "x" * 100,
    "",
]


def test_a_code_in_other_letters_is_one_of_the_catalogue(market: Path) -> None:
    api = load_catalogue(market).catalogue.apis["market"]
    display = Guarded(api)
    assert display.code("order_not_found") == "order_not_found"
    assert display.code("order_not_founds") == HIDDEN


@pytest.mark.parametrize("text", [*CODES, *NOT_CODES])
def test_a_code_is_shown_only_if_it_is_like_one_whatever_the_pattern(
    text: str, market: Path
) -> None:
    path = market / "market/api.yaml"
    path.write_text(path.read_text().replace("requires:", 'reason_pattern: ".*"\nrequires:'))
    api = load_catalogue(market).catalogue.apis["market"]
    assert Guarded(api).code(text) == (text if text in CODES else HIDDEN)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("text/html; charset=utf-8", '"text/html"'),
        ("application/problem+json", '"application/problem+json"'),
        ("application/vnd.market+json", '"application/vnd.market+json"'),
        ("application/vnd.jane.secret+json", HIDDEN),
        ("text/janesecret", HIDDEN),
    ],
)
def test_of_media_types_only_usual_ones_and_those_of_the_catalogue_are_shown(
    text: str, shown: str, market: Path
) -> None:
    path = market / "market/api.yaml"
    old, new = "media_type: text/html", "media_type: application/vnd.market+json"
    path.write_text(path.read_text().replace(old, new))
    assert Guarded(load_catalogue(market).catalogue.apis["market"]).value(text) == shown
