"""Proof that the remedies are enough: a client that follows them recovers, or stops in time.

The scenarios are those of the guide: an error that goes away, and one that stays. What came over
the wire is judged by what the remedy says, not by what the client thinks that it did.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import httpx
import pytest

from reasonbook.format.model import Api
from reasonbook.render.data.export import Export
from reasonbook.render.facts.exchange import answers
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

from .conftest import APIS
from .conftest import Client as ClientOf
from .recovery import KEY, OWN_LIMIT, Client, Clock, Json, Request, Run, limits

PATH = "/recover"
REQUESTS = {
    "GET": Request("GET", PATH),
    "POST": Request("POST", PATH),
    "POST with a key": Request("POST", PATH, "key-1"),
}
#: Half a minute before the time that the test root with a point in time names.
NOW = 1_767_225_570.0


@dataclass(frozen=True)
class Played:
    """A request of the client under a scenario, and what the server saw of it."""

    run: Run
    log: list[Json]
    waits: list[float]
    asked: list[str]  # for which requests a person was asked
    agrees: bool
    request: Request

    @property
    def sent(self) -> list[Json]:
        return [each for each in self.log if each["request"].endswith(f" {PATH}")]

    @property
    def helped(self) -> list[str]:
        return [each["request"] for each in self.log if each not in self.sent]


def faults(remedy: Json, played: Played, answer: httpx.Response) -> Iterator[str]:
    """Yield what a client did against the remedy of an answer."""
    repeats = len(played.sent) - 1
    most = min(OWN_LIMIT, *limits(remedy)) if remedy else 0
    if repeats > most:
        yield f"{repeats} repeats, of {most} at most"
    if repeats and remedy["retry"] in ("never", "unknown"):
        yield f"repeated though retry is {remedy['retry']}"
    if repeats and remedy["retry_if"] != "any" and not played.request.is_idempotent:
        yield f"repeated though retry_if is {remedy['retry_if']}"
    if remedy and remedy["retry"] == "after-fix" and played.run.fixes < repeats:
        yield "repeated before it was fixed"
    known = {step["request"]: step["ask_first"] for step in helps(remedy)}
    for request in played.helped:
        if request not in known:
            yield f"sent {request}, which no remedy names"
        elif known[request] and not (played.agrees and request in played.asked):
            yield f"sent {request} unasked"
    keys = [each["headers"].get(KEY.lower()) for each in played.sent]
    told = remedy and remedy["idempotency_key"]
    if played.request.key and told == "new" and len({*keys}) < len(keys):
        yield "kept a key that it was told to renew"
    if played.request.key and told != "new" and len({*keys}) > 1:
        yield "changed its key"
    if remedy and remedy["retry"] == "after-delay" and len(played.waits) != repeats:
        yield f"{len(played.waits)} waits before {repeats} repeats"
    for number, waited in enumerate(played.waits):
        if waited != (wanted := told_wait(remedy, answer, number)):
            yield f"waited {waited:g} s, not {wanted} s"


def helps(remedy: Json) -> list[Json]:
    steps = remedy["next"] if remedy else []
    return [
        {**step, "request": step["request"].replace("{", "").replace("}", "")}
        for step in steps
        if step["kind"] == "request"
    ]


def told_wait(remedy: Json, answer: httpx.Response, number: int) -> float | None:
    """Return how long a remedy says to wait, reckoned in another way than the client does."""
    for way in remedy["wait"]:
        if way["kind"] == "header" and way["header"] in answer.headers:
            value = float(answer.headers[way["header"]])
            if way["unit"] != "epoch":
                return value
            return 0 if number else value - NOW  # later, that time has come
        if way["kind"] == "pointer":
            found = answer.json()
            for step in way["pointer"].split("/")[1:]:
                found = found.get(step) if isinstance(found, dict) else None
            if found is not None:
                return float(found)
        if way["kind"] == "seconds":
            return float(way["seconds"])
        if way["kind"] == "backoff":
            waits = [way["backoff"]["first"]]
            while len(waits) <= number:
                waits.append(waits[-1] * way["backoff"]["factor"])
            return float(min(waits[number], way["backoff"]["max"] or waits[number]))
    return None


def can_recover(remedy: Json, request: Request) -> bool:
    """Tell whether a remedy lets a client repeat a request, once somebody has fixed the cause."""
    if remedy is None or remedy["retry"] in ("never", "unknown"):
        return False
    if remedy["retry"] == "after-delay" and remedy["wait"] == "unknown":
        return False
    return remedy["retry_if"] == "any" or request.is_idempotent


def step_of(api: Api, name: str) -> Json | None:
    """Return the step that answers with a reason; its body is made here where none is shown."""
    reason = api.reasons[name]
    if any(answer.http for answer in answers(api, reason)):
        return {"reason": name}
    envelope = api.envelope_of(reason)
    place = envelope.reason[0]
    if not reason.http_codes or not isinstance(place, str) or "*" in place or reason.sub_reason:
        return None
    body = json.loads(envelope.example)
    *above, last = place.split("/")[1:]
    inner = body
    for each in above:
        inner = inner[each]
    inner[last] = (envelope.reason_prefix or ("",))[0] + reason.code
    return {"http": reason.http_codes[0], "body": body}


@cache
def public(api: str) -> Json:
    """Return what the site publishes of an API."""
    (found,) = (each for each in APIS if each.name == api)
    urls = SiteUrls.of("https://errors.example.com", Addresses(""))
    return json.loads(Export(urls).api(found))["apis"][0]


def play(
    make: Callable[..., Client],
    server: httpx.Client,
    api: Api,
    steps: list[Json],
    request: Request,
    agrees: bool,
) -> Played:
    path = f"/-/scenarios/{api.name}-recovery"
    of_both = {f"{method} {PATH}": steps for method in ("GET", "POST")}
    scenario = {"api": api.name, "steps": {**of_both, "*": [{"http": 200}]}}
    server.put(path, json=scenario).raise_for_status()
    clock, asked = Clock(NOW), []

    def may(wanted: str) -> bool:
        asked.append(wanted.replace("{", "").replace("}", ""))
        return agrees

    def send(method: str, where: str, headers: Mapping[str, str]) -> httpx.Response:
        return server.request(method, path + where, headers=headers)

    client = make(public(api.name), send, clock, may=may, fix=lambda request, _: request)
    run = client.send(request)
    log = server.get(path).json()["requests"]
    return Played(run, log, clock.waits, asked, agrees, request)


def first_answer(server: httpx.Client, api: Api, step: Json) -> httpx.Response:
    scenario = {"api": api.name, "steps": [step]}
    server.put("/-/scenarios/first", json=scenario).raise_for_status()
    return server.get("/-/scenarios/first/x")


def remedy_of(api: Api, name: str) -> Json | None:
    remedy = api.reasons[name].remedy
    return json.loads(remedy.model_dump_json(by_alias=True)) if remedy else None


@pytest.mark.slow
@pytest.mark.parametrize("api", APIS, ids=lambda api: api.name)
def test_following_the_remedy_recovers_or_stops(
    api: Api, client_of: ClientOf, record_property: Callable[[str, object], None]
) -> None:
    server, wrong = client_of(api), []
    for name in api.reasons:
        remedy, error = remedy_of(api, name), step_of(api, name)
        if error is None:
            record_property("recovery", f"{api.name:10} {name:40} no answer with it is known")
            continue
        asks = any(step["ask_first"] for step in helps(remedy))
        shown = first_answer(server, api, error)
        stays = play(Client, server, api, [error], REQUESTS["POST with a key"], asks)
        wrong += [(name, "it stays", fault) for fault in faults(remedy, stays, shown)]
        if stays.run.outcome == "success":
            wrong.append((name, "it stays", "success"))
        rows: dict[str, list[str]] = {}
        for kind, request in REQUESTS.items():
            for agrees in (True, False) if asks else (False,):
                gone = play(Client, server, api, [error, {"http": 200}], request, agrees)
                wrong += [(name, kind, fault) for fault in faults(remedy, gone, shown)]
                if (gone.run.outcome == "success") is not can_recover(remedy, request):
                    wrong.append((name, kind, gone.run.outcome))
                rows.setdefault(", ".join([*gone.run.steps, gone.run.outcome]), []).append(kind)
        for row, kinds in rows.items():
            which = "any" if {*kinds} == {*REQUESTS} else ", ".join(dict.fromkeys(kinds))
            record_property("recovery", f"{api.name:10} {name:40} {which:20} {row}")
        record_property("recovery", f"{api.name:10} {name:40} {'it stays':20} {stays.run.outcome}")
    assert wrong == [], wrong


class Careless(Client):
    """Repeats whatever fails, at once, with a new key, and sends every request that helps."""

    def _prepare(
        self, request: Request, remedy: Any, response: Any, repeats: int, run: Run
    ) -> Request:
        for step in remedy["next"]:
            self._ask(*step["request"].split(" "), None)
        return replace(request, key=f"key-{repeats + 5}")


def test_a_careless_client_is_caught(client_of: ClientOf) -> None:
    voipbin = next(api for api in APIS if api.name == "voipbin")
    seen = set()
    for name in voipbin.reasons:
        error = step_of(voipbin, name)
        if error:
            server, request = client_of(voipbin), REQUESTS["POST with a key"]
            played = play(Careless, server, voipbin, [error], request, False)
            answer = first_answer(server, voipbin, error)
            seen |= {*faults(remedy_of(voipbin, name), played, answer)}
    assert {
        "repeated though retry is never",
        "repeated before it was fixed",
        "changed its key",
        "sent DELETE /auth/unregister unasked",
        "0 waits before 5 repeats",
    } <= seen


def outage(client_of: ClientOf, steps: list[Json], request: Request) -> Played:
    api = next(each for each in APIS if each.name == "voipbin")
    return play(Client, client_of(api), api, steps, request, False)


@pytest.mark.parametrize(
    "steps",
    [
        [{"outside": "gateway-page"}, {"http": 200}],
        [{"drop": True}, {"http": 200}],
        [
            {"outside": "gateway-page", "headers": {"Retry-After": "7"}},
            {"drop": True},
            {"http": 200},
        ],
    ],
)
def test_what_comes_in_no_envelope_is_decided_too(steps: list[Json], client_of: ClientOf) -> None:
    assert outage(client_of, steps, REQUESTS["GET"]).run.outcome == "success"
    lost = outage(client_of, steps, REQUESTS["POST"])
    assert (lost.run.outcome, len(lost.sent)) == ("stopped: it is not safe to repeat", 1)


def test_where_nobody_fixes_it_the_client_says_who_must(client_of: ClientOf) -> None:
    api = next(each for each in APIS if each.name == "voipbin")

    class Helpless(Client):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **{**more, "fix": lambda *_: None})

    error = {"reason": "INSUFFICIENT_BALANCE"}
    played = play(Helpless, client_of(api), api, [error], REQUESTS["GET"], False)
    assert (played.run.outcome, len(played.sent)) == ("stopped: account-admin must fix it", 1)
