"""What the guide shows is what is printed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reasonbook.cli.main import main

RESPONSES = """\
      responses:
        "409": {description: Sold out}
        "402\""""


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


def test_the_guide_shows_what_is_said_of_a_description(
    project: Path, shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = (project / "source/guide/audit.md").read_text("utf-8")
    (_, shown) = guide.split("```console\n$ reasonbook audit openapi.yaml\n")
    monkeypatch.chdir(shop.parent)
    text = (project / "tests/corpus/descriptions/openapi.yaml").read_text()
    text = text.replace('      responses:\n        "402"', RESPONSES)
    Path("openapi.yaml").write_text(text.replace("CARD_DECLINED]", "CARD_DECLINED, OUT_OF_STOCK]"))
    main(["audit", "openapi.yaml"])
    assert capsys.readouterr().out == shown.partition("```")[0]
