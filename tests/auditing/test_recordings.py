"""What is read of recordings, in every kind; what is said of broken ones is in the corpus."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from reasonbook.auditing.exchange import Exchange
from reasonbook.auditing.findings import Findings
from reasonbook.auditing.recordings import lines
from reasonbook.auditing.recordings.fields import day_of
from reasonbook.auditing.recordings.kinds import kind_of, read_recording
from reasonbook.diagnostics.location import Location

BODY = '{"code": "ORDER_NOT_FOUND"}'
URL = "https://shop.example/orders/1"


def read(path: Path, content: str | bytes) -> tuple[list[Exchange], list[str]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    findings = Findings()
    found = [*read_recording(path, findings)]
    said = [*findings.problems(), *findings.notes()]
    return found, [each.message for each in said]


def only(path: Path, content: str | bytes) -> Exchange:
    """Read a recording of one exchange."""
    found, said = read(path, content)
    assert said == []
    assert len(found) == 1
    return found[0]


def vcr(**response: Any) -> dict[str, Any]:
    request = {"method": "get", "uri": URL, "body": None, "headers": {}}
    answer = {"status": {"code": 404, "message": "Not Found"}, "headers": {"A": ["b", "c"]}}
    return {"request": request, "response": answer | response}


HAR = {
    "log": {
        "entries": [
            {
                "startedDateTime": "2026-11-25T23:00:00.123-05:00",
                "request": {"method": "get", "url": URL},
                "response": {
                    "status": 404,
                    "headers": [{"name": "A", "value": "b, c"}],
                    "content": {"text": BODY},
                },
            }
        ]
    }
}
CASSETTES = {
    "vcrpy": yaml.dump({"interactions": [vcr(body={"string": BODY})], "version": 1}),
    "bytes": yaml.dump({"interactions": [vcr(body={"string": BODY.encode()})]}),
    "gzip": yaml.dump({"interactions": [vcr(body={"string": gzip.compress(BODY.encode())})]}),
    "ruby": yaml.dump(
        {
            "http_interactions": [
                vcr(
                    body={
                        "encoding": "UTF-8",
                        "base64_string": base64.b64encode(BODY.encode()).decode(),
                    }
                )
                | {"recorded_at": "Thu, 26 Nov 2026 10:00:00 GMT"}
            ]
        }
    ),
    "ruby-bytes": yaml.dump({"http_interactions": [vcr(body={"string": BODY.encode()})]}).replace(
        "!!binary", "!binary"
    ),
    "json": json.dumps({"http_interactions": [vcr(body={"string": BODY})]}),
    "schemathesis": yaml.dump(
        {"http_interactions": [vcr(status={"code": "404"}, body={"string": BODY})]}
    ),
    "flow": json.dumps({"version": 1, "interactions": [vcr(body={"string": BODY})]}, indent=1),
}


@pytest.mark.parametrize("indent", [None, 2])
def test_har(indent: int | None, tmp_path: Path) -> None:
    found = only(tmp_path / "any.name", json.dumps(HAR, indent=indent))
    place = Location(str(tmp_path / "any.name"), entry=1)
    day = date(2026, 11, 26)
    assert found == Exchange(place, "GET", URL, 404, {"A": "b, c"}, BODY, day)


@pytest.mark.parametrize("name", CASSETTES)
def test_cassettes(name: str, tmp_path: Path) -> None:
    found = only(tmp_path / "cassette", CASSETTES[name])
    assert found == Exchange(found.at, "GET", URL, 404, {"A": "b, c"}, BODY, found.day)
    assert found.at.entry == 1


@pytest.mark.parametrize(
    "body",
    [gzip.compress(BODY.encode())[:-10], gzip.compress(bytes(10_000_000)), b"\xff\xfe\xfd"],
    ids=["cut off", "huge", "no text"],
)
def test_a_body_that_is_no_text_is_not_known(body: bytes, tmp_path: Path) -> None:
    text = yaml.dump({"interactions": [vcr(body={"string": body})]})
    assert only(tmp_path / "cassette", text).body is None


def test_anchors_of_a_cassette_are_followed(tmp_path: Path) -> None:
    same = vcr(body={"string": BODY})
    text = yaml.dump({"interactions": [same, same]})
    assert "&id" in text
    found, said = read(tmp_path / "cassette", text)
    assert [each.body for each in found] == [BODY, BODY]
    assert said == []


ACCESS_LOGS = [
    {"status": "404", "request": "GET /orders/1?a=b HTTP/1.1", "host": "shop.example",
     "response_body": BODY, "time_iso8601": "2026-11-26T10:00:00+00:00"},
    {"status_code": 404, "method": "get", "path": "/orders/1?a=b", "host": "shop.example",
     "headers": {"of": "the answer"}, "body": json.loads(BODY), "ts": 1795687200.5},
    {"request": {"method": "GET", "uri": "/orders/1?a=b", "host": "shop.example", "headers": {}},
     "status": 404, "resp_headers": {}, "resp_body": BODY, "timestamp": 1795687200000},
    {"req": {"method": "GET", "url": "//shop.example/orders/1?a=b", "headers": {}, "body": "{}"},
     "res": {"statusCode": 404, "headers": {}, "body": BODY}, "@timestamp": "2026-11-26"},
    {"request": {"method": "GET", "url": "//shop.example/orders/1?a=b"},
     "response": {"status": {"code": 404}, "content": BODY}, "time": "2026-11-26T10:00:00Z"},
]  # fmt: skip


@pytest.mark.parametrize("record", ACCESS_LOGS, ids=lambda record: ",".join(record))
def test_access_logs(record: dict[str, Any], tmp_path: Path) -> None:
    found = only(tmp_path / "access.log", json.dumps(record))
    assert (found.method, found.url, found.http) == ("GET", "//shop.example/orders/1?a=b", 404)
    assert (found.body, found.day) == (BODY, date(2026, 11, 26))
    assert found.at.line == 1


def test_the_guide_shows_a_line_that_is_read(project: Path, tmp_path: Path) -> None:
    guide = (project / "source/guide/audit.md").read_text("utf-8")
    shown = next(line.strip() for line in guide.splitlines() if line.startswith('  {"time"'))
    found = only(tmp_path / "recording", shown)
    assert (found.http, found.method, found.day) == (404, "GET", date(2026, 11, 26))
    assert found.headers == {"Content-Type": "application/json"}
    assert json.loads(found.body or "") == {"error": {"reason": "CALL_NOT_FOUND"}}


def test_an_answer_without_a_body_differs_from_one_that_is_not_shown(tmp_path: Path) -> None:
    text = '{"status": 404}\n{"status": 404, "body": ""}\n{"status": 404, "body": null}\n'
    found, _ = read(tmp_path / "recording", text)
    assert [each.body for each in found] == [None, "", None]
    har = json.loads(json.dumps(HAR))
    response = har["log"]["entries"][0]["response"]
    response["content"] = {"size": 20}
    assert only(tmp_path / "har", json.dumps(har)).body is None
    response["content"] = {"size": 0}
    assert only(tmp_path / "har", json.dumps(har)).body == ""


def test_a_broken_line_hides_no_other(tmp_path: Path) -> None:
    text = b'\xef\xbb\xbf{"status": 404}\r\n\n{"status": 4\n\xff\xfe\n[1]\n{"status": 500}'
    found, said = read(tmp_path / "recording", text)
    assert [(each.at.line, each.http) for each in found] == [(1, 404), (6, 500)]
    assert said == [
        "The line is not valid JSON (2 times).",
        "The line is not an exchange: it has no HTTP status.",
    ]


def test_a_line_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines.limits, "RECORDED_LINE_BYTES", 40)
    text = json.dumps({"status": 404, "body": "x" * 500}) + '\n{"status": 500}\n'
    found, said = read(tmp_path / "recording", text)
    assert [(each.at.line, each.http) for each in found] == [(2, 500)]
    assert said == ["The line has more than 40 bytes."]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"openapi": "3.1.0"}', "description"),
        ('{\n  "info": {},\n  "swagger": "2.0"\n}', "description"),
        ("# ours\nopenapi: 3.1.0\n", "description"),
        ('info: {}\n"openapi": 3.1.0\n', "description"),
        (json.dumps(HAR), "json"),
        (json.dumps(HAR, indent=1), "json"),
        ('[\n {"status": 404}\n]', "json"),
        (CASSETTES["vcrpy"], "yaml"),
        (CASSETTES["json"], "json"),
        ('{"status": 404, "body": {"openapi": "3.1.0"}}\n', "lines"),
        ('{"status": 4\n{"status": 404}\n', "lines"),
        ('[{"status": 404}]', "json"),
        ('started\n{"status": 404}\n', "lines"),
        ("", "lines"),
        ("GET /orders/1 404\n", None),
    ],
)
def test_the_kind_is_told_by_what_a_file_holds(text: str, kind: str | None, tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text(text)
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-26T00:30:00+02:00", "2026-11-25"),
        ("2026-11-26 10:00:00", "2026-11-26"),
        ("26/Nov/2026:10:00:00 +0000", None),
        ("Thu, 26 Nov 2026 23:00:00 -0500", "2026-11-27"),
        (date(2026, 11, 26), "2026-11-26"),
        ("9999-12-31T23:59:59-12:00", None),
        ("2026-99-99T10:00:00Z", None),
        (True, None),
        (1e300, None),
        (-1e300, None),
        (None, None),
    ],
)
def test_the_day_is_in_utc(value: Any, expected: str | None) -> None:
    day = day_of(value)
    assert (str(day) if day else None) == expected


def test_a_byte_order_mark_may_stand_on_a_line_of_its_own(tmp_path: Path) -> None:
    found = only(tmp_path / "r", b'\xef\xbb\xbf\r\n{"status": 404, "body": "x"}\r\n\r\n')
    assert (found.at.line, found.http, found.body) == (2, 404, "x")
