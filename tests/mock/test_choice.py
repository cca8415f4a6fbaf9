"""How a request asks for an error, and what it is told where it cannot have it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from reasonbook.mock.choice import Choice, WrongChoiceError, read_preferences


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("", Choice()),
        ("respond-async, wait=10", Choice()),
        ("reason=A_B", Choice("A_B")),
        ("reason=card_declined/lost_card", Choice("card_declined/lost_card")),
        (
            'reason=A; example="One, \\"two\\"; three", http=404',
            Choice("A", 'One, "two"; three', 404),
        ),
        ("code=404, example=A", Choice(None, "A", 404)),
        ("outside=gateway-page, delay=0.5", Choice(outside="gateway-page", delay=0.5)),
        ("REASON = A ,reason=B", Choice("A")),
    ],
)
def test_preferences(text: str, choice: Choice) -> None:
    assert read_preferences(text) == choice


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("http=1000", "1000 is not an HTTP status from 200 to 599."),
        ("http=101", "101 is not an HTTP status from 200 to 599."),
        ("reason=", "reason is empty; it names what is asked for."),
        ('example="", reason=A', "example is empty; it names what is asked for."),
        ("delay=61", "61 is not a delay in seconds, from 0 to 60."),
        ("delay=soon", "soon is not a delay in seconds, from 0 to 60."),
    ],
)
def test_wrong_preferences(text: str, message: str) -> None:
    with pytest.raises(WrongChoiceError) as caught:
        read_preferences(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("GET", "/calls/mock:CALL_NOT_FOUND", {}),
        ("GET", "/calls/mock%3ACALL_NOT_FOUND", {}),
        ("GET", "/calls/1?x=1&expand=mock:CALL_NOT_FOUND", {}),
        ("GET", "/calls/mock:reason=CALL_NOT_FOUND;delay=0.1", {}),
        ("POST", "/calls/1/hangup", {"json": {"to": [{"number": "mock:CALL_NOT_FOUND"}]}}),
        ("POST", "/calls/1/hangup", {"data": {"to": "mock:CALL_NOT_FOUND"}}),
        ("GET", "/calls/1", {"headers": {"Prefer": "code=404, example=CALL_NOT_FOUND"}}),
        (
            "GET",
            "/calls/1",
            {"headers": [("Prefer", "wait=1"), ("Prefer", "reason=CALL_NOT_FOUND")]},
        ),
    ],
)
def test_triggers(method: str, path: str, more: dict[str, Any], voipbin: httpx.Client) -> None:
    response = voipbin.request(method, f"/voipbin{path}", **more)
    assert response.status_code == 404
    assert response.json()["error"]["reason"] == "CALL_NOT_FOUND"


def test_what_asks_for_nothing_succeeds(voipbin: httpx.Client) -> None:
    response = voipbin.post("/voipbin/calls", json={"to": "a mock:CALL_NOT_FOUND"})
    assert (response.status_code, response.json()) == (200, {})


@pytest.mark.parametrize(
    ("request_line", "prefer", "status", "detail"),
    [
        (
            "GET /voipbin/calls/1",
            "reason=CALL_NOT_FOUN",
            404,
            "CALL_NOT_FOUN is not a reason of VoIPbin. Did you mean CALL_NOT_FOUND?",
        ),
        (
            "GET /voipbin/queues",
            "reason=BILLING_NOT_FOUND",
            404,
            "GET /queues is not known to send BILLING_NOT_FOUND; these do: "
            "GET /billings/{billing-id}.",
        ),
        (
            "GET /voipbin/calls/mock:",
            "",
            400,
            "reason is empty; it names what is asked for.",
        ),
        (
            "GET /voipbin/quees",
            "",
            404,
            "GET /quees is not an operation of VoIPbin. Did you mean GET /queues?",
        ),
        (
            "GET /voipbi/queues",
            "",
            404,
            "No API voipbi is here: vobiz, voipbin. Did you mean voipbin?",
        ),
        (
            "GET /voipbin/reasons/CALL_NOT_FOUND",
            'example="Nowhere"',
            404,
            "CALL_NOT_FOUND has these examples, with their HTTP status: "
            "Looking up an unknown call (404).",
        ),
        ("GET /vobiz/reasons/NO_CREDIT", "", 404, "NO_CREDIT is not a reason of Vobiz."),
        (
            "GET /voipbin/reasons/CALL_NOT_FOUN",
            "",
            404,
            "CALL_NOT_FOUN is not a reason of VoIPbin. Did you mean CALL_NOT_FOUND?",
        ),
        (
            "GET /voipbin/calls/1",
            "outside=page",
            404,
            "page is not one of the answers in no envelope: gateway-page, empty, no-answer, "
            "auth-empty.",
        ),
        (
            "GET /voipbin/calls/1",
            "outside=gateway-page, http=500",
            404,
            "gateway-page has the HTTP status 502, 503, 504, not 500.",
        ),
        ("GET /voipbin/calls/1", "http=404", 400, "example and http go with reason=NAME."),
        ("GET /-/scenarios/none", "", 404, "No scenario none is here: PUT it first."),
    ],
)
def test_problems(
    request_line: str, prefer: str, status: int, detail: str, voipbin: httpx.Client
) -> None:
    method, path = request_line.split(" ")
    response = voipbin.request(method, path, headers={"Prefer": prefer})
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Not Found" if status == 404 else "Bad Request",
        "status": status,
        "detail": detail,
    }
    assert response.status_code == status
