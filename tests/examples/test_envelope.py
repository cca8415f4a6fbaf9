"""Pointers into bodies, and where envelopes of other kinds hold their reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from reasonbook.examples.envelope import find_reason, find_reason_name
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_reader import parse_json

if TYPE_CHECKING:
    from reasonbook.format.model import Envelope

    from .originals import Original

BODY = {"a": [{"b": None}, [0]], "": {"": 1}, "x/y": {"~1": 2}, "0": 3, "é": 4}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("", BODY),
        ("/a/0/b", None),
        ("/a/1/0", 0),
        ("//", 1),
        ("/x~1y/~01", 2),
        ("/0", 3),
        ("/é", 4),
        ("/a/2", pointer.MISSING),
        ("/a/00", pointer.MISSING),
        ("/a/-", pointer.MISSING),
        ("/a/-1", pointer.MISSING),
        ("/a/²", pointer.MISSING),
        ("/a/0/b/c", pointer.MISSING),
        ("/é/0", pointer.MISSING),
        ("/none", pointer.MISSING),
    ],
)
def test_pointers(where: str, expected: Any) -> None:
    assert pointer.resolve(BODY, where) == expected


def test_a_text_has_no_items() -> None:
    assert pointer.resolve("ab", "/0") is pointer.MISSING


def test_join_is_the_reverse_of_tokens() -> None:
    tokens = ("a", "", "x/y", "~1", "0")
    assert pointer.tokens(pointer.join("", *tokens)) == tokens


def envelope_of(name: str, originals: list[Original]) -> Envelope:
    return next(o.api.envelope for o in originals if o.api.name == name)


def info(reason: Any, kind: str = "ErrorInfo") -> dict[str, Any]:
    return {"@type": f"type.googleapis.com/google.rpc.{kind}", "reason": reason}


def details(*items: Any) -> Any:
    return {"error": {"details": [*items]}}


@pytest.mark.parametrize(
    ("api", "body", "where", "name"),
    [
        ("vobiz", {"error": {"code": "A"}}, "/error/code", "A"),
        ("vobiz", {"error": {"code": 20003}}, "/error/code", "20003"),
        ("vobiz", {"error": {"code": True}}, "/error/code", None),
        ("vobiz", {"error": {"code": 2.5}}, "/error/code", "2.5"),
        ("vobiz", {"error": {"code": None}}, None, None),
        ("vobiz", {"error": {}}, None, None),
        ("vobiz", [], None, None),
        ("bank", {"type": "https://api.example.com/problems/a"}, "/type", "a"),
        ("bank", {"type": "https://example.org/a"}, "/type", None),
        ("bank", {"type": "a"}, "/type", None),
        ("library", details(info("A", "Other"), info("B")), "/error/details/1/reason", "B"),
        ("library", details(info("A"), info("B")), "/error/details/0/reason", "A"),
        ("library", details("no object", {}, info("A")), "/error/details/2/reason", "A"),
        ("library", details({"reason": "A"}), None, None),
        ("library", {"error": {"details": "none"}}, None, None),
    ],
)
def test_the_reason_of_a_body(
    api: str, body: Any, where: str | None, name: str | None, originals: list[Original]
) -> None:
    envelope = envelope_of(api, originals)
    parsed = parse_json(json.dumps(body))
    found = find_reason(envelope, parsed)
    assert (found.pointer if found else None) == where
    assert find_reason_name(envelope, parsed) == name


@pytest.mark.parametrize("number", ["4.10", "4.1", "410", "4.1e1"])
def test_a_number_is_a_code_by_its_digits(number: str, originals: list[Original]) -> None:
    """Also where the same name is there twice, of which the first counts."""
    envelope = envelope_of("vobiz", originals)
    body = parse_json(f'{{"error": {{"code": {number}, "code": 7.7}}}}')
    assert find_reason_name(envelope, body) == number
