"""An example as the answer on the wire: its HTTP status, its headers, its body."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from reasonbook.format.model import Api, Example, Reason

#: What stands in a command for the address of an API that does not state it.
BASE_URL = "BASE_URL"


@dataclass(frozen=True)
class Answer:
    """A documented error as an API answers with it; the HTTP status is None where unknown."""

    api: Api
    reason: Reason
    example: Example
    http: int | None

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers that the example shows, and the type of the body."""
        return response_headers(self.example, self.reason, self.api)


def response_headers(example: Example, reason: Reason, api: Api) -> dict[str, str]:
    """Return the headers of an example; its Content-Type is that of the envelope if not shown."""
    if any(name.lower() == "content-type" for name in example.headers):
        return dict(example.headers)
    return {"Content-Type": api.envelope_of(reason).media_type, **example.headers}


def answers(api: Api, reason: Reason) -> Iterator[Answer]:
    """Yield each example that is a response, with each HTTP status that it may show."""
    if not reason.is_response:
        return
    for example in reason.examples:
        if isinstance(example.http, int):
            yield Answer(api, reason, example, example.http)
        elif example.http is None:
            for code in reason.http_codes or (None,):
                yield Answer(api, reason, example, code)


def curl_command(request: str, api: Api) -> str:
    """Return the command that sends a request; its body and credentials are not known."""
    method, _, path = request.partition(" ")
    if api.operation_kind != "http" or not path:
        return ""
    base = (api.base_url or BASE_URL).rstrip("/")
    if path.startswith(f"{urlsplit(base).path}/") and api.base_url:  # it repeats that of the base
        path = path.removeprefix(urlsplit(base).path)
    how = {"GET": [], "HEAD": ["-I"]}.get(method, ["-X", method])
    # Else curl takes what is in such brackets for a list of addresses.
    whole = ["--globoff"] if set("{}[]") & set(path) else []
    return shlex.join(["curl", "-i", *how, *whole, f"{base}{path}"])
