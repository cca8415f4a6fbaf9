"""What the guide to the format prints is a catalogue as it stands."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
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
                "sub_reason": {"type": "string"},
                "message": {"type": "string"},
                "details": {"type": "object"},
            },
            "required": ["reason"],
        }
    },
}
OAUTH = {
    "type": "object",
    "properties": {"error": {"type": "string"}, "error_description": {"type": "string"}},
}


@pytest.fixture
def blocks(project: Path) -> list[str]:
    text = (project / "source/guide/format.md").read_text()
    return re.findall(r"^```(?:yaml|js)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def one(blocks: list[str], begin: str) -> str:
    (found,) = (block for block in blocks if block.startswith(begin))
    return found


@pytest.fixture
def folder(blocks: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The files that the guide prints as a whole."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "api.yaml").write_text(one(blocks, "format:"))
    (folder / "orders.yaml").write_text(one(blocks, "domain:"))
    (folder / "operations.json").write_text(one(blocks, '{\n  "source"'))
    (folder / "envelope.schema.json").write_text(json.dumps(ENVELOPE))
    monkeypatch.chdir(tmp_path)
    return folder


def test_the_blocks_of_the_guide_are_a_clean_catalogue(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["check", "."])
    assert capsys.readouterr().out == ".: 1 API, 1 reason, 1 example: clean\n"
    assert code == 0


def test_so_are_its_fragments_in_a_catalogue_that_grows(
    blocks: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    api = (folder / "api.yaml").read_text()
    api = re.sub(r"^requires: .*", "requires: []", api, flags=re.MULTILINE)
    api = api.replace("sub_reason: null", "sub_reason: /error/sub_reason")
    for key in ("envelopes", "operation_classes", "outside"):
        block = one(blocks, f"{key}:")
        api, replaced = re.subn(rf"^{key}: .*\n", lambda _, b=block: b, api, flags=re.MULTILINE)
        assert replaced == 1
    (folder / "api.yaml").write_text(api)
    (folder / "oauth.schema.json").write_text(json.dumps(OAUTH))
    (folder / "operations.json").unlink()
    fragments = [block for block in blocks if block.startswith("- reason:")]
    with (folder / "orders.yaml").open("a") as file:
        file.write(textwrap.indent("".join(fragments), "  "))

    code = main(["check", "."])
    names = "".join(fragments).count("- reason:")
    assert capsys.readouterr().out == f".: 1 API, {names + 1} reasons, 2 examples: clean\n"
    assert (code, names) == (0, 9)
