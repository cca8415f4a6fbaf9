"""The words in which a remedy and other data are said to people."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Literal

from reasonbook.format.model import Actor, Api, Lifecycle, Origin, Retry
from reasonbook.format.reasons import Arrival
from reasonbook.format.remedies import Unit

AI_CONTEXT = "AI context"
FIX = "Fix"
YAML = "This reason in the catalogue"

ACTORS: Mapping[Actor, str] = {
    "client": "the program that calls the API",
    "end-user": "the person who uses that program",
    "account-admin": "whoever administers the account at the API",
    "platform": "the API's operator",
    "nobody": "nobody needs to",
}
#: The same on a label.
VERDICT_ACTORS: Mapping[Actor, str] = {
    "client": "Fixed by the client",
    "end-user": "Fixed by the end user",
    "account-admin": "Fixed by the account's administrator",
    "platform": "Fixed by the API's operator",
    "nobody": "Nothing to fix",
}
#: Whether to repeat a request: in full, and as the decision on one line says it.
RETRIES: Mapping[Retry, str] = {
    "never": "do not send this request again",
    "after-fix": "send it again once the cause is fixed",
    "after-delay": "send the same request again after a wait",
    "at-once": "send the same request again at once",
}
BRIEF_RETRIES: Mapping[Retry, str] = {
    "never": "never",
    "after-fix": "only after the fix below",
    "after-delay": "after a wait",
    "at-once": "at once",
}
RETRIES_WITHOUT_FIX: Mapping[Retry, str] = {
    **BRIEF_RETRIES,
    "after-fix": "only after a fix",
}
KEYS: Mapping[Literal["same", "new"], str] = {
    "same": "repeat with the same idempotency key",
    "new": "repeat with a new idempotency key",
}
BASES: Mapping[Literal["stated", "derived"], str] = {
    "stated": "the source says so",
    "derived": "we derived this from the source",
}
ORIGINS: Mapping[Origin, str] = {
    "observed": "a real response",
    "documented": "printed by the source",
    "constructed": "constructed from the facts",
}
COVERAGES: Mapping[Literal["complete", "common"], str] = {
    "complete": "These are all reasons that the source publishes for this domain.",
    "common": "These are the common reasons of this domain; the API may send others.",
}
COVERAGE_OF_NONE = "Each domain here has its common reasons only; the API may send others."
COVERAGE_OF_SOME = "Only the common reasons are here, and the API may send others, of "
UNOFFICIAL = "This is not an official page of {}: it was written from what is public."
ENVELOPE = "An error body of {} is JSON of this shape, whatever the reason."
ENVELOPES = "Errors of {} have a JSON body of one of these shapes; this is the usual one."
OUTSIDE = "Answers that are not an error body of this API; what they look like tells them apart."
EXPLAIN = (
    "Paste an error body, what curl -i prints, a HAR file or a line of a log. It is explained in"
    " the browser: what you paste is neither sent nor stored."
)
#: In which way an error reaches a client, as a word in a table, and in a sentence.
ARRIVALS: Mapping[Arrival, tuple[str, str]] = {
    "response": ("response", "an HTTP response"),
    "resource": ("resource", "a resource, inside a successful answer"),
    "callback": ("callback", "a callback"),
    "event": ("event", "an event"),
    "close-code": ("close code", "the close code of a connection"),
}
#: The units of a wait, in full and in brief.
UNITS: Mapping[Unit, tuple[str, str]] = {
    "s": ("in seconds", "in s"),
    "ms": ("in milliseconds", "in ms"),
    "epoch": ("in seconds since 1970", "in seconds since 1970"),
    "date": ("as a date", "as date"),
    "duration": ("as a duration such as 30s", "as duration"),
}
#: Which requests may be repeated, in full and in brief.
RETRY_IF: Mapping[Literal["any", "idempotent"], tuple[str, str]] = {
    "any": ("any request", "any request"),
    "idempotent": (
        "only idempotent requests",
        "idempotent requests only",
    ),
}
SAFETY = "whether a repeat is safe"
IF_SAFE = "repeat: only what is safe to send twice"
ASK_FIRST = "ask a person first"
BY_STATUS = (
    "Decide on the HTTP status, also where the body is empty or a gateway's page. Wait at least as"
    " long as `Retry-After` says. Repeat what changes something only with the same idempotency key,"
    " if the API has such; else look first whether it took effect."
)
DEFAULT_DECISIONS = "What to do when the reason is missing, or is one that you do not know."
HTTP_FALLBACK = (
    "A status that is not listed: by HTTP itself, not by this API, 408, 425, 429 and 5xx may"
    " pass after a delay that grows each time, so repeat only what is safe to repeat; any other"
    " 4xx needs a changed request, and must not be repeated as it is. A 3xx leads elsewhere: check"
    " base URL and path, and take no credentials to another host. A 2xx is no refusal, whatever the"
    " body says: look what took effect, and do not send the same again."
    " Where no answer comes, look first whether the request took effect."
)
SECOND_LEVEL = (
    "A second-level code SUB follows as REASON/SUB.md; where that has no page, REASON.md counts."
)
SEVERAL_ERRORS = (
    "Of several errors in one body, look each up, and repeat the request only if all allow it."
)
REASON_LIST = (
    "Every code on one line: HTTP status, who can fix it, whether to send the request again, and "
    "whether it is still sent."
)
BY_HTTP_STATUS = "What this API means by each HTTP status, and the reasons that come with it."
NO_REASON_OF_STATUS = "No reason is listed with this status."
WHICH_API = "Fetch the page of the API that answered; it begins with the decision. For any other: "
OPERATIONS = (
    "As far as the sources say: for each operation its own reasons, then the classes that it "
    "belongs to; what these send is said once. An operation may send more."
)
CLASSES_AT = "What the classes are, and send, is at the beginning: {}."
GENERAL = "What any operation of a class may send; a planned reason is not sent yet."
PLANNED = "planned, not sent yet"
LIFECYCLES: Mapping[Lifecycle, str] = {
    "planned": "Announced; the API does not send it yet.",
    "deprecated": "On its way out.",
    "retired": "No longer sent.",
}


def no_reasons(*, had_some: bool) -> str:
    """Say that nothing of a domain is sent; *had_some* where that was once otherwise."""
    if had_some:
        return "No reason of this domain is sent any more."
    return "No reasons are published for this domain yet."


def promise(api: Api) -> str:
    """Say what an API promises about its reasons."""
    said = (
        "This API promises that its reasons are append-only."
        if api.stability == "append-only"
        else "This API does not say whether published reasons may change."
    )
    window = (
        f"A deprecated reason stays for {api.deprecation_window_days} days."
        if api.deprecation_window_days is not None
        else "How long a deprecated reason stays is not known."
    )
    return f"{said} The version of its set of reasons is {api.schema_version}. {window}"


def http_title(api: Api, http: int) -> str:
    """Return what this API, else the standard, calls an HTTP status."""
    if http in api.http:
        return api.http[http].title
    try:
        return HTTPStatus(http).phrase
    except ValueError:
        return ""


def seconds(amount: float) -> str:
    """Write a number of seconds, without a point where it is whole: ``1 s``, ``0.5 s``."""
    return f"{amount:g} s"


def number(count: int, noun: str, plural: str = "") -> str:
    """Write a count with its noun: ``1 reason``, ``2 reasons``."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"
