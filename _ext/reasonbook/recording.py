"""Records the error responses that a test suite gets, for ``reasonbook audit``.

Every answer with an HTTP status of 400 or more becomes a line of JSON (JSON Lines, as the guide on
audits documents it). What may hold secrets is left out where it is recorded: of a request only the
method and the address are kept, without query, e-mail addresses and phone numbers; of the answer's
headers the names, and the values of those on a list. Bodies of errors are kept as they came.

Clients are not changed by it: their own ``send`` runs, and what it returned is looked at. A failure
to record is a warning. Neither httpx nor requests is needed, and nothing else of Reasonbook.
"""

from __future__ import annotations

import json
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from weakref import WeakSet

from reasonbook import limits

#: The response headers whose values are recorded, in small letters; others can be added.
HEADERS = frozenset(
    {"content-type", "retry-after", "x-request-id", "x-correlation-id", "request-id"}
)
_CLIENTS = (("httpx", "Client"), ("httpx", "AsyncClient"), ("requests", "Session"))
_SESSION_ID = re.compile(r";[^/]*")
_PERSON = re.compile(  # an e-mail address, or a phone number; a version such as 20160918 is neither
    r"[^/:]+(?:@|%40)[^/:]+|(?<![^/:])(?:(?:\+|%2B)[\d%().-]{5,}|\d{9,})(?![^/:])", re.IGNORECASE
)
_CHARSET = re.compile(r"""charset=["']?([\w.:-]+)""", re.IGNORECASE)

Client = TypeVar("Client")


class RecordingWarning(UserWarning):
    """Something could not be recorded."""


class Recorder:
    """Appends the error responses of clients to a file, also from several processes at once."""

    def __init__(self, path: str | os.PathLike[str], headers: Iterable[str] = ()) -> None:
        """Record into the file *path*, with the values of further response headers."""
        self._path = Path(path).absolute()  # tests may change the working directory
        self._headers = HEADERS | {name.lower() for name in headers}
        self._seen: WeakSet[Any] = WeakSet()

    def attach(self, client: Client) -> Client:
        """Record what a client of httpx or a session of requests gets; return the client."""
        of: Any = client
        of.send = self._recording(of.send, _is_async(type(client)))
        return client

    @contextmanager
    def everywhere(self) -> Iterator[Recorder]:
        """Record what every client of httpx and requests gets, as far as these are installed."""
        with ExitStack() as stack:
            for module, name in _CLIENTS:
                try:
                    kind = getattr(import_module(module), name)
                except ImportError:
                    continue
                stack.callback(setattr, kind, "send", kind.send)
                kind.send = self._recording(kind.send, _is_async(kind))
            yield self

    def add(
        self, method: str, url: str, status: int, headers: Mapping[str, str], body: bytes
    ) -> None:
        """Record an exchange of another client, if it is an error."""
        # An answer to HEAD has no body, and so tells nothing of its reason.
        if status < 400 or method.upper() == "HEAD":
            return
        if len(body) > limits.RECORDED_BYTES:
            self._warn(f"A body of {len(body):,} bytes is not recorded: no error is so long.")
            return
        named = {name.lower(): value for name, value in headers.items()}
        # Of the others an audit may want to know that they were there.
        kept = {name: value if name in self._headers else None for name, value in named.items()}
        line = {
            "method": method.upper(),
            "url": _without_secrets(url),
            "status": status,
            "headers": kept,
        }
        if (text := _text(body, named.get("content-type", ""))) is not None:
            line["body"] = text
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # One write at the end of the file: lines of several processes do not mix.
            os.write(file, json.dumps({"time": self._now(), **line}).encode() + b"\n")
        finally:
            os.close(file)

    def _now(self) -> str:
        """Return the time by the clock of the file system: a test may have set that of Python."""
        os.utime(self._path)
        now = datetime.fromtimestamp(self._path.stat().st_mtime, UTC)
        return now.isoformat(timespec="seconds").replace("+00:00", "Z")

    def _recording(self, send: Callable[..., Any], is_async: bool) -> Callable[..., Any]:
        """Return a ``send`` that records what it returns."""
        if is_async:

            @wraps(send)
            async def sending(*arguments: Any, **options: Any) -> Any:
                with self._looking_at_refused(options):
                    response = await send(*arguments, **options)
                self._look_at(response)
                return response
        else:

            @wraps(send)
            def sending(*arguments: Any, **options: Any) -> Any:
                with self._looking_at_refused(options):
                    response = send(*arguments, **options)
                self._look_at(response)
                return response

        return sending

    @contextmanager
    def _looking_at_refused(self, options: Mapping[str, Any]) -> Iterator[None]:
        """Record the response of which a hook of the client has made an error."""
        try:
            yield
        except Exception as error:
            response = None
            with suppress(Exception):  # a property of an error may raise another one
                response = getattr(error, "response", None)
            if response is not None:
                # Without the error, requests would have read the body next.
                if not options.get("stream"):
                    with suppress(Exception):
                        _ = response.content
                self._look_at(response, is_refused=not options.get("stream"))
            raise

    def _look_at(self, response: Any, *, is_refused: bool = False) -> None:
        """Record a response; one whose body was not read yet is a stream, and left alone.

        Or a hook of httpx has refused it before that; then nobody can read it any more.
        """
        try:
            # requests sends on after a redirect by the same method, and returns the same again.
            if response.status_code < 400 or response in self._seen:
                return
            body = _read_body(response)
            if body is not None:
                self._seen.add(response)
                request, status = response.request, response.status_code
                headers = dict(response.headers)
                self.add(request.method or "", str(request.url), status, headers, body)
            elif is_refused:
                self._warn(
                    f"An answer with HTTP {response.status_code} is not recorded: a hook refused "
                    "it before its body was read. Let the hook call response.read() first."
                )
        except Exception as error:  # a suite never fails by its recording
            self._warn(f"{self._path} was not written: {error}")

    def _warn(self, message: str) -> None:
        try:
            warnings.warn(message, RecordingWarning, stacklevel=4)
        except RecordingWarning:  # where a suite makes errors of warnings
            print(f"reasonbook: {message}", file=sys.stderr)


def _is_async(kind: type) -> bool:
    return hasattr(kind, "__aenter__")


def _read_body(response: Any) -> bytes | None:
    """Return a body that is in memory; None where it still waits to be read."""
    # The property `content` of requests would read a stream, so what is behind it is asked.
    body = getattr(response, "_content", None)
    return body if isinstance(body, bytes) else None


def _without_secrets(url: str) -> str:
    """Return an address without its query, fragment, user and password, or data of a person.

    What such data are replaced by is a value of the same parameter, so the operation stays known.
    """
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    path = _PERSON.sub("*", _SESSION_ID.sub("", parts.path))
    return f"{parts.scheme}://{host}{path}" if host else path


def _text(body: bytes, content_type: str) -> str | None:
    """Return a body as text; None where it is none."""
    charset = _CHARSET.search(content_type)
    try:
        text = body.decode(charset[1] if charset else "utf-8")
    except (LookupError, UnicodeError):
        return None
    return None if "\0" in text else text
