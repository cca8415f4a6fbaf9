"""The programs of the guide "Handle errors well" do what it says, against the mock server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

PROGRAMS = Path(__file__).parents[2] / "source/guide/handle"
COMMANDS = {
    "curl": ["bash", str(PROGRAMS / "handle.sh")],
    "Python": [sys.executable, str(PROGRAMS / "handle.py")],
    "JavaScript": ["node", str(PROGRAMS / "handle.mjs")],
}
CALLS = {"http": 200, "body": {"result": ["a call"]}}
REQUEST_ID = "req_ABCDEFGHIJKLMNOPQRSTUVWXYZ"

pytestmark = pytest.mark.slow


class Done(NamedTuple):
    code: int
    out: str
    err: str
    requests: list[dict[str, Any]]
    seconds: float

    @property
    def lines(self) -> list[str]:
        return [each["request"] for each in self.requests]


Run = Callable[..., Done]


@pytest.fixture(params=COMMANDS)
def run(request: pytest.FixtureRequest, voipbin: httpx.Client) -> Run:
    """Run the program in a language under a scenario."""

    def run_it(*steps: dict[str, Any], login: dict[str, Any] | None = None) -> Done:
        answers = {"GET /calls": steps, "POST /auth/login": [login or {"http": 500}]}
        path = "/-/scenarios/guide"
        base = voipbin.put(path, json={"api": "voipbin", "steps": answers}).json()["base_url"]
        user = {"API_TOKEN": "old", "API_USERNAME": "a@example.com", "API_PASSWORD": "secret"}
        before = time.monotonic()
        done = subprocess.run(
            COMMANDS[request.param],
            env={**os.environ, **user, "API_URL": base},
            capture_output=True,
            text=True,
            timeout=120,
        )
        seconds = time.monotonic() - before
        log = voipbin.get(path).json()["requests"]
        return Done(done.returncode, done.stdout, done.stderr, log, seconds)

    return run_it


def test_it_prints_what_it_was_asked_for(run: Run) -> None:
    done = run(CALLS)
    assert (done.code, done.out.strip(), done.err) == (0, '{"result": ["a call"]}', "")


def test_it_waits_as_long_as_the_server_asks(run: Run) -> None:
    limited = {"reason": "RATE_LIMIT_EXCEEDED", "headers": {"Retry-After": "2"}}
    done = run(limited, CALLS)
    assert (done.code, done.lines) == (0, ["GET /calls"] * 2)
    assert done.seconds >= 2
    assert done.err == f"HTTP 429, reason RATE_LIMIT_EXCEEDED, request {REQUEST_ID}\n"


@pytest.mark.parametrize("first", [{"outside": "gateway-page"}, {"drop": True}])
def test_it_survives_a_gateway_and_a_lost_connection(run: Run, first: dict[str, Any]) -> None:
    done = run(first, CALLS)
    assert (done.code, done.lines) == (0, ["GET /calls"] * 2)
    assert done.seconds >= 1


def test_it_gets_a_new_token(run: Run) -> None:
    done = run(
        {"reason": "AUTHENTICATION_REQUIRED"}, CALLS, login={"http": 200, "body": {"token": "new"}}
    )
    assert (done.code, done.lines) == (0, ["GET /calls", "POST /auth/login", "GET /calls"])
    tokens = [each["headers"].get("authorization") for each in done.requests]
    assert (tokens[0], tokens[2]) == ("Bearer old", "Bearer new")


def test_it_asks_for_a_new_token_only_once(run: Run) -> None:
    login = {"http": 200, "body": {"token": "new"}}
    done = run({"reason": "AUTHENTICATION_REQUIRED"}, login=login)
    assert (done.code, done.lines) == (1, ["GET /calls", "POST /auth/login", "GET /calls"])


def test_it_gives_up_where_it_gets_no_token(run: Run) -> None:
    done = run({"reason": "AUTHENTICATION_REQUIRED"}, login={"reason": "INVALID_CREDENTIALS"})
    assert done.code == 1
    assert done.err.endswith("gave up: no new token: HTTP 401, INVALID_CREDENTIALS\n")


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (
            {"reason": "INSUFFICIENT_BALANCE"},
            "the administrator of the account must raise its balance",
        ),
        (
            {"reason": "PERMISSION_DENIED"},
            "see https://errors.example.com/voipbin/reasons/PERMISSION_DENIED.html",
        ),
        (
            {"http": 418, "body": {"error": {"reason": "OF_TOMORROW"}}},
            "see https://errors.example.com/voipbin/reasons/OF_TOMORROW.html",
        ),
        ({"outside": "auth-empty", "http": 400}, "HTTP 400 without a reason"),
    ],
)
def test_it_gives_up_at_once(run: Run, step: dict[str, Any], message: str) -> None:
    done = run(step)
    assert (done.code, done.out, done.lines) == (1, "", ["GET /calls"])
    assert done.err.splitlines()[-1] == f"gave up: {message}"
    if step.get("reason"):
        assert REQUEST_ID in done.err


def test_it_gives_up_in_the_end(run: Run) -> None:
    done = run({"reason": "RATE_LIMIT_EXCEEDED", "headers": {"Retry-After": "0"}})
    assert (done.code, done.lines) == (1, ["GET /calls"] * 5)
    assert done.err.splitlines()[-1] == "gave up: it still fails after 5 attempts"
