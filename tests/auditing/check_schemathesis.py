"""Schemathesis asks the mock server by what we export; the audit of its reports finds nothing.

Run by `make test-schemathesis`, which installs it: it takes too long for every run of the tests.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reasonbook.auditing.audit import audit_recordings
from reasonbook.format.model import Api
from reasonbook.render.data.openapi import openapi_json
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

from ..mock.conftest import APIS, ROOT, running

SCHEMATHESIS = ROOT / ".venv/schemathesis/bin/st"
CHECKS = [
    f"{each}_conformance"
    for each in ("status_code", "content_type", "response_headers", "response_schema")
]
URLS = SiteUrls.of("https://errors.example.com", Addresses(""))
DESCRIBED = {api.name: openapi_json(api, URLS) for api in APIS}

Asked = dict[tuple[str, str], set[str]]


def asked(description: Any) -> Asked:
    """By method and path: the reasons that the header Prefer of an operation names."""
    named = {
        f"#/components/parameters/{name}": {
            each.removeprefix("reason=")
            for part in header["schema"]["anyOf"]
            for each in part.get("enum", ())
        }
        for name, header in description["components"]["parameters"].items()
    }
    return {
        (method, path): set().union(*(named[each["$ref"]] for each in operation["parameters"]))
        for path, item in description["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }


def fewest(operations: Asked) -> Iterator[tuple[str, str]]:
    """Yield operations that send all reasons between them; of hundreds, few are enough."""
    left: set[str] = set().union(*operations.values())
    while left:
        best = max(operations, key=lambda operation: len(operations[operation] & left))
        left -= operations[best]
        yield best


@pytest.mark.parametrize(
    "api", [api for api in APIS if DESCRIBED[api.name]["paths"]], ids=lambda api: api.name
)
def test_what_schemathesis_meets_is_documented(api: Api, tmp_path: Path) -> None:
    description = DESCRIBED[api.name]
    operations = asked(description)
    kept: dict[str, Any] = {}
    for method, path in fewest(operations):
        item = description["paths"][path]
        kept.setdefault(path, {"parameters": item.get("parameters", [])})[method] = item[method]
    described = tmp_path / "openapi.json"
    described.write_text(json.dumps(description | {"paths": kept}))
    with running(str(api.path.parents[1])) as (_, address):
        command = [SCHEMATHESIS, "run", described, "--url", f"{address}/{api.name}"]
        command += ["--phases", "coverage", "--mode", "positive", "--checks", ",".join(CHECKS)]
        command += ["--report", "har,vcr", "--report-dir", "reports", "--seed", "1", "--no-color"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr

    reports = sorted((tmp_path / "reports").iterdir())
    assert {report.suffix for report in reports} == {".json", ".yaml"}
    for report in reports:
        audited = audit_recordings([report], APIS, api)
        assert [*map(str, audited.problems)] == []
        seen = {sighting.reason for sighting in audited.seen.of(api.name)}
        assert seen == set().union(*operations.values())
