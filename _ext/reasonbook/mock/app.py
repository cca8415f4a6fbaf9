"""The server as an ASGI application."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from reasonbook import limits
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.format.model import Catalogue
from reasonbook.mock.choice import Choice, WrongChoiceError, read_preferences, read_triggers
from reasonbook.mock.index import api_index, index
from reasonbook.mock.operations import Operations
from reasonbook.mock.replies import SUCCESS, NotDocumentedError, Replies, Reply
from reasonbook.mock.scenarios import Play, Scenarios, WrongScenarioError
from reasonbook.text.json_reader import parse_json

#: Below it are the scenarios: no API can have this name.
SCENARIOS = "/-/scenarios/"
#: Below an API, the addresses of its reasons.
REASONS = "/reasons/"
#: In the state of a request, the connection that it came by.
TRANSPORT = "transport"
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_NO_BODY = (204, 304)


class Problem(Exception):  # noqa: N818
    """An answer of the server itself, as RFC 9457 has it."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.title = status, title

    def response(self) -> Response:
        """Return it as a response."""
        content = {"type": "about:blank", "title": self.title, "status": self.status}
        return JSONResponse(
            {**content, "detail": str(self)}, self.status, media_type="application/problem+json"
        )


class MockServer:
    """Answers with the documented errors of every API of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._replies = {name: Replies(api) for name, api in catalogue.apis.items()}
        self._operations = {name: Operations(api) for name, api in catalogue.apis.items()}
        self.scenarios = Scenarios(self._replies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        assert scope["type"] == "http"
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except ClientDisconnect:
            return
        except Problem as problem:
            answer = problem.response()
        except NotDocumentedError as error:
            answer = Problem(404, "Not Found", str(error)).response()
        except (WrongChoiceError, WrongScenarioError) as error:
            answer = Problem(400, "Bad Request", str(error)).response()
        if isinstance(answer, Reply):
            await _send(answer, request, receive, send)
        else:
            await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Reply | Response:
        path = request.scope["raw_path"].decode("latin-1")
        body = await _body(request)
        if path == "/":
            return JSONResponse(index(self._replies, str(request.base_url)))
        if path.startswith(SCENARIOS):
            return self._of_scenario(request, path.removeprefix(SCENARIOS), body)
        api, slash, rest = path[1:].partition("/")
        if api not in self._replies:
            hint = did_you_mean(nearest(api, [*self._replies]))
            known = ", ".join(self._replies)
            raise Problem(404, "Not Found", f"No API {api} is here: {known}. {hint}".rstrip())
        if not rest and request.method == "GET":
            return JSONResponse(api_index(self._replies[api], str(request.base_url)))
        return self._of_api(api, request, slash + rest, body)

    def _of_api(self, name: str, request: Request, path: str, body: bytes) -> Reply:
        """Return what an API answers with."""
        replies, choice = self._replies[name], _choice(request, path, body)
        operation = self._operations[name].find(request.method, path)
        documented = unquote(path.removeprefix(REASONS)) if path.startswith(REASONS) else None
        # A path that begins so may be an operation of the API as well.
        if documented and (operation is None or documented in replies.api.reasons):
            reply = replies.of_reason(documented, choice.example, choice.http)
            return reply.changed({}, choice.delay)
        if operation is None:
            self._operations[name].check_listed(request.method, path)
        if choice.outside:
            reply = replies.outside(choice.outside, choice.http)
        elif reason := _chosen(choice, replies):
            self._operations[name].check_sends(operation, replies.reason(reason))
            title = choice.example if choice.reason else None
            reply = replies.of_reason(reason, title, choice.http)
        elif choice.http or choice.example:
            raise WrongChoiceError("example and http go with reason=NAME.")
        else:
            reply = SUCCESS
        return reply.changed({}, choice.delay)

    def _of_scenario(self, request: Request, where: str, body: bytes) -> Reply | Response:
        """Make or show a scenario, or return what is next in it."""
        name, slash, rest = where.partition("/")
        if not slash and request.method == "PUT":
            return self._put(request, name, body)
        play = self.scenarios.get(name)
        if play is None:
            raise Problem(404, "Not Found", f"No scenario {unquote(name)} is here: PUT it first.")
        if not slash:
            if request.method != "GET":
                raise Problem(405, "Method Not Allowed", "A scenario takes PUT and GET.")
            return JSONResponse(_shown(play))
        reply = play.answer(request.method, f"/{rest}")
        if reply is None:
            reply = self._of_api(play.scenario.api, request, f"/{rest}", body)
        query = f"?{request.url.query}" if request.url.query else ""
        play.note(
            {
                "request": f"{request.method} /{rest}{query}",
                "headers": dict(request.headers),
                "http": reply.http,
                "reason": reply.reason or None,
            }
        )
        return reply

    def _put(self, request: Request, name: str, body: bytes) -> Response:
        if not _NAME.fullmatch(name):
            said = "A scenario has a name of at most 64 letters, digits, dots, hyphens and _."
            raise Problem(400, "Bad Request", said)
        parsed = parse_json(body.decode(errors="replace"))
        if parsed.faults:
            raise Problem(400, "Bad Request", f"The scenario: {parsed.faults[0].message}")
        is_new = self.scenarios.put(name, parsed.value)
        base = f"{str(request.base_url).rstrip('/')}{SCENARIOS}{name}"
        return JSONResponse({"base_url": base}, 201 if is_new else 200)


def _shown(play: Play) -> Mapping[str, Any]:
    scenario = play.scenario.model_dump(mode="json", exclude_defaults=True)
    return {**scenario, "requests": play.requests}


def _choice(request: Request, path: str, body: bytes) -> Choice:
    preferences = read_preferences(", ".join(request.headers.getlist("prefer")))
    if preferences.is_made:
        return preferences
    return read_triggers(path, request.url.query, body)


def _chosen(choice: Choice, replies: Replies) -> str | None:
    """Return the reason that is asked for; for Prism, an example is called as its reason."""
    return choice.reason or (choice.example if choice.example in replies.api.reasons else None)


async def _body(request: Request) -> bytes:
    """Return the body of a request, as far as it is read."""
    found = b""
    async for chunk in request.stream():
        if len(found) < limits.MOCK_BODY_BYTES:
            found += chunk
    return found


async def _send(reply: Reply, request: Request, receive: Receive, send: Send) -> None:
    if reply.delay:
        await asyncio.sleep(reply.delay)
    if reply.http is None:
        request.scope["state"][TRANSPORT].abort()
        while (await receive())["type"] != "http.disconnect":
            pass
        return
    response = Response(b"" if reply.http in _NO_BODY else reply.body, reply.http)
    length = [pair for pair in response.raw_headers if pair[0] == b"content-length"]
    shown = [(name.encode(), value.encode("latin-1", "replace")) for name, value in reply.headers]
    response.raw_headers = [*shown, *length]
    await response(request.scope, receive, send)
