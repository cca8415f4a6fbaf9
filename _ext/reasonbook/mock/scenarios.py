"""Scenarios: what the server answers with to one request after the other.

A scenario has a base address of its own, so that clients need no change, and tests do not meet. The
position in it, and the requests that came, are all that the server remembers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from reasonbook import limits
from reasonbook.format.kinds import HeaderName
from reasonbook.format.operations import OPERATION
from reasonbook.mock.replies import SUCCESS, NotDocumentedError, Replies, Reply
from reasonbook.render.facts.routes import Template

#: Stands for every request that no operation of a scenario fits.
ANY = "*"

_Status = Annotated[int, Field(ge=200, le=599)]
_HeaderValue = Annotated[str, StringConstraints(pattern=r"^[\t -~\xa0-\xff]*$")]
_Operation = Annotated[str, StringConstraints(pattern=rf"^({OPERATION.pattern}|\*)$")]


class WrongScenarioError(ValueError):
    """A scenario that cannot be played; the message says why."""


class Step(BaseModel):
    """One answer: a documented error, an answer in no envelope, any other, or none at all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str | None = None
    example: str | None = None
    outside: str | None = None
    drop: bool = False
    http: _Status | None = None
    headers: dict[HeaderName, _HeaderValue] = {}
    body: Any = None  # text as it is; anything else as JSON
    delay: Annotated[float, Field(ge=0, le=limits.MOCK_SECONDS)] = 0

    def reply(self, replies: Replies) -> Reply:
        """Return what is answered with."""
        if sum(map(bool, (self.reason, self.outside, self.drop))) > 1:
            raise WrongScenarioError("a step is one of reason, outside and drop")
        if self.body is not None and (self.reason or self.outside or self.drop):
            raise WrongScenarioError("a body goes with http alone")
        if self.reason:
            reply = replies.of_reason(self.reason, self.example, self.http)
        elif self.outside:
            reply = replies.outside(self.outside, self.http)
        elif self.drop:
            reply = Reply(None)
        else:
            reply = self._other()
        return reply.changed(self.headers, self.delay)

    def _other(self) -> Reply:
        if self.http is None:
            raise WrongScenarioError("a step has reason, outside, drop or http")
        if self.body is None:
            return Reply(self.http, *((SUCCESS.headers, SUCCESS.body) if self.http < 300 else ()))
        if isinstance(self.body, str):
            return Reply(self.http, (("Content-Type", "text/plain"),), self.body.encode())
        return Reply(self.http, SUCCESS.headers, (json.dumps(self.body) + "\n").encode())


def _by_operation(steps: Any) -> Any:
    return {ANY: steps} if isinstance(steps, list) else steps


_Steps = Annotated[list[Step], Field(min_length=1, max_length=limits.MOCK_STEPS)]


class Scenario(BaseModel):
    """The answers of an API in their order: to all requests, or by the operation that they are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    api: str
    steps: Annotated[dict[_Operation, _Steps], BeforeValidator(_by_operation)]


class Play:
    """A scenario that is played: how far it is, and what came."""

    def __init__(self, scenario: Scenario, replies: Replies) -> None:
        self.scenario = scenario
        self._answers = [
            (Template(operation), [*_replies(steps, replies, operation)])
            for operation, steps in scenario.steps.items()
        ]
        self._next = [0] * len(self._answers)
        self.requests: list[Mapping[str, Any]] = []

    def answer(self, method: str, path: str) -> Reply | None:
        """Return the next reply, of which the last stays; None where the scenario has none."""
        for index, (template, answers) in enumerate(self._answers):
            if template.method == ANY or template.fits(method, path):
                position = self._next[index]
                self._next[index] = min(position + 1, len(answers) - 1)
                return answers[position]
        return None

    def note(self, request: Mapping[str, Any]) -> None:
        """Remember a request, of many only the first."""
        if len(self.requests) < limits.MOCK_REQUESTS:
            self.requests.append(request)


def _replies(steps: list[Step], replies: Replies, operation: str) -> Iterator[Reply]:
    for number, step in enumerate(steps, 1):
        try:
            yield step.reply(replies)
        except (WrongScenarioError, NotDocumentedError) as error:
            where = f"step {number}" + (f" of {operation}" if operation != ANY else "")
            raise WrongScenarioError(f"{where}: {error}") from error


def read_scenario(data: object, replies: Mapping[str, Replies]) -> Play:
    """Make a scenario of what was read from JSON; all of it is looked up now."""
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        said = (
            f"{'.'.join(map(str, fault['loc'])) or 'the scenario'}: {fault['msg']}"
            for fault in error.errors()
        )
        raise WrongScenarioError("; ".join(said)) from error
    if scenario.api not in replies:
        raise WrongScenarioError(f"api: {scenario.api} is not one of {', '.join(replies)}")
    return Play(scenario, replies[scenario.api])


class Scenarios:
    """The scenarios by name; of too many the oldest goes."""

    def __init__(self, replies: Mapping[str, Replies]) -> None:
        self._replies = replies
        self._plays: dict[str, Play] = {}

    def put(self, name: str, data: object) -> bool:
        """Make a scenario, or begin it anew; tell whether there was none of that name."""
        play = read_scenario(data, self._replies)
        is_new = self._plays.pop(name, None) is None
        self._plays[name] = play
        if len(self._plays) > limits.MOCK_SCENARIOS:
            del self._plays[next(iter(self._plays))]
        return is_new

    def get(self, name: str) -> Play | None:
        """Return a scenario."""
        return self._plays.get(name)
