"""A client that asks the mock server for every documented error: the audit finds nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from reasonbook.auditing.audit import audit_recordings
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Api, Reason
from reasonbook.mock.replies import Replies

from ..mock.conftest import CATALOGUES, running

#: Of many operations that send the same reason.
OPERATIONS = 3


@pytest.fixture(params=CATALOGUES, ids=lambda folder: folder.parent.name)
def catalogue(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def documented(api: Api) -> Iterator[tuple[Reason, str]]:
    """Yield each reason that the server can answer with, and the requests for it."""
    replies = Replies(api)
    for reason in api.reasons.values():
        answers = replies.documented[reason.name] if reason.is_response else ()
        if reason.lifecycle in ("planned", "retired") or not any(each.http for each in answers):
            continue
        operations = api.senders(reason) if api.operation_kind == "http" else ()
        for operation in operations[:OPERATIONS] or (f"GET /reasons/{reason.slug}",):
            yield reason, re.sub(r"\{[^}]*\}", "1", operation)


def test_a_client_of_the_mock_server_meets_only_what_is_documented(
    catalogue: Path, tmp_path: Path
) -> None:
    apis = [*load_catalogue(catalogue).catalogue.apis.values()]
    with running(str(catalogue)) as (_, address), httpx.Client(base_url=address) as client:
        for api in apis:
            asked = set()
            recording = tmp_path / f"{api.name}.jsonl"
            with recording.open("w", encoding="utf-8") as file:
                for reason, request in documented(api):
                    asked.add(reason.name)
                    method, path = request.split(" ")
                    prefer = {"Prefer": f'reason="{reason.name}"'}
                    answer = client.request(method, f"/{api.name}{path}", headers=prefer)
                    exchange = {
                        "time": "2026-11-26T10:00:00Z",
                        "method": method,
                        "url": str(answer.url),
                        "status": answer.status_code,
                        "headers": dict(answer.headers),
                        "body": answer.text,
                    }
                    file.write(json.dumps(exchange) + "\n")

            audited = audit_recordings([recording], apis, api)

            assert [*map(str, audited.problems)] == []
            assert {seen.reason for seen in audited.seen.of(api.name)} == asked
