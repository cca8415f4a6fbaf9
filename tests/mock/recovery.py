"""A client that knows nothing but the public JSON of an API, and does what its remedies say.

It stands for any program that reads ``reasons.json``: it imports nothing of ours.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

#: How often it repeats a request of which nobody says how often.
OWN_LIMIT = 5
IDEMPOTENT = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"}
KEY = "Idempotency-Key"

Json = Any


@dataclass(frozen=True)
class Request:
    """A request that its program may have to repeat."""

    method: str
    path: str
    key: str | None = None

    @property
    def is_idempotent(self) -> bool:
        return self.method in IDEMPOTENT or self.key is not None


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self, now: float) -> None:
        self.now = now
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@dataclass
class Run:
    """What became of a request."""

    outcome: str = ""
    steps: list[str] = field(default_factory=list)
    fixes: int = 0


class Stop(Exception):  # noqa: N818
    """It gives up, and says why."""


class Client:
    """Sends a request until it succeeds, or until its remedy says to stop."""

    def __init__(
        self,
        api: Json,
        send: Callable[[str, str, Mapping[str, str]], httpx.Response],
        clock: Clock,
        *,
        may: Callable[[str], bool],
        fix: Callable[[Request, Json], Request | None],
    ) -> None:
        self._api, self._send, self._clock = api, send, clock
        self._may, self._fix = may, fix
        self._keys = (f"key-{number}" for number in itertools.count(2))

    def send(self, request: Request) -> Run:
        run = Run()
        try:
            self._until_it_works(request, run)
            run.outcome = "success"
        except Stop as stop:
            run.outcome = f"stopped: {stop}"
        return run

    def _until_it_works(self, request: Request, run: Run) -> None:
        for repeats in itertools.count():
            response = self._ask(request.method, request.path, request.key)
            if response is not None and response.is_success:
                return
            remedy = self._remedy(response)
            if remedy is None:
                raise Stop("no remedy is known")
            if repeats >= min(OWN_LIMIT, *limits(remedy)):
                raise Stop(f"after {repeats} repeats")
            request = self._prepare(request, remedy, response, repeats, run)
            run.steps.append("repeat")

    def _prepare(
        self,
        request: Request,
        remedy: Json,
        response: httpx.Response | None,
        repeats: int,
        run: Run,
    ) -> Request:
        """Do what has to be done before a repeat; return the request that is then sent."""
        match remedy["retry"]:
            case "after-fix":
                request = self._have_fixed(request, remedy, run)
            case "after-delay":
                require_repeatable(request, remedy)
                seconds = self._wait(remedy, response, repeats)
                self._clock.sleep(seconds)
                run.steps.append(f"wait {seconds:g} s")
            case "at-once":
                pass
            case word:
                raise Stop(f"retry is {word}")
        require_repeatable(request, remedy)
        if remedy["idempotency_key"] == "new" and request.key:
            request = replace(request, key=next(self._keys))
        return request

    def _have_fixed(self, request: Request, remedy: Json, run: Run) -> Request:
        for step in remedy["next"]:
            if step["kind"] != "request":
                continue
            method, _, path = step["request"].partition(" ")
            if step["ask_first"] and not self._may(step["request"]):
                run.steps.append(f"not allowed: {step['request']}")
                continue
            self._ask(method, path, None)
            run.steps.append(step["request"])
        fixed = self._fix(request, remedy)
        if fixed is None:
            raise Stop(f"{remedy['actor']} must fix it")
        run.fixes += 1
        run.steps.append("fix")
        return fixed

    def _ask(self, method: str, path: str, key: str | None) -> httpx.Response | None:
        headers = {KEY: key} if key else {}
        plain = path.replace("{", "").replace("}", "")
        try:
            return self._send(method, plain, headers)
        except httpx.TransportError:
            return None

    def _remedy(self, response: httpx.Response | None) -> Json | None:
        """Return the remedy of the reason, else of the HTTP status, else of its class."""
        name = self._reason(response) if response is not None else None
        for reason in self._api["reasons"]:
            known = "/".join(filter(None, (reason["reason"], reason["sub_reason"])))
            if name == known:
                return reason["remedy"]
        code = response.status_code if response is not None else None
        for answer in self._api["outside"]:
            if is_of(code, answer["http"]) and answer["remedy"]:
                return answer["remedy"]
        for status in self._api["http"]:
            if status["http"] == code and status["remedy"]:
                return status["remedy"]
        return next(
            decided(each)
            for each in self._api["http_fallback"]["decisions"]
            if is_of(code, each["http"])
        )

    def _reason(self, response: httpx.Response) -> str | None:
        """Return the reason that a response names, by the places of the envelopes."""
        try:
            body = response.json()
        except ValueError:
            return None
        names = {
            "/".join(filter(None, (each["reason"], each["sub_reason"])))
            for each in self._api["reasons"]
        }
        for envelope in (self._api["envelope"], *self._api["envelopes"].values()):
            for place in envelope["reason"]:
                for code in at_place(place, body, response.headers):
                    for prefix in envelope["reason_prefix"] or [""]:
                        if not str(code).startswith(prefix):
                            continue
                        name = str(code)[len(prefix) :]
                        for sub in at_place(envelope["sub_reason"], body, response.headers):
                            if f"{name}/{sub}" in names:
                                return f"{name}/{sub}"
                        if name in names:
                            return name
        return None

    def _wait(self, remedy: Json, response: httpx.Response | None, repeats: int) -> float:
        """Return how many seconds to wait: the first way that applies."""
        ways = remedy["wait"] if isinstance(remedy["wait"], list) else []
        for way in ways:
            seconds = self._seconds(way, response, repeats)
            if seconds is not None:
                return seconds
        raise Stop("how long to wait is not known")

    def _seconds(self, way: Json, response: httpx.Response | None, repeats: int) -> float | None:
        match way["kind"]:
            case "seconds":
                return float(way["seconds"])
            case "backoff":
                rule = way["backoff"]
                longest = rule["max"] or float("inf")
                return float(min(rule["first"] * rule["factor"] ** repeats, longest))
            case "header" if response is not None:
                value: Json = response.headers.get(way["header"])
            case "pointer" if response is not None:
                value = next(at_place(way["pointer"], safe_json(response), {}), None)
            case _:
                return None
        return None if value is None else in_seconds(value, way["unit"], self._clock.now)


def require_repeatable(request: Request, remedy: Json) -> None:
    """Stop where the request may have done something, and it is not known to do no harm twice."""
    if remedy["retry_if"] != "any" and not request.is_idempotent:
        raise Stop("it is not safe to repeat")


def limits(remedy: Json) -> Iterator[int]:
    """Yield how often the request may be repeated at most."""
    yield remedy["max_attempts"] or OWN_LIMIT
    for way in remedy["wait"] if isinstance(remedy["wait"], list) else []:
        yield (way["backoff"]["tries"] or OWN_LIMIT) if way["kind"] == "backoff" else OWN_LIMIT


def is_of(code: int | None, http: Json) -> bool:
    if isinstance(http, list):
        return code in http
    classes = {None: "none"} if code is None else {code: f"{code // 100}xx"}
    return http in (code, classes[code]) and http is not None


def decided(decision: Json) -> Json:
    """Return a decision by HTTP alone in the form of a remedy."""
    retry_if = "idempotent" if decision["only_if_safe_to_repeat"] else "any"
    unsaid = {"max_attempts": None, "idempotency_key": None, "next": []}
    return {**decision, "retry_if": retry_if, **unsaid}


def safe_json(response: httpx.Response) -> Json:
    try:
        return response.json()
    except ValueError:
        return None


def at_place(place: Json, body: Json, headers: Mapping[str, str]) -> Iterator[Json]:
    """Yield what is at a place of an error: a pointer with ``*``, a search, or a header."""
    if place is None:
        return
    if isinstance(place, dict) and "header" in place:
        if place["header"] in headers:
            yield headers[place["header"]]
        return
    if isinstance(place, dict):
        for found in at_place(place["in"], body, headers):
            for item in found if isinstance(found, list) else []:
                fits = (item.get(name) in wanted for name, wanted in place["where"].items())
                if isinstance(item, dict) and all(fits):
                    yield from at_place(place["at"], item, headers)
        return
    values = [body]
    for raw in place.split("/")[1:]:
        step = raw.replace("~1", "/").replace("~0", "~")
        below = []
        for value in values:
            if step == "*" and isinstance(value, list | dict):
                below += value if isinstance(value, list) else value.values()
            elif isinstance(value, dict) and step in value:
                below.append(value[step])
            elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
                below.append(value[int(step)])
        values = below
    yield from (value for value in values if value is not None)


def in_seconds(value: Json, unit: str | None, now: float) -> float | None:
    """Return a wait in seconds, as its unit says; a number of seconds or a date without one."""
    text = str(value)
    match unit:
        case "ms":
            return float(text) / 1000
        case "epoch":
            return max(float(text) - now, 0)
        case "duration":
            return float(text.removeprefix("PT").rstrip("sS"))
        case "date":
            return max(as_time(text) - now, 0)
        case _:
            return float(text) if text.replace(".", "", 1).isdecimal() else as_time(text) - now


def as_time(text: str) -> float:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
