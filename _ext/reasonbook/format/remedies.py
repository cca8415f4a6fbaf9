"""The remedy of an error as data: who can fix it, whether to repeat the request, and when."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Tag, computed_field

from reasonbook.format.kinds import (
    Factor,
    HeaderName,
    Items,
    Line,
    Pointer,
    Seconds,
    Since,
    by_key,
    by_type,
)
from reasonbook.format.record import Record

Actor = Literal["client", "end-user", "account-admin", "platform", "nobody", "unknown"]
Retry = Literal["never", "after-fix", "after-delay", "at-once", "unknown"]
RetryIf = Literal["any", "idempotent", "unknown"]
Unit = Literal["s", "ms", "epoch", "date", "duration"]


Count = Annotated[int, Field(ge=1)]


class HeaderWait(Record):
    """A response header says how long to wait."""

    header: HeaderName = Field(description="A response header that says how long to wait.")
    unit: Annotated[Unit | None, Since(2)] = Field(
        None, description="Unit of the value; Retry-After needs none, any other header does."
    )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def kind(self) -> Literal["header"]:
        """Which of several forms it is."""
        return "header"


class PointerWait(Record):
    """The body says how long to wait."""

    pointer: Pointer = Field(
        description="Where the body says how long: a JSON Pointer such as /error/details/wait."
    )
    unit: Unit = Field(
        "s",
        description="Unit of the value: s, ms, epoch (seconds since 1970), date (HTTP date or "
        "RFC 3339) or duration (30s, PT30S).",
    )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def kind(self) -> Literal["pointer"]:
        """Which of several forms it is."""
        return "pointer"


class Backoff(Record):
    """How waits grow with each repeat."""

    first: Seconds = Field(description="Seconds before the first repeat.")
    factor: Factor = Field(description="By how much each wait grows.")
    max: Annotated[Seconds | None, Since(2)] = Field(
        None, description="The longest wait, in seconds."
    )
    tries: Annotated[Count | None, Since(2)] = Field(
        None, description="How often to repeat at most with these waits."
    )


class BackoffWait(Record):
    """Waits that grow with each repeat."""

    backoff: Backoff = Field(description="Waits that grow with each repeat.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def kind(self) -> Literal["backoff"]:
        """Which of several forms it is."""
        return "backoff"


class SecondsWait(Record):
    """A fixed time to wait."""

    seconds: Seconds = Field(description="A fixed number of seconds.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def kind(self) -> Literal["seconds"]:
        """Which of several forms it is."""
        return "seconds"


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
    ask_first: Annotated[bool | None, Since(2)] = Field(
        None,
        description="Whether a person is asked before it is sent; must be said of a request that "
        "changes something.",
    )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def kind(self) -> Literal["request"]:
        """Which of several forms it is."""
        return "request"


class PointerStep(Record):
    """The body names what to use next."""

    pointer: Pointer = Field(
        description="Where the body names what to use next: a JSON Pointer such as "
        "/error/details/next."
    )
    ask_first: Annotated[bool | None, Since(2)] = Field(
        None, description="Whether a person is asked before it is used."
    )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def kind(self) -> Literal["pointer"]:
        """Which of several forms it is."""
        return "pointer"


Next = Annotated[
    Annotated[RequestStep, Tag("<request>")] | Annotated[PointerStep, Tag("<pointer>")],
    by_key("request", "pointer"),
]


class Remedy(Record):
    """The fix as data: who acts, whether to repeat the request, and when."""

    actor: Actor = Field(description="Who can fix it.")
    retry: Retry = Field(description="Whether the same request may be sent again.")
    wait: Annotated[
        Annotated[Items[Wait], Tag("<list>")] | Annotated[Literal["unknown"], Tag("<text>")],
        by_type(),
    ] = Field(
        (),
        description="With after-delay: how long, the first that applies; or the word unknown.",
    )
    max_attempts: Annotated[Count | None, Since(2)] = Field(
        None, description="How often to repeat at most."
    )
    retry_if: Annotated[RetryIf, Since(2)] = Field(
        "unknown",
        description="Which requests may be repeated: any, or idempotent ones only (by method, or "
        "by a key).",
    )
    idempotency_key: Literal["same", "new"] | None = Field(
        None, description="Which key a repeat carries, where the API has them."
    )
    next: Items[Next] = Field((), description="Requests that help.")
    basis: Literal["stated", "derived"] | None = Field(
        None, description="Whether the source says so or we derived it."
    )

    @property
    def waits(self) -> tuple[Wait, ...]:
        """The ways to wait; none where nobody knows them."""
        return () if self.wait == "unknown" else self.wait
