"""What the page "How true is this?" says is what a scan of a git checkout found."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from project.truth import main

SOURCE = """package shop

var ErrOrder = apierror.New("ORDER_NOT_FOUND", http.StatusNotFound)
var ErrGone = apierror.New("ORDER_NOT_FOUND", http.StatusGone)
var ErrHeld = apierror.New("ORDER_HELD", 409)
var ErrAny = apierror.New(reason, 500)
"""


@pytest.fixture
def checkout(shop: Path) -> Path:
    """A git checkout of an API's source, beside a catalogue that says where to look."""
    api_file = shop / "shop/api.yaml"
    scan = "format: 2\ncode_scan: [{preset: go, calls: apierror.New}]\n"
    api_file.write_text(scan + api_file.read_text())
    folder = shop / "source/deep"
    folder.mkdir(parents=True)
    (folder / "errors.go").write_text(SOURCE)
    person = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    commit = (*person, "commit", "-q", "-m", "One", "--date", "2026-01-02T12:00:00Z")
    for command in (("init", "-q"), ("add", "."), commit):
        subprocess.run(["git", "-C", str(shop / "source"), *command], check=True)
    return shop / "source"


def compare(checkout: Path, *, repository: str = "https://github.com/shop/api") -> int:
    told = ["--api", "shop", "--repository", repository]
    return main([str(checkout), *told, "--catalogue", ".", "--results", "out"])


def test_it_says_what_the_scan_found(checkout: Path) -> None:
    assert compare(checkout) == 0
    found = json.loads(Path("out/source-scan.json").read_text())["apis"]["shop"]
    assert found["documented"] == {"active": 2}
    assert (found["files"], found["places"], found["named"]) == (1, 3, 2)
    assert found["computed"] == ["deep/errors.go:6"]
    assert found["not_documented"] == [
        {"reason": "ORDER_HELD", "status": "HTTP 409", "place": "deep/errors.go:5"}
    ]
    assert found["two_statuses"] == [
        {"reason": "ORDER_NOT_FOUND", "status": "HTTP 410", "place": "deep/errors.go:4"}
    ]
    assert [one["reason"] for one in found["never_sent"]] == ["CARD_DECLINED"]


def test_the_page_has_the_numbers_and_a_link_to_each_place(checkout: Path) -> None:
    compare(checkout)
    commit = json.loads(Path("out/source-scan.json").read_text())["apis"]["shop"]["commit"]
    numbers = Path("out/source-scan.txt").read_text()
    assert f"at commit `{commit[:10]}` of " in numbers
    assert "| named by the source, but not documented | 1 |" in numbers
    assert (
        "| `ORDER_HELD` | HTTP 409 | [errors.go:5](https://github.com/shop/api/blob/"
        f"{commit[:10]}/deep/errors.go#L5) |\n"
    ) in Path("out/differences.txt").read_text()


def test_other_apis_are_kept(checkout: Path) -> None:
    compare(checkout)
    kept = Path("out/source-scan.json")
    results = json.loads(kept.read_text())
    results["apis"]["other"] = results["apis"]["shop"] | {"title": "Other"}
    kept.write_text(json.dumps(results))
    compare(checkout)
    assert [*json.loads(kept.read_text())["apis"]] == ["shop", "other"]
    assert "**Other**" in Path("out/source-scan.txt").read_text()


def test_what_cannot_be_scanned_leaves_the_page_as_it_is(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "deep/errors.go").unlink()
    assert compare(checkout) == 2
    assert "No file in source fits files." in capsys.readouterr().err
    assert not Path("out").exists()


def test_a_folder_outside_git_is_refused(checkout: Path, shop: Path) -> None:
    (checkout / ".git").rename(shop / "elsewhere")
    assert compare(checkout) == 2
