"""The format as it is documented loads as it is documented.

``tests/documented_format`` holds the YAML of the design, with what it refers to added.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.checking import check_catalogue
from reasonbook.cli.main import main
from reasonbook.format.model import Api, Backoff, SearchPlace


@pytest.fixture
def folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project / "tests/documented_format")
    return Path()


@pytest.fixture
def api(folder: Path) -> Api:
    loaded = check_catalogue(folder, examples=False)
    assert list(map(str, loaded.problems)) == []
    return loaded.catalogue.apis["voipbin"]


def test_it_is_clean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "."]) == 0
    assert capsys.readouterr().out == ".: 1 API, 2 reasons, 1 example: clean\n"


def test_the_api(api: Api) -> None:
    assert (api.name, api.title) == ("voipbin", "VoIPbin")
    assert api.summary == "One sentence, used on the front page and in llms.txt."
    assert (api.source.url, api.source.as_of) == ("https://docs.voipbin.net", "2026-08-22")
    assert not api.source.official
    assert (api.stability, api.schema_version) == ("append-only", 1)
    assert api.base_url == "https://api.voipbin.net/v1.0"
    assert api.statuses["NOT_FOUND"].http == 404
    assert api.http[404].remedy is not None
    assert api.http[404].remedy.retry == "after-fix"
    assert api.ai_context == "Branch on `error.reason`, never on the message.\n"
    assert [domain.name for domain in api.domains] == ["api-manager", "call-manager"]
    assert api.planned_domains == ("rag-manager",)


def test_the_envelope(api: Api) -> None:
    envelope = api.envelope
    assert envelope.media_type == "application/json"
    assert (envelope.reason, envelope.reason_prefix) == (("/error/reason",), ())
    assert (envelope.message, envelope.status) == ("/error/message", "/error/status")
    assert (envelope.request_id, envelope.details) == ("/error/request_id", "/error/details")
    assert envelope.http is None
    assert envelope.body_schema["required"] == ["error"]


def test_the_response_headers(api: Api) -> None:
    request_id, retry_after = api.response_headers
    assert (request_id.name, request_id.http) == ("X-Request-Id", "any")
    assert (request_id.equals, request_id.pattern) == ("/error/request_id", None)
    assert (retry_after.http, retry_after.pattern) == ((429,), "[0-9]+")


def test_the_reason(api: Api) -> None:
    reason = api.reasons["CALL_NOT_FOUND"]
    assert (reason.status, reason.http, reason.domain) == ("NOT_FOUND", 404, "call-manager")
    assert reason.fix == ("List the calls with `GET /calls` and take the id from there.",)
    assert (reason.remedy.actor, reason.remedy.retry) == ("client", "after-fix")
    assert [step.request for step in reason.remedy.next] == ["GET /calls"]
    assert reason.remedy.basis == "derived"
    assert reason.raised_by == ("GET /calls/{id}",)
    assert (reason.lifecycle, reason.since) == ("active", "2026-04-25")
    assert reason.see_also == ("GROUPCALL_NOT_FOUND",)


def test_the_example(api: Api) -> None:
    (example,) = api.reasons["CALL_NOT_FOUND"].examples
    assert (example.title, example.origin) == ("Looking up a deleted call", "constructed")
    assert example.request == "GET /calls/a1b2c3d4-e5f6-7890-abcd-ef1234567890"
    assert dict(example.headers) == {"X-Request-Id": "req_ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    assert example.body.startswith('{\n  "error": {\n    "status": "NOT_FOUND",\n')


@pytest.mark.parametrize(
    ("written", "wait"),
    [
        ("{header: Retry-After}", {"header": "Retry-After"}),
        ("{pointer: /error/message, unit: ms}", {"pointer": "/error/message", "unit": "ms"}),
        ("{backoff: {first: 1, factor: 2}}", {"backoff": Backoff(first=1, factor=2)}),
        ("{seconds: 30}", {"seconds": 30}),
        ("{header: X-Reset, unit: epoch}", {"header": "X-Reset", "unit": "epoch"}),
    ],
)
def test_the_ways_to_wait(
    tmp_path: Path, project: Path, written: str, wait: dict[str, object]
) -> None:
    for path in (project / "tests/documented_format/voipbin").iterdir():
        text = path.read_text()
        if path.name == "call-manager.yaml":
            text = text.replace("retry: after-fix ", "retry: after-delay ", 1)
            text = text.replace("wait: [] ", f"wait: [{written}] ", 1)
        (tmp_path / "voipbin").mkdir(exist_ok=True)
        (tmp_path / "voipbin" / path.name).write_text(text)
    loaded = check_catalogue(tmp_path, examples=False)
    assert list(map(str, loaded.problems)) == []
    (found,) = loaded.catalogue.apis["voipbin"].reasons["CALL_NOT_FOUND"].remedy.wait
    assert {key: getattr(found, key) for key in wait} == wait


def test_a_reason_may_be_searched_in_a_list(shop: Path) -> None:
    path = shop / "shop/api.yaml"
    search = '{in: /error/details, where: {"@type": ErrorInfo}, at: /reason}'
    path.write_text(path.read_text().replace("  reason: /code", f"  reason: {search}"))
    loaded = check_catalogue(shop, examples=False)
    assert list(map(str, loaded.problems)) == []
    (found,) = loaded.catalogue.apis["shop"].envelope.reason
    assert isinstance(found, SearchPlace)
    assert (found.in_, dict(found.where), found.at_) == (
        "/error/details",
        {"@type": ("ErrorInfo",)},
        "/reason",
    )
