"""The remedy of an error as data: who can fix it, whether to repeat the request, and when."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Tag

from reasonbook.format.kinds import Factor, HeaderName, Items, Line, Pointer, Seconds, by_key
from reasonbook.format.record import Record

Actor = Literal["caller", "account-admin", "platform", "nobody"]
Retry = Literal["never", "after-fix", "after-delay", "at-once"]


class HeaderWait(Record):
    """A response header says how long to wait."""

    header: HeaderName = Field(description="A response header that says how long, in seconds.")


class PointerWait(Record):
    """The body says how long to wait."""

    pointer: Pointer = Field(
        description="Where the body says how long: a JSON Pointer such as /error/details/wait."
    )
    unit: Literal["s", "ms"] = Field("s", description="Unit of the value at the pointer.")


class Backoff(Record):
    """How waits grow with each repeat."""

    first: Seconds = Field(description="Seconds before the first repeat.")
    factor: Factor = Field(description="By how much each wait grows.")


class BackoffWait(Record):
    """Waits that grow with each repeat."""

    backoff: Backoff = Field(description="Waits that grow with each repeat.")


class SecondsWait(Record):
    """A fixed time to wait."""

    seconds: Seconds = Field(description="A fixed number of seconds.")


Wait = Annotated[
    Annotated[HeaderWait, Tag("<header>")]
    | Annotated[PointerWait, Tag("<pointer>")]
    | Annotated[BackoffWait, Tag("<backoff>")]
    | Annotated[SecondsWait, Tag("<seconds>")],
    by_key("header", "pointer", "backoff", "seconds"),
]


class RequestStep(Record):
    """A request that helps."""

    request: Line = Field(description="METHOD /path of a request that helps.")


class PointerStep(Record):
    """The body names what to use next."""

    pointer: Pointer = Field(
        description="Where the body names what to use next: a JSON Pointer such as "
        "/error/details/next."
    )


Next = Annotated[
    Annotated[RequestStep, Tag("<request>")] | Annotated[PointerStep, Tag("<pointer>")],
    by_key("request", "pointer"),
]


class Remedy(Record):
    """The fix as data: who acts, whether to repeat the request, and when."""

    actor: Actor = Field(description="Who can fix it.")
    retry: Retry = Field(description="Whether the same request may be sent again.")
    wait: Items[Wait] = Field((), description="With after-delay: how long; the first that applies.")
    idempotency_key: Literal["same", "new"] | None = Field(
        None, description="Which key a repeat carries, where the API has them."
    )
    next: Items[Next] = Field((), description="Requests that help.")
    basis: Literal["stated", "derived"] | None = Field(
        None, description="Whether the source says so or we derived it."
    )
