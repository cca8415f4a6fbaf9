"""The guide shows what the command really prints."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from reasonbook.cli.main import main

ROOT = Path(__file__).parents[2]


def test_the_guide_shows_the_real_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = (ROOT / "source/_shared/explained.txt").read_text("utf-8")
    answer, _, printed = shown.partition("$ reasonbook explain - < answer.txt\n")
    pasted = answer.removeprefix("$ cat answer.txt\n").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(pasted)))
    monkeypatch.chdir(ROOT)
    assert main(["explain", "-"]) == 0
    assert capsys.readouterr().out == printed
