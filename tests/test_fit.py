"""Shapes of real APIs that fit without an invented fact, and neighbours that must not pass.

Each case is a small API: what its ``api.yaml`` says besides the usual, its reasons, and what
``reasonbook check`` says of it: nothing, or words that its output holds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from reasonbook.cli.main import main

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
    "required": ["code"],
}
FIX = {"actor": "client", "retry": "after-fix"}


def reason(code: str = "A_B", body: Any = None, /, **said: Any) -> dict[str, Any]:
    """A reason with an example; None takes a key away."""
    shown = json.dumps(body if body is not None else {"code": code})
    whole = {
        "reason": code,
        "http": 400,
        "cause": "The value of one field is out of its range.",
        "fix": "Send a value within the range.",
        "remedy": FIX,
        "examples": [{"title": "One", "origin": "constructed", "body": shown}],
        **said,
    }
    return {key: value for key, value in whole.items() if value is not None}


def example(body: Any, **said: Any) -> dict[str, Any]:
    return {"title": "One", "origin": "constructed", "body": json.dumps(body), **said}


def wait(*waits: Any) -> dict[str, Any]:
    return {"actor": "client", "retry": "after-delay", "wait": [*waits]}


OPEN = {"type": "object"}
ERRORS = {
    "type": "object",
    "properties": {
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"code": {"type": "integer"}, "sub": {"type": "string"}},
            },
        }
    },
}
CARD = {
    "type": "object",
    "properties": {"code": {"type": "string"}, "decline": {"type": "string"}},
}
LOWER = {"reason_pattern": "[a-z_]+"}
DIGITS = {"reason_pattern": "[0-9]+"}
TWO = {"reason": "/code", "sub_reason": "/decline", "example": '{"code": "card"}'}

# name: (api.yaml, envelope, schema, reasons, words of the output)
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], Any, list[Any], tuple[str, ...]]] = {
    "http not known": ({}, {}, SCHEMA, [reason(http="unknown")], ()),
    "http none in a callback": (
        {},
        {},
        SCHEMA,
        [reason(), reason("C", http="none", arrives_in=["callback"], examples=None)],
        (),
    ),
    "http none, but a response": ({}, {}, SCHEMA, [reason(http="none")], ("status-and-http",)),
    "no response, but a status": (
        {},
        {},
        SCHEMA,
        [reason(arrives_in=["event"])],
        ("status-and-http", "arrives in no response"),
    ),
    "several statuses": ({}, {}, SCHEMA, [reason(http=[400, 404])], ()),
    "a status twice": ({}, {}, SCHEMA, [reason(http=[400, 400])], ("wrong-value", "twice")),
    "no status at all": ({}, {}, SCHEMA, [reason(http=[])], ("wrong-value", "is empty")),
    "an example of another status": (
        {},
        {},
        SCHEMA,
        [reason(http=[400, 404], examples=[example({"code": "A_B"}, http=410)])],
        ("example-http", "410", "400 or 404"),
    ),
    "nothing but code and cause": (
        {"requires": ["cause"]},
        {},
        SCHEMA,
        [reason(fix=None, remedy=None, examples=None)],
        (),
    ),
    "nothing but a code": (
        {"requires": []},
        {},
        SCHEMA,
        [reason(cause=None, fix=None, remedy=None, examples=None, http="unknown")],
        (),
    ),
    "a fix is required": ({}, {}, SCHEMA, [reason(fix=None)], ("missing-key", "has no fix")),
    "all that is required at once": (
        {},
        {},
        SCHEMA,
        [reason(cause=None, fix=None, remedy=None, examples=None)],
        ("has no cause", "has no fix", "has no remedy", "has no example"),
    ),
    "planned reasons may lack it": (
        {},
        {},
        SCHEMA,
        [reason(), reason("C", lifecycle="planned", fix=None, remedy=None, examples=None)],
        (),
    ),
    "an unknown remedy": (
        {},
        {},
        SCHEMA,
        [reason(remedy={"actor": "unknown", "retry": "unknown"})],
        (),
    ),
    "an unknown wait": (
        {},
        {},
        SCHEMA,
        [reason(http=503, remedy={**FIX, "retry": "after-delay", "wait": "unknown"})],
        (),
    ),
    "a quota is never to be repeated": (
        {},
        {},
        SCHEMA,
        [reason(http=429, remedy={"actor": "account-admin", "retry": "never"})],
        (),
    ),
    "several causes": ({}, {}, SCHEMA, [reason(cause=["It is gone.", "It moved."])], ()),
    "a filler": ({}, {}, SCHEMA, [reason(cause="An unknown error occurred.")], ("filler-text",)),
    "a filler that the source says": (
        {},
        {},
        SCHEMA,
        [reason(cause="“An unknown error occurred.”")],
        (),
    ),
    "a request that changes something": (
        {},
        {},
        SCHEMA,
        [reason(remedy={**FIX, "next": [{"request": "POST /things"}]})],
        ("remedy-next", "ask_first"),
    ),
    "it says whether to ask": (
        {},
        {},
        SCHEMA,
        [reason(remedy={**FIX, "next": [{"request": "POST /things", "ask_first": True}]})],
        (),
    ),
    "a request that only reads": (
        {},
        {},
        SCHEMA,
        [reason(remedy={**FIX, "next": [{"request": "GET /things"}]})],
        (),
    ),
    "several errors in a body": (
        DIGITS,
        {"reason": "/errors/*/code", "example": '{"errors": [{"code": 7003}]}'},
        ERRORS,
        [
            reason("7003", {"errors": [{"code": 7003}, {"code": 7000}]}),
            reason("7000", {"errors": [{"code": 7000}]}),
        ],
        (),
    ),
    "one of several errors is not known": (
        DIGITS,
        {"reason": "/errors/*/code", "example": '{"errors": [{"code": 7003}]}'},
        ERRORS,
        [reason("7003", {"errors": [{"code": 7003}, {"code": 7009}]})],
        ("example-reason", "7009"),
    ),
    "the documented one is not among them": (
        DIGITS,
        {"reason": "/errors/*/code", "example": '{"errors": [{"code": 7003}]}'},
        ERRORS,
        [
            reason("7003", {"errors": [{"code": 7000}]}),
            reason("7000", {"errors": [{"code": 7000}]}),
        ],
        ("example-reason", "7003"),
    ),
    "two levels in each of several errors": (
        DIGITS,
        {
            "reason": "/errors/*/code",
            "sub_reason": "/errors/*/sub",
            "example": '{"errors": [{"code": 1}]}',
        },
        ERRORS,
        [
            reason("1", {"errors": [{"code": 2, "sub": "x"}, {"code": 1}]}),
            reason("2", {"errors": [{"code": 2}]}),
            reason("2", {"errors": [{"code": 1}, {"code": 2, "sub": "x"}]}, sub_reason="x"),
        ],
        (),
    ),
    "two levels": (
        LOWER,
        TWO,
        CARD,
        [
            reason("card", {"code": "card"}),
            reason("card", {"code": "card", "decline": "lost"}, sub_reason="lost"),
            reason("card", {"code": "card", "decline": "later"}, sub_reason="later"),
        ],
        (),
    ),
    "an unlisted second level is documented by the reason": (
        LOWER,
        TWO,
        CARD,
        [reason("card", {"code": "card", "decline": "stolen"})],
        (),
    ),
    "another second level": (
        LOWER,
        TWO,
        CARD,
        [
            reason("card", {"code": "card"}),
            reason("card", {"code": "card", "decline": "stolen"}, sub_reason="lost"),
        ],
        ("example-reason", "card/stolen", "card/lost"),
    ),
    "the same second level twice": (
        LOWER,
        TWO,
        CARD,
        [
            reason("card", {"code": "card", "decline": "lost"}, sub_reason="lost"),
            reason("card", {"code": "card", "decline": "lost"}, sub_reason="lost"),
        ],
        ("duplicate-reason",),
    ),
    "a second level without a place": (
        LOWER,
        {"example": '{"code": "card"}'},
        CARD,
        [reason("card", {"code": "card"}), reason("card", {"code": "card"}, sub_reason="lost")],
        ("envelope-pointer", "second level"),
    ),
    "a list of places": (
        {},
        {"reason": ["/code", "/inner/code"]},
        {"type": "object", "properties": {**SCHEMA["properties"], "inner": SCHEMA}},
        [reason(), reason("C_D", {"inner": {"code": "C_D"}})],
        (),
    ),
    "a code in a header": (
        {"reason_pattern": "[A-Za-z]+"},
        {"reason": {"header": "x-type"}, "example": '{"message": "m"}'},
        {**SCHEMA, "required": []},
        [
            reason(
                "Gone",
                examples=[example({"message": "m"}, headers={"X-Type": "Gone"})],
            )
        ],
        (),
    ),
    "another code in the header": (
        {"reason_pattern": "[A-Za-z]+"},
        {"reason": {"header": "x-type"}, "example": '{"message": "m"}'},
        {**SCHEMA, "required": []},
        [
            reason(
                "Gone",
                examples=[example({"message": "m"}, headers={"X-Type": "Here"})],
            )
        ],
        ("example-reason", "Here"),
    ),
    "a typed object of a list, of any of several types": (
        {"reason_pattern": "[a-z-]+"},
        {
            "reason": {"in": "/issue", "where": {"severity": ["fatal", "error"]}, "at": "/code"},
            "example": '{"issue": [{"severity": "error", "code": "not-found"}]}',
        },
        OPEN,
        [
            reason(
                "not-found",
                {
                    "issue": [
                        {"severity": "warning", "code": "informational"},
                        {"severity": "fatal", "code": "not-found"},
                    ]
                },
            )
        ],
        (),
    ),
    "any of several prefixes": (
        {"reason_pattern": "[a-z]+"},
        {
            "reason_prefix": ["https://one.example/", "urn:two:"],
            "example": '{"code": "urn:two:gone"}',
        },
        SCHEMA,
        [
            reason("gone", {"code": "urn:two:gone"}),
            reason("lost", {"code": "https://one.example/lost"}),
        ],
        (),
    ),
    "names, texts and facts": (
        DIGITS,
        {
            "message": "/message",
            "example": '{"code": "30003", "message": "Handset 5 cannot be reached"}',
        },
        SCHEMA,
        [
            reason(
                "30003",
                {"code": "30003", "message": "Handset 5 cannot be reached"},
                title="Unreachable destination",
                message="Handset {number} cannot be reached",
                docs_url="https://example.com/30003",
                attributes=[{"name": "Severity", "value": "warning"}],
                since="2024-10",
            )
        ],
        (),
    ),
    "a message unlike the template": (
        DIGITS,
        {"message": "/message", "example": '{"code": "1", "message": "m"}'},
        SCHEMA,
        [reason("1", {"code": "1", "message": "Gone."}, message="Handset {number} is gone.")],
        ("example-message", "Gone."),
    ),
    "a message with many gaps": (
        DIGITS,
        {"message": "/message", "example": '{"code": "1", "message": "' + "a b " * 40 + '!"}'},
        SCHEMA,
        [reason("1", {"code": "1", "message": "a b " * 40}, message="{a} {b} {c} {d} {e} {f}!")],
        ("example-message",),
    ),
    "an example of a response of what arrives in none": (
        {},
        {},
        SCHEMA,
        [
            reason(
                http="none", arrives_in=["callback"], examples=[example({"code": "A_B"}, http=400)]
            )
        ],
        ("example-http", "shows 400, but A_B has none"),
    ),
    "an example of no response of what arrives in one": (
        {},
        {},
        SCHEMA,
        [reason(examples=[example({"code": "A_B"}, http="none")])],
        ("example-http", "shows none, but A_B has 400"),
    ),
    "a date of no calendar": (
        {},
        {},
        {**SCHEMA, "properties": {**SCHEMA["properties"], "w": {"type": "string"}}},
        [
            reason(
                "A_B",
                {"code": "A_B", "w": "Wed, 21 Oct 99999999999999999999 07:28:00 GMT"},
                remedy=wait({"pointer": "/w", "unit": "date"}),
            )
        ],
        ("example-wait",),
    ),
    "milliseconds for seconds since 1970": (
        {},
        {},
        {**SCHEMA, "properties": {**SCHEMA["properties"], "w": {"type": "integer"}}},
        [
            reason(
                "A_B",
                {"code": "A_B", "w": 1790000000000},
                remedy=wait({"pointer": "/w", "unit": "epoch"}),
            )
        ],
        ("example-wait",),
    ),
    "a longest wait under the first": (
        {},
        {},
        SCHEMA,
        [reason(remedy=wait({"backoff": {"first": 10, "factor": 2, "max": 5}}))],
        ("remedy-wait", "shorter than the first"),
    ),
    "answers outside of the envelope with one name": (
        {"outside": [{"name": "page"}, {"name": "page", "raised_by": ["POST a"]}]},
        {},
        SCHEMA,
        [reason()],
        ("wrong-value", "page is named twice", "bad-request-line"),
    ),
    "a step by name": (
        {"operations": "named"},
        {},
        SCHEMA,
        [
            reason(
                raised_by=["mutation cartCreate"],
                examples=[example({"code": "A_B"}, request="mutation cartCreate")],
                remedy={**FIX, "next": [{"request": "query cart", "ask_first": False}]},
            )
        ],
        (),
    ),
    "a step by name that may change something": (
        {"operations": "named"},
        {},
        SCHEMA,
        [reason(remedy={**FIX, "next": [{"request": "mutation cartDelete"}]})],
        ("remedy-next", "may change"),
    ),
    "a step that the body names, after a question": (
        {},
        {},
        SCHEMA,
        [
            reason(
                "A_B",
                {"code": "A_B", "message": "DELETE /cart"},
                remedy={**FIX, "next": [{"pointer": "/message", "ask_first": True}]},
            )
        ],
        (),
    ),
    "operations by name": (
        {"operations": "named"},
        {},
        SCHEMA,
        [reason(raised_by=["mutation cartCreate", "webhook message.finalized"])],
        (),
    ),
    "operations that are not requests": (
        {},
        {},
        SCHEMA,
        [reason(raised_by=["mutation cartCreate"])],
        ("bad-request-line",),
    ),
    "a class of operations": (
        {"operation_classes": {"write": {"methods": ["POST", "PUT"]}}},
        {},
        SCHEMA,
        [reason(raised_by={"class": "write"})],
        (),
    ),
    "a class that is not there": (
        {"operation_classes": {"write": {"methods": ["POST"]}}},
        {},
        SCHEMA,
        [reason(raised_by={"class": "wirte"})],
        ("unknown-operation", "Did you mean write?"),
    ),
    "no reasons yet": ({}, {}, SCHEMA, [], ()),
    "a wait as a duration": (
        {},
        {},
        OPEN,
        [
            reason(
                "A_B",
                {"code": "A_B", "in": "30s"},
                remedy=wait({"pointer": "/in", "unit": "duration"}),
            )
        ],
        (),
    ),
    "a duration for seconds": (
        {},
        {},
        OPEN,
        [reason("A_B", {"code": "A_B", "in": "30s"}, remedy=wait({"pointer": "/in", "unit": "s"}))],
        ("example-wait", "30s"),
    ),
    "milliseconds for seconds": (
        {},
        {},
        OPEN,
        [reason("A_B", {"code": "A_B", "in": 99_999_999_999}, remedy=wait({"pointer": "/in"}))],
        ("example-wait",),
    ),
    "a header in seconds since 1970": (
        {},
        {},
        SCHEMA,
        [
            reason(
                remedy=wait({"header": "X-Reset", "unit": "epoch"}),
                examples=[example({"code": "A_B"}, headers={"X-Reset": "1692700000"})],
            )
        ],
        (),
    ),
    "a header without a unit": (
        {},
        {},
        SCHEMA,
        [reason(remedy=wait({"header": "X-Reset"}))],
        ("remedy-wait", "X-Reset"),
    ),
    "Retry-After as a date": (
        {},
        {},
        SCHEMA,
        [
            reason(
                remedy=wait({"header": "Retry-After"}),
                examples=[
                    example(
                        {"code": "A_B"}, headers={"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}
                    )
                ],
            )
        ],
        (),
    ),
    "a backoff with its limits": (
        {},
        {},
        SCHEMA,
        [reason(remedy=wait({"backoff": {"first": 1, "factor": 2, "max": 60, "tries": 5}}))],
        (),
    ),
    "a wait of more than a year": (
        {},
        {},
        SCHEMA,
        [reason(remedy=wait({"seconds": 99_999_999}))],
        ("remedy-wait", "more than a year"),
    ),
    "details that are sent sometimes": (
        {},
        {"details": "/more", "example": '{"code": "A_B", "more": {"a": "x"}}'},
        {"type": "object", "properties": {**SCHEMA["properties"], "more": {"type": "object"}}},
        [
            reason(
                details={"type": "object", "properties": {"a": {"type": "string"}}},
                details_sent="sometimes",
            )
        ],
        (),
    ),
    "a code of a field that is not listed": (
        {},
        {
            "details": "/more",
            "field_code": "/more/*/code",
            "example": '{"code": "A_B", "more": [{"code": "MIN"}]}',
        },
        {"type": "object", "properties": {**SCHEMA["properties"], "more": {"type": "array"}}},
        [
            reason(
                "A_B",
                {"code": "A_B", "more": [{"code": "MIN"}, {"code": "MAX"}]},
                details={"type": "array", "items": {"type": "object"}},
                field_codes=[{"code": "MIN", "meaning": "It is too short."}],
            )
        ],
        ("example-details", "MAX"),
    ),
    "an envelope that is not there": (
        {},
        {},
        SCHEMA,
        [reason(envelope="oauth")],
        ("wrong-value", "oauth is not listed under envelopes"),
    ),
    "a long code": (
        {"reason_pattern": "[A-Z_]+"},
        {},
        SCHEMA,
        [reason(), reason("A" * 40 + "_" + "B" * 40)],
        (),
    ),
    "answers outside of the envelope": (
        {
            "outside": [
                {"name": "gateway-page", "http": [502, 504], "media_type": "text/html"},
                {
                    "name": "no-answer",
                    "http": "none",
                    "remedy": {"actor": "unknown", "retry": "unknown"},
                },
            ]
        },
        {},
        SCHEMA,
        [reason()],
        (),
    ),
}


def write_yaml(file: Path, value: Any) -> None:
    """Write YAML without anchors: they are refused."""
    alone = json.loads(json.dumps(value))
    file.write_text(yaml.safe_dump(alone, sort_keys=False, allow_unicode=True))


def write(folder: Path, api: Any, envelope: Any, schema: Any, reasons: Any) -> None:
    (folder / "x").mkdir()
    whole = {
        "format": 2,
        "api": "x",
        "title": "X",
        "summary": "Errors of an API.",
        "source": {"url": "https://example.com/"},
        "envelope": {
            "schema": "envelope.schema.json",
            "reason": "/code",
            "example": '{"code": "A_B"}',
            **envelope,
        },
        "schema_version": 1,
        "domains": ["d"],
        **api,
    }
    domain = {"domain": "d", "title": "D", "summary": "Errors of one service.", "reasons": reasons}
    write_yaml(folder / "x/api.yaml", whole)
    write_yaml(folder / "x/d.yaml", domain)
    (folder / "x/envelope.schema.json").write_text(json.dumps(schema))


@pytest.mark.parametrize("name", CASES)
def test_case(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    *files, words = CASES[name]
    write(tmp_path, *files)
    monkeypatch.chdir(tmp_path)
    code = main(["check", "."])
    output = capsys.readouterr().out
    assert [word for word in words if word not in output] == [], output
    assert code == (1 if words else 0), output


def test_the_home_of_a_reason_is_one_domain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    api, envelope, schema, reasons, _ = CASES["two levels"]
    write(tmp_path, {**api, "domains": ["d", "e"]}, envelope, schema, reasons[:1])
    domain = {"domain": "e", "title": "E", "summary": "Others.", "reasons": reasons[1:2]}
    write_yaml(tmp_path / "x/e.yaml", domain)
    monkeypatch.chdir(tmp_path)
    assert main(["check", "."]) == 1
    assert "card/lost is in another domain than card" in capsys.readouterr().out


def test_each_envelope_has_its_own_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    oauth = {"schema": "o.schema.json", "reason": "/error", "example": '{"error": "invalid_grant"}'}
    api = {"envelopes": {"oauth": oauth}, "reason_pattern": "[A-Za-z_]+"}
    reasons = [reason(), reason("invalid_grant", {"error": "invalid_grant"}, envelope="oauth")]
    write(tmp_path, api, {}, SCHEMA, reasons)
    schema = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}
    (tmp_path / "x/o.schema.json").write_text(json.dumps(schema))
    monkeypatch.chdir(tmp_path)
    assert main(["check", "."]) == 0, capsys.readouterr().out
    reasons[1] = reason("invalid_grant", {"code": "invalid_grant"}, envelope="oauth")
    (tmp_path / "x/d.yaml").unlink()
    domain = {"domain": "d", "title": "D", "summary": "S.", "reasons": reasons}
    write_yaml(tmp_path / "x/d.yaml", domain)
    assert main(["check", "."]) == 1
    assert 'the member "error" is missing' in capsys.readouterr().out
