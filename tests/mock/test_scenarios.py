"""Scenarios, and answers that are no error bodies."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest

CALL = "/calls/1"


def start(client: httpx.Client, steps: Any, api: str = "voipbin", name: str = "a") -> httpx.Client:
    """Begin a scenario; return a client of its base address."""
    response = client.put(f"/-/scenarios/{name}", json={"api": api, "steps": steps})
    assert response.status_code in (200, 201), response.text
    return httpx.Client(base_url=response.json()["base_url"], timeout=60)


def statuses(client: httpx.Client, count: int) -> list[int]:
    return [client.get(CALL).status_code for _ in range(count)]


def test_answers_come_in_their_order_and_the_last_stays(voipbin: httpx.Client) -> None:
    limited = {"reason": "RATE_LIMIT_EXCEEDED", "headers": {"retry-after": "7"}}
    with start(voipbin, [limited, {"http": 200}]) as client:
        first = client.get(CALL)
        assert (first.status_code, first.headers.get_list("retry-after")) == (429, ["7"])
        assert statuses(client, 3) == [200, 200, 200]


def test_it_begins_anew(voipbin: httpx.Client) -> None:
    steps = [{"reason": "CALL_NOT_FOUND"}, {"http": 201, "body": {"id": 1}}]
    for _ in range(2):
        with start(voipbin, steps) as client:
            assert statuses(client, 1) == [404]
            assert client.get(CALL).json() == {"id": 1}


def test_scenarios_do_not_meet(voipbin: httpx.Client) -> None:
    steps = [{"http": 503, "body": "busy"}, {"http": 200}]
    with start(voipbin, steps, name="one") as one, start(voipbin, steps, name="two") as two:
        assert statuses(one, 2) == [503, 200]
        assert two.get(CALL).text == "busy"


def test_operations_have_their_own_sequences(voipbin: httpx.Client) -> None:
    steps = {
        "GET /calls/{id}": [{"reason": "AUTHENTICATION_REQUIRED"}, {"http": 200}],
        "POST /auth/login": [{"http": 200, "body": {"token": "new"}}],
    }
    with start(voipbin, steps) as client:
        assert client.get(CALL).status_code == 401
        assert client.post("/auth/login").json() == {"token": "new"}
        assert statuses(client, 1) == [200]
        # Others are answered as without a scenario.
        assert client.get("/calls/mock:CALL_NOT_FOUND").status_code == 200
        assert client.post("/calls/mock:CALL_NOT_FOUND/hangup").status_code == 404


def test_what_came_is_shown(voipbin: httpx.Client) -> None:
    with start(voipbin, [{"reason": "CALL_NOT_FOUND"}, {"drop": True}], name="log") as client:
        client.get(CALL, headers={"Idempotency-Key": "k1"})
        with pytest.raises(httpx.RemoteProtocolError):
            client.get(CALL)
    shown = voipbin.get("/-/scenarios/log").json()
    assert shown["api"] == "voipbin"
    came = [(each["request"], each["http"], each["reason"]) for each in shown["requests"]]
    assert came == [("GET /calls/1", 404, "CALL_NOT_FOUND"), ("GET /calls/1", None, None)]
    assert shown["requests"][0]["headers"]["idempotency-key"] == "k1"


@pytest.mark.parametrize("name", ["no-answer", "dropped"])
def test_a_connection_is_dropped(name: str, voipbin: httpx.Client) -> None:
    steps = {"no-answer": [{"outside": "no-answer"}], "dropped": [{"drop": True}]}
    with start(voipbin, steps[name]) as client, pytest.raises(httpx.RemoteProtocolError):
        client.post("/calls")


def test_a_gateway_answers_with_a_page(voipbin: httpx.Client) -> None:
    response = voipbin.get("/vobiz/x", headers={"Prefer": "outside=gateway-page"})
    assert (response.status_code, response.headers["content-type"]) == (502, "text/html")
    assert "<h1>502 Bad Gateway</h1>" in response.text


def test_an_empty_answer(voipbin: httpx.Client) -> None:
    prefer = {"Prefer": "outside=auth-empty, http=401"}
    response = voipbin.delete("/voipbin/auth/unregister", headers=prefer)
    assert (response.status_code, response.content) == (401, b"")
    assert dict(response.headers) == {"content-length": "0"}


def test_a_slow_answer_comes_late(voipbin: httpx.Client) -> None:
    with start(voipbin, [{"http": 200, "delay": 0.4}]) as client:
        before = time.monotonic()
        with pytest.raises(httpx.ReadTimeout):
            client.get(CALL, timeout=0.1)
        assert client.get(CALL).status_code == 200
        assert time.monotonic() - before > 0.4


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        ({"api": "x", "steps": [{"http": 200}]}, "api: x is not one of vobiz, voipbin"),
        (
            {"api": "vobiz", "steps": [{"reason": "TOKEN_EXPIRE"}]},
            "step 1: TOKEN_EXPIRE is not a reason of Vobiz. Did you mean TOKEN_EXPIRED?",
        ),
        (
            {"api": "vobiz", "steps": {"GET /x": [{"http": 200}, {}]}},
            "step 2 of GET /x: a step has reason, outside, drop or http",
        ),
        (
            {"api": "vobiz", "steps": [{"reason": "TOKEN_EXPIRED", "drop": True}]},
            "step 1: a step is one of reason, outside and drop",
        ),
        (
            {"api": "vobiz", "steps": [{"drop": True, "body": "x"}]},
            "step 1: a body goes with http alone",
        ),
        (
            {"api": "vobiz", "steps": [{"reasn": "A"}]},
            "steps.*.0.reasn: Extra inputs are not permitted",
        ),
        (
            {"api": "vobiz", "steps": []},
            "steps.*: List should have at least 1 item after validation, not 0",
        ),
        (
            {"api": "vobiz", "steps": [{"http": 200, "headers": {"A": "b\nC: d"}}]},
            "steps.*.0.headers.A: String should match pattern '^[\\t -~\\xa0-\\xff]*$'",
        ),
    ],
)
def test_wrong_scenarios(data: Any, detail: str, voipbin: httpx.Client) -> None:
    response = voipbin.put("/-/scenarios/wrong", json=data)
    assert (response.status_code, response.json()["detail"]) == (400, detail)
    assert voipbin.get("/-/scenarios/wrong").status_code == 404


def test_a_scenario_that_is_not_json(voipbin: httpx.Client) -> None:
    response = voipbin.put("/-/scenarios/wrong", content=b'{"api": ')
    assert response.status_code == 400
    assert response.json()["detail"].startswith("The scenario: ")
