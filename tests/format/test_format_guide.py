"""What the guide to the format prints is a catalogue as it stands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reasonbook.cli.main import main

ENVELOPE = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "status": {"type": "string"},
                "reason": {"type": "string"},
                "message": {"type": "string"},
                "details": {"type": "object"},
            },
            "required": ["status", "reason"],
        }
    },
}


def test_the_blocks_of_the_guide_are_a_clean_catalogue(
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = (project / "source/guide/format.md").read_text()
    blocks = re.findall(r"^```(?:yaml|js)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    (api,) = [block for block in blocks if block.startswith("api:")]
    (domain,) = [block for block in blocks if block.startswith("domain:")]
    (operations,) = [block for block in blocks if '"operations"' in block]
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "api.yaml").write_text(api)
    (folder / "orders.yaml").write_text(domain)
    (folder / "operations.json").write_text(operations)
    (folder / "envelope.schema.json").write_text(json.dumps(ENVELOPE))
    monkeypatch.chdir(tmp_path)
    code = main(["check", "."])
    assert capsys.readouterr().out == ".: 1 API, 1 reason, 1 example: clean\n"
    assert code == 0
