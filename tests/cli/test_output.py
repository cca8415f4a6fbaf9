"""Output that cannot be written never reads as a pass."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import reasonbook

COMMANDS = (
    "check .",
    "check . --format json",
    "check . --format github",
    "diff . .",
    "publish .",
    "init store --catalogue .",
    "--help",
    "--version",
)
SAID = "reasonbook: cannot write to standard output"


def shell(command: str) -> subprocess.CompletedProcess[str]:
    program = f"{sys.executable} -m reasonbook"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("reasonbook", program, 1)],
        env=os.environ | {"PYTHONPATH": str(Path(reasonbook.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_closed(command: str, shop: Path) -> None:
    done = shell(f"reasonbook {command} >&-")
    assert (done.returncode, done.stderr) == (2, f"{SAID}\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["check .", "check . --format json", *COMMANDS[4:]])
def test_full(command: str, unbuffered: str, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    done = shell(f"reasonbook {command} >/dev/full")
    assert (done.returncode, done.stderr) == (2, f"{SAID}: No space left on device\n")


@pytest.mark.parametrize("format_", ["text", "json", "github"])
def test_full_of_findings(format_: str, shop: Path) -> None:
    (shop / "shop/orders.yaml").unlink()
    done = shell(f"reasonbook check . --format {format_} >/dev/full")
    assert (done.returncode, done.stderr) == (2, f"{SAID}: No space left on device\n")


def test_a_reader_that_goes_away_is_no_fault(shop: Path) -> None:
    (shop / "shop/orders.yaml").write_text("a: *b\n" * 50 + "- x\n" * 5000)
    done = shell("reasonbook check . | true")
    assert done.stderr in ("", "101 problems in .\n")  # by which of the two is done first


def test_findings_are_kept_apart_where_standard_error_is_closed(shop: Path) -> None:
    (shop / "shop/orders.yaml").unlink()
    done = shell("reasonbook check . --format github 2>&-")
    assert done.returncode == 1
    assert [line[:7] for line in done.stdout.splitlines()] == ["::error"]
