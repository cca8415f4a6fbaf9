"""What a test suite records of the errors it gets: all of them, no secret, and at no cost to it."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, tzinfo
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests

from reasonbook import limits
from reasonbook.recording import Recorder, RecordingWarning

from .mock.conftest import running

pytest_plugins = "pytester"

BASE = Path(__file__).parent / "corpus/base"
SECRET = "s3cr3t-token"
JSON = {"Content-Type": "application/json"}

Ask = Callable[..., int]


class Handler(BaseHTTPRequestHandler):
    """Answers with what the path names: a status, and a body of :data:`BODIES`."""

    def do_GET(self) -> None:
        _, status, name = self.path.partition("?")[0].split("/")
        headers, body = BODIES[name]
        self.send_response(int(status))
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_POST = do_GET  # noqa: N815 (as the server calls them)

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


ERROR = b'{"code": "ORDER_NOT_FOUND"}'
BODIES: dict[str, tuple[dict[str, str], bytes]] = {
    "json": (JSON, ERROR),
    "empty": ({}, b""),
    "gzip": ({**JSON, "Content-Encoding": "gzip"}, gzip.compress(ERROR)),
    "latin": ({"Content-Type": "text/plain; charset=iso-8859-1"}, "schön".encode("latin-1")),
    "undefined": ({"Content-Type": "text/plain; charset=undefined"}, b"?"),
    "binary": ({"Content-Type": "application/octet-stream"}, b"\x00\xff\xfe"),
    "long": (JSON, b'"' + b"x" * limits.RECORDED_BYTES + b'"'),
    "full": (JSON, b'"' + b"x" * (limits.RECORDED_BYTES - 2) + b'"'),
    "headers": (
        {
            **JSON,
            "Set-Cookie": f"session={SECRET}",
            "Authorization": SECRET,
            "X-Customer": SECRET,
            "Retry-After": "7",
            "X-Error-Code": "E1",
        },
        ERROR,
    ),
    "moved": ({"Location": "/404/json"}, b""),
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server that answers as it is asked; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "errors.jsonl"


def lines(file: Path) -> list[dict[str, Any]]:
    text = file.read_text() if file.exists() else ""
    return [json.loads(line) for line in text.splitlines()]


def by_httpx(method: str, url: str, **options: Any) -> int:
    with httpx.Client(follow_redirects=True) as client:
        return client.request(method, url, **options).status_code


def by_httpx_async(method: str, url: str, **options: Any) -> int:
    async def ask() -> int:
        async with httpx.AsyncClient(follow_redirects=True) as client:
            return (await client.request(method, url, **options)).status_code

    return asyncio.run(ask())


def by_requests(method: str, url: str, **options: Any) -> int:
    return requests.request(method, url, timeout=10, **options).status_code


@pytest.fixture(params=[by_httpx, by_httpx_async, by_requests], ids=lambda ask: ask.__name__)
def ask(request: pytest.FixtureRequest, file: Path) -> Iterator[Ask]:
    """Ask by one of the libraries, while everything is recorded."""
    with Recorder(file, headers=["X-Error-Code"]).everywhere():
        yield request.param


def test_an_error_is_a_line_with_all_that_an_audit_needs(ask: Ask, file: Path, server: str) -> None:
    assert ask("POST", f"{server}/409/json") == 409
    (line,) = lines(file)
    assert line.pop("time")[-1] == "Z"
    assert line.pop("headers")["content-type"] == "application/json"
    assert line == {
        "method": "POST",
        "url": f"{server}/409/json",
        "status": 409,
        "body": ERROR.decode(),
    }


def test_success_is_not_recorded(ask: Ask, file: Path, server: str) -> None:
    assert ask("GET", f"{server}/200/json") == 200
    assert lines(file) == []


def test_an_answer_to_head_tells_no_reason(ask: Ask, file: Path, server: str) -> None:
    assert ask("HEAD", f"{server}/404/json") == 404
    assert lines(file) == []


def test_no_secret_is_written(ask: Ask, file: Path, server: str) -> None:
    address = server.replace("http://", f"http://me:{SECRET}@")
    ask(
        "POST",
        f"{address}/404/headers?token={SECRET}#{SECRET}",
        headers={"Authorization": f"Bearer {SECRET}", "Cookie": f"a={SECRET}"},
        data={"password": SECRET},
    )
    (line,) = lines(file)
    assert SECRET not in file.read_text()
    assert line["url"] == f"{server}/404/headers"
    kept = {name: value for name, value in line["headers"].items() if value is not None}
    assert kept == {
        "content-type": "application/json",
        "retry-after": "7",
        "x-error-code": "E1",
    }
    assert {"set-cookie", "authorization", "x-customer"} <= line["headers"].keys()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/users/me@example.com", "/users/*"),
        ("/users/me%40example.com/calls", "/users/*/calls"),
        ("/numbers/+49170123456:release", "/numbers/*:release"),
        ("/numbers/%2B49170123456", "/numbers/*"),
        ("/numbers/49170123456/calls", "/numbers/*/calls"),
        ("/sip:me@example.com", "/sip:*"),
        ("/cart;jsessionid=1234/items;v=1", "/cart/items"),
        ("/20160918/calls/12345678", "/20160918/calls/12345678"),
        ("/2010-04-01/@me/sch%C3%B6n:cancel", "/2010-04-01/@me/sch%C3%B6n:cancel"),
    ],
)
def test_a_path_keeps_no_data_of_a_person(path: str, kept: str, file: Path) -> None:
    Recorder(file).add("GET", f"https://me:{SECRET}@api.example.com{path}", 404, {}, b"")
    assert [line["url"] for line in lines(file)] == [f"https://api.example.com{kept}"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("gzip", ERROR.decode()),
        ("latin", "schön"),
        ("empty", ""),
        ("binary", None),
        ("undefined", None),
    ],
)
def test_a_body_is_written_as_the_text_that_it_is(
    name: str, body: str | None, ask: Ask, file: Path, server: str
) -> None:
    assert ask("GET", f"{server}/500/{name}") == 500
    (line,) = lines(file)
    assert line.get("body") == body


def test_after_a_redirect_the_error_is_recorded_once(ask: Ask, file: Path, server: str) -> None:
    assert ask("GET", f"{server}/302/moved") == 404
    assert [line["url"] for line in lines(file)] == [f"{server}/404/json"]


def test_a_body_that_is_too_long_is_told(ask: Ask, file: Path, server: str) -> None:
    with pytest.warns(RecordingWarning, match="no error is so long"):
        assert ask("GET", f"{server}/400/long") == 400
    assert ask("GET", f"{server}/400/full") == 400
    assert len(lines(file)) == 1


def test_streams_are_left_alone(file: Path, server: str) -> None:
    with Recorder(file).everywhere():
        with httpx.stream("GET", f"{server}/404/json") as streamed:
            assert [*streamed.iter_raw()] == [ERROR]
        answer = requests.get(f"{server}/404/json", stream=True, timeout=10)
        assert answer.raw.read() == ERROR
    assert lines(file) == []


def test_an_error_that_a_hook_raises_is_recorded(file: Path, server: str) -> None:
    def refuse(response: httpx.Response) -> None:
        response.read()
        response.raise_for_status()

    async def refuse_async(response: httpx.Response) -> None:
        await response.aread()
        response.raise_for_status()

    async def ask() -> None:
        async with httpx.AsyncClient(event_hooks={"response": [refuse_async]}) as client:
            await client.get(f"{server}/409/json")

    hooks = {"response": lambda response, **_: response.raise_for_status()}
    with Recorder(file).everywhere():
        client = httpx.Client(event_hooks={"response": [refuse]})
        with client, pytest.raises(httpx.HTTPStatusError):
            client.get(f"{server}/404/json")
        with pytest.raises(httpx.HTTPStatusError):
            asyncio.run(ask())
        with pytest.raises(requests.HTTPError) as caught:
            requests.get(f"{server}/410/json", hooks=hooks, timeout=10)
        assert caught.value.response.content == ERROR
        with pytest.raises(httpx.ConnectError):
            httpx.get("http://127.0.0.1:1/")
    assert [(line["status"], line["body"]) for line in lines(file)] == [
        (status, ERROR.decode()) for status in (404, 409, 410)
    ]


def test_an_answer_that_a_hook_refuses_unread_is_told(file: Path, server: str) -> None:
    hooks = {"response": [httpx.Response.raise_for_status]}
    with Recorder(file).everywhere(), httpx.Client(event_hooks=hooks) as client:
        with (
            pytest.warns(RecordingWarning, match=r"HTTP 404 .* Let the hook call response\.read"),
            pytest.raises(httpx.HTTPStatusError),
        ):
            client.get(f"{server}/404/json")
        with (
            warnings.catch_warnings(record=True) as caught,
            pytest.raises(httpx.HTTPStatusError),
            client.stream("GET", f"{server}/404/json"),
        ):
            pass
    assert caught == []
    assert lines(file) == []


class OddError(Exception):
    """An error as libraries have them that ask for a response first."""

    @property
    def response(self) -> None:
        raise RuntimeError("There is no response.")


def test_an_error_keeps_its_place_whatever_its_response_does(file: Path, server: str) -> None:
    def refuse(response: httpx.Response) -> None:
        raise OddError

    with Recorder(file).everywhere(), pytest.raises(OddError):
        httpx.Client(event_hooks={"response": [refuse]}).get(f"{server}/404/json")


def test_a_test_that_sets_the_clock_does_not_set_that_of_the_recording(
    file: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Frozen(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Frozen:
            return cls(2012, 1, 14, tzinfo=tz)

    monkeypatch.setattr("reasonbook.recording.datetime", Frozen)
    monkeypatch.setattr(time, "time", lambda: Frozen.now(UTC).timestamp())
    with Recorder(file).everywhere():
        for _ in range(2):
            httpx.get(f"{server}/404/json")
    recorded = [datetime.fromisoformat(line["time"]) for line in lines(file)]
    assert all(abs((datetime.now(UTC) - each).total_seconds()) < 60 for each in recorded)
    assert len(recorded) == 2


def test_the_encoding_of_an_answer_can_still_be_set(file: Path, server: str) -> None:
    with Recorder(file).everywhere():
        answer = httpx.get(f"{server}/404/json")
        answer.encoding = "utf-16"


@pytest.mark.parametrize("strictness", ["default", "error"])
def test_a_file_that_cannot_be_written_breaks_no_request(
    strictness: str, tmp_path: Path, server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    recorder = Recorder(tmp_path / "gone/errors.jsonl")
    with recorder.everywhere(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter(strictness)  # type: ignore[arg-type]
        assert by_httpx("GET", f"{server}/404/json") == 404
    told = "".join(str(each.message) for each in caught) + capsys.readouterr().err
    assert "errors.jsonl was not written: " in told


def test_nothing_stays_patched(file: Path) -> None:
    before = (httpx.Client.send, httpx.AsyncClient.send, requests.Session.send)
    with Recorder(file).everywhere():
        assert httpx.Client.send is not before[0]
    assert (httpx.Client.send, httpx.AsyncClient.send, requests.Session.send) == before


def test_a_single_client_is_recorded(file: Path, server: str) -> None:
    recorder = Recorder(file)
    with recorder.attach(httpx.Client()) as client, recorder.attach(requests.Session()) as session:
        client.get(f"{server}/404/json")
        session.get(f"{server}/409/json", timeout=10)
        httpx.get(f"{server}/410/json")
    assert [line["status"] for line in lines(file)] == [404, 409]


def test_it_imports_neither_the_core_nor_a_client() -> None:
    code = "import sys, reasonbook.recording; print(sorted(n for n in sys.modules if n.startswith("
    code += "('reasonbook', 'httpx', 'requests', 'sphinx', 'pydantic', 'yaml'))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['reasonbook', 'reasonbook.limits', 'reasonbook.recording']\n"


def test_a_client_that_is_not_installed_is_passed_over(
    file: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with Recorder(file).everywhere():
        by_requests("GET", f"{server}/404/json")
    assert len(lines(file)) == 1


SUITE = """
import httpx, pytest, requests

@pytest.mark.parametrize("number", range(20))
@pytest.mark.parametrize("get", [httpx.get, requests.get], ids=["httpx", "requests"])
def test_an_order_that_is_gone(get, number, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = get(
        f"ADDRESS/shop/orders/{number}?key=s3cr3t-token",
        headers={"Prefer": "reason=ORDER_NOT_FOUND", "Authorization": "s3cr3t-token"},
    )
    assert answer.json()["code"] == "ORDER_NOT_FOUND"
"""


@pytest.mark.slow
@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_a_suite_is_recorded_without_a_change_of_its_code(
    workers: list[str], pytester: pytest.Pytester
) -> None:
    with running(str(BASE)) as (_, address):
        pytester.makepyfile(SUITE.replace("ADDRESS", address))
        (pytester.path / "errors.jsonl").write_text("of the last run\n")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--reasonbook-record", "errors.jsonl", *workers],
            capture_output=True,
            text=True,
            env=os.environ | {"PYTEST_ADDOPTS": "-p no:cacheprovider"},
            timeout=120,
        )
    assert "40 passed" in done.stdout, done.stdout + done.stderr
    assert "reasonbook: 40 error responses are in " in done.stdout
    text = (pytester.path / "errors.jsonl").read_text()
    assert SECRET not in text
    recorded = [json.loads(line) for line in text.splitlines()]
    assert {line["url"] for line in recorded} == {
        f"{address}/shop/orders/{number}" for number in range(20)
    }
    assert {line["body"] for line in recorded} == {'{\n  "code": "ORDER_NOT_FOUND"\n}\n'}
    assert len(recorded) == 40


@pytest.mark.slow
def test_a_suite_runs_where_nothing_can_be_recorded(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_nothing(): pass")
    (pytester.path / "file").write_text("")
    done = pytester.runpytest_subprocess("--reasonbook-record", "file/errors.jsonl")
    done.assert_outcomes(passed=1, warnings=1)
    done.stdout.fnmatch_lines("*RecordingWarning: *errors.jsonl cannot be written: *")


@pytest.mark.slow
@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["one process", "a worker"])
def test_a_suite_that_makes_errors_of_warnings_runs_all_the_same(
    workers: list[str], pytester: pytest.Pytester
) -> None:
    pytester.makepyfile("def test_nothing(): pass")
    (pytester.path / "file").write_text("")
    options = ["-W", "error", "--reasonbook-record", "file/errors.jsonl", *workers]
    done = pytester.runpytest_subprocess(*options)
    done.assert_outcomes(passed=1)
    done.stderr.fnmatch_lines("reasonbook: *errors.jsonl cannot be written: *")


@pytest.mark.slow
def test_a_new_file_can_be_read_by_its_owner_only(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_nothing(): pass")
    done = pytester.runpytest_subprocess("--reasonbook-record", "new/errors.jsonl")
    done.stdout.fnmatch_lines("reasonbook: 0 error responses are in *")
    file = pytester.path / "new/errors.jsonl"
    assert file.stat().st_mode & 0o777 == 0o600
    Recorder(other := file.with_name("other.jsonl")).add("GET", "/", 404, {}, b"")
    assert other.stat().st_mode & 0o777 == 0o600
