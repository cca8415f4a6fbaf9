"""Which base a name means is not for the change under review to say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from reasonbook.cli.main import main

Capture = pytest.CaptureFixture[str]
REMOVED = "error[reason-removed]: CARD_DECLINED, published on 2026-01-01, is gone."
EMPTY = '{"version": 1, "api": "shop", "schema_version": 1, "reasons": {}}'


@pytest.fixture
def clone(repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clone on a branch of its own, which has dropped a reason; ``up`` is where it is from."""
    repo.git("clone", "-q", str(repo.root), str(tmp_path / "clone"))
    clone = type(repo)(tmp_path / "clone")
    clone.up = repo
    monkeypatch.chdir(clone.root)
    clone.git("switch", "-qc", "feature")
    clone.drop()
    return clone


@pytest.mark.parametrize("name", ["FETCH_HEAD", "main", "v1", "HEAD"])
@pytest.mark.parametrize("kind", ["ledger", "folder"])
def test_a_ref_wins_over_what_a_change_adds_under_its_name(
    name: str, kind: str, clone: Any, capsys: Capture
) -> None:
    clone.git("fetch", "-q", "origin", "main")
    clone.git("tag", "v1")
    if kind == "ledger":
        clone.write(name, EMPTY)
    else:
        shutil.copytree(clone.catalogue, clone.root / name)
    assert clone.check(name) == 1
    assert REMOVED in capsys.readouterr().out


@pytest.mark.parametrize("name", ["base", "reasons.json", "FETCH_HEAD"])
def test_a_name_without_a_slash_is_never_a_path(name: str, clone: Any, capsys: Capture) -> None:
    shutil.copytree(clone.catalogue, clone.root / name)
    assert clone.check(name) == 2
    assert capsys.readouterr().err == (
        f"reasonbook: {name} is not a git ref, in the repository {clone.root}. For what has this "
        f"name in the working tree, write ./{name}.\n"
    )


@pytest.mark.parametrize("name", ["origin/main", "release/1", "heads/main"])
@pytest.mark.parametrize("kind", ["file", "folder", "broken link"])
def test_a_path_must_not_be_a_ref_too(name: str, kind: str, clone: Any, capsys: Capture) -> None:
    clone.git("branch", "release/1", "origin/main")
    place = clone.root / name
    place.parent.mkdir()
    if kind == "file":
        place.write_text(EMPTY)
    elif kind == "folder":
        shutil.copytree(clone.catalogue, place)
    else:
        place.symlink_to("nowhere")
    assert clone.check(name) == 2
    assert capsys.readouterr().err == (
        f"reasonbook: {name} is ambiguous: it is the name of a git ref, and of something in the "
        f"working tree. Write ./{name} for what is in the working tree.\n"
    )
    assert clone.check("refs/remotes/origin/main") == 1


@pytest.mark.parametrize("name", ["origin/release", "refs/heads/release", "remotes/origin/main"])
def test_a_ref_that_was_not_fetched_is_no_path(name: str, clone: Any, capsys: Capture) -> None:
    clone.git("update-ref", "-d", "refs/remotes/origin/main")
    shutil.copytree(clone.catalogue, clone.root / name)
    assert clone.check(name) == 2
    assert f"{name} is ambiguous" in capsys.readouterr().err


def test_a_tag_does_not_stand_for_the_branch_of_a_remote(clone: Any, capsys: Capture) -> None:
    clone.commit("dropped")
    clone.git("tag", "origin/main")
    assert clone.check("origin/main") == 2
    assert capsys.readouterr().err == (
        "reasonbook: origin/main is ambiguous: it is refs/tags/origin/main and "
        "refs/remotes/origin/main, which are different commits. Write in full the one that you "
        "mean.\n"
    )
    assert clone.check("refs/remotes/origin/main") == 1


def test_two_refs_of_one_commit_are_one_base(clone: Any) -> None:
    clone.git("tag", "origin/main", "refs/remotes/origin/main")
    assert clone.check("origin/main") == 1


def test_every_way_to_name_a_commit(repo: Any) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.git("tag", "-a", "v1.0", "-m", "a release")
    repo.drop()
    repo.commit("dropped")
    assert repo.check("HEAD") == 0
    for name in (first, first[:9], "HEAD~1", "@^", "v1.0", "v1.0^{}", "refs/tags/v1.0", "main~1"):
        assert repo.check(name) == 1, name


@pytest.mark.parametrize(
    "name",
    [
        *("-x", "--help", "--output=made", "-", "{}"),
        *("HEAD:", "HEAD:shop", "HEAD:catalogue/shop/api.yaml", ":catalogue", "HEAD^{tree}"),
        *(":/first", "HEAD..HEAD", "^HEAD", "@{9}", "main\nHEAD"),
    ],
)
def test_what_is_not_a_commit_is_not_a_base(name: str, repo: Any, capsys: Capture) -> None:
    assert repo.check(name) == 2
    assert "reasonbook: " in capsys.readouterr().err
    assert not (repo.root / "made").exists()


@pytest.mark.parametrize("name", ["./base", "copies/base", "../repo/base", "base/"])
def test_a_path_has_a_slash(name: str, repo: Any, capsys: Capture) -> None:
    for copy in ("base", "copies/base"):
        shutil.copytree(repo.catalogue, repo.root / copy)
    repo.drop()
    assert repo.check(name) == 1
    assert repo.check(str(repo.root / "base")) == 1
    assert f"Compared with the folder {name}, with" in capsys.readouterr().err


def test_a_path_needs_no_repository(shop: Path) -> None:
    assert main(["check", ".", "--against", "."]) == 0
    assert main(["check", ".", "--against", "../catalogue"]) == 0


def test_a_path_that_is_not_there(repo: Any, capsys: Capture) -> None:
    assert repo.check("./nowhere") == 2
    assert capsys.readouterr().err == "reasonbook: ./nowhere is neither a folder nor a file.\n"
    assert repo.check("dist/reasons.json") == 2
    assert capsys.readouterr().err == (
        "reasonbook: dist/reasons.json is neither a file nor a git ref, in the repository "
        f"{repo.root}.\n"
    )


def test_without_a_repository_a_name_is_nothing(shop: Path, capsys: Capture) -> None:
    assert main(["check", ".", "--against", "shop"]) == 2
    assert capsys.readouterr().err == (
        "reasonbook: shop is not a git ref: . is not in a git repository. For what has this name "
        "in the working tree, write ./shop.\n"
    )


def test_what_was_read_is_told(repo: Any, capsys: Capture) -> None:
    first = repo.git("rev-parse", "HEAD")
    said = (
        f"Compared with commit {first} (main, which is checked out), with these published "
        "reasons: 2 of bank, 2 of shop."
    )
    assert repo.check("main") == 0
    assert capsys.readouterr().err == f"catalogue:1:1: note: {said}\n"
    assert repo.check("main", "--format=json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "findings": [],
        "notes": [{"path": "catalogue", "line": 1, "column": 1, "message": said}],
    }
    assert repo.check("main", "--format=github") == 0
    assert capsys.readouterr().out == f"::notice file=catalogue,line=1,col=1,title=note::{said}\n"


def test_a_difference_tells_what_was_read(repo: Any, capsys: Capture) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.drop()
    second = repo.commit()
    assert main(["diff", "HEAD~1", "main"]) == 1
    out, err = capsys.readouterr()
    assert out == "shop/CARD_DECLINED: removed\n"
    assert err == (
        f"from commit {first} (HEAD~1), with these published reasons: 2 of bank, 2 of shop.\n"
        f"to commit {second} (main, which is checked out), with these published reasons: "
        "2 of bank, 1 of shop.\n"
    )
