from __future__ import annotations

import os
from pathlib import Path

import pytest

from reasonbook import limits
from reasonbook.diagnostics.problems import Problems
from reasonbook.text.files import read_text


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(limits, "FILE_BYTES", 10)
    Path("ten.yaml").write_text("abcd: efg\n")
    Path("more.yaml").write_text("abcd: efgh\n")
    problems = Problems()
    assert read_text(Path("ten.yaml"), problems) == "abcd: efg\n"
    assert read_text(Path("more.yaml"), problems) is None
    assert list(map(str, problems)) == [
        "more.yaml:1:1: error[unreadable-file]: The file has more than 10 bytes.\n"
        "  hint: Split the domain, or check that this is the right file."
    ]


def test_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.yaml")
    problems = Problems()
    assert read_text(Path("pipe.yaml"), problems) is None
    assert list(map(str, problems)) == [
        "pipe.yaml:1:1: error[unreadable-file]: The file cannot be read: It is not a regular "
        "file.\n"
        "  hint: Check that the file exists and may be read."
    ]


def test_a_leading_byte_order_mark_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes("\ufeffé\r\n\ufeff".encode())
    assert read_text(path, Problems()) == "é\r\n\ufeff"


def test_half_a_surrogate_pair_is_called_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some programs write each half of a pair as a character of its own."""
    monkeypatch.chdir(tmp_path)
    Path("file.yaml").write_bytes(b"title: a \xed\xa0\x80\n")
    problems = Problems()
    assert read_text(Path("file.yaml"), problems) is None
    assert list(map(str, problems)) == [
        "file.yaml:1:10: error[not-utf8]: Half of a surrogate pair is here.\n"
        "  hint: Save the file as UTF-8."
    ]
