"""Every documented error is explained as the reason that it documents, and fits its schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import reasonbook
from reasonbook.explaining.explanation import explain
from reasonbook.format.model import Api, Example, Reason
from reasonbook.render.facts.short import example_status

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "catalogue", *sorted((ROOT / "tests/roots").glob("*/catalogue"))]


def documented() -> Iterator[Any]:
    for folder in FOLDERS:
        for api in reasonbook.load(folder).apis.values():
            for reason in api.reasons.values():
                for example in reason.examples:
                    name = f"{api.name}/{reason.name}/{example.title}"
                    yield pytest.param(api, reason, example, id=name)


def as_curl_prints(api: Api, reason: Reason, example: Example) -> str:
    status = example_status(reason, example)
    media_type = api.envelope_of(reason).media_type
    headers = {"Content-Type": media_type, **example.headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", example.body])


@pytest.mark.parametrize(("api", "reason", "example"), documented())
def test_documented_error(api: Api, reason: Reason, example: Example) -> None:
    if example_status(reason, example) is None:
        text = example.body
        if any(not isinstance(place, str) for place in api.envelope_of(reason).reason):
            pytest.skip("the reason may be in a header, which no body shows")
    else:
        text = as_curl_prints(api, reason, example)
    (found,) = explain(text, [api])
    names = {each.reason.name for each in found.named if each.reason}
    assert reason.name in names or reason.code in names
    assert found.faults == ()
    assert found.is_found
