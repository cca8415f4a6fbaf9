"""What ``reasonbook publish`` writes, ``check`` reads, however much it is."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

import reasonbook
from reasonbook import limits
from reasonbook.catalogue.loader import without_collection
from reasonbook.cli.file_writing import locked
from reasonbook.cli.main import main
from reasonbook.diagnostics.problems import Problems
from reasonbook.ledger.file import read_ledger, write_ledger
from reasonbook.ledger.record import Entry, Ledger

Capture = pytest.CaptureFixture[str]


def ledger_of(reasons: int) -> Ledger:
    entries = {
        name: Entry.of(
            name,
            first="2026-01-01",
            domain="orders",
            http=(409, 503),
            status="NOT_FOUND",
            schema_version=1,
            facts={"cause": True, "remedy.retry": "after-fix"},
        )
        for name in (f"A_REASON_OF_SOME_LENGTH_{number}" for number in range(reasons))
    }
    return Ledger.of("shop", 1, entries, stability="unstated")


@pytest.mark.parametrize(
    "reasons", [15_000, pytest.param(50_000, marks=pytest.mark.slow)], ids=["above 2 MB", "50,000"]
)
def test_a_large_ledger_is_read_as_it_was_written(reasons: int, tmp_path: Path) -> None:
    path, problems = tmp_path / "published.json", Problems()
    written = ledger_of(reasons)
    path.write_text(write_ledger(written))
    assert path.stat().st_size > limits.FILE_BYTES
    with without_collection():  # as a check does
        assert read_ledger(path, problems) == written
    assert not len(problems)


def test_a_ledger_that_nobody_could_read_is_not_written(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(limits, "LEDGER_BYTES", 100)
    assert main(["publish", "."]) == 2
    assert "shop/published.json would have more than 100 bytes." in capsys.readouterr().err
    assert not (shop / "shop/published.json").exists()


def test_a_byte_order_mark_before_a_ledger_is_passed_over(shop: Path) -> None:
    assert main(["publish", "."]) == 0
    path = shop / "shop/published.json"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert main(["check", "."]) == 0


def test_a_newer_ledger_needs_a_newer_reasonbook(shop: Path, capsys: Capture) -> None:
    path = shop / "shop/published.json"
    path.write_text('{"version": 3, "api": "shop", "schema_version": 1, "reasons": {"x": []}}')
    assert main(["check", "."]) == 2
    assert capsys.readouterr().out == (
        "shop/published.json:1:1: error[newer-format]: This ledger has version 3, which needs "
        "Reasonbook 0.3 or newer.\n  hint: Update Reasonbook.\n"
    )


def start_publish(shop: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "reasonbook", "publish", ".", "--date", "2026-02-01"]
    path = str(Path(reasonbook.__file__).parents[1])
    return subprocess.Popen(command, cwd=shop, env={"PYTHONPATH": path}, stdout=subprocess.PIPE)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no locks there")
def test_a_release_waits_for_another_and_sees_what_it_published(shop: Path) -> None:
    path = shop / "shop/published.json"
    with locked(shop):  # another release, which is not over yet
        waiting = start_publish(shop)
        time.sleep(1)
        assert waiting.poll() is None
        path.write_text(write_ledger(ledger_of(1)))
    assert waiting.wait(60) == 1  # since the other has published what is not in the YAML
    assert [*json.loads(path.read_text())["reasons"]] == ["A_REASON_OF_SOME_LENGTH_0"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no locks there")
def test_several_releases_at_once_lose_nothing(shop: Path) -> None:
    started = [start_publish(shop) for _ in range(3)]
    said = [process.communicate(timeout=60)[0].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0]
    fresh = "shop/published.json: 2 reasons, 2 of them new\n"
    assert sorted(said) == [fresh, *["shop/published.json: nothing new\n"] * 2]
    assert {*json.loads((shop / "shop/published.json").read_text())["reasons"]} == {
        "ORDER_NOT_FOUND",
        "CARD_DECLINED",
    }
