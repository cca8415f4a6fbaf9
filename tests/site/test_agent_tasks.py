"""Errors as they come, acted out by an agent that goes by fixed rules and by the pages alone.

It starts from the API and the reason, from the address of the site, and from the reason alone. A
task whose reason the catalogue does not have must come to the decision of its HTTP status.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from .agent import Action, Failure, Site, from_api_and_reason, from_reason, from_site

FETCHES, TOKENS = 2, 1_500
Count = Callable[[list[str]], list[int]]


class Task(NamedTuple):
    """A failure, and what is right to do."""

    api: str
    request: str
    http: int
    body: str
    headers: dict[str, str]
    do: str
    who: str = "client"
    wait: float | None = None
    says: str = ""  # what stands on the page, so that the fix is found
    helps: str = ""  # a request that may be sent without asking

    @property
    def failure(self) -> Failure:
        return Failure(self.api, self.request, self.http, self.body, self.headers)

    @property
    def reason(self) -> str | None:
        error = (self.failure.json or {}).get("error", {})
        return error.get("reason") or error.get("code")


def voipbin(status: str, reason: str, **more: Any) -> str:
    error = {"status": status, "reason": reason, "message": "m", "request_id": "req_A", **more}
    return json.dumps({"error": error})


def vobiz(code: str, **more: Any) -> str:
    error = {"code": code, "message": "m", **more}
    return json.dumps({"status": "error", "error": error, "requestId": "req_1"})


def gateway(title: str) -> str:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"


ID = "9f1c0000-0000-4000-8000-000000000000"
WRONG_STATE = voipbin("FAILED_PRECONDITION", "STATE_INVALID")
RECORDED = voipbin("FAILED_PRECONDITION", "RECORDING_ALREADY_ACTIVE")
SLOW = voipbin("UNAVAILABLE", "REQUEST_TIMEOUT")
LIMIT = voipbin("RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", details=[{"limited_by": "ip"}])
ADDRESS = voipbin("PERMISSION_DENIED", "IP_NOT_ALLOWED")
OLD_NAME = voipbin("NOT_FOUND", "STORAGE_FILE_NOT_FOUND")
LOWER_CASE = voipbin("NOT_FOUND", "call_not_found")
ENDED = voipbin("FAILED_PRECONDITION", "CALL_ALREADY_HANGUP")
BALANCE = vobiz("INSUFFICIENT_BALANCE", details={"required": 1000, "available": 450})
CALLS_LIMIT = vobiz("RATE_LIMIT_EXCEEDED", details={"limitType": "cps", "retryAfter": 1})
FIELDS = vobiz("VALIDATION_ERROR", details={"errors": [{"field": "name", "code": "MAX_LENGTH"}]})
TAKEN = vobiz("DUPLICATE_USERNAME", details={"username": "mytrunk"})
TASKS = [
    Task(
        "voipbin", f"GET /calls/{ID}", 404, voipbin("NOT_FOUND", "CALL_NOT_FOUND"), {},
        "fix", helps="GET /calls",
    ),
    Task("voipbin", f"POST /calls/{ID}/hold", 409, WRONG_STATE, {}, "fix", says="`GET`"),
    Task("voipbin", f"POST /calls/{ID}/recording_start", 409, RECORDED, {}, "fix"),
    Task("voipbin", "GET /calls", 429, LIMIT, {"Retry-After": "7"}, "repeat", wait=7),
    Task("voipbin", "POST /calls", 503, SLOW, {}, "same-key", "platform", 1, "took effect"),
    Task(
        "voipbin", "POST /calls", 503, gateway("503 Service Temporarily Unavailable"),
        {"Retry-After": "30"}, "same-key", "platform", 30, "took effect",
    ),
    Task("voipbin", "GET /calls", 502, gateway("502 Bad Gateway"), {}, "repeat", "", 1),
    Task(
        "voipbin", "POST /messages", 500, voipbin("INTERNAL", "INTERNAL"), {},
        "stop", "platform", says="took effect",
    ),
    Task("voipbin", "GET /calls", 403, ADDRESS, {}, "fix", "account-admin"),
    Task(
        "voipbin", "GET /storage_files/1", 404, OLD_NAME, {},
        "fix", says="FILE_NOT_FOUND", helps="GET /storage_files",
    ),
    Task("voipbin", "POST /calls", 404, "", {}, "fix"),
    Task("vobiz", "POST /numbers", 402, BALANCE, {}, "fix", "account-admin", says="`required`"),
    Task("vobiz", "POST /call", 429, CALLS_LIMIT, {}, "repeat", wait=1),
    Task("vobiz", "GET /trunks", 401, vobiz("MISSING_AUTH_HEADERS"), {}, "fix", says="`X-Auth-ID`"),
    Task("vobiz", "POST /subaccounts", 422, FIELDS, {}, "fix", says="error.details.errors"),
    Task("vobiz", "POST /trunks", 409, TAKEN, {}, "fix", says="another username"),
    Task(
        "vobiz", "GET /trunks", 302, "", {"Location": "https://vobiz.ai/login"},
        "fix", "", says="take no credentials to another host",
    ),
    Task("vobiz", "GET /trunks", 418, "", {}, "fix", ""),
    Task("vobiz", "DELETE /trunks/1", 410, "", {}, "fix", ""),
    Task("vobiz", "POST /trunks", 507, "", {}, "same-key", "", 1, "took effect"),
    Task("vobiz", "POST /call", 204, TAKEN, {}, "fix", says="another username"),
    Task("vobiz", "POST /call", 200, vobiz("NO_SUCH_CODE"), {}, "stop", "", says="took effect"),
    Task("vobiz", "POST /numbers", 402, vobiz("NO_SUCH_CODE"), {}, "fix", "account-admin",
         says="Never repeat a payment"),
    Task("vobiz", "GET /calls/1", 404, vobiz("CALL_NOT_FOUND"), {}, "fix"),
    Task("voipbin", "GET /calls", 429, LIMIT, {}, "repeat", wait=1),
    Task("voipbin", f"GET /calls/{ID}", 404, LOWER_CASE, {}, "fix", helps="GET /calls"),
    Task("voipbin", "GET /calls", 401, "", {}, "fix"),
    Task("voipbin", f"POST /calls/{ID}/hangup", 409, ENDED, {}, "stop", "nobody",
         helps="GET /calls/{id}"),
]  # fmt: skip


@pytest.fixture(params=TASKS, ids=lambda task: f"{task.api}-{task.http}-{task.reason}")
def task(request: pytest.FixtureRequest) -> Task:
    return request.param


def judge(task: Task, action: Action, fetched: Site, count: Count) -> None:
    """Compare what the agent did with what is right, and with what it may cost."""
    assert (action.do, action.who, action.wait) == (task.do, task.who, task.wait)
    assert task.says in action.page
    assert not task.helps or task.helps in action.unasked
    # Safe: what it sends by itself changes nothing.
    assert all(request.split()[0] in ("GET", "HEAD") for request in action.unasked)
    assert len(fetched.texts) <= FETCHES
    assert sum(count(fetched.texts)) <= TOKENS


def test_from_the_api_and_the_reason(task: Task, address: str, count: Count) -> None:
    fetched = Site(address)
    judge(task, from_api_and_reason(task.failure, task.reason, fetched), fetched, count)


def test_from_the_address_of_the_site(task: Task, address: str, count: Count) -> None:
    fetched = Site(address)
    judge(task, from_site(task.failure, fetched), fetched, count)


@pytest.mark.parametrize(
    "named", [task for task in TASKS if task.reason], ids=lambda task: f"{task.api}-{task.reason}"
)
def test_from_the_reason_alone(named: Task, address: str, count: Count) -> None:
    fetched = Site(address)
    judge(named, from_reason(named.failure, str(named.reason), fetched), fetched, count)


def test_most_tasks_are_of_reasons_with_a_page(site: Path) -> None:
    named = [task for task in TASKS if task.reason]
    with_page = [
        task for task in named if (site / task.api / f"reasons/{task.reason}.md").is_file()
    ]
    assert len(with_page) >= 10
