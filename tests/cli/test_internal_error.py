"""A bug in Reasonbook says so in one line; it is neither a finding nor a pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook import checking
from reasonbook.cli.main import TRACEBACK_VARIABLE, main


def bug(root: Path) -> None:
    raise KeyError("a\x1b[31m\nb")


@pytest.fixture(autouse=True)
def with_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "check_catalogue", bug)


def test_it_says_so_in_one_line(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(TRACEBACK_VARIABLE)
    assert main(["check", "."]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "reasonbook: internal error: KeyError: 'a\\x1b[31m\\nb'; please report it, with what "
        "REASONBOOK_TRACEBACK=1 shows\n"
    )


def test_a_developer_sees_where(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TRACEBACK_VARIABLE, "1")
    with pytest.raises(KeyError):
        main(["check", "."])


def test_an_interrupted_check_is_no_pass(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(root: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "check_catalogue", interrupt)
    assert main(["check", "."]) == 2
    assert capsys.readouterr().err.strip() == "reasonbook: interrupted"
