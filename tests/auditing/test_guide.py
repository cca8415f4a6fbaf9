"""What the guide shows is what is printed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reasonbook.cli.main import main


def entry(http: int, reason: str) -> dict[str, object]:
    body = {"error": {"status": "NOT_FOUND", "reason": reason, "message": "It is not there."}}
    return {
        "request": {"method": "GET", "url": "https://api.voipbin.net/v1.0/calls/1"},
        "response": {"status": http, "content": {"text": json.dumps(body)}},
    }


def test_the_guide_shows_real_output(
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    guide = (project / "source/guide/audit.md").read_text("utf-8")
    shown = re.search(r"^```console\n\$ reasonbook audit .*\n((?:.*\n)*?)```$", guide, re.MULTILINE)
    assert shown
    entries = [entry(404, "CALL_NOT_FOUND") for _ in range(16)]
    entries += [entry(404, "CALL_LOST"), *entries[:3]]
    entries += [entry(400, "CALL_NOT_FOUND") for _ in range(312)]
    (tmp_path / "traffic.har").write_text(json.dumps({"log": {"entries": entries}}))
    monkeypatch.chdir(tmp_path)
    main(["audit", "traffic.har", "--catalogue", str(project / "catalogue")])
    printed = capsys.readouterr().out
    for line in shown[1].splitlines():
        assert f"{line}\n" in printed
